#include "stats/ratio.hpp"

#include <cmath>
#include <numeric>

#include "base/check.hpp"
#include "stats/student.hpp"
#include "stats/sum.hpp"

namespace balcao::stats {

namespace {

// The ratio of all units and of all but one. Leaving one out means a subtraction from the totals, so the
// whole is linear in the number of units.
class Jackknife {
public:
    explicit Jackknife(RatioSeries series)
        : series_{series}, sum_x_{sum_of(series.x)}, sum_y_{sum_of(series.y)} {
        BALCAO_CHECK(series.x.size() == series.y.size());
    }

    [[nodiscard]] bool has_ratio() const { return sum_y_ > 0; }

    [[nodiscard]] double ratio() const { return sum_x_ / sum_y_; }

    // Every unit can be left out: there are two, and none has all of y.
    [[nodiscard]] bool has_pseudo_values() const {
        if (series_.x.size() < 2) return false;
        for (const double y : series_.y)
            if (!(sum_y_ - y > sum_y_ * 1e-12)) return false;
        return true;
    }

    [[nodiscard]] double pseudo_value(std::size_t unit) const {
        const double count = static_cast<double>(series_.x.size());
        const double others = (sum_x_ - series_.x[unit]) / (sum_y_ - series_.y[unit]);
        return ratio() + (count - 1) * (ratio() - others);  // = n·R̂ - (n-1)·R̂₍₋ᵢ₎, and R̂ exactly if all agree
    }

private:
    RatioSeries series_;
    double sum_x_;
    double sum_y_;
};

struct Spread {
    double mean = 0;
    double variance = 0;  // with n - 1
};

template <class ValueAt>
Spread spread_of(std::size_t count, ValueAt value_at) {
    Spread spread;
    for (std::size_t i = 0; i < count; ++i)
        spread.mean += value_at(i);
    spread.mean /= static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double distance = value_at(i) - spread.mean;
        spread.variance += distance * distance;
    }
    spread.variance /= static_cast<double>(count) - 1;
    return spread;
}

double half_width_around(double centre, const Spread& pseudo, std::size_t count, double confidence) {
    const double units = static_cast<double>(count);
    return t_factor(confidence, units - 1) * std::sqrt(pseudo.variance / units) +
           std::fabs(pseudo.mean - centre);
}

}  // namespace

std::optional<Estimate> jackknife_ratio(std::span<const double> x,
                                        std::span<const double> y,
                                        double confidence) {
    const Jackknife jackknife{{x, y}};
    if (!jackknife.has_ratio()) return std::nullopt;
    Estimate estimate{.mean = jackknife.ratio(), .half_width = std::nullopt, .units = std::ssize(x)};
    if (!jackknife.has_pseudo_values()) return estimate;
    const Spread pseudo = spread_of(x.size(), [&](std::size_t i) { return jackknife.pseudo_value(i); });
    estimate.half_width = half_width_around(estimate.mean, pseudo, x.size(), confidence);
    return estimate;
}

std::optional<Estimate> delta_ratio(std::span<const double> x, std::span<const double> y, double confidence) {
    BALCAO_CHECK(x.size() == y.size());
    const double sum_y = sum_of(y);
    if (!(sum_y > 0)) return std::nullopt;
    const double ratio = sum_of(x) / sum_y;
    Estimate estimate{.mean = ratio, .half_width = std::nullopt, .units = std::ssize(x)};
    if (x.size() < 2) return estimate;
    const double count = static_cast<double>(x.size());
    double squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        squares += (x[i] - ratio * y[i]) * (x[i] - ratio * y[i]);
    const double s = std::sqrt(squares / (count - 1));
    estimate.half_width = t_factor(confidence, count - 1) * s * std::sqrt(count) / sum_y;
    return estimate;
}

std::optional<PairedDifference> jackknife_difference(RatioSeries first,
                                                     RatioSeries second,
                                                     double confidence) {
    BALCAO_CHECK(first.x.size() == second.x.size());
    const Jackknife before{first};
    const Jackknife after{second};
    if (!before.has_ratio() || !after.has_ratio()) return std::nullopt;
    const std::size_t count = first.x.size();
    PairedDifference result;
    result.difference.mean = after.ratio() - before.ratio();
    result.difference.units = std::ssize(first.x);
    if (!before.has_pseudo_values() || !after.has_pseudo_values()) return result;

    const auto value_before = [&](std::size_t i) { return before.pseudo_value(i); };
    const auto value_after = [&](std::size_t i) { return after.pseudo_value(i); };
    const Spread paired = spread_of(count, [&](std::size_t i) { return value_after(i) - value_before(i); });
    const Spread spread_before = spread_of(count, value_before);
    const Spread spread_after = spread_of(count, value_after);
    result.difference.half_width = half_width_around(result.difference.mean, paired, count, confidence);
    const double independent = spread_before.variance + spread_after.variance;
    if (spread_before.variance > 0 && spread_after.variance > 0)
        result.correlation =
            (independent - paired.variance) / (2 * std::sqrt(spread_before.variance * spread_after.variance));
    if (paired.variance > 0) result.variance_ratio = independent / paired.variance;
    return result;
}

}  // namespace balcao::stats
