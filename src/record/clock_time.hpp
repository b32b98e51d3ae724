#pragma once
// Minutes of a day's clocks as instants, on days of 23 and 25 hours too. Internal to `record`, for opening
// hours; it knows no model.
#include "base/zone.hpp"

namespace balcao::record {

// When the clocks show so many minutes after midnight: the first time in the hour that comes twice; in the
// hour that is left out as long after midnight as on another day. From 1440 on it is the next day.
inline Instant instant_at(const Zone& zone, Date date, int minute) {
    constexpr int minutes_a_day = 24 * 60;
    if (minute >= minutes_a_day) return instant_at(zone, date + std::chrono::days{1}, minute - minutes_a_day);
    const auto found = zone.instants_of({date, std::chrono::minutes{minute}});
    return found.empty() ? zone.midnight(date) + std::chrono::minutes{minute} : found.front();
}

}  // namespace balcao::record
