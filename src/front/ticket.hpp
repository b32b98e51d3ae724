#pragma once
// What the office answers with where a ticket was asked for, and how somebody with an appointment comes in:
// checked in and with a ticket, or neither; and the way back. Used by pages, kiosks and API; what may be is
// decided by booking and office.
#include <optional>
#include <string>
#include <variant>

#include "booking/bookings.hpp"
#include "front/link.hpp"
#include "office/front_office.hpp"

namespace balcao::front {

// The ticket that a command was answered with; nothing for an answer without one.
std::optional<TicketName> ticket_in(const std::string& answer);

// Where somebody comes in: the channel of the ticket.
enum class Entrance : std::uint8_t { phone, reception, kiosk };

// The booking is in order, and the office gives no ticket at that site.
struct NoTicket {
    model::SiteKey site;
    office::Refusal why;
};

using Admission = std::variant<TicketName, booking::Refusal, NoTicket, office::Unavailable>;

// Checks in and gives the ticket. Where the office refuses one (the numbers are given out, the day has ended)
// the check-in is taken back, so that nobody counts as arrived without a ticket. The same key again gets the
// same ticket. Waits until all is durable, so it belongs on a worker's thread.
Admission let_in(const booking::Hand& hand,
                 const std::string& key,
                 Entrance entrance,
                 booking::Bookings& bookings,
                 office::FrontOffice& office);

// The ticket of a check-in that was none is given up: its key finds it, whoever gave it. What is by telephone
// or video has none.
void give_up_ticket(const booking::Arrival& arrival, office::FrontOffice& office);

}  // namespace balcao::front
