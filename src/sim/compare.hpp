#pragma once
// A model and its scenarios on the same people: differences with intervals, and a ranking with a guarantee.
// Used by `main` and, later, by proposals.
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "sim/simulate.hpp"

namespace balcao::sim {

struct Alternative {
    std::string key;
    model::Model model;
};

struct CompareOptions {
    RunOptions run;
    double indifference = 0.05;  // of the model's own mean: differences below it do not matter
    Measure ranked_by = Measure::wait;
    int replications_max = 2'000;  // at which the ranking gives up
};

// Every row of the model and of a scenario that speak of the same thing gives a Difference. All leave out the
// longest warm-up that any of them needs and measure the limits of served_within of all their targets. With
// two or more scenarios all are ranked by Kim and Nelson (2001) on replication means; the ranking may run
// more replications than the rows are made of. Where the same people made a difference less sure than other
// people would have, a note of the scenario says so. Invalid as `simulate`, and for a scenario that makes a
// model day by day of one in steady state or the other way round.
Result<Comparison> compare(const model::Model& model,
                           const std::vector<Alternative>& alternatives,
                           const CompareOptions& options);

// +1: more of it is better for citizens; -1: less is; 0: neither can be said of it.
int direction_of(Measure measure);

}  // namespace balcao::sim
