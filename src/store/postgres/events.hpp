#pragma once
// What several sources here say to PostgreSQL, how an event stands in a row, and the horizon up to which
// events are read (transaction.hpp says why). Used by the readers and writers in this folder.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "journal/event.hpp"
#include "postgres/connection.hpp"

namespace balcao::postgres {

inline constexpr Sql begin_now{"begin", "BEGIN"};
inline constexpr Sql commit_now{"commit", "COMMIT"};
// A step of the log: one at a time, whoever believes to be the notary.
inline constexpr Sql lock_log{"lock_log", "SELECT pg_advisory_xact_lock(1111575619, 3)"};

// The marker of a writer first, then the number of its transaction: a target list is worked out from left to
// right.
inline constexpr Sql take_number{
    "take_number", "SELECT pg_advisory_xact_lock_shared(1111575619, 1), pg_current_xact_id()::text::bigint"};

// As the largest number that a column holds, where it is larger.
inline std::int64_t bounded(std::uint64_t number) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(number, most));
}

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
