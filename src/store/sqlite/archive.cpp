#include "sqlite/archive.hpp"

#include <string>
#include <unordered_map>

#include "crypto/hash.hpp"
#include "sqlite/readers.hpp"
#include "sqlite/schema.hpp"
#include "sqlite/store.hpp"

namespace balcao::sqlite {

namespace {

using journal::Kept;

// Hands out the rows of a statement, each as `kept_of` makes it.
template <class KeptOf>
Result<void> hand_out(Connection& connection,
                      std::string_view sql,
                      const journal::TakeKept& take,
                      const KeptOf& kept_of) {
    auto rows = connection.prepare(sql);
    while (rows.step())
        if (auto taken = take(Kept{kept_of(rows)}); !taken) return taken;
    return {};
}

Result<void> hand_out_all(Connection& connection, const journal::TakeKept& take) {
    auto heads = hand_out(
        connection, "SELECT size, text FROM checkpoints ORDER BY size", take, [](const Statement& row) {
            return journal::Head{static_cast<std::uint64_t>(row.number(0)), std::string{row.text(1)}};
        });
    if (!heads) return heads;
    auto events = hand_out(connection,
                           "SELECT s.name, e.version, e.at, e.type, e.body, e.salt FROM events e "
                           "JOIN streams s ON s.id = e.stream ORDER BY e.position",
                           take, event_of);
    if (!events) return events;
    auto answers =
        hand_out(connection, "SELECT key, answer FROM commands ORDER BY key", take, [](const Statement& row) {
            return journal::Answer{std::string{row.text(0)}, std::string{row.text(1)}};
        });
    if (!answers) return answers;
    auto claims =
        hand_out(connection, "SELECT key, holder FROM claims ORDER BY key", take, [](const Statement& row) {
            return journal::Claim{std::string{row.text(0)}, std::string{row.text(1)}, false};
        });
    if (!claims) return claims;
    return hand_out(connection, "SELECT person, wrapped FROM person_keys ORDER BY person", take,
                    [](const Statement& row) {
                        return journal::PersonKey{std::string{row.text(0)}, std::string{row.text(1)}};
                    });
}

// Writes what is kept, one thing after another, into empty tables.
class Filling {
public:
    explicit Filling(Connection& connection)
        : add_head_{connection.prepare("INSERT INTO checkpoints(size, text) VALUES(?1, ?2)")},
          add_stream_{connection.prepare("INSERT INTO streams(name, version) VALUES(?1, 0) RETURNING id")},
          move_stream_{connection.prepare("UPDATE streams SET version = ?2 WHERE id = ?1")},
          add_event_{connection.prepare("INSERT INTO events(position, stream, version, at, type, body, salt) "
                                        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")},
          add_answer_{connection.prepare("INSERT INTO commands(key, answer) VALUES(?1, ?2)")},
          add_claim_{connection.prepare("INSERT INTO claims(key, holder) VALUES(?1, ?2)")},
          add_key_{connection.prepare("INSERT INTO person_keys(person, wrapped) VALUES(?1, ?2)")},
          add_node_{connection.prepare("INSERT INTO nodes(level, number, hash) VALUES(?1, ?2, ?3)")} {}

    void put(const journal::Head& head) {
        add_head_.bind(1, static_cast<std::int64_t>(head.size)).bind(2, head.text).run();
    }

    void put(const journal::Event& event) {
        const auto [found, is_new] = streams_.try_emplace(event.stream);
        auto& stream = found->second;
        if (is_new) {
            add_stream_.bind(1, event.stream).step();
            stream.id = add_stream_.number(0);
            add_stream_.reset();
        }
        stream.version = static_cast<std::int64_t>(event.version);
        add_event_.bind(1, ++position_)
            .bind(2, stream.id)
            .bind(3, stream.version)
            .bind(4, std::int64_t{event.at.time_since_epoch().count()})
            .bind(5, event.type)
            .bind(6, event.body)
            .bind_bytes(7, event.salt)
            .run();
    }

    void put(const journal::Answer& answer) {
        add_answer_.bind(1, answer.command).bind(2, answer.text).run();
    }

    void put(const journal::Claim& claim) { add_claim_.bind(1, claim.key).bind(2, claim.holder).run(); }

    void put(const journal::PersonKey& key) { add_key_.bind(1, key.person).bind_bytes(2, key.wrapped).run(); }

    void put(const merkle::Node& node) {
        add_node_.bind(1, std::int64_t{node.id.level})
            .bind(2, static_cast<std::int64_t>(node.id.index))
            .bind_bytes(3, crypto::bytes_of(node.hash))
            .run();
    }

    void finish() {
        for (const auto& [name, stream] : streams_)
            move_stream_.bind(1, stream.id).bind(2, stream.version).run();
    }

private:
    struct Stream {
        std::int64_t id = 0;
        std::int64_t version = 0;
    };

    Statement add_head_;
    Statement add_stream_;
    Statement move_stream_;
    Statement add_event_;
    Statement add_answer_;
    Statement add_claim_;
    Statement add_key_;
    Statement add_node_;
    std::unordered_map<std::string, Stream> streams_;
    std::int64_t position_ = 0;
};

bool is_empty(Connection& connection) {
    auto count = connection.prepare(
        "SELECT EXISTS(SELECT 1 FROM streams) + EXISTS(SELECT 1 FROM events) + EXISTS(SELECT 1 FROM nodes) + "
        "EXISTS(SELECT 1 FROM commands) + EXISTS(SELECT 1 FROM claims) + EXISTS(SELECT 1 FROM person_keys) + "
        "EXISTS(SELECT 1 FROM checkpoints)");
    count.step();
    return count.number(0) == 0;
}

Result<void> fill(Connection& connection, const journal::Next& next) {
    if (!is_empty(connection)) return Error{Errc::conflict, "The journal is not empty."};
    Filling filling{connection};
    for (;;) {
        BALCAO_TRY(const auto kept, next());
        if (!kept) break;
        std::visit([&](const auto& one) { filling.put(one); }, *kept);
    }
    filling.finish();
    return {};
}

}  // namespace

Result<void> write_out(const Options& options, const journal::TakeKept& take) {
    Connection connection{options.path, Access::read_only, options.vfs};
    prepare_for_reading(connection);
    connection.run("BEGIN");
    auto written = hand_out_all(connection, take);
    connection.run("ROLLBACK");
    return written;
}

Result<void> take_in(const Options& options, const journal::Next& next) {
    Connection connection{options.path, Access::read_and_write, options.vfs};
    prepare_for_writing(connection);
    connection.run("BEGIN IMMEDIATE");
    auto filled = fill(connection, next);
    connection.run(filled ? "COMMIT" : "ROLLBACK");
    return filled;
}

journal::Outcome replace_nodes(Connection& connection, const std::vector<merkle::Node>& nodes) {
    auto put = connection.prepare(
        "INSERT INTO nodes(level, number, hash) VALUES(?1, ?2, ?3) "
        "ON CONFLICT(level, number) DO UPDATE SET hash = excluded.hash");
    for (const auto& node : nodes) {
        put.bind(1, std::int64_t{node.id.level})
            .bind(2, static_cast<std::int64_t>(node.id.index))
            .bind_bytes(3, crypto::bytes_of(node.hash))
            .run();
    }
    return journal::Outcome::written;
}

}  // namespace balcao::sqlite
