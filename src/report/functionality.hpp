#pragma once
// Functionality and flexibility in words and as JSON: what came true of each situation, and the curve of each
// target under stress. Used by `main`; it computes nothing of its own.
#include <string>
#include <vector>

#include "report/numbers.hpp"
#include "sim/situations.hpp"
#include "sim/stress.hpp"

namespace balcao::report {

// In English: "is served", "in at most 2 visits".
std::string must_in_words(const model::Must& must);

// The mean over situations of the share of weeks in which all came true. Situations share their runs, so
// their half-widths are averaged as if they moved together, which can only be too wide; none where one has
// none.
Estimate mean_share(const std::vector<const sim::SituationOutcome*>& outcomes);

std::string situations_table(const std::vector<sim::SituationOutcome>& outcomes);
std::string situations_json(const std::vector<sim::SituationOutcome>& outcomes);

// One model, or two side by side (they must have been asked for the same axes).
std::string stress_table(const std::vector<sim::StressResult>& results);
std::string stress_json(const std::vector<sim::StressResult>& results);

}  // namespace balcao::report
