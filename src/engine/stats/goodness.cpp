#include "stats/goodness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.hpp"
#include "stats/student.hpp"

namespace balcao::stats {

namespace {

// P(K > x) of Kolmogorov's distribution: 2·Σ (-1)^(j-1)·exp(-2j²x²).
double kolmogorov_p(double x) {
    if (x < 0.2) return 1;  // the series converges slowly here, and its value is 1 to 12 digits
    double sum = 0;
    double sign = 1;
    for (int j = 1; j <= 100; ++j) {
        const double term = std::exp(-2.0 * j * j * x * x);
        sum += sign * term;
        sign = -sign;
        if (term < 1e-16) break;
    }
    return std::clamp(2 * sum, 0.0, 1.0);
}

}  // namespace

FitTest kolmogorov_smirnov(std::span<const double> sorted, const std::function<double(double)>& cdf) {
    if (sorted.empty()) return {};
    const double count = static_cast<double>(sorted.size());
    double distance = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double p = cdf(sorted[i]);
        const double rank = static_cast<double>(i);
        distance = std::max({distance, (rank + 1) / count - p, p - rank / count});
    }
    const double root = std::sqrt(count);
    return {.statistic = distance,
            .p = kolmogorov_p((root + 0.12 + 0.11 / root) * distance),
            .values = std::ssize(sorted)};
}

void poisson_scores(std::span<const double> sorted, double length, std::vector<double>& scores) {
    double before = 0;
    double waiting = static_cast<double>(sorted.size());  // J + 1 - j
    for (const double time : sorted) {
        BALCAO_CHECK(time >= before && time < length);
        scores.push_back(-waiting * std::log((length - time) / (length - before)));
        before = time;
        --waiting;
    }
}

FitTest poisson_test(std::vector<double>& scores) {
    std::sort(scores.begin(), scores.end());
    return kolmogorov_smirnov(scores, [](double x) { return -std::expm1(-x); });
}

FitTest dispersion_test(std::span<const double> counts) {
    const double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
    if (counts.size() < 2 || !(sum > 0)) return {};
    const double days = static_cast<double>(counts.size());
    const double mean = sum / days;
    double squares = 0;
    for (const double count : counts)
        squares += (count - mean) * (count - mean);
    return {.statistic = squares / mean,
            .p = chi_square_p(squares / mean, days - 1),
            .values = std::ssize(counts)};
}

}  // namespace balcao::stats
