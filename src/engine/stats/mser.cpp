#include "stats/mser.hpp"

#include <numeric>
#include <vector>

namespace balcao::stats {

namespace {

constexpr std::size_t group = 5;

std::vector<double> means_of_groups(std::span<const double> series) {
    std::vector<double> means(series.size() / group);
    for (std::size_t i = 0; i < means.size(); ++i) {
        const auto part = series.subspan(i * group, group);
        means[i] = std::accumulate(part.begin(), part.end(), 0.0) / group;
    }
    return means;
}

}  // namespace

WarmUp mser5(std::span<const double> series) {
    const std::vector<double> means = means_of_groups(series);
    const std::size_t count = means.size();
    if (count < 10) return {};
    // From the end to the beginning, so that each further mean updates the sum of squares (Welford 1962).
    const std::size_t searched = count / 2;
    double mean = 0;
    double squares = 0;
    double best_score = 0;
    std::size_t best = searched;
    for (std::size_t d = count; d-- > 0;) {
        const double kept = static_cast<double>(count - d);
        const double distance = means[d] - mean;
        mean += distance / kept;
        squares += distance * (means[d] - mean);
        if (d > searched) continue;
        const double score = squares / (kept * kept);
        if (d == searched || score <= best_score) {
            best_score = score;
            best = d;
        }
    }
    return {.observations = best * group, .is_reliable = best <= searched / 2};
}

}  // namespace balcao::stats
