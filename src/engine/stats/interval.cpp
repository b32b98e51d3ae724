#include "stats/interval.hpp"

#include <cmath>
#include <numeric>

#include "stats/student.hpp"

namespace balcao::stats {

std::optional<Estimate> mean_interval(std::span<const double> values, double confidence) {
    if (values.empty()) return std::nullopt;
    const double count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    Estimate estimate{
        .mean = mean, .half_width = std::nullopt, .units = static_cast<std::int64_t>(values.size())};
    if (values.size() < 2) return estimate;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    estimate.half_width = t_factor(confidence, count - 1) * std::sqrt(squares / (count - 1) / count);
    return estimate;
}

}  // namespace balcao::stats
