#pragma once
// Pieces of an Experiment: the pilot that finds the warm-up, and units joined into batches.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/runner.hpp"

namespace balcao::sim {

struct PilotOptions {
    int days = 30;
    int replications = 10;
    std::uint64_t seed = 1;
    int threads = 1;
    const std::atomic<bool>* stop = nullptr;
};

struct WarmUpFound {
    des::Time length = 0;
    bool is_reliable = true;
    int days = 0;            // of the longest pilot
    bool is_long = true;     // whether that pilot is many times as long as the city remembers
    double memory_days = 0;  // in which a difference between replications falls to 1/e
};

// MSER-5 on the number of people in the city, averaged over replications; the pilot is lengthened, up to
// eight times, until the end of the warm-up lies well inside it and, behind it, the second half holds no more
// people than the first and the city forgets its state twenty times at least. Where demand changes over the
// week, slices are days and halves whole weeks; where no two weeks are alike, halves say nothing and are not
// compared.
WarmUpFound warm_up_of(const CityPlan& city, const PilotOptions& options);

// Whether nothing in the city depends on the hour or the day: any two stretches of a run are alike.
bool is_same_all_day(const CityPlan& city);

// The second half of each replication against its first, by a paired t-test over replications.
struct HalvesCompared {
    double first = 0;  // means, in the unit of what was handed over
    double second = 0;
    double p = 1;  // of so great a difference by chance, two-sided; 1 where the replications show no spread
};

// One value a replication in each half, in the same order.
HalvesCompared compare_halves(const std::vector<double>& first, const std::vector<double>& second);

// Consecutive units added up, so many at a time; what does not fill a batch makes the first one longer.
std::vector<Unit> join_units(const std::vector<Unit>& units, std::size_t per_batch);

}  // namespace balcao::sim
