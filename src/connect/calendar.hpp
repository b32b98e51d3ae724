#pragma once
// Appointments as iCalendar (RFC 5545), for the calendars of people and for feeds of staff, written by
// libical. A pure function of what it is given. It reads no calendar of anybody.
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/zone.hpp"

namespace balcao::connect {

struct CalendarEntry {
    std::string uid;   // the same however often it is moved
    int sequence = 0;  // grows with every change
    bool is_cancelled = false;
    Instant stamp{};  // when this was true
    Instant start{};
    int minutes = 0;
    std::string summary;
    std::string description{};
    std::string location{};
    std::string url{};
    std::optional<std::chrono::minutes> alarm{};  // before it begins
};

struct CalendarHead {
    std::string name{};    // of a feed; empty for one appointment
    std::string method{};  // "PUBLISH", "CANCEL"; empty for a feed
};

// Times by the clocks of the zone, whose changes from the year before the first entry to that after the last
// stand in it; what begins in an hour that comes twice stands in UTC.
std::string write_calendar(const CalendarHead& head,
                           const std::vector<CalendarEntry>& entries,
                           const Zone& zone);

}  // namespace balcao::connect
