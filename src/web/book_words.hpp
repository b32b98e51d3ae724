#pragma once
// Appointments in a person's words: dates, what is refused. Internal to `web`.
#include <optional>
#include <string>
#include <string_view>

#include "booking/bookings.hpp"
#include "front/moment.hpp"
#include "web/shared.hpp"

namespace balcao::web {

using front::day_text;
using front::moment_text;
using front::time_text;

// What was booked, in one line: "Identity card at Shop, Tuesday, 24 November 2026, 09:30".
std::string line_of(const booking::Appointment& appointment, const Shared& shared, const Words& words);

// The start that a button of a form sends, in milliseconds since 1970; nothing for anything else.
std::optional<Instant> instant_in(std::string_view text);

}  // namespace balcao::web
