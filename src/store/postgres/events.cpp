#include "postgres/events.hpp"

#include <algorithm>
#include <limits>

namespace balcao::postgres {

namespace {

// Step 1 and 2: the snapshot's xmin and xmax, the base of moments, how many hold the marker without a number,
// and the oldest number of those who have one. The snapshot is taken before pg_locks is read. Locks know only
// the lower 32 bits of a number; the others are those of the nearest number to xmax.
constexpr Sql find_horizon{
    "find_horizon",
    "WITH snapshot AS MATERIALIZED (SELECT"
    "  pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin,"
    "  pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xmax),"
    " locks AS MATERIALIZED (SELECT * FROM pg_locks WHERE granted),"
    " writers AS (SELECT n.transactionid::text::bigint AS number FROM locks m LEFT JOIN locks n"
    "  ON n.pid = m.pid AND n.locktype = 'transactionid' AND n.mode = 'ExclusiveLock'"
    "  WHERE m.locktype = 'advisory' AND m.classid = 1111575619 AND m.objid = 1 AND m.objsubid = 2"
    "  AND m.database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    " SELECT xmin, xmax, (SELECT base FROM journal),"
    "  (SELECT count(*) FROM writers WHERE number IS NULL),"
    "  (SELECT min(xmax - (((xmax - number + 2147483648) & 4294967295) - 2147483648)) FROM writers)"
    " FROM snapshot"};
constexpr Sql find_events{"find_events",
                          "SELECT stream, version, at, type, body, salt, moment, ordinal FROM events "
                          "WHERE (moment, ordinal) > ($1::bigint, $2::bigint) AND moment < $3::bigint "
                          "ORDER BY moment, ordinal LIMIT $4::bigint"};

std::int64_t horizon_of(Connection& connection) {
    const auto found = connection.run(find_horizon);
    const std::int64_t oldest_of_all = found.number(0, 0);
    const std::int64_t next = found.number(0, 1);
    const std::int64_t base = found.number(0, 2);
    const bool is_any_without_number = found.number(0, 3) > 0;
    if (is_any_without_number) return base + oldest_of_all;
    return base + (found.is_null(0, 4) ? next : std::min(next, found.number(0, 4)));
}

}  // namespace

journal::Event event_of(const Rows& rows, std::size_t row) {
    journal::Event event;
    event.stream = rows.text(row, 0);
    event.version = static_cast<std::uint64_t>(rows.number(row, 1));
    event.at = journal::Instant{std::chrono::milliseconds{rows.number(row, 2)}};
    event.type = rows.text(row, 3);
    event.body = rows.text(row, 4);
    event.salt = rows.text(row, 5);
    return event;
}

std::vector<journal::Event> events_of(const Rows& rows) {
    std::vector<journal::Event> events;
    events.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        events.push_back(event_of(rows, row));
    return events;
}

std::vector<PlacedEvent> events_after(Connection& connection, Place after, std::size_t limit) {
    const std::int64_t horizon = horizon_of(connection);
    constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
    const auto rows =
        connection.run(find_events, Parameters{}
                                        .number(after.moment)
                                        .number(after.ordinal)
                                        .number(horizon)
                                        .number(static_cast<std::int64_t>(std::min(limit, most))));
    std::vector<PlacedEvent> events;
    for (std::size_t row = 0; row < rows.size(); ++row)
        events.push_back({event_of(rows, row), {rows.number(row, 6), rows.number(row, 7)}});
    return events;
}

}  // namespace balcao::postgres
