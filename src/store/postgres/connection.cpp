#include "postgres/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <poll.h>
#include <utility>

#include <libpq-fe.h>

namespace balcao::postgres {

namespace {

// Object identifiers of PostgreSQL's own types (pg_type.dat).
constexpr std::uint32_t oid_bytea = 17;
constexpr std::uint32_t oid_bigint = 20;
constexpr std::uint32_t oid_text = 25;

// Every statement here finds its rows by an index, also while the tables are empty or their statistics are
// old: a plan that reads a whole table must not be made then and kept. READ COMMITTED, whatever the database
// has as its default: after waiting for a lock a statement must see what the one before it left. A session
// that hangs with locks in its hands is ended by the server.
constexpr Sql set_up_session{
    "set_up_session",
    "SELECT set_config('search_path', 'balcao, pg_temp', false),"
    " set_config('default_transaction_isolation', 'read committed', false),"
    " set_config('default_transaction_read_only', 'off', false),"
    " set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
    "  ELSE current_setting('synchronous_commit') END, false),"
    " set_config('statement_timeout', $1::text, false),"
    " set_config('idle_in_transaction_session_timeout', $1::text, false),"
    " set_config('tcp_user_timeout', $1::text, false), set_config('tcp_keepalives_idle', '2', false),"
    " set_config('tcp_keepalives_interval', '2', false), set_config('tcp_keepalives_count', '3', false),"
    " set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false)"};
constexpr Sql roll_back_statement{"roll_back", "ROLLBACK"};

void append_big_endian(std::string& bytes, std::uint64_t number, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU));
}

// An array of one dimension as array_recv reads it: dimensions, whether there are nulls, type, length, lower
// bound, and each element behind its length (src/backend/utils/adt/arrayfuncs.c).
std::string array_of(std::uint32_t type, std::size_t length) {
    std::string bytes;
    append_big_endian(bytes, length == 0 ? 0 : 1, 4);
    append_big_endian(bytes, 0, 4);
    append_big_endian(bytes, type, 4);
    if (length == 0) return bytes;
    append_big_endian(bytes, length, 4);
    append_big_endian(bytes, 1, 4);
    return bytes;
}

std::string array_of(std::uint32_t type, const std::vector<std::string_view>& elements) {
    std::string bytes = array_of(type, elements.size());
    for (const auto& element : elements) {
        append_big_endian(bytes, element.size(), 4);
        bytes += element;
    }
    return bytes;
}

bool is_class(const std::string& state, std::string_view prefix) {
    return std::string_view{state}.substr(0, prefix.size()) == prefix;
}

// The message without the line break at its end.
std::string trimmed(const char* message) {
    std::string text{message};
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

Failure failure_of(const pg_result* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return {state != nullptr ? state : "", trimmed(PQresultErrorMessage(result))};
}

}  // namespace

Failure::Failure(std::string state, const std::string& what)
    : std::runtime_error{what}, state_{std::move(state)} {}

Trouble Failure::trouble() const {
    // The administrator ended the session (57P…, but not 57014: a statement took too long), it was idle in a
    // transaction for too long, or the server has become one that is only read from.
    if (state_.empty() || is_class(state_, "08") || is_class(state_, "57P") || state_ == "25P03" ||
        state_ == "25006")
        return Trouble::lost;
    // Serialisation, deadlock, a key that another transaction wrote meanwhile, a lock that was not to be had.
    if (is_class(state_, "40") || state_ == "23505" || state_ == "55P03" || state_ == "57014")
        return Trouble::passing;
    // Data that a column does not take, limits of the program, no room for more locks.
    if (is_class(state_, "22") || is_class(state_, "23") || is_class(state_, "54") || state_ == "53200")
        return Trouble::content;
    return Trouble::refused;
}

Parameters& Parameters::number(std::int64_t number) {
    append_big_endian(values_.emplace_back(), static_cast<std::uint64_t>(number), 8);
    return *this;
}

Parameters& Parameters::text(std::string_view text) {
    values_.emplace_back(text);
    return *this;
}

Parameters& Parameters::numbers(const std::vector<std::int64_t>& numbers) {
    auto& bytes = values_.emplace_back(array_of(oid_bigint, numbers.size()));
    for (const auto number : numbers) {
        append_big_endian(bytes, 8, 4);
        append_big_endian(bytes, static_cast<std::uint64_t>(number), 8);
    }
    return *this;
}

Parameters& Parameters::texts(const std::vector<std::string_view>& texts) {
    values_.push_back(array_of(oid_text, texts));
    return *this;
}

Parameters& Parameters::byte_strings(const std::vector<std::string_view>& byte_strings) {
    values_.push_back(array_of(oid_bytea, byte_strings));
    return *this;
}

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

std::size_t Rows::size() const { return static_cast<std::size_t>(PQntuples(result_.get())); }

bool Rows::is_null(std::size_t row, int column) const {
    return PQgetisnull(result_.get(), static_cast<int>(row), column) != 0;
}

std::int64_t Rows::number(std::size_t row, int column) const {
    std::uint64_t number = 0;
    for (const char byte : text(row, column))
        number = number << 8U | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(number);
}

std::string_view Rows::text(std::size_t row, int column) const {
    const auto size = static_cast<std::size_t>(PQgetlength(result_.get(), static_cast<int>(row), column));
    return {PQgetvalue(result_.get(), static_cast<int>(row), column), size};
}

