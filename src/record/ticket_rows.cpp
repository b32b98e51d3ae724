#include "record/ticket_rows.hpp"

#include <algorithm>

namespace balcao::record {
namespace {

// The legs of one service, one behind the other.
TicketRow row_of(const Ticket& ticket, const model::ServiceKey& service) {
    TicketRow row;
    row.service = service;
    row.taken = Instant::max();
    milliseconds at_desks{0};
    bool is_done = true;
    for (const Leg& leg : ticket.legs) {
        if (leg.service != service || !leg.was_begun) continue;
        row.taken = std::min(row.taken, std::max(leg.joined, ticket.counts_from()));
        if (leg.called && !row.called) row.called = leg.called;
        if (leg.desk) row.desk = office::to_string(*leg.desk);
        at_desks += leg.on_the_way + leg.served;
        is_done = is_done && leg.desk && leg.ended;
    }
    row.is_served = is_done && row.called.has_value();
    if (row.called) row.called = std::max(*row.called, row.taken);
    if (row.is_served)
        row.ended = *row.called + at_desks;
    else if (!row.called && ticket.fate == Fate::left)
        row.ended = std::max(ticket.ended, row.taken);
    return row;
}

}  // namespace

TicketRows ticket_rows(const HallDay& day) {
    TicketRows found;
    for (const Ticket& ticket : day.tickets) {
        if (ticket.fate == Fate::open) continue;
        if (!ticket.is_exact) {
            found.left_out.push_back(ticket.number);
            continue;
        }
        std::vector<model::ServiceKey> seen;
        for (const Leg& leg : ticket.legs) {
            if (!leg.was_begun || std::ranges::find(seen, leg.service) != seen.end()) continue;
            seen.push_back(leg.service);
            found.rows.push_back(row_of(ticket, leg.service));
        }
    }
    return found;
}

}  // namespace balcao::record
