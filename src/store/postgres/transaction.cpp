#include "postgres/transaction.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "postgres/events.hpp"

namespace balcao::postgres {

namespace {

constexpr Sql lock_all{"lock_all", "SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key"};
constexpr Sql find_tips{
    "find_tips",
    "SELECT name, tip.version, tip.salt FROM unnest($1::text[]) AS name, LATERAL (SELECT "
    "version, salt FROM events WHERE stream = name ORDER BY version DESC LIMIT 1) AS tip"};
constexpr Sql find_answers{"find_answers", "SELECT key, answer FROM commands WHERE key = ANY($1::text[])"};
constexpr Sql find_holders{"find_holders", "SELECT key, holder FROM claims WHERE key = ANY($1::text[])"};
constexpr Sql find_keys{"find_keys",
                        "SELECT person, wrapped FROM person_keys WHERE person = ANY($1::text[])"};
constexpr Sql find_doubtful{
    "find_doubtful",
    "SELECT e.stream, e.version, e.at, e.type, e.body, e.salt FROM unnest($1::text[], $2::bigint[]) "
    "AS d(stream, version) JOIN events e ON e.stream = d.stream AND e.version = d.version"};

constexpr Sql add_events{
    "add_events",
    "INSERT INTO events(stream, version, moment, ordinal, at, type, body, salt) "
    "SELECT e.stream, e.version, pg_current_xact_id()::text::bigint + j.base, e.ordinal, e.at, e.type, "
    "e.body,"
    " e.salt FROM journal j, unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],"
    " $6::bytea[]) WITH ORDINALITY AS e(stream, version, at, type, body, salt, ordinal)"};
constexpr Sql add_commands{"add_commands",
                           "INSERT INTO commands(key, answer) SELECT * FROM unnest($1::text[], $2::text[])"};
// What changes hands is dropped and added anew: should two ever believe that they may add the same, one of
// them fails.
constexpr Sql drop_claims{"drop_claims", "DELETE FROM claims WHERE key = ANY($1::text[])"};
constexpr Sql add_claims{"add_claims",
                         "INSERT INTO claims(key, holder) SELECT * FROM unnest($1::text[], $2::text[])"};
constexpr Sql drop_keys{"drop_keys", "DELETE FROM person_keys WHERE person = ANY($1::text[])"};
constexpr Sql add_keys{
    "add_keys", "INSERT INTO person_keys(person, wrapped) SELECT * FROM unnest($1::text[], $2::bytea[])"};

using Names = std::set<std::string_view>;

std::vector<std::string_view> list_of(const Names& names) { return {names.begin(), names.end()}; }

// All that a group names, each once and in order.
struct Named {
    explicit Named(std::span<const Waiting> group) {
        for (const auto& waiting : group) {
            locks.insert(waiting.locks.begin(), waiting.locks.end());
            for (const auto& writing : waiting.commit.writings)
                streams.insert(writing.stream);
            for (const auto& claim : waiting.commit.claims)
                claims.insert(claim.key);
            for (const auto& key : waiting.commit.keys)
                persons.insert(key.person);
            if (!waiting.commit.command.empty()) commands.insert(waiting.commit.command);
        }
    }

