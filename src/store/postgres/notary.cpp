#include "postgres/notary.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "crypto/hash.hpp"
#include "postgres/events.hpp"

namespace balcao::postgres {

namespace {

constexpr Sql find_node{"find_node",
                        "SELECT hash FROM nodes WHERE level = $1::bigint AND number = $2::bigint"};
constexpr Sql find_last{"find_last_checkpoint",
                        "SELECT size, moment, ordinal, text FROM checkpoints ORDER BY size DESC LIMIT 1"};
constexpr Sql find_leaf{
    "find_leaf",
    "SELECT b.size + (SELECT count(*) FROM events f WHERE (f.moment, f.ordinal) > (b.moment, b.ordinal)"
    "  AND (f.moment, f.ordinal) < (e.moment, e.ordinal))"
    " FROM events e, LATERAL (SELECT size, moment, ordinal FROM ("
    "   SELECT size, moment, ordinal FROM checkpoints WHERE (moment, ordinal) < (e.moment, e.ordinal)"
    "   UNION ALL SELECT 0::bigint, 0::bigint, 0::bigint) s ORDER BY size DESC LIMIT 1) b"
    " WHERE e.stream = $1::text AND e.version = $2::bigint"
    "  AND EXISTS(SELECT FROM checkpoints c WHERE (c.moment, c.ordinal) >= (e.moment, e.ordinal))"};
constexpr Sql find_leaves{
    "find_leaves",
    "SELECT e.stream, e.version, e.at, e.type, e.body, e.salt FROM (SELECT size, moment, ordinal FROM ("
    "   SELECT size, moment, ordinal FROM checkpoints WHERE size <= $1::bigint"
    "   UNION ALL SELECT 0::bigint, 0::bigint, 0::bigint) s ORDER BY size DESC LIMIT 1) b,"
    " (SELECT moment, ordinal FROM checkpoints ORDER BY size DESC LIMIT 1) l, events e"
    " WHERE (e.moment, e.ordinal) > (b.moment, b.ordinal) AND (e.moment, e.ordinal) <= (l.moment, l.ordinal)"
    " ORDER BY e.moment, e.ordinal"
    " OFFSET $1::bigint - (SELECT coalesce(max(size), 0) FROM checkpoints WHERE size <= $1::bigint)"
    " LIMIT $2::bigint"};

// The office is held by a session; a step of the log is locked by its transaction all the same, so that
// nothing depends on who believes to hold the office.
constexpr Sql elect{"elect_notary", "SELECT pg_try_advisory_lock(1111575619, 2)::int::bigint"};
constexpr Sql find_place{
    "find_place", "SELECT moment, ordinal FROM events WHERE stream = $1::text AND version = $2::bigint"};
constexpr Sql count_between{"count_between",
                            "SELECT count(*) FROM events WHERE (moment, ordinal) > ($1::bigint, $2::bigint)"
                            " AND (moment, ordinal) <= ($3::bigint, $4::bigint)"};
constexpr Sql add_nodes{"add_nodes",
                        "INSERT INTO nodes(level, number, hash) SELECT * FROM unnest($1::bigint[],"
                        " $2::bigint[], $3::bytea[])"};
constexpr Sql add_checkpoint{"add_checkpoint",
                             "INSERT INTO checkpoints(size, moment, ordinal, text) "
                             "VALUES($1::bigint, $2::bigint, $3::bigint, $4::text)"};

struct LogEnd {
    std::uint64_t size = 0;
    Place place;
    std::string text;
};

LogEnd end_of_log(Connection& connection) {
    const auto rows = connection.run(find_last);
    if (rows.size() == 0) return {};
    return {static_cast<std::uint64_t>(rows.number(0, 0)),
            {rows.number(0, 1), rows.number(0, 2)},
            std::string{rows.text(0, 3)}};
}

Parameters nodes_of(const journal::Growth& growth) {
    std::vector<std::int64_t> levels;
    std::vector<std::int64_t> numbers;
    std::vector<std::string_view> hashes;
    for (const auto& node : growth.nodes) {
        levels.push_back(node.id.level);
        numbers.push_back(static_cast<std::int64_t>(node.id.index));
        hashes.push_back(crypto::bytes_of(node.hash));
    }
    return Parameters{}.numbers(levels).numbers(numbers).byte_strings(hashes);
}

// Within a transaction. The events must be those that follow the log's end, without a gap.
Result<void> write_growth(Connection& connection, const journal::Growth& growth) {
    connection.run(lock_log);
    const auto end = end_of_log(connection);
    if (end.size != growth.size_before) return Error{Errc::conflict, "Another notary was first."};
    const auto& last = growth.events.back();
    const auto found =
        connection.run(find_place, Parameters{}.text(last.stream).number(bounded(last.version)));
    if (found.size() == 0) return Error{Errc::conflict, "The log was to grow by an event that is not there."};
    const Place place{found.number(0, 0), found.number(0, 1)};
    const auto between = connection.run(count_between, Parameters{}
                                                           .number(end.place.moment)
                                                           .number(end.place.ordinal)
                                                           .number(place.moment)
                                                           .number(place.ordinal));
    if (between.number(0, 0) != bounded(growth.events.size()))
        return Error{Errc::conflict, "The log was to grow by other events than those that follow its end."};
    connection.run(add_nodes, nodes_of(growth));
    connection.run(add_checkpoint, Parameters{}
                                       .number(bounded(growth.size_before + growth.events.size()))
                                       .number(place.moment)
                                       .number(place.ordinal)
                                       .text(growth.checkpoint));
    return {};
}

}  // namespace

std::optional<merkle::Hash> node_at(Connection& connection, merkle::NodeId id) {
    const auto rows = connection.run(find_node, Parameters{}.number(id.level).number(bounded(id.index)));
    return rows.size() == 0 ? std::nullopt : crypto::from_bytes<32>(rows.text(0, 0));
}

std::string last_checkpoint(Connection& connection) { return end_of_log(connection).text; }

std::vector<journal::Event> not_logged(Connection& connection, std::size_t limit) {
    std::vector<journal::Event> events;
    for (auto& found : events_after(connection, end_of_log(connection).place, limit))
        events.push_back(std::move(found.event));
    return events;
}

std::optional<std::uint64_t> leaf_of(Connection& connection, std::string_view stream, std::uint64_t version) {
    const auto rows = connection.run(find_leaf, Parameters{}.text(stream).number(bounded(version)));
    if (rows.size() == 0) return std::nullopt;
    return static_cast<std::uint64_t>(rows.number(0, 0));
}

std::vector<journal::Event> leaves(Connection& connection, std::uint64_t first, std::size_t limit) {
    return events_of(connection.run(find_leaves, Parameters{}.number(bounded(first)).number(bounded(limit))));
}

Notary::Notary(std::string url, std::chrono::milliseconds patience)
    : url_{std::move(url)}, patience_{patience} {}

// A connection that was lost while nobody used it is made anew, once.
template <class Use>
auto Notary::with_connection(const Use& use) {
    const std::lock_guard lock{mutex_};
    for (bool is_second = !connection_;; is_second = true) {
        if (!connection_) connection_ = std::make_unique<Connection>(url_, patience_);
        try {
            return use(*connection_);
        } catch (const Failure& failure) {
            if (failure.trouble() == Trouble::lost) connection_.reset();
            if (failure.trouble() != Trouble::lost || is_second) throw;
        }
    }
}

bool Notary::is_elected() {
    return with_connection([](Connection& connection) { return connection.run(elect).number(0, 0) == 1; });
}

Result<void> Notary::grow(const journal::Growth& growth) {
    if (growth.events.empty()) return {};
    return with_connection([&](Connection& connection) {
        connection.run(begin_now);
        try {
            auto written = write_growth(connection, growth);
            if (written)
                connection.run(commit_now);
            else
                connection.roll_back();
            return written;
        } catch (const Failure& failure) {
            if (failure.trouble() != Trouble::lost) connection.roll_back();
            throw;
        }
    });
}

}  // namespace balcao::postgres
