#pragma once
// The page of a stress walk in one language: where each target breaks, then each axis with the curve of every
// target, one model or several side by side. Used by report.cpp only; where a target breaks is found by
// breaking.cpp.
#include <vector>

#include "report/content.hpp"
#include "report/report.hpp"
#include "sim/stress.hpp"

namespace balcao::report {

// models[i] is the model of results[i]; at least one.
PageContent stress_content(const std::vector<model::Model>& models,
                           const std::vector<sim::StressResult>& results,
                           const ReportOptions& options,
                           const Words& words);

}  // namespace balcao::report
