#include "plan/estimators.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace balcao::plan {
namespace {

struct LogSums {
    double count = 0;
    double mean = 0;
    double mean_log = 0;
    double variance_log = 0;
};

std::optional<LogSums> sum_logs(std::span<const double> values) {
    if (values.size() < 2) return {};
    LogSums sums{.count = static_cast<double>(values.size())};
    for (const double value : values) {
        if (value <= 0) return {};
        sums.mean += value / sums.count;
        sums.mean_log += std::log(value) / sums.count;
    }
    for (const double value : values)
        sums.variance_log += std::pow(std::log(value) - sums.mean_log, 2) / sums.count;
    if (sums.variance_log <= 1e-12) return {};
    return sums;
}

// ψ'(x), likewise (6.4.12).
double trigamma(double x) {
    double sum = 0;
    while (x < 10) {
        sum += 1 / (x * x);
        x += 1;
    }
    const double square = 1 / (x * x);
    return sum + 1 / x + square / 2 + square / x * (1.0 / 6 - square * (1.0 / 30 - square / 42));
}

// log Γ(x), likewise (6.1.41); the standard one keeps its sign in a global.
double log_gamma(double x) {
    double product = 1;
    while (x < 10) {
        product *= x;
        x += 1;
    }
    const double square = 1 / (x * x);
    const double series = (1.0 / 12 - square * (1.0 / 360 - square / 1260)) / x;
    return (x - 0.5) * std::log(x) - x + std::log(2 * std::numbers::pi) / 2 + series - std::log(product);
}

}  // namespace

double digamma(double x) {
    double sum = 0;
    while (x < 10) {
        sum -= 1 / x;
        x += 1;
    }
    const double square = 1 / (x * x);
    return sum + std::log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square / 252));
}

std::optional<DurationFit> fit_gamma(std::span<const double> values) {
    const std::optional<LogSums> sums = sum_logs(values);
    if (!sums) return {};
    const double distance = std::log(sums->mean) - sums->mean_log;
    double k = (3 - distance + std::sqrt((distance - 3) * (distance - 3) + 24 * distance)) / (12 * distance);
    for (int round = 0; round < 30; ++round) {
        const double step = (std::log(k) - digamma(k) - distance) / (1 / k - trigamma(k));
        const double next = k - step;
        k = next > 0 ? next : k / 2;
        if (std::abs(step) < 1e-12 * k) break;
    }
    const double scale = sums->mean / k;
    const double likelihood =
        sums->count * ((k - 1) * sums->mean_log - sums->mean / scale - k * std::log(scale) - log_gamma(k));
    return DurationFit{Shape::gamma, sums->mean, 1 / std::sqrt(k), 4 - 2 * likelihood};
}

std::optional<DurationFit> fit_lognormal(std::span<const double> values) {
    const std::optional<LogSums> sums = sum_logs(values);
    if (!sums) return {};
    const double likelihood =
        -sums->count * (sums->mean_log + 0.5 * std::log(2 * std::numbers::pi * sums->variance_log) + 0.5);
    return DurationFit{Shape::lognormal, std::exp(sums->mean_log + sums->variance_log / 2),
                       std::sqrt(std::expm1(sums->variance_log)), 4 - 2 * likelihood};
}

std::optional<DurationFit> fit_duration(std::span<const double> values) {
    const std::optional<DurationFit> gamma = fit_gamma(values);
    const std::optional<DurationFit> lognormal = fit_lognormal(values);
    if (!gamma || !lognormal) return gamma ? gamma : lognormal;
    return gamma->aic <= lognormal->aic ? gamma : lognormal;
}

std::vector<SurvivalStep> kaplan_meier(std::vector<CensoredWait> waits) {
    std::sort(waits.begin(), waits.end(),
              [](const CensoredWait& a, const CensoredWait& b) { return a.length < b.length; });
    std::vector<SurvivalStep> steps;
    double surviving = 1;
    double greenwood = 0;
    for (std::size_t i = 0; i < waits.size();) {
        const double there = static_cast<double>(waits.size() - i);
        double left = 0;
        std::size_t next = i;
        for (; next < waits.size() && waits[next].length == waits[i].length; ++next)
            left += waits[next].has_left ? 1 : 0;
        if (left > 0) {
            surviving *= 1 - left / there;
            if (there > left) greenwood += left / (there * (there - left));
            steps.push_back({waits[i].length, surviving, surviving * std::sqrt(greenwood)});
        }
        i = next;
    }
    return steps;
}

std::optional<double> leaving_rate(std::span<const CensoredWait> waits) {
    double left = 0;
    double waited = 0;
    for (const CensoredWait& wait : waits) {
        left += wait.has_left ? 1 : 0;
        waited += wait.length;
    }
    if (waited <= 0) return {};
    return left / waited;
}

}  // namespace balcao::plan
