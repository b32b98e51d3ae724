#include "sqlite/connection.hpp"

#include <sqlite3.h>

namespace balcao::sqlite {

namespace {

[[noreturn]] void fail(sqlite3* connection, std::string_view what) {
    throw Failure{std::string{what} + ": " +
                  (connection != nullptr ? sqlite3_errmsg(connection) : "no memory")};
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Connection::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Statement::Statement(sqlite3* connection, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int outcome = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    statement_.reset(statement);
    if (outcome != SQLITE_OK) fail(connection, sql);
}

Statement& Statement::bind(int place, std::int64_t number) {
    if (sqlite3_bind_int64(statement_.get(), place, number) != SQLITE_OK)
        fail(sqlite3_db_handle(statement_.get()), "bind");
    return *this;
}

Statement& Statement::bind(int place, std::string_view text) {
    // A view without data would bind NULL, which no column takes.
    const char* data = text.data() != nullptr ? text.data() : "";
    if (sqlite3_bind_text64(statement_.get(), place, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
        SQLITE_OK)
        fail(sqlite3_db_handle(statement_.get()), "bind");
    return *this;
}

Statement& Statement::bind_bytes(int place, std::string_view bytes) {
    const char* data = bytes.data() != nullptr ? bytes.data() : "";
    if (sqlite3_bind_blob64(statement_.get(), place, data, bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK)
        fail(sqlite3_db_handle(statement_.get()), "bind");
    return *this;
}

bool Statement::step() {
    const int outcome = sqlite3_step(statement_.get());
    if (outcome == SQLITE_ROW) return true;
    if (outcome == SQLITE_DONE) return false;
    sqlite3* connection = sqlite3_db_handle(statement_.get());
    const std::string what = sqlite3_errmsg(connection);
    sqlite3_reset(statement_.get());
    throw Failure{what};
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::text(int column) const {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return data != nullptr ? std::string_view{static_cast<const char*>(data), size} : std::string_view{};
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

Connection::Connection(const std::string& path, Access access, const std::string& vfs) {
    sqlite3* connection = nullptr;
    const int flags =
        (access == Access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
        SQLITE_OPEN_NOMUTEX;
    const int outcome =
        sqlite3_open_v2(path.c_str(), &connection, flags, vfs.empty() ? nullptr : vfs.c_str());
    connection_.reset(connection);
    if (outcome != SQLITE_OK) fail(connection, path);
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, 5000);
}

void Connection::run(const std::string& sql) {
    if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(connection_.get(), sql);
}

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

}  // namespace balcao::sqlite
