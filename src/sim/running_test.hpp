#pragma once
// What the tests of `sim` share: a model from a text, a trace in memory, and rows by name.
#include <map>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "sim/simulate.hpp"
#include "sim/trace.hpp"

namespace balcao::sim {

// The text below `balcao`, `name` and `first_day` (2026-01-05, a Monday); files that it names beside it. A
// mistake in it fails the test.
model::Model model_of(const std::string& text, const std::map<std::string, std::string>& files = {});

struct VisitList final : Trace {
    std::vector<TracedVisit> visits;

    void visit(const TracedVisit& visit) override { visits.push_back(visit); }

    // In the order in which they came.
    void sort();
};

// Results of a run that must be possible; `trace` or threads as the options say.
Results run(const model::Model& model, const RunOptions& options);

// Every visit of one replication of that many days, in the order in which they came.
std::vector<TracedVisit> visits_of(const model::Model& model, int days = 1, std::uint64_t seed = 1);

// The row's mean; the test fails when there is none.
double mean_of(const Results& results, Measure measure, const Breakdown& of = {});

// Whether the row's interval, made wider by that factor, holds the value: 2 is 99.99 % of normal intervals.
bool holds(const Results& results, Measure measure, double value, const Breakdown& of = {}, double wider = 2);

// Minutes from midnight of the first day.
double minutes(des::Time time);

}  // namespace balcao::sim
