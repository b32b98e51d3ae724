#pragma once
// The HTTP/1.1 server of the house (RFC 9110, 9112): it listens, reads requests within limits, finds their
// handlers and sends what they answer. Used by `main`; pages and API are handlers in `web`. It speaks no TLS
// (a proxy ends it), keeps no session of a person and writes no log of its own: hooks tell what happened.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/router.hpp"

namespace balcao::http {

// What a client may ask of the server. Deadlines are kept to within `tick`.
struct Limits {
    std::size_t line_bytes_max = 4096;              // the request line; beyond: 414
    std::size_t header_bytes_max = 8192;            // request line and headers; beyond: 431
    std::size_t header_count_max = 100;             // beyond: 431
    std::size_t body_bytes_max = 65536;             // beyond: 413; a route may have its own
    std::size_t connections_max = 10000;            // beyond: 503
    std::size_t connections_per_peer = 0;           // of one address; 0, as behind a proxy: any; beyond: 503
    std::chrono::milliseconds header_time{10'000};  // from the first byte to the last header; then 408
    std::chrono::milliseconds body_time{30'000};    // from the headers to the last byte; then 408
    std::chrono::milliseconds idle_time{30'000};    // between two requests; then it is closed
    std::chrono::milliseconds reply_time{60'000};   // for the handler's answer; then 503
    std::chrono::milliseconds write_time{20'000};   // in which the client must take `write_bytes_min`
    std::size_t write_bytes_min = 4096;             // (or all that is left); else it is cut off
    std::chrono::milliseconds heartbeat{15'000};    // between comments on a quiet stream
    std::size_t stream_backlog_bytes = 256 * 1024;  // waiting for a slow stream; beyond: cut off
    std::size_t stream_kernel_bytes = 64 * 1024;    // what the kernel may hold for a stream besides
    std::chrono::milliseconds tick{100};
};

// What an answer was, without anything personal: the pattern of the route, not the path.
struct Access {
    Method method = Method::get;
    std::string_view route{};  // empty: no route; lives as long as the server
    int status = 0;
    std::chrono::microseconds took{};  // from the end of the request to the last byte handed to the kernel
    std::size_t bytes = 0;             // handed to the kernel; of a stream, its head
    bool is_complete = true;           // false: the client went before all was sent
};

// Called on the threads of the server, more than one at a time. They must not throw.
struct Hooks {
    // Asked about every request that has a route, when all of it is there: what it returns is the answer, and
    // the handler is not run.
    std::function<std::optional<Response>(const Request&)> admit{};
    // The last hand on every answer to a request that could be read: security headers and the like.
    std::function<void(const Request&, Response&)> before_send{};
    // The page for an answer of the server's own (404, 405, 408, 413, 414, 431, 500, 503 …). Of a request
    // that could not be read, only what was read is there. Without: a line of plain text.
    std::function<Response(const Request&, int status)> failure{};
    std::function<void(const Access&)> access{};
    // A handler threw, or answered what cannot be sent; the words are for the operators.
    std::function<void(std::string_view what)> fault{};
};

struct Settings {
    std::string address = "127.0.0.1";  // IPv4 or IPv6; "::" is both
    std::uint16_t port = 0;             // 0: any that is free
    int threads = 1;
    std::vector<std::string> proxies{};  // "10.0.0.0/8", "::1": whose X-Forwarded headers are believed
    Limits limits{};
    Hooks hooks{};
};

// Of all threads, as last seen.
struct Counters {
    std::size_t connections = 0;
    std::size_t streams = 0;
    std::uint64_t accepted = 0;
    std::uint64_t requests = 0;
    std::uint64_t refused = 0;       // connections answered 503
    std::uint64_t slow_streams = 0;  // cut off for their backlog
};

class Server {
public:
    // Listens and serves from here on. Fails (unavailable, field "listen") when the address cannot be had, or
    // (invalid) when it, or one of the proxies, is none.
    static Result<std::unique_ptr<Server>> start(Settings settings, Router router);

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;
    // stop() with five seconds of grace.
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] Counters counters() const;

    // No new connections; idle ones and streams are closed, requests under way are answered for at most
    // `grace`, then cut off. Returns when all threads have ended. Not to be called by a handler; a second
    // call does nothing.
    void stop(std::chrono::milliseconds grace);

private:
    struct Core;
    explicit Server(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace balcao::http
