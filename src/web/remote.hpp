#pragma once
// Calls and meetings by video, as who serves them sees them: those of today at a desk, and the page on which
// one is opened. Internal to `web`. Calling somebody is a look at personal data, written before the number is
// shown; a list bears no name and no number.
#include <string>
#include <vector>

#include "booking/appointment.hpp"
#include "web/desk_view.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// Those of today that the desk's group serves, still to be held or begun, in order of time; empty also while
// they cannot be read.
std::vector<booking::Appointment> calls_today(const Shared& shared, const Place& place);

// Nothing where there are none.
void write_calls(html::Content& into,
                 const Shared& shared,
                 const Words& words,
                 const Place& place,
                 const std::vector<booking::Appointment>& calls);

// "Call", "Open the meeting": a link to the page on which that is done.
void write_way_to_call(html::Content& into,
                       const Words& words,
                       const model::Site& site,
                       const booking::Appointment& appointment);

void add_remote_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
