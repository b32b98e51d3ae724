#pragma once
// Where the start-up of a steady-state run ends. `sim` gives it the series of one measure over time (averaged
// over replications where there are several) and leaves out what it says, or lengthens the run.
#include <cstddef>
#include <span>

namespace balcao::stats {

struct WarmUp {
    std::size_t observations = 0;  // to leave out at the beginning; a multiple of 5
    bool is_reliable = false;      // false: the run is too short to tell; lengthen it, do not report
};

// MSER-5 (White 1997; White, Cobb & Spratt 2000): over the means Z of 5 consecutive values, the d that
// minimises Σ_{j>d}(Z_j - Z̄)² / (m-d)², searched over d <= m/2. Reliable when d lies in the first half of
// what was searched and there are at least ten means.
[[nodiscard]] WarmUp mser5(std::span<const double> series);

}  // namespace balcao::stats
