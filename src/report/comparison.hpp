#pragma once
// The parts of the page that set scenarios beside the model: the answer, the differences, the ranking, the
// waits by hour of each. Used by report.cpp only; what cannot be told apart is said so, never ordered.
#include <string>
#include <vector>

#include "report/content.hpp"
#include "report/csv.hpp"
#include "report/names.hpp"
#include "report/report.hpp"

namespace balcao::report {

// What the scenario is called: its `about` where that is short, else its key; the model itself for an empty
// key.
std::string scenario_name(const std::string& key, const ReportOptions& options, const Words& words);

// The model first, then the scenarios in the order of the comparison.
std::vector<System> systems_of(const sim::Comparison& comparison,
                               const ReportOptions& options,
                               const Words& words);

std::vector<std::string> answer_of(const sim::Comparison& comparison,
                                   const Names& names,
                                   const ReportOptions& options);

Section comparison_section(const sim::Comparison& comparison,
                           const Names& names,
                           const ReportOptions& options);

}  // namespace balcao::report
