#pragma once
// Runs a service model and says what it would do: the one door of `sim` for a single model. The kind of run
// (day by day, or steady state) follows from the model. Used by `main`, `plan` and the tests.
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/result.hpp"
#include "model/model.hpp"
#include "sim/results.hpp"
#include "sim/trace.hpp"

namespace balcao::sim {

// What is known while a run goes on, for a progress line; never part of a result.
struct RunProgress {
    int done = 0;     // replications
    int planned = 0;  // may grow under `precision`
};

struct RunOptions {
    std::optional<int> days{};          // per replication; default 20, steady state 30
    std::optional<double> warm_up{};    // days, steady state only; default: found (MSER-5)
    std::optional<int> replications{};  // default 30, steady state 10; 1: batches
    std::optional<double> precision{};  // wanted relative half-width of wait and abandoned_share, e.g. 0.02
    std::uint64_t seed = 1;
    int threads = 0;  // 0: as many as the machine has
    double confidence = 0.95;
    Trace* trace = nullptr;  // forces one thread; visits of the warm-up are not handed to it
    const std::atomic<bool>* stop = nullptr;
    std::function<void(const RunProgress&)> progress{};
};

// Invalid for options that contradict the model or each other.
Result<Results> simulate(const model::Model& model, const RunOptions& options);

}  // namespace balcao::sim
