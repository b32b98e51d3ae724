#include "postgres/archive.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "crypto/hash.hpp"
#include "postgres/events.hpp"

namespace balcao::postgres {

namespace {

using journal::Kept;

constexpr std::int64_t rows_at_once = 1000;

constexpr Sql begin_reading{"begin_reading", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Sql read_heads{
    "read_heads",
    "SELECT size, text FROM checkpoints WHERE size > $1::bigint ORDER BY size LIMIT $2::bigint"};
constexpr Sql read_events{"read_events",
                          "SELECT stream, version, at, type, body, salt, moment, ordinal FROM events "
                          "WHERE (moment, ordinal) > ($1::bigint, $2::bigint) "
                          "ORDER BY moment, ordinal LIMIT $3::bigint"};
constexpr Sql read_answers{
    "read_answers", "SELECT key, answer FROM commands WHERE key > $1::text ORDER BY key LIMIT $2::bigint"};
constexpr Sql read_claims{
    "read_claims", "SELECT key, holder FROM claims WHERE key > $1::text ORDER BY key LIMIT $2::bigint"};
constexpr Sql read_keys{
    "read_keys",
    "SELECT person, wrapped FROM person_keys WHERE person > $1::text ORDER BY person LIMIT $2::bigint"};
constexpr Sql read_nodes{"read_nodes",
                         "SELECT number, hash FROM nodes WHERE level = $1::bigint AND number >= $2::bigint "
                         "ORDER BY number LIMIT $3::bigint"};

constexpr Sql count_all{"count_all",
                        "SELECT (EXISTS(SELECT FROM events) OR EXISTS(SELECT FROM commands)"
                        " OR EXISTS(SELECT FROM claims) OR EXISTS(SELECT FROM person_keys)"
                        " OR EXISTS(SELECT FROM nodes) OR EXISTS(SELECT FROM checkpoints))::int::bigint"};
// All events get the moment of this transaction; their ordinals are their leaves' numbers from 1 on.
constexpr Sql fill_events{
    "fill_events",
    "INSERT INTO events(stream, version, moment, ordinal, at, type, body, salt) "
    "SELECT e.stream, e.version, pg_current_xact_id()::text::bigint + j.base, $7::bigint + e.ordinal, e.at,"
    " e.type, e.body, e.salt FROM journal j, unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[],"
    " $5::text[], $6::bytea[]) WITH ORDINALITY AS e(stream, version, at, type, body, salt, ordinal)"};
constexpr Sql fill_heads{"fill_heads",
                         "INSERT INTO checkpoints(size, moment, ordinal, text) "
                         "SELECT h.size, pg_current_xact_id()::text::bigint + j.base, h.size, h.text "
                         "FROM journal j, unnest($1::bigint[], $2::text[]) AS h(size, text)"};
constexpr Sql fill_answers{"fill_answers",
                           "INSERT INTO commands(key, answer) SELECT * FROM unnest($1::text[], $2::text[])"};
constexpr Sql fill_claims{"fill_claims",
                          "INSERT INTO claims(key, holder) SELECT * FROM unnest($1::text[], $2::text[])"};
constexpr Sql fill_keys{
    "fill_keys", "INSERT INTO person_keys(person, wrapped) SELECT * FROM unnest($1::text[], $2::bytea[])"};
constexpr Sql put_nodes{
    "put_nodes",
    "INSERT INTO nodes(level, number, hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) "
    "ON CONFLICT (level, number) DO UPDATE SET hash = excluded.hash"};

Result<void> hand_out_heads(Connection& connection, const journal::TakeKept& take) {
    for (std::int64_t after = 0;;) {
        const auto rows = connection.run(read_heads, Parameters{}.number(after).number(rows_at_once));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            after = rows.number(row, 0);
            const journal::Head head{static_cast<std::uint64_t>(after), std::string{rows.text(row, 1)}};
            if (auto taken = take(Kept{head}); !taken) return taken;
        }
        if (rows.size() < static_cast<std::size_t>(rows_at_once)) return {};
    }
}

Result<void> hand_out_events(Connection& connection, const journal::TakeKept& take) {
    for (Place after;;) {
        const auto rows = connection.run(
            read_events, Parameters{}.number(after.moment).number(after.ordinal).number(rows_at_once));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            after = {rows.number(row, 6), rows.number(row, 7)};
            if (auto taken = take(Kept{event_of(rows, row)}); !taken) return taken;
        }
        if (rows.size() < static_cast<std::size_t>(rows_at_once)) return {};
    }
}

// Rows of a name and a value.
template <class KeptOf>
Result<void> hand_out_pairs(Connection& connection,
                            const Sql& sql,
                            const journal::TakeKept& take,
                            const KeptOf& kept_of) {
    for (std::string after;;) {
        const auto rows = connection.run(sql, Parameters{}.text(after).number(rows_at_once));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            after = rows.text(row, 0);
            if (auto taken = take(Kept{kept_of(after, std::string{rows.text(row, 1)})}); !taken) return taken;
        }
        if (rows.size() < static_cast<std::size_t>(rows_at_once)) return {};
    }
}

