#pragma once
// Requests and responses taken apart as their bytes come in; Boost.Beast behind a small face, with what it
// lets pass refused before it. Used by sessions and by the client; it never touches a socket.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/fields.hpp"

namespace balcao::http {

struct HeadLimits {
    std::size_t line_bytes_max = 4096;
    std::size_t header_bytes_max = 8192;
    std::size_t header_count_max = 100;
};

// The head as it travelled, its blank line included: 0 when it may be parsed, else the status to refuse it
// with. Refused (RFC 9112, 2.2, 5.1, 5.2): lines that end in anything but CRLF, folded lines, a name that is
// no token or has a space after it, control characters.
int check_head(std::string_view head, const HeadLimits& limits);

enum class Stage : std::uint8_t { head, body, done, failed };

struct RequestHead {
    std::string method{};
    std::string target{};
    Headers headers{};
    bool is_http_1_1 = false;
    bool keeps_alive = false;  // what version and Connection say
    bool has_body = false;
};

class RequestParser {
public:
    explicit RequestParser(const HeadLimits& limits);
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;
    RequestParser(RequestParser&&) = delete;
    RequestParser& operator=(RequestParser&&) = delete;
    ~RequestParser();

    // Takes bytes and says how many it took: never one that belongs to the next request. Stops when the stage
    // changes. What it did not take in stage `body` is to come again, with more behind it.
    std::size_t feed(std::string_view bytes);
    [[nodiscard]] Stage stage() const;
    // In stage `failed`: 400, 413, 414, 431, 501 or 505.
    [[nodiscard]] int failure() const;
    // Whether anything of this request has come.
    [[nodiscard]] bool has_begun() const;
    // In stage `body`, before more is fed. A body declared longer fails at once (413).
    void allow_body(std::size_t bytes_max);
    // From stage `body` on; theirs to move from.
    RequestHead& head();
    std::string& body();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

class ResponseParser {
public:
    // `skips_body`: the answer to a HEAD.
    ResponseParser(bool skips_body, std::size_t body_bytes_max);
    ResponseParser(const ResponseParser&) = delete;
    ResponseParser& operator=(const ResponseParser&) = delete;
    ResponseParser(ResponseParser&&) = delete;
    ResponseParser& operator=(ResponseParser&&) = delete;
    ~ResponseParser();

    // Takes all bytes it can; keeps what it cannot use yet.
    void feed(std::string_view bytes);
    // The other end has closed.
    void feed_end();
    [[nodiscard]] Stage stage() const;
    [[nodiscard]] int status() const;
    [[nodiscard]] bool keeps_alive() const;
    Headers& headers();
    // What has come of the body so far; theirs to move from.
    std::string& body();
    // What came behind the response.
    std::string& left_over();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace balcao::http
