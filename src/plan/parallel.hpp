#pragma once
// Independent pieces of work on several threads. Each piece writes to its own place, so the result is the
// same for any number of threads. Used by the fits of `plan`; it owns no pool and catches nothing.
#include <atomic>
#include <cstddef>
#include <functional>

#include "plan/plan.hpp"

namespace balcao::plan {

struct Work {
    int threads = 0;  // 0: as many as the machine has
    const std::atomic<bool>* stop = nullptr;
    std::function<void(std::size_t done)> progress{};  // called from one thread at a time

    [[nodiscard]] bool is_stopped() const { return stop != nullptr && stop->load(); }
};

// Runs `piece` for 0 … count-1; pieces not yet begun when `stop` is set are left out.
void in_parallel(std::size_t count, const Work& work, const std::function<void(std::size_t)>& piece);

}  // namespace balcao::plan
