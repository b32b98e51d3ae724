#pragma once
// SQLite behind a few verbs: a connection, a statement that is bound and stepped, and one kind of failure.
// Used by the store in this folder only; sqlite3.h stays in the source.
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace balcao::sqlite {

// What SQLite could not do, in its own words. Caught at the store's edge, where it becomes `unavailable`.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// A statement of a connection, which must outlive it. Every column and parameter is a whole number, a text or
// bytes. Throws Failure.
class Statement {
public:
    Statement(sqlite3* connection, std::string_view sql);

    // Parameters are numbered from 1.
    Statement& bind(int place, std::int64_t number);
    Statement& bind(int place, std::string_view text);
    Statement& bind_bytes(int place, std::string_view bytes);

    // True when there is a row.
    bool step();

    // Of the row that step() found; columns are numbered from 0. A view lives until the next step or reset.
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::string_view text(int column) const;

    // Ready to be bound and stepped again.
    void reset();

    // bind…, run once to its end, and reset.
    void run();

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

enum class Access : std::uint8_t { read_and_write, read_only };

// A connection to a database file. Not for two threads at once. Throws Failure.
class Connection {
public:
    // `vfs` names a file system layer that was registered with SQLite; empty: the system's own.
    Connection(const std::string& path, Access access, const std::string& vfs);

    void run(const std::string& sql);

    [[nodiscard]] Statement prepare(std::string_view sql) { return {connection_.get(), sql}; }

    // Whether a transaction is open, also after a failure that may have rolled it back.
    [[nodiscard]] bool is_in_transaction() const;

private:
    struct Close {
        void operator()(sqlite3* connection) const;
    };

    std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace balcao::sqlite
