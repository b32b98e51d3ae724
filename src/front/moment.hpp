#pragma once
// Dates and times of day in a person's words. Used wherever a sentence names one; it knows no page.
#include <chrono>
#include <string>

#include "base/instant.hpp"
#include "base/zone.hpp"
#include "text/words.hpp"

namespace balcao::front {

// "Tuesday, 24 November 2026".
std::string day_text(Date date, const text::Words& words);
// "09:30"; of a time that the clocks show twice that day also how far they are ahead of UTC.
std::string time_text(const Zone& zone, Instant at);
// Both: "Tuesday, 24 November 2026, 09:30".
std::string moment_text(const Zone& zone, Instant at, const text::Words& words);

// "45 minutes", "6 hours", "12 days": rounded up, so that what took that long took no longer.
std::string length_text(std::chrono::milliseconds length, const text::Words& words);

}  // namespace balcao::front
