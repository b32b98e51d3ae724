#pragma once
// The numbers of a figure as a CSV file, in the words of the results' JSON (docs/results.schema.json): keys,
// not names; a decimal point; every digit that means something. A mean without an interval is left empty.
// Used by the figures; columns that no row fills are left out.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/results.hpp"
#include "sim/situations.hpp"
#include "sim/stress.hpp"

namespace balcao::report {

// A name for people, and what it found; the model itself stands first and its scenario is empty.
using System = std::pair<std::string, const sim::Results*>;

std::string csv_of(const std::vector<const sim::Row*>& rows);
std::string csv_of(const std::vector<const sim::Difference*>& differences);
// One measure by hour, of the model and every scenario.
std::string csv_of_hours(const std::vector<System>& systems, sim::Measure measure);
// The points of the curves along one axis, or along all of them.
std::string csv_of(const std::vector<const sim::StressResult*>& results, std::optional<sim::Axis> axis);
// What came true of situations, a line a thing that must hold and one for all of them together.
std::string csv_of(const std::vector<const sim::SituationOutcome*>& outcomes);
// Where their people went, a line an errand.
std::string csv_of_errands(const std::vector<const sim::SituationOutcome*>& outcomes);
std::string csv_of_targets(const std::vector<System>& systems);

}  // namespace balcao::report
