#pragma once
// Ratios of sums over independent units (days, weeks, batches): mean wait = Σ waits / Σ served, abandoned
// share = Σ left / Σ arrived, utilisation = Σ busy / Σ staffed. Never a mean of daily means, which would
// weigh a quiet day like a busy one. Used by `sim` for nearly every row of its results.
#include <optional>
#include <span>

#include "stats/interval.hpp"

namespace balcao::stats {

// R̂ = Σx / Σy with the jackknife's interval (Miller 1974): pseudo-values J_i = n·R̂ - (n-1)·R̂₍₋ᵢ₎ and
// J̄ ± t(n-1)·s_J/√n. The estimate stays R̂, the quotient of the totals that a reader can check (J̄ can leave
// the range of the data where few units have y > 0), and the half-width reaches from it to the farther end of
// that interval, so it is |J̄ - R̂|, of order 1/n, wider. Units with y = 0 count. No estimate when all y are 0;
// no half-width with one unit or when all of y is in one. x and y are of one length, y >= 0.
[[nodiscard]] std::optional<Estimate> jackknife_ratio(std::span<const double> x,
                                                      std::span<const double> y,
                                                      double confidence);

// The same ratio by the delta method, as a cross-check: s² = Σ(x_i - R̂·y_i)²/(n-1), half-width
// t(n-1)·s/(√n·ȳ).
[[nodiscard]] std::optional<Estimate> delta_ratio(std::span<const double> x,
                                                  std::span<const double> y,
                                                  double confidence);

// Sums of one measure of one scenario, unit by unit.
struct RatioSeries {
    std::span<const double> x;
    std::span<const double> y;
};

struct PairedDifference {
    Estimate difference;                // second minus first
    std::optional<double> correlation;  // of the two over the units; none where one of them does not vary
    // The variance that independent runs of the same number would have had over the one that was had: 4 means
    // that common random numbers saved three quarters of the replications, below 1 that they did harm.
    std::optional<double> variance_ratio;
};

// The difference of two ratios whose unit i is the same day with the same people in both (common random
// numbers): t-interval over the differences of the pseudo-values, centred on R̂₂ - R̂₁ as jackknife_ratio. None
// when either has no ratio.
[[nodiscard]] std::optional<PairedDifference> jackknife_difference(RatioSeries first,
                                                                   RatioSeries second,
                                                                   double confidence);

}  // namespace balcao::stats
