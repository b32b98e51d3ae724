#include <algorithm>
#include <chrono>
#include <cmath>
#include <variant>

#include "sim/world_plan.hpp"

namespace balcao::sim {

namespace {

constexpr double per_hour_to_per_us = 1.0 / static_cast<double>(des::hour);

struct HourRate {
    TimeRange range;
    double per_hour = 0;
};

// The pattern's own rates on that weekday, before the opening hours are applied.
struct RatesOfPattern {
    int weekday = 0;

    std::vector<HourRate> operator()(const model::PoissonArrivals& pattern) const {
        return {{{0, 1440}, pattern.per_hour}};
    }

    std::vector<HourRate> operator()(const model::HourlyArrivals& pattern) const {
        std::vector<HourRate> rates;
        for (const auto& [range, per_hour] : pattern.per_hour)
            rates.push_back({range, per_hour});
        return rates;
    }

    std::vector<HourRate> operator()(const model::WeekdayArrivals& pattern) const {
        for (const auto& [days, rates] : pattern.by_weekday)
            if (days.has(weekday)) return std::visit(*this, rates);
        return {};
    }

    // Gaps are in microseconds already: a rate of one a microsecond leaves them as they are.
    std::vector<HourRate> operator()(const model::RenewalArrivals&) const {
        return {{{0, 1440}, static_cast<double>(des::hour)}};
    }

    std::vector<HourRate> operator()(const model::BatchArrivals& pattern) const {
        return {{{0, 1440}, pattern.per_hour}};
    }

    std::vector<HourRate> operator()(const model::ArrivalLog&) const { return {}; }
};

des::Time at_minute(int minute) { return minute * des::minute; }

}  // namespace

double factor_on(const model::Arrivals& arrivals, Date date, Date first_day) {
    const std::chrono::year_month_day civil{date};
    double factor = arrivals.season[static_cast<unsigned>(civil.month()) - 1];
    if (arrivals.growth_per_year != 0)
        factor *=
            std::pow(1 + arrivals.growth_per_year, static_cast<double>((date - first_day).count()) / 365.25);
    for (const auto& [day, value] : arrivals.dates)
        if (day == date) factor *= value;
    return factor;
}

std::vector<RateSegment> rates_on(const SourcePlan& source,
                                  const model::Site& site,
                                  Date date,
                                  Date first_day) {
    std::vector<RateSegment> segments;
    if (!source.demand.arrivals) return segments;
    const auto& arrivals = *source.demand.arrivals;
    const double factor = factor_on(arrivals, date, first_day) * per_hour_to_per_us;
    auto rates = std::visit(RatesOfPattern{weekday_index(date)}, arrivals.pattern);
    std::ranges::sort(rates, {}, [](const HourRate& rate) { return rate.range.begin_minute; });
    for (const auto& open : site.open.on(date)) {
        for (const auto& [range, per_hour] : rates) {
            const int begin = std::max(open.begin_minute, range.begin_minute);
            const int end = std::min(open.end_minute, range.end_minute);
            if (begin < end && per_hour > 0)
                segments.push_back({at_minute(begin), at_minute(end), per_hour * factor});
        }
    }
    return segments;
}

}  // namespace balcao::sim