Result<void> hand_out_all(Connection& connection, const journal::TakeKept& take) {
    if (auto heads = hand_out_heads(connection, take); !heads) return heads;
    if (auto events = hand_out_events(connection, take); !events) return events;
    const auto answer_of = [](const std::string& key, std::string text) {
        return journal::Answer{key, std::move(text)};
    };
    if (auto answers = hand_out_pairs(connection, read_answers, take, answer_of); !answers) return answers;
    const auto claim_of = [](const std::string& key, std::string holder) {
        return journal::Claim{key, std::move(holder), false};
    };
    if (auto claims = hand_out_pairs(connection, read_claims, take, claim_of); !claims) return claims;
    return hand_out_pairs(connection, read_keys, take, [](const std::string& person, std::string wrapped) {
        return journal::PersonKey{person, std::move(wrapped)};
    });
}

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

// Gathers what is kept, and writes it by the thousand: things of one kind come one after another.
class Filling {
public:
    explicit Filling(Connection& connection) : connection_{connection} {}

    void put(const Kept& kept) {
        if (kept.index() != kind_ || gathered_.size() == static_cast<std::size_t>(rows_at_once)) flush();
        kind_ = kept.index();
        gathered_.push_back(kept);
    }

    void flush() {
        if (!gathered_.empty()) std::visit([this](const auto& first) { write(first); }, gathered_.front());
        gathered_.clear();
    }

private:
    template <class Thing, class Use>
    void for_each(const Use& use) const {
        for (const auto& kept : gathered_)
            use(std::get<Thing>(kept));
    }

    void write(const journal::Head&) {
        std::vector<std::int64_t> sizes;
        std::vector<std::string_view> texts;
        for_each<journal::Head>([&](const auto& head) {
            sizes.push_back(bounded(head.size));
            texts.emplace_back(head.text);
        });
        connection_.run(fill_heads, Parameters{}.numbers(sizes).texts(texts));
    }

    void write(const journal::Event&) {
        std::vector<std::string_view> streams;
        std::vector<std::string_view> types;
        std::vector<std::string_view> bodies;
        std::vector<std::string_view> salts;
        std::vector<std::int64_t> versions;
        std::vector<std::int64_t> times;
        for_each<journal::Event>([&](const auto& event) {
            streams.emplace_back(event.stream);
            versions.push_back(bounded(event.version));
            times.push_back(std::int64_t{event.at.time_since_epoch().count()});
            types.emplace_back(event.type);
            bodies.emplace_back(event.body);
            salts.emplace_back(event.salt);
        });
        connection_.run(fill_events, Parameters{}
                                         .texts(streams)
                                         .numbers(versions)
                                         .numbers(times)
                                         .texts(types)
                                         .texts(bodies)
                                         .byte_strings(salts)
                                         .number(events_));
        events_ += bounded(streams.size());
    }

