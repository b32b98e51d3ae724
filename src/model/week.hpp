#pragma once
// Opening hours and rosters as a week of minutes, for the checks. Internal to `model`.
#include <vector>

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

// Desks, averaged over the open minutes of an ordinary week; infinite for unlimited.
double mean_desks(const DeskCount& count, const OpeningHours& open);

}  // namespace balcao::model