void Connection::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Connection::Connection(const std::string& url, std::chrono::milliseconds patience) : patience_{patience} {
    const auto seconds = std::to_string(std::max<std::int64_t>(2, (patience.count() + 999) / 1000));
    const auto milliseconds = std::to_string(patience.count());
    // What stands later wins: what the URL says of these, and then the form that all texts have here.
    const std::array<std::pair<const char*, const char*>, 9> words{
        {{"connect_timeout", seconds.c_str()},
         {"tcp_user_timeout", milliseconds.c_str()},
         {"keepalives_idle", "2"},
         {"keepalives_interval", "2"},
         {"keepalives_count", "3"},
         {"application_name", "balcao"},
         {"target_session_attrs", "read-write"},
         {"dbname", url.c_str()},
         {"client_encoding", "UTF8"}}};
    std::array<const char*, words.size() + 1> keys{};
    std::array<const char*, words.size() + 1> values{};
    for (std::size_t place = 0; place < words.size(); ++place) {
        keys[place] = words[place].first;
        values[place] = words[place].second;
    }
    connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
    if (!connection_) throw Failure{"", "no memory for a connection"};
    if (PQstatus(connection_.get()) != CONNECTION_OK) fail_lost();
    set_up();
}

void Connection::set_up() {
    if (PQsetnonblocking(connection_.get(), 1) != 0 || PQenterPipelineMode(connection_.get()) != 1)
        fail_lost();
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    run(set_up_session, Parameters{}.text(std::to_string(patience_.count())));
}

void Connection::fail_lost() {
    const auto message = trimmed(PQerrorMessage(connection_.get()));
    connection_.reset();
    throw Failure{"", message};
}

void Connection::send(const Sql& sql, const Parameters& parameters) {
    if (!connection_) throw Failure{"", "the connection is lost"};
    if (!prepared_.contains(sql.name)) {
        if (PQsendPrepare(connection_.get(), sql.name, sql.text, 0, nullptr) != 1) fail_lost();
        prepared_.insert(sql.name);
        sent_.push_back({sql.name});
    }
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const auto& value : parameters.values()) {
        values.push_back(value.data());
        lengths.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> formats(values.size(), 1);
    if (PQsendQueryPrepared(connection_.get(), sql.name, static_cast<int>(values.size()), values.data(),
                            lengths.data(), formats.data(), 1) != 1)
        fail_lost();
    sent_.push_back({});
}

std::vector<Rows> Connection::receive() {
    if (!connection_) throw Failure{"", "the connection is lost"};
    const auto deadline =
        Clock::now() + patience_ + std::chrono::seconds{1};  // the server's limit comes first
    if (PQpipelineSync(connection_.get()) != 1) fail_lost();
    std::vector<Rows> found;
    std::optional<Failure> first;
    for (const auto& sent : std::exchange(sent_, {})) {
        Rows rows{nullptr};
        pg_result* result = next_result(deadline);
        const auto status = PQresultStatus(result);
        rows = Rows{result};
        const bool is_done = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
        if (!is_done && !first && status != PGRES_PIPELINE_ABORTED) first = failure_of(result);
        if (!is_done && sent.prepares != nullptr) prepared_.erase(sent.prepares);
        if (is_done && sent.prepares == nullptr) found.push_back(std::move(rows));
        // A session that the server ends answers no more.
        if (first && first->trouble() == Trouble::lost) {
            connection_.reset();
            throw Failure{*first};
        }
        if (next_result(deadline) != nullptr) fail_lost();
    }
    const Rows end{next_result(deadline)};
    if (first) throw Failure{*first};
    return found;
}

Rows Connection::run(const Sql& sql, const Parameters& parameters) {
    send(sql, parameters);
    auto found = receive();
    return std::move(found.front());
}

void Connection::roll_back() {
    if (!connection_) throw Failure{"", "the connection is lost"};
    if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) run(roll_back_statement);
}

pg_result* Connection::next_result(Clock::time_point deadline) {
    while (PQisBusy(connection_.get()) != 0)
        wait(deadline);
    pg_result* result = PQgetResult(connection_.get());
    if (result == nullptr && PQstatus(connection_.get()) != CONNECTION_OK) fail_lost();
    return result;
}

// Until there is something to read or room to write.
void Connection::wait(Clock::time_point deadline) {
    const int unsent = PQflush(connection_.get());
    if (unsent < 0) fail_lost();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
        connection_.reset();
        throw Failure{"", "the server did not answer in time"};
    }
    const int events = unsent > 0 ? POLLIN | POLLOUT : POLLIN;
    pollfd socket{PQsocket(connection_.get()), static_cast<short>(events), 0};
    if (::poll(&socket, 1, static_cast<int>(left.count())) < 0 && errno != EINTR) fail_lost();
    if ((socket.revents & ~POLLOUT) != 0 && PQconsumeInput(connection_.get()) != 1) fail_lost();
}

bool Connection::is_notified(std::chrono::milliseconds wait) {
    if (!connection_) throw Failure{"", "the connection is lost"};
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    if (::poll(&socket, 1, static_cast<int>(wait.count())) < 0 && errno != EINTR) fail_lost();
    if (socket.revents != 0 && PQconsumeInput(connection_.get()) != 1) fail_lost();
    bool is_any = false;
    while (PGnotify* notice = PQnotifies(connection_.get())) {
        PQfreemem(notice);
        is_any = true;
    }
    return is_any;
}

}  // namespace balcao::postgres
