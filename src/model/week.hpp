#pragma once
// An ordinary week of a model: opening hours and rosters in minutes, and how many people come. Used by the
// checks, and by `sim` where it weighs entries against each other. It knows no calendar: closed days,
// holidays, growth and single dates are left out.
#include <vector>

#include "model/demand.hpp"
#include "model/site.hpp"

namespace balcao::model {

// The ranges of an ordinary week's day (Monday is 0), closed days and holidays apart.
std::vector<TimeRange> open_on_weekday(const OpeningHours& open, int weekday);

// Whether the range and the opening hours of any of these days share a minute.
bool is_open_within(const OpeningHours& open, WeekdaySet days, TimeRange range);

// Minutes of the range that lie within that weekday's hours.
int open_minutes_within(const OpeningHours& open, int weekday, TimeRange range);

// Minutes open in an ordinary week.
int open_minutes_per_week(const OpeningHours& open);

struct PeopleOfWeek {
    double walking_in = 0;
    double asking = 0;  // for an appointment

    [[nodiscard]] double all() const { return walking_in + asking; }
};

// People whom an entry brings to a site of these hours, with the mean of the season's months and of its day
// factor; of a log, as many as in a mean week of it.
PeopleOfWeek people_of_week(const Demand& demand, const OpeningHours& open);

// Desks, averaged over the open minutes of an ordinary week; infinite for unlimited.
double mean_desks(const DeskCount& count, const OpeningHours& open);

}  // namespace balcao::model
