#pragma once
// The CSV files that a model names: logs of arrivals and values of empirical distributions. Internal to
// `model`.
#include <vector>

#include "model/context.hpp"

namespace balcao::model {

// Columns `time` and, where there, `duration`, `patience`, `desk`; a unit may stand in the header
// ("duration_min"). A time is 09:03, 09:03:20, 2026-01-05T09:03:20 or a length of time from midnight of
// first_day. In order of time.
std::vector<LoggedArrival> read_arrival_log(const Context& context, const Yaml& node, const NamedFile& file);

// The values of the column `value`, or of the only one; lengths of time in microseconds, with their unit in
// the header ("minutes", "value_min") or beside each. Empty after a mistake.
std::vector<double> read_empirical_values(const Context& context,
                                          const Yaml& node,
                                          const NamedFile& file,
                                          Quantity quantity);

}  // namespace balcao::model
