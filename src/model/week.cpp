#include "model/week.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace balcao::model {
namespace {

int shared_minutes(TimeRange a, TimeRange b) {
    return std::max(0, std::min(a.end_minute, b.end_minute) - std::max(a.begin_minute, b.begin_minute));
}

// People who come on one weekday of an ordinary week.
struct PeopleOnWeekday {
    const OpeningHours& open;
    int weekday;

    [[nodiscard]] double open_hours() const {
        return open_minutes_within(open, weekday, TimeRange{0, 1440}) / 60.0;
    }

    double operator()(const PoissonArrivals& arrivals) const { return arrivals.per_hour * open_hours(); }

    double operator()(const HourlyArrivals& arrivals) const {
        double people = 0;
        for (const auto& [range, rate] : arrivals.per_hour)
            people += rate * open_minutes_within(open, weekday, range) / 60.0;
        return people;
    }

    double operator()(const WeekdayArrivals& arrivals) const {
        for (const auto& [days, pattern] : arrivals.by_weekday)
            if (days.has(weekday)) return std::visit(*this, pattern);
        return 0;
    }

    double operator()(const RenewalArrivals& arrivals) const {
        const double mean = mean_of(arrivals.gap);
        return mean > 0 ? 3600e6 / mean * open_hours() : 0;
    }

    double operator()(const BatchArrivals& arrivals) const {
        return arrivals.size * arrivals.per_hour * open_hours();
    }

    // As if it went on as it was, week after week.
    double operator()(const ArrivalLog& log) const {
        if (log.arrivals.empty()) return 0;
        const auto days = std::chrono::floor<std::chrono::days>(log.arrivals.back().time).count() + 1;
        const double weeks = std::max(1.0, static_cast<double>(days) / 7);
        return static_cast<double>(log.arrivals.size()) / weeks / 7;
    }
};

}  // namespace

PeopleOfWeek people_of_week(const Demand& demand, const OpeningHours& open) {
    PeopleOfWeek week;
    for (int weekday = 0; weekday < 7; ++weekday) {
        const PeopleOnWeekday people{open, weekday};
        if (demand.arrivals) week.walking_in += std::visit(people, demand.arrivals->pattern);
        if (demand.bookings && people.open_hours() > 0) week.asking += demand.bookings->per_day;
    }
    if (!demand.arrivals) return week;
    double season = 0;
    for (const double factor : demand.arrivals->season)
        season += factor / static_cast<double>(demand.arrivals->season.size());
    week.walking_in *= season * (demand.arrivals->day_factor ? mean_of(*demand.arrivals->day_factor) : 1);
    return week;
}

std::vector<TimeRange> open_on_weekday(const OpeningHours& open, int weekday) {
    if (open.always) return {TimeRange{0, 1440}};
    for (const auto& [days, ranges] : open.weekly)
        if (days.has(weekday)) return ranges;
    return {};
}

bool is_open_within(const OpeningHours& open, WeekdaySet days, TimeRange range) {
    for (int weekday = 0; weekday < 7; ++weekday)
        if (days.has(weekday) && open_minutes_within(open, weekday, range) > 0) return true;
    return false;
}

int open_minutes_within(const OpeningHours& open, int weekday, TimeRange range) {
    int minutes = 0;
    for (const TimeRange& hours : open_on_weekday(open, weekday))
        minutes += shared_minutes(hours, range);
    return minutes;
}

int open_minutes_per_week(const OpeningHours& open) {
    int minutes = 0;
    for (int weekday = 0; weekday < 7; ++weekday)
        for (const TimeRange& hours : open_on_weekday(open, weekday))
            minutes += hours.end_minute - hours.begin_minute;
    return minutes;
}

double mean_desks(const DeskCount& count, const OpeningHours& open) {
    if (std::holds_alternative<Unlimited>(count)) return std::numeric_limits<double>::infinity();
    if (const int* number = std::get_if<int>(&count)) return *number;
    const auto& roster = std::get<Roster>(count);
    double desk_minutes = 0;
    for (const auto& [days, hours] : roster.weekly)
        for (int weekday = 0; weekday < 7; ++weekday) {
            if (!days.has(weekday)) continue;
            for (const auto& [range, desks] : hours)
                desk_minutes += static_cast<double>(desks) * open_minutes_within(open, weekday, range);
        }
    const int minutes = open_minutes_per_week(open);
    return minutes == 0 ? 0 : desk_minutes / minutes;
}

}  // namespace balcao::model
