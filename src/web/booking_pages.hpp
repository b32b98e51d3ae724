#pragma once
// The pages about appointments: booking one, seeing and changing it, and the day's list for staff. Internal
// to `web`.
#include "web/shared.hpp"

namespace balcao::web {

// People can book something at that site.
bool is_bookable(const Shared& shared, const model::Site& site);

void add_book_routes(http::Router& router, Shared& shared);
void add_appointment_routes(http::Router& router, Shared& shared);
void add_agenda_routes(http::Router& router, Shared& shared);

void add_calendar_routes(http::Router& router, Shared& shared);
void add_lost_link_routes(http::Router& router, Shared& shared);
// The letters that could not be delivered, for staff.
void add_undelivered_routes(http::Router& router, Shared& shared);
// Being told when a ticket's turn is near.
void add_notice_routes(http::Router& router, Shared& shared);

// The letters of a demonstration.
void add_letter_routes(http::Router& router, Shared& shared);

// Lets somebody in, and where that is done or the office refuses the ticket, answers with the page of it.
// Otherwise why the booking is not let in, and nothing was answered. On a worker's thread.
std::optional<booking::Refusal> let_in(const booking::Hand& hand,
                                       front::Entrance entrance,
                                       http::Reply& reply,
                                       Shared& shared);

}  // namespace balcao::web
