#pragma once
// The parts of the page that speak of the run as a whole: the answer, the key figures, the targets, what the
// reader must know, and how it was computed. Used by report.cpp and comparison.cpp.
#include <string>
#include <vector>

#include "report/content.hpp"
#include "report/csv.hpp"
#include "report/names.hpp"
#include "report/report.hpp"

namespace balcao::report {

// The run in two sentences.
std::vector<std::string> answer_of(const sim::Results& results, const Names& names);
std::vector<KeyFigure> key_figures_of(const sim::Results& results, const Names& names);

// What the reader must know before trusting a number, in the page's language.
std::vector<std::string> remarks_of(const Names& names);

// "Served within 20 min (older people)".
std::string target_name(const model::Target& target, const Names& names);
// "at least 80 %", "at most 5 min".
std::string wanted_text(const model::Target& target, const Names& names);
// "met: 97 ± 2 %", with its sign; not drawn.
Cell verdict_cell(const sim::TargetOutcome& outcome, const Names& names);

// One column of outcomes a system.
Figure targets_of(const std::vector<System>& systems, const Names& names);

// What repeats the run, and where the model is from; the end of every page.
void add_origin(Section& section, std::uint64_t seed, const Names& names, const ReportOptions& options);

Section method_of(const sim::Results& results, const Names& names, const ReportOptions& options);

// "2.96 ± 0.02 min", "12.0 ± 0.2%", "480 ± 3".
std::string said(const Estimate& estimate, sim::Measure measure, const Words& words);

// A bound as people write it: "80%", "20 min".
std::string bound_text(double bound, const std::string& unit, const Names& names);

}  // namespace balcao::report
