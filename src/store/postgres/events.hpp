#pragma once
// How an event stands in a row, and the horizon up to which events are read (transaction.hpp says why). Used
// by the readers and writers in this folder.
#include <cstdint>
#include <vector>

#include "journal/event.hpp"
#include "postgres/connection.hpp"

namespace balcao::postgres {

// A place in the order in which events became visible. No event is ever put before one that was read.
struct Place {
    std::int64_t moment = 0;
    std::int64_t ordinal = 0;
};

struct PlacedEvent {
    journal::Event event;
    Place place;
};

// Out of the columns stream, version, at, type, body, salt.
journal::Event event_of(const Rows& rows, std::size_t row);
std::vector<journal::Event> events_of(const Rows& rows);

// At most `limit` events after a place, none of which can be preceded by one that is yet to come. Throws
// Failure.
std::vector<PlacedEvent> events_after(Connection& connection, Place after, std::size_t limit);

}  // namespace balcao::postgres
