#include "random/variates.hpp"

#include <cmath>

namespace balcao::random {

namespace detail {

// Marsaglia & Tsang (2000), "A simple method for generating gamma variables": d = shape - 1/3, c =
// 1/sqrt(9d).
double marsaglia_tsang(double d, double c, Draws& draws) {
    for (;;) {
        const double x = normal(draws);
        const double root = 1 + c * x;
        if (root <= 0) continue;
        const double v = root * root * root;
        const double u = draws.uniform();
        if (u < 1 - 0.0331 * (x * x) * (x * x)) return d * v;
        if (std::log(u) < 0.5 * x * x + d * (1 - v + std::log(v))) return d * v;
    }
}

}  // namespace detail

namespace {

// ln(k!) by Stirling's series. Not std::lgamma, which writes to a global.
double log_factorial(double k) {
    double shift = 0;
    double x = k + 1;
    while (x < 10) {
        shift += std::log(x);
        x += 1;
    }
    const double inverse_square = 1 / (x * x);
    const double series = (1.0 / 12 - inverse_square * (1.0 / 360 - inverse_square / 1260)) / x;
    return (x - 0.5) * std::log(x) - x + 0.918938533204672741780 + series - shift;
}

std::int64_t poisson_by_inversion(double mean, Draws& draws) {
    double probability = std::exp(-mean);
    double rest = draws.uniform();
    std::int64_t count = 0;
    while (rest > probability && count < 200) {  // beyond 200 the probability is below the last bit
        rest -= probability;
        ++count;
        probability *= mean / static_cast<double>(count);
    }
    return count;
}

}  // namespace

double gamma(double shape, Draws& draws) {
    const double boosted = shape < 1 ? shape + 1 : shape;
    const double d = boosted - 1.0 / 3;
    const double value = detail::marsaglia_tsang(d, 1 / std::sqrt(9 * d), draws);
    return shape < 1 ? value * std::exp(-exponential(draws) / shape) : value;
}

std::int64_t poisson(double mean, Draws& draws) {
    if (mean < 10) return poisson_by_inversion(mean, draws);
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        const double u = draws.uniform() - 0.5;
        const double v = draws.uniform();
        const double us = 0.5 - std::fabs(u);
        const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r) return static_cast<std::int64_t>(k);
        if (k < 0 || (us < 0.013 && v > us)) continue;
        if (std::log(v * inverse_alpha / (a / (us * us) + b)) <= k * std::log(mean) - mean - log_factorial(k))
            return static_cast<std::int64_t>(k);
    }
}

}  // namespace balcao::random
