#pragma once
// Appointments in a person's words: dates, what is refused, the letters that are sent. Internal to `web`.
#include <string>

#include "booking/bookings.hpp"
#include "web/letters.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// "Tuesday, 24 November 2026".
std::string day_text(Date date, const Words& words);
// "09:30"; of a time that the clocks show twice that day also how far they are ahead of UTC.
std::string time_text(const Zone& zone, Instant at);

std::string refusal_text(const booking::Refusal& refusal, const Zone& zone, const Words& words);
// 404, 409, 422 or 503.
int status_of(const booking::Refusal& refusal);

// What was booked, in one line: "Identity card at Shop, Tuesday, 24 November 2026, 09:30".
std::string line_of(const booking::Appointment& appointment, const Shared& shared, const Words& words);

// Asks to confirm, by an address of ours that only who gets the letter knows.
Letter confirmation_letter(const booking::Appointment& appointment,
                           const std::string& address,
                           const Shared& shared,
                           const Words& words);

}  // namespace balcao::web
