#pragma once
// Intervals for quantiles without any assumption about the distribution. Used where a quantile of
// replications is reported ("nine days in ten the mean wait is below …"); quantiles of single people come
// from Histogram.
#include <cstddef>
#include <optional>
#include <span>

namespace balcao::stats {

struct RankInterval {
    std::size_t low;  // 0-based ranks in the sorted values
    std::size_t high;
};

// The order statistics between which the p-quantile (0 < p < 1) of independent values lies with at least that
// confidence: at most (1 - confidence)/2 outside on each side, by the binomial distribution. None where so
// few values cannot bound it on both sides.
[[nodiscard]] std::optional<RankInterval> quantile_ranks(std::size_t count, double p, double confidence);

struct QuantileInterval {
    double value;  // interpolated between order statistics (type 7 of Hyndman & Fan 1996)
    std::optional<double> low;
    std::optional<double> high;
};

// `sorted` ascending. None for no values.
[[nodiscard]] std::optional<QuantileInterval> quantile_interval(std::span<const double> sorted,
                                                                double p,
                                                                double confidence);

}  // namespace balcao::stats
