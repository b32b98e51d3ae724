#include "stats/sequential.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace balcao::stats {

StoppingRule::StoppingRule(const Precision& wanted) : wanted_{wanted} {
    BALCAO_CHECK(wanted.relative > 0 && wanted.absolute >= 0 && wanted.confidence > 0 &&
                 wanted.confidence < 1);
    BALCAO_CHECK(wanted.at_least >= 2 && wanted.at_most >= wanted.at_least && wanted.look_ahead >= 0);
}

double StoppingRule::confidence_of_one(std::int64_t measures) const {
    return confidence_of_each(wanted_.confidence, measures);
}

double StoppingRule::wanted_half_width(double mean) const {
    const double adjusted = wanted_.relative / (1 + wanted_.relative);  // relative to the true mean, not to X̄
    return std::max(adjusted * std::fabs(mean), wanted_.absolute);
}

Progress StoppingRule::look(std::int64_t replications, std::span<const Estimate> measures) {
    const bool is_precise =
        replications >= wanted_.at_least &&
        std::all_of(measures.begin(), measures.end(), [this](const Estimate& measure) {
            return measure.half_width && *measure.half_width <= wanted_half_width(measure.mean);
        });
    if (!is_precise)
        precise_since_.reset();
    else if (!precise_since_)
        precise_since_ = replications;
    if (precise_since_) {
        const std::int64_t further = wanted_.look_ahead * std::max<std::int64_t>(*precise_since_, 100) / 100;
        if (replications >= *precise_since_ + further) return Progress::reached;
    }
    return replications >= wanted_.at_most ? Progress::exhausted : Progress::go_on;
}

std::int64_t StoppingRule::expected_replications(std::span<const Estimate> measures) const {
    double most = static_cast<double>(wanted_.at_least);
    for (const Estimate& measure : measures) {
        const double wanted = wanted_half_width(measure.mean);
        if (!measure.half_width || (wanted <= 0 && *measure.half_width > 0)) return wanted_.at_most;
        if (wanted <= 0) continue;
        const double excess = *measure.half_width / wanted;
        most = std::max(most, static_cast<double>(measure.units) * excess * excess);
    }
    return most >= static_cast<double>(wanted_.at_most) ? wanted_.at_most
                                                        : static_cast<std::int64_t>(std::ceil(most));
}

}  // namespace balcao::stats
