#pragma once
// Intervals from one long run, whose observations are not independent. `sim` cuts the run behind its warm-up
// into many equal slices of time and hands over the sums of each; here they are merged into batches that are
// long enough to pass for independent.
#include <optional>
#include <span>

#include "stats/interval.hpp"
#include "stats/ratio.hpp"

namespace balcao::stats {

struct BatchEstimate {
    Estimate ratio;  // units: the number of batches
    std::int64_t slices_per_batch = 1;
    bool is_independent = false;  // false: even the longest batches are correlated; lengthen the run
};

// Von Neumann's ratio of a series, turned into the score of its lag-1 correlation: standard normal for
// independent normal values, positive for positive correlation (Fishman 1978). 0 for fewer than 3 values or
// when nothing varies.
[[nodiscard]] double lag_one_score(std::span<const double> values);

// Batch means of the ratio Σx/Σy over slices in order of time. Batches are doubled until the score of their
// residuals x - R̂·y falls below the one-sided 10 % point, but not below 20 batches; then they are joined to
// between 20 and 39 (all, where there are fewer slices), and the interval is that of jackknife_ratio over the
// batches. Slices that do not fill a batch make the first one longer, so that nothing that was seen is left
// out. None when all y are 0.
[[nodiscard]] std::optional<BatchEstimate> batch_ratio(RatioSeries slices, double confidence);

// The alternative: every window of `window` slices is a batch (Meketon & Schmeiser 1984); about
// 1.5·(n/window - 1) degrees of freedom, returned (rounded down, plus one) as units. 1 <= window <= n/2. None
// when all y are 0.
[[nodiscard]] std::optional<Estimate> overlapping_batch_ratio(RatioSeries slices,
                                                              std::size_t window,
                                                              double confidence);

}  // namespace balcao::stats