    std::set<std::int64_t> locks;
    Names streams;
    Names commands;
    Names claims;
    Names persons;
};

void add_texts(const Rows& rows, Known::Texts& texts) {
    for (std::size_t row = 0; row < rows.size(); ++row)
        texts.emplace(rows.text(row, 0), rows.text(row, 1));
}

Parameters first_events_of(std::span<const Waiting> group) {
    std::vector<std::string_view> streams;
    std::vector<std::int64_t> versions;
    for (const auto& waiting : group) {
        const auto first = first_event_of(waiting.commit);
        if (first.event == nullptr) continue;
        streams.emplace_back(*first.stream);
        versions.push_back(static_cast<std::int64_t>(first.version));
    }
    return Parameters{}.texts(streams).numbers(versions);
}

}  // namespace

std::vector<journal::Outcome> Transaction::write(std::span<const Waiting> group, Doubt doubt) {
    is_committing_ = false;
    Decision decision{lock_and_look(group, doubt)};
    std::vector<journal::Outcome> outcomes;
    for (const auto& waiting : group) {
        const bool is_there = doubt == Doubt::may_be_there && decision.is_there(waiting.commit);
        outcomes.push_back(is_there ? journal::Outcome::written : decision.attempt(waiting.commit));
    }
    if (decision.changes().is_empty())
        connection_.roll_back();
    else
        commit(decision);
    return outcomes;
}

// Everybody takes locks in the order of their numbers, so that nobody waits in a circle.
Known Transaction::lock_and_look(std::span<const Waiting> group, Doubt doubt) {
    const Named named{group};
    Known known;
    std::vector<std::function<void(const Rows&)>> takers{[](const Rows&) {}};
    connection_.send(begin_now);
    const auto look = [&](const Sql& sql, const Parameters& parameters,
                          std::function<void(const Rows&)> taker) {
        connection_.send(sql, parameters);
        takers.push_back(std::move(taker));
    };
    const auto look_up = [&](const Sql& sql, const Names& names, Known::Texts& texts) {
        if (!names.empty())
            look(sql, Parameters{}.texts(list_of(names)), [&](const Rows& rows) { add_texts(rows, texts); });
    };
    if (!named.locks.empty())
        look(lock_all, Parameters{}.numbers({named.locks.begin(), named.locks.end()}), [](const Rows&) {});
    look_up(find_answers, named.commands, known.answers);
    look_up(find_holders, named.claims, known.holders);
    look_up(find_keys, named.persons, known.keys);
    if (!named.streams.empty()) {
        look(find_tips, Parameters{}.texts(list_of(named.streams)), [&](const Rows& rows) {
            for (std::size_t row = 0; row < rows.size(); ++row)
                known.tips.emplace(rows.text(row, 0), Tip{static_cast<std::uint64_t>(rows.number(row, 1)),
                                                          std::string{rows.text(row, 2)}});
        });
    }
    if (doubt == Doubt::may_be_there)
        look(find_doubtful, first_events_of(group),
             [&](const Rows& rows) { known.events = events_of(rows); });
    const auto found = connection_.receive();
    for (std::size_t place = 0; place < takers.size(); ++place)
        takers[place](found[place]);
    return known;
}

void Transaction::commit(const Decision& decision) {
    connection_.send(take_number);
    send_events(decision.changes());
    std::vector<const journal::Commit*> commands = decision.changes().commands;
    if (!commands.empty()) {
        // In order of their keys, as everybody does: commands are not locked beforehand.
        std::sort(commands.begin(), commands.end(),
                  [](const auto* left, const auto* right) { return left->command < right->command; });
        std::vector<std::string_view> keys;
        std::vector<std::string_view> answers;
        for (const auto* commit : commands) {
            keys.emplace_back(commit->command);
            answers.emplace_back(commit->answer);
        }
        connection_.send(add_commands, Parameters{}.texts(keys).texts(answers));
    }
    send_claims(decision);
    send_keys(decision);
    connection_.send(commit_now);
    is_committing_ = true;
    connection_.receive();
}

void Transaction::send_events(const Changes& changes) {
    if (changes.events.empty()) return;
    std::vector<std::string_view> streams;
    std::vector<std::string_view> types;
    std::vector<std::string_view> bodies;
    std::vector<std::string_view> salts;
    std::vector<std::int64_t> versions;
    std::vector<std::int64_t> times;
    for (const auto& placed : changes.events) {
        streams.emplace_back(*placed.stream);
        types.emplace_back(placed.event->type);
        bodies.emplace_back(placed.event->body);
        salts.emplace_back(placed.event->salt);
        versions.push_back(static_cast<std::int64_t>(placed.version));
        times.push_back(std::int64_t{placed.event->at.time_since_epoch().count()});
    }
    connection_.send(
        add_events,
        Parameters{}.texts(streams).numbers(versions).numbers(times).texts(types).texts(bodies).byte_strings(
            salts));
}

namespace {

// The names whose rows go, and those that get one, with what it says.
struct Exchange {
    Exchange(const std::map<std::string, bool>& changed, const Known::Texts& texts) {
        for (const auto& [name, is_there] : changed) {
            if (is_there) dropped.emplace_back(name);
            const auto found = texts.find(name);
            if (found == texts.end()) continue;
            added.emplace_back(name);
            values.emplace_back(found->second);
        }
    }

    std::vector<std::string_view> dropped;
    std::vector<std::string_view> added;
    std::vector<std::string_view> values;
};

}  // namespace

void Transaction::send_claims(const Decision& decision) {
    const Exchange claims{decision.changes().claims, decision.known().holders};
    if (!claims.dropped.empty()) connection_.send(drop_claims, Parameters{}.texts(claims.dropped));
    if (!claims.added.empty())
        connection_.send(add_claims, Parameters{}.texts(claims.added).texts(claims.values));
}

void Transaction::send_keys(const Decision& decision) {
    const Exchange keys{decision.changes().persons, decision.known().keys};
    if (!keys.dropped.empty()) connection_.send(drop_keys, Parameters{}.texts(keys.dropped));
    if (!keys.added.empty())
        connection_.send(add_keys, Parameters{}.texts(keys.added).byte_strings(keys.values));
}

}  // namespace balcao::postgres
