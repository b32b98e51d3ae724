#include "model/week.hpp"

#include <algorithm>
#include <limits>

namespace balcao::model {
namespace {

int shared_minutes(TimeRange a, TimeRange b) {
    return std::max(0, std::min(a.end_minute, b.end_minute) - std::max(a.begin_minute, b.begin_minute));
}

}  // namespace

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
