#pragma once
// What a run or a comparison found, for machines: the JSON of --json, described by docs/results.schema.json.
// Used by `main`, and by whoever needs the same words (the CSV files). One row a line; an absent key means
// all.
#include <optional>
#include <string>

#include "base/civil.hpp"
#include "sim/results.hpp"

namespace balcao::report {

// {"balcao": 1, "model": …, "measures": [one row a line]} and the end of the last line.
std::string results_json(const sim::Results& results);

// Which rows of a comparison are written: those of the whole city, by one key (a site, a service, an hour …)
// and by desk; or all of them, which for a city of many sites and services is ten times as much.
enum class JsonDetail : unsigned char { by_one_key, full };

// The model's own results, and with them `scenarios` (each in the same form), `differences` (scenario minus
// model) and, where there was one, `ranking`. `rows_left_out` says how many rows the detail left out.
std::string comparison_json(const sim::Comparison& comparison, JsonDetail detail);

// Eight significant digits: what is beyond them is rounding error, and would differ between compilers.
double rounded(double value);

// "met", "missed", "undecided".
const char* name_of(sim::Verdict verdict);

std::optional<double> minutes_of(const std::optional<Duration>& limit);

}  // namespace balcao::report
