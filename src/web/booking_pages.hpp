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

// The letters of a demonstration.
void add_letter_routes(http::Router& router, Shared& shared);

// Gives the ticket of who has checked in, and answers with the page of it.
void give_ticket(const booking::Arrival& arrival, http::Reply reply, Shared& shared, bool is_staff);

}  // namespace balcao::web
