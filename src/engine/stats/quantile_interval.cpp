#include "stats/quantile_interval.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "stats/student.hpp"

namespace balcao::stats {

// With K the number of values below the quantile (binomial), x₍ⱼ₎ (1-based) lies above it exactly when K < j.
std::optional<RankInterval> quantile_ranks(std::size_t count, double p, double confidence) {
    BALCAO_CHECK(p > 0 && p < 1);
    const CountBounds below = binomial_bounds(static_cast<std::int64_t>(count), p, confidence);
    // P(K < below.low) and P(K > below.high) are at most half of what is allowed: x₍low₎ and x₍high+1₎,
    // 1-based.
    if (below.low < 1 || below.high >= static_cast<std::int64_t>(count)) return std::nullopt;
    return RankInterval{.low = static_cast<std::size_t>(below.low) - 1,
                        .high = static_cast<std::size_t>(below.high)};
}

std::optional<QuantileInterval> quantile_interval(std::span<const double> sorted,
                                                  double p,
                                                  double confidence) {
    if (sorted.empty()) return std::nullopt;
    const double place = p * static_cast<double>(sorted.size() - 1);
    const std::size_t before = static_cast<std::size_t>(place);
    const std::size_t after = std::min(before + 1, sorted.size() - 1);
    const double part = place - std::floor(place);
    QuantileInterval result{.value = sorted[before] + part * (sorted[after] - sorted[before]),
                            .low = std::nullopt,
                            .high = std::nullopt};
    if (const auto ranks = quantile_ranks(sorted.size(), p, confidence)) {
        result.low = sorted[ranks->low];
        result.high = sorted[ranks->high];
    }
    return result;
}

}  // namespace balcao::stats
