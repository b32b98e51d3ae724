#pragma once
// What a model promised beside what was found: each target met, missed or undecided by the whole interval.
// Used for simulated runs and for what the live office measured (record/statistics.hpp).
#include <vector>

#include "model/model.hpp"
#include "sim/results.hpp"

namespace balcao::sim {

// One outcome a target, in the order of the model.
std::vector<TargetOutcome> judge(const model::Model& model, const Results& results);

}  // namespace balcao::sim
