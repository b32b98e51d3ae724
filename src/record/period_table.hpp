#pragma once
// The table of periods as lines of CSV: one a period, with what it belongs to. Used by `balcao export`. No
// name, no contact, no account of whoever served: numbers, places and times.
#include <string>

#include "record/hall_day.hpp"

namespace balcao::record {

// "2026-11-24T10:30:05.250+00:00", by the clocks of the zone.
std::string time_text(const Zone& zone, Instant at);

// The names of the columns, with the line's end.
std::string period_columns();

// The lines of one day, each with its end.
std::string period_lines(const HallDay& day, const Zone& zone);

}  // namespace balcao::record
