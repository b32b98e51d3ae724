#include "postgres/schema.hpp"

#include <string>

#include "postgres/events.hpp"

namespace balcao::postgres {

namespace {

constexpr std::int64_t server_version = 150'000;

constexpr Sql server{"server",
                     "SELECT current_setting('server_version_num')::bigint,"
                     " current_setting('server_encoding'), current_setting('fsync')"};
// 1111575619 is "BALC", the first half of every lock of ours that is no stream's.
constexpr Sql lock_schema{"lock_schema", "SELECT pg_advisory_xact_lock(1111575619, 0)"};
constexpr Sql find_tables{"find_tables",
                          "SELECT count(*), count(*) FILTER (WHERE relname = 'journal') FROM pg_class "
                          "WHERE relnamespace = to_regnamespace('balcao')"};
constexpr Sql find_version{"find_version",
                           "SELECT version, cluster, (SELECT system_identifier FROM pg_control_system()) "
                           "FROM balcao.journal"};

// The moment of an event is the number of the transaction that wrote it plus `base`; its ordinal is its place
// in that transaction. A claim that is let go and a key that is destroyed leave dead rows: the server's own
// cleaning takes those of keys away within a minute or so, also when they are few.
constexpr Sql tables[] = {
    {"make_schema", "CREATE SCHEMA IF NOT EXISTS balcao"},
    {"make_journal",
     "CREATE TABLE balcao.journal("
     " version bigint NOT NULL, cluster bigint NOT NULL, base bigint NOT NULL)"},
    {"make_events",
     "CREATE TABLE balcao.events("
     " stream text COLLATE \"C\" NOT NULL, version bigint NOT NULL,"
     " moment bigint NOT NULL, ordinal bigint NOT NULL,"
     " at bigint NOT NULL, type text NOT NULL, body text NOT NULL, salt bytea NOT NULL,"
     " PRIMARY KEY(stream, version), UNIQUE(moment, ordinal))"},
    {"make_commands",
     "CREATE TABLE balcao.commands(key text COLLATE \"C\" PRIMARY KEY, answer text NOT NULL)"},
    {"make_claims", "CREATE TABLE balcao.claims(key text COLLATE \"C\" PRIMARY KEY, holder text NOT NULL)"},
    {"make_person_keys",
     "CREATE TABLE balcao.person_keys(person text COLLATE \"C\" PRIMARY KEY, wrapped bytea NOT NULL)"
     " WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1)"},
    {"make_nodes",
     "CREATE TABLE balcao.nodes("
     " level bigint NOT NULL, number bigint NOT NULL, hash bytea NOT NULL, PRIMARY KEY(level, number))"},
    {"make_checkpoints",
     "CREATE TABLE balcao.checkpoints("
     " size bigint PRIMARY KEY, moment bigint NOT NULL, ordinal bigint NOT NULL, text text NOT NULL,"
     " UNIQUE(moment, ordinal))"},
};
constexpr Sql describe{"describe",
                       "INSERT INTO balcao.journal(version, cluster, base) "
                       "SELECT $1::bigint, system_identifier, 0 FROM pg_control_system()"};

// In another cluster the numbers of transactions begin anew, and may be lower than those that the rows of a
// restored dump bear: the moments go on after the last one.
constexpr Sql move_base{"move_base",
                        "UPDATE balcao.journal SET cluster = (SELECT system_identifier FROM "
                        "pg_control_system()), base = (SELECT coalesce(max(moment), 0) FROM balcao.events) + "
                        "1 - pg_current_xact_id()::text::bigint"};

Error refused(const std::string& what) { return {Errc::conflict, what, "database"}; }

Result<void> check_server(Connection& connection) {
    const auto found = connection.run(server);
    if (found.number(0, 0) < server_version) return refused("The journal needs PostgreSQL 15 or later.");
    if (found.text(0, 1) != "UTF8")
        return refused("The database has the encoding " + std::string{found.text(0, 1)} +
                       "; make one with the encoding UTF8.");
    if (found.text(0, 2) != "on")
        return refused(
            "The database server runs with fsync off: it would lose what it confirmed. Set fsync = on.");
    return {};
}

void make_tables(Connection& connection) {
    for (const auto& table : tables) {
        connection.send(table);
        connection.receive();
    }
    connection.run(describe, Parameters{}.number(schema_version));
}

// Within a transaction that holds the lock.
Result<void> prepare_tables(Connection& connection, bool makes_tables) {
    const auto found = connection.run(find_tables);
    if (found.number(0, 1) == 0) {
        if (found.number(0, 0) > 0)
            return refused("The database has a schema \"balcao\" that is not a journal of Balcão.");
        if (!makes_tables)
            return Error{Errc::not_found,
                         "The database holds no journal of Balcão; name the one that balcao serve --database "
                         "uses. Nothing was made in it.",
                         "database"};
        make_tables(connection);
        return {};
    }
    const auto journal = connection.run(find_version);
    if (journal.size() != 1)
        return refused("The database has a schema \"balcao\" that is not a journal of Balcão.");
    if (journal.number(0, 0) > schema_version)
        return refused("The database was written by a newer Balcão (its tables are version " +
                       std::to_string(journal.number(0, 0)) + ", this program knows " +
                       std::to_string(schema_version) + "); run that one.");
    if (journal.number(0, 1) != journal.number(0, 2)) connection.run(move_base);
    return {};
}

}  // namespace

Result<void> prepare(Connection& connection, bool makes_tables) {
    auto checked = check_server(connection);
    if (!checked) return checked;
    connection.run(begin_now);
    try {
        connection.run(lock_schema);
        auto prepared = prepare_tables(connection, makes_tables);
        if (prepared)
            connection.run(commit_now);
        else
            connection.roll_back();
        return prepared;
    } catch (const Failure&) {
        connection.roll_back();
        throw;
    }
}

}  // namespace balcao::postgres