    void write(const journal::Answer&) {
        write_pairs<journal::Answer>(
            fill_answers, [](const auto& answer) -> const std::string& { return answer.command; },
            [](const auto& answer) -> const std::string& { return answer.text; });
    }

    void write(const journal::Claim&) {
        write_pairs<journal::Claim>(
            fill_claims, [](const auto& claim) -> const std::string& { return claim.key; },
            [](const auto& claim) -> const std::string& { return claim.holder; });
    }

    void write(const journal::PersonKey&) {
        std::vector<std::string_view> persons;
        std::vector<std::string_view> wrapped;
        for_each<journal::PersonKey>([&](const auto& key) {
            persons.emplace_back(key.person);
            wrapped.emplace_back(key.wrapped);
        });
        connection_.run(fill_keys, Parameters{}.texts(persons).byte_strings(wrapped));
    }

    void write(const merkle::Node&) {
        std::vector<merkle::Node> nodes;
        for_each<merkle::Node>([&](const auto& node) { nodes.push_back(node); });
        replace_nodes(connection_, nodes);
    }

    template <class Thing, class Name, class Value>
    void write_pairs(const Sql& sql, const Name& name, const Value& value) {
        std::vector<std::string> names;
        std::vector<std::string> values;
        for_each<Thing>([&](const auto& thing) {
            names.push_back(name(thing));
            values.push_back(value(thing));
        });
        connection_.run(sql, Parameters{}.texts(views_of(names)).texts(views_of(values)));
    }

    Connection& connection_;
    std::size_t kind_ = 0;
    std::vector<Kept> gathered_;
    std::int64_t events_ = 0;  // written
};

Result<void> fill(Connection& connection, const journal::Next& next) {
    connection.run(lock_log);
    if (connection.run(count_all).number(0, 0) != 0)
        return Error{Errc::conflict, "The journal is not empty."};
    connection.run(take_number);
    Filling filling{connection};
    for (;;) {
        BALCAO_TRY(const auto kept, next());
        if (!kept) break;
        filling.put(*kept);
    }
    filling.flush();
    return {};
}

}  // namespace

Result<void> write_out(Connection& connection, const journal::TakeKept& take) {
    connection.run(begin_reading);
    auto written = hand_out_all(connection, take);
    connection.roll_back();
    return written;
}

Result<void> take_in(Connection& connection, const journal::Next& next) {
    connection.run(begin_now);
    auto filled = fill(connection, next);
    if (filled)
        connection.run(commit_now);
    else
        connection.roll_back();
    return filled;
}

std::vector<std::string> heads_after(Connection& connection, std::uint64_t size, std::size_t limit) {
    const auto rows = connection.run(read_heads, Parameters{}.number(bounded(size)).number(bounded(limit)));
    std::vector<std::string> heads;
    for (std::size_t row = 0; row < rows.size(); ++row)
        heads.emplace_back(rows.text(row, 1));
    return heads;
}

std::vector<merkle::Node> nodes_from(Connection& connection, merkle::NodeId first, std::size_t limit) {
    const auto rows = connection.run(
        read_nodes, Parameters{}.number(first.level).number(bounded(first.index)).number(bounded(limit)));
    std::vector<merkle::Node> nodes;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        // A hash of another length is none, and differs from every one.
        const auto hash = crypto::from_bytes<32>(rows.text(row, 1));
        nodes.push_back(
            {{first.level, static_cast<std::uint64_t>(rows.number(row, 0))}, hash.value_or(merkle::Hash{})});
    }
    return nodes;
}

void replace_nodes(Connection& connection, const std::vector<merkle::Node>& nodes) {
    std::vector<std::int64_t> levels;
    std::vector<std::int64_t> numbers;
    std::vector<std::string_view> hashes;
    for (const auto& node : nodes) {
        levels.push_back(node.id.level);
        numbers.push_back(bounded(node.id.index));
        hashes.push_back(crypto::bytes_of(node.hash));
    }
    connection.run(put_nodes, Parameters{}.numbers(levels).numbers(numbers).byte_strings(hashes));
}

}  // namespace balcao::postgres
