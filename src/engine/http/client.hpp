#pragma once
// A small HTTP/1.1 client that waits for its answers: for connectors to neighbours in the same network and
// for tests. It speaks no TLS, follows no redirect and keeps no cookie; every wait has an end.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/event.hpp"
#include "http/message.hpp"

namespace balcao::http {

struct Ask {
    Method method = Method::get;
    std::string url;    // "http://host[:port]/path?query"
    Headers headers{};  // beside Host and Content-Length
    std::string body{};
    std::chrono::milliseconds timeout{10'000};  // for all of it, but for finding the host's address
    std::size_t body_bytes_max = 16 * 1024 * 1024;
};

struct Answer {
    int status = 0;
    Headers headers{};
    std::string body{};
};

// One request on a connection of its own. Fails: invalid (the address; an answer that is no HTTP or too
// long), unavailable (nobody there, the line broke, the time was up).
Result<Answer> fetch(const Ask& ask);

// Bytes to and from one address, with deadlines.
class Connection {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    static Result<Connection> open(const std::string& host,
                                   std::uint16_t port,
                                   std::chrono::milliseconds timeout);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // One request and its whole answer; again on the same connection when the server keeps it. `ask.url` must
    // name this connection's host: only its target is looked at.
    Result<Answer> ask(const Ask& ask);

    Result<void> write(std::string_view bytes, Deadline deadline) const;
    // What has come, at least one byte; an empty text when the other end has closed.
    Result<std::string> read(Deadline deadline);
    // No more will be sent.
    void end_writing() const;

private:
    explicit Connection(int descriptor, std::string host) : descriptor_{descriptor}, host_{std::move(host)} {}

    int descriptor_ = -1;
    std::string host_;
    std::string left_over_;
};

class ResponseParser;

// Reads a stream of server-sent events.
class EventReader {
public:
    // Asks and waits for the head. Fails as fetch does, and (unavailable) when the answer is not 200 with
    // text/event-stream.
    static Result<EventReader> open(Ask ask);

    // The next event; nothing when `timeout` went by without one. Fails (unavailable) when the stream ended.
    Result<std::optional<Event>> next(std::chrono::milliseconds timeout);

    EventReader(EventReader&&) noexcept;
    EventReader& operator=(EventReader&&) noexcept;
    EventReader(const EventReader&) = delete;
    EventReader& operator=(const EventReader&) = delete;
    ~EventReader();

private:
    EventReader(Connection connection, std::unique_ptr<ResponseParser> answer);
    void take_body();

    Connection connection_;
    std::unique_ptr<ResponseParser> answer_;
    EventParser parser_;
    std::deque<Event> events_;
};

}  // namespace balcao::http
