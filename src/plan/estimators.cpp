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

std::vector<SurvivalStep> kaplan_meier(const std::vector<CensoredWait>& waits) {
    std::vector<SurvivalStep> steps;
    double surviving = 1;
    double greenwood = 0;
    for (std::size_t i = 0; i < waits.size();) {
        const double there = static_cast<double>(waits.size() - i);
        double left = 0;
        std::size_t next = i;
        for (; next < waits.size() && waits[next].length == waits[i].length; ++next)
            left += waits[next].end == WaitEnd::left ? 1 : 0;
        if (left > 0) {
            surviving *= 1 - left / there;
            if (there > left) greenwood += left / (there * (there - left));
            steps.push_back({waits[i].length, surviving, surviving * std::sqrt(greenwood)});
        }
        i = next;
    }
    return steps;
}

// People by how their wait of that length ended.
struct WaitsOfLength {
    double length = 0;
    double left = 0;
    double called = 0;
    double left_before = 0;
};

std::vector<WaitsOfLength> count_by_length(const std::vector<CensoredWait>& waits) {
    std::vector<WaitsOfLength> counts;
    for (const CensoredWait& wait : waits) {
        if (counts.empty() || counts.back().length != wait.length) counts.push_back({wait.length});
        WaitsOfLength& at = counts.back();
        ++(wait.end == WaitEnd::left ? at.left : wait.end == WaitEnd::called ? at.called : at.left_before);
    }
    return counts;
}

// One round of self-consistency: each length gets its own people and its share of those whose patience ended
// before a later length, or after an earlier one. The last mass is of patience beyond every length.
std::vector<double> redistributed(const std::vector<WaitsOfLength>& counts,
                                  const std::vector<double>& mass,
                                  double people) {
    const std::size_t lengths = counts.size();
    std::vector<double> next(mass.size(), 0);
    std::vector<double> up_to(lengths, 0);  // patience of at most that length
    double sum = 0;
    for (std::size_t i = 0; i < lengths; ++i)
        up_to[i] = sum += mass[i];
    double after = 0;
    for (std::size_t i = 0; i < lengths; ++i) {
        next[i] += counts[i].left + mass[i] * after;
        if (counts[i].called > 0) after += counts[i].called / std::max(1 - up_to[i], 1e-12);
    }
    next[lengths] = mass[lengths] * after;
    double before = 0;
    for (std::size_t i = lengths; i-- > 0;) {
        if (counts[i].left_before > 0) before += counts[i].left_before / std::max(up_to[i], 1e-12);
        next[i] += mass[i] * before;
    }
    for (double& share : next)
        share /= people;
    return next;
}

std::vector<SurvivalStep> turnbull(const std::vector<CensoredWait>& waits) {
    constexpr int rounds_max = 2000;
    const std::vector<WaitsOfLength> counts = count_by_length(waits);
    const double people = static_cast<double>(waits.size());
    std::vector<double> mass(counts.size() + 1, 1 / static_cast<double>(counts.size() + 1));
    for (int round = 0; round < rounds_max; ++round) {
        std::vector<double> next = redistributed(counts, mass, people);
        double moved = 0;
        for (std::size_t i = 0; i < mass.size(); ++i)
            moved = std::max(moved, std::abs(next[i] - mass[i]));
        mass = std::move(next);
        if (moved < 1e-9) break;
    }
    std::vector<SurvivalStep> steps;
    double surviving = 1;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        surviving -= mass[i];
        if (mass[i] > 1e-6) steps.push_back({counts[i].length, std::max(surviving, 0.0), std::nullopt});
    }
    return steps;
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

std::vector<SurvivalStep> survival_of(std::vector<CensoredWait> waits) {
    std::sort(waits.begin(), waits.end(),
              [](const CensoredWait& a, const CensoredWait& b) { return a.length < b.length; });
    const auto is_unseen = [](const CensoredWait& wait) { return wait.end == WaitEnd::left_before; };
    return std::any_of(waits.begin(), waits.end(), is_unseen) ? turnbull(waits) : kaplan_meier(waits);
}

std::optional<double> leaving_rate(std::span<const CensoredWait> waits) {
    double left = 0;
    double waited = 0;
    std::vector<double> before;
    for (const CensoredWait& wait : waits) {
        if (wait.end == WaitEnd::left_before) {
            if (wait.length > 0) before.push_back(wait.length);
            continue;
        }
        left += wait.end == WaitEnd::left ? 1 : 0;
        waited += wait.length;
    }
    if (waited <= 0) return {};
    if (before.empty()) return left / waited;
    // The derivative of the log likelihood, left/r - waited + Σ U/(exp(rU) - 1), falls with the rate r. At
    // (left + unseen) / waited it is not above zero, as U/(exp(rU) - 1) <= 1/r.
    double low = 0;
    double high = (left + static_cast<double>(before.size())) / waited;
    for (int round = 0; round < 60; ++round) {
        const double rate = (low + high) / 2;
        double slope = left / rate - waited;
        for (const double length : before)
            slope += length / std::expm1(rate * length);
        (slope > 0 ? low : high) = rate;
    }
    return (low + high) / 2;
}

}  // namespace balcao::plan
