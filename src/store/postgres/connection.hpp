#pragma once
// PostgreSQL behind a few verbs: a connection that sends many statements at once and waits for all of them,
// their parameters and rows in binary form, and one kind of failure. Used by the store in this folder;
// libpq-fe.h stays in the source. No wait is without an end.
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace balcao::postgres {

// What to do about a failure.
enum class Trouble : std::uint8_t {
    lost,     // the connection is gone, or the server cannot go on with it: connect again
    passing,  // two transactions were in each other's way: try again
    content,  // something in what was sent cannot be kept, or is too much at once: try less
    refused,  // anything else: a full disk, a missing right
};

// What PostgreSQL could not do, in its own words. Caught at the store's edge, where it becomes `unavailable`.
class Failure : public std::runtime_error {
public:
    // `state` is an SQLSTATE (PostgreSQL 15, appendix A); empty: the connection is lost.
    Failure(std::string state, const std::string& what);

    [[nodiscard]] Trouble trouble() const;

private:
    std::string state_;
};

// A statement that is prepared once a connection, under its name. $1 and so on must have types that can be
// seen in the text ($1::bigint[]): bigint, text, bytea or arrays of them.
struct Sql {
    const char* name;
    const char* text;
};

// The values of $1, $2, …, in order, in the binary form of PostgreSQL's protocol.
class Parameters {
public:
    Parameters& number(std::int64_t number);
    Parameters& text(std::string_view text);
    Parameters& numbers(const std::vector<std::int64_t>& numbers);
    Parameters& texts(const std::vector<std::string_view>& texts);
    Parameters& byte_strings(const std::vector<std::string_view>& byte_strings);

    [[nodiscard]] const std::vector<std::string>& values() const { return values_; }

private:
    std::vector<std::string> values_;
};

// What a statement found. Columns are bigint, text or bytea; rows and columns are numbered from 0.
class Rows {
public:
    explicit Rows(pg_result* result) : result_{result} {}

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool is_null(std::size_t row, int column) const;
    [[nodiscard]] std::int64_t number(std::size_t row, int column) const;

    // The view lives as long as the rows.
    [[nodiscard]] std::string_view text(std::size_t row, int column) const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };

    std::unique_ptr<pg_result, Clear> result_;
};

// A session, set up so that a statement sees what was committed before it began (READ COMMITTED), a commit is
// flushed, and neither side waits for ever. Not for two threads at once. After a failure that is `lost` it is
// of no more use.
class Connection {
public:
    // `url` as libpq takes it; what it says of time limits wins over ours. `patience` is the longest wait for
    // one answer. Throws Failure.
    Connection(const std::string& url, std::chrono::milliseconds patience);

    // Queues a statement; nothing is waited for.
    void send(const Sql& sql, const Parameters& parameters = {});

    // Sends what was queued and waits for all of it, the rows of each statement in order. After one that
    // fails none is carried out; outside of BEGIN … COMMIT they are one transaction. Throws Failure.
    std::vector<Rows> receive();

    // One statement, alone. Throws Failure.
    Rows run(const Sql& sql, const Parameters& parameters = {});

    // Ends a transaction that a failure left open. Throws Failure.
    void roll_back();

    // Whether somebody said NOTIFY on a channel that this session listens to; waits for it as long as told.
    // Throws Failure.
    bool is_notified(std::chrono::milliseconds wait);

private:
    using Clock = std::chrono::steady_clock;

    struct Close {
        void operator()(pg_conn* connection) const;
    };

    struct Sent {
        const char* prepares = nullptr;  // the name; otherwise it is carried out
    };

    void set_up();
    pg_result* next_result(Clock::time_point deadline);
    void wait(Clock::time_point deadline);
    [[noreturn]] void fail_lost();

    std::unique_ptr<pg_conn, Close> connection_;
    std::chrono::milliseconds patience_;
    std::set<std::string, std::less<>> prepared_;
    std::vector<Sent> sent_;
};

}  // namespace balcao::postgres
