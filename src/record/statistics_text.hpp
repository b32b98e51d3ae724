#pragma once
// Statistics of the live office as a person reads them on standard output, and as JSON
// (docs/statistics.schema.json). Used by `main`; it finds no figure of its own.
#include <string>

#include "record/statistics.hpp"

namespace balcao::record {

// In English; ends with a line's end.
std::string statistics_table(const Statistics& statistics);

// {"balcao": 1, "model": …, "from": …, "to": …, "targets": […], "measures": [one row a line], …}
std::string statistics_json(const Statistics& statistics);

// The rows of a run's JSON (docs/results.schema.json) that speak of the same measures, to stand beside.
// Error: invalid, for what is no such JSON.
Result<sim::Results> results_of_json(const std::string& content, const std::string& name);

}  // namespace balcao::record
