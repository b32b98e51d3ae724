#pragma once
// Functionality and flexibility in words and as JSON: what came true of each situation, and the curve of each
// target under stress. Used by `main`; it computes nothing of its own.
#include <string>
#include <vector>

#include "sim/situations.hpp"
#include "sim/stress.hpp"

namespace balcao::report {

std::string situations_table(const std::vector<sim::SituationOutcome>& outcomes);
std::string situations_json(const std::vector<sim::SituationOutcome>& outcomes);

// One model, or two side by side (they must have been asked for the same axes).
std::string stress_table(const std::vector<sim::StressResult>& results);
std::string stress_json(const std::vector<sim::StressResult>& results);

}  // namespace balcao::report
