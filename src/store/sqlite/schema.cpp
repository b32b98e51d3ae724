#include "sqlite/schema.hpp"

#include <string>

namespace balcao::sqlite {

namespace {

// A position is given by the only writer, without holes, so that the order of positions is the order in which
// events became visible; the leaf of an event in the log is its position less one.
constexpr const char* tables = R"(
CREATE TABLE streams(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL) STRICT;
CREATE TABLE events(
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams(id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE(stream, version)) STRICT;
CREATE TABLE commands(
    key TEXT PRIMARY KEY,
    answer TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE claims(
    key TEXT PRIMARY KEY,
    holder TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person_keys(
    person TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE nodes(
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY(level, number)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints(
    size INTEGER PRIMARY KEY,
    text TEXT NOT NULL) STRICT;
)";

std::int64_t pragma(Connection& connection, const std::string& name) {
    auto statement = connection.prepare("PRAGMA " + name);
    return statement.step() ? statement.number(0) : 0;
}

bool has_tables(Connection& connection) {
    auto statement = connection.prepare("SELECT count(*) FROM sqlite_schema");
    statement.step();
    return statement.number(0) > 0;
}

}  // namespace

SchemaState prepare_for_writing(Connection& connection) {
    const auto owner = pragma(connection, "application_id");
    if (owner != application_id && (owner != 0 || has_tables(connection))) return SchemaState::foreign;
    if (owner == application_id && pragma(connection, "user_version") > schema_version)
        return SchemaState::newer;
    connection.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF;"
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000");
    if (owner == 0) {
        connection.run("BEGIN IMMEDIATE");
        connection.run(tables);
        connection.run("PRAGMA application_id=" + std::to_string(application_id));
        connection.run("PRAGMA user_version=" + std::to_string(schema_version));
        connection.run("COMMIT");
    }
    return SchemaState::ready;
}

void prepare_for_reading(Connection& connection) {
    connection.run("PRAGMA cache_size=-16384; PRAGMA query_only=ON");
}

}  // namespace balcao::sqlite
