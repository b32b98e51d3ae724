#include "stats/batch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/check.hpp"
#include "stats/student.hpp"
#include "stats/sum.hpp"

namespace balcao::stats {

namespace {

constexpr std::size_t fewest_batches = 20;
constexpr double one_sided_ten_percent = 1.2815515655446004;

struct Batches {
    std::vector<double> x;
    std::vector<double> y;
};

// Whole batches of `size` slices each; what does not fill one makes the first one longer.
Batches joined(RatioSeries slices, std::size_t size) {
    const std::size_t count = slices.x.size() / size;
    const std::size_t more = slices.x.size() - count * size;
    Batches batches{std::vector<double>(count), std::vector<double>(count)};
    for (std::size_t i = 0; i < slices.x.size(); ++i) {
        const std::size_t batch = i < more ? 0 : (i - more) / size;
        batches.x[batch] += slices.x[i];
        batches.y[batch] += slices.y[i];
    }
    return batches;
}

double score_of(const Batches& batches) {
    const double sum_y = sum_of(batches.y);
    if (!(sum_y > 0)) return 0;
    const double ratio = sum_of(batches.x) / sum_y;
    std::vector<double> residuals(batches.x.size());
    for (std::size_t i = 0; i < residuals.size(); ++i)
        residuals[i] = batches.x[i] - ratio * batches.y[i];
    return lag_one_score(residuals);
}

}  // namespace

double lag_one_score(std::span<const double> values) {
    if (values.size() < 3) return 0;
    const double count = static_cast<double>(values.size());
    const double mean = sum_of(values) / count;
    double squares = 0;
    double steps = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        squares += (values[i] - mean) * (values[i] - mean);
        if (i > 0) steps += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    if (!(squares > 0)) return 0;
    const double correlation = 1 - steps / (2 * squares);               // half of 2 minus von Neumann's ratio
    return correlation * std::sqrt((count * count - 1) / (count - 2));  // its variance is (n-2)/(n²-1)
}

std::optional<BatchEstimate> batch_ratio(RatioSeries slices, double confidence) {
    BALCAO_CHECK(slices.x.size() == slices.y.size());
    const std::size_t count = slices.x.size();
    std::size_t size = 1;
    bool is_independent = score_of(joined(slices, size)) < one_sided_ten_percent;
    while (!is_independent && count / (2 * size) >= fewest_batches) {
        size *= 2;
        is_independent = score_of(joined(slices, size)) < one_sided_ten_percent;
    }
    size = std::max(size, count / fewest_batches / size * size);
    const Batches batches = joined(slices, size);
    const auto ratio = jackknife_ratio(batches.x, batches.y, confidence);
    if (!ratio) return std::nullopt;
    return BatchEstimate{.ratio = *ratio,
                         .slices_per_batch = static_cast<std::int64_t>(size),
                         .is_independent = is_independent && count >= fewest_batches};
}

std::optional<Estimate> overlapping_batch_ratio(RatioSeries slices, std::size_t window, double confidence) {
    const std::size_t count = slices.x.size();
    BALCAO_CHECK(slices.y.size() == count && window >= 1 && 2 * window <= count);
    const double sum_y = sum_of(slices.y);
    if (!(sum_y > 0)) return std::nullopt;
    const double ratio = sum_of(slices.x) / sum_y;
    const auto residual = [&](std::size_t i) {
        return slices.x[i] - ratio * slices.y[i];
    };  // their mean is 0
    double in_window = 0;
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i) {
        in_window += residual(i);
        if (i >= window) in_window -= residual(i - window);
        if (i + 1 >= window) squares += in_window * in_window;
    }
    const double n = static_cast<double>(count);
    const double q = static_cast<double>(window);
    const double variance = n * q / ((n - q) * (n - q + 1)) * squares / (q * q);
    const double freedom = 1.5 * (n / q - 1);
    return Estimate{.mean = ratio,
                    .half_width = t_factor(confidence, freedom) * std::sqrt(variance / n) / (sum_y / n),
                    .units = static_cast<std::int64_t>(freedom) + 1};
}

}  // namespace balcao::stats
