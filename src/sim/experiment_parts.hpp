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
    int days = 0;  // of the longest pilot
};

// MSER-5 on the number of people in the city, averaged over replications; the pilot is lengthened, up to
// eight times, until the end of the warm-up lies well inside it. Where demand changes over the week, slices
// are days.
WarmUpFound warm_up_of(const CityPlan& city, const PilotOptions& options);

// Consecutive units added up, so many at a time; what does not fill the last batch is left out at the
// beginning.
std::vector<Unit> join_units(const std::vector<Unit>& units, std::size_t per_batch);

}  // namespace balcao::sim
