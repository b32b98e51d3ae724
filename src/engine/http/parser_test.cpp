#include "http/parser.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao::http;

namespace {

constexpr HeadLimits limits{.line_bytes_max = 100, .header_bytes_max = 500, .header_count_max = 10};

struct Parsed {
    Stage stage = Stage::head;
    int failure = 0;
    RequestHead head;
    std::string body;
    std::string rest;
};

// As a session does it, with the bytes cut into pieces of `size`.
Parsed parse(std::string_view bytes, std::size_t size = 100000, std::size_t body_max = 1000) {
    RequestParser parser{limits};
    std::string kept;
    while (!bytes.empty() && (parser.stage() == Stage::head || parser.stage() == Stage::body)) {
        kept += bytes.substr(0, size);
        bytes.remove_prefix(std::min(size, bytes.size()));
        std::size_t taken = 1;
        while (taken > 0 && !kept.empty() &&
               (parser.stage() == Stage::head || parser.stage() == Stage::body)) {
            const Stage before = parser.stage();
            taken = parser.feed(kept);
            kept.erase(0, taken);
            if (before == Stage::head && parser.stage() == Stage::body) parser.allow_body(body_max);
        }
    }
    kept += bytes;
    return {parser.stage(), parser.failure(), parser.head(), parser.body(), kept};
}

int failure_of(const std::string& bytes) {
    const Parsed whole = parse(bytes);
    const Parsed cut = parse(bytes, 1);
    CHECK(whole.failure == cut.failure);
    return whole.failure;
}

int failure_of_headers(const std::string& headers) {
    return failure_of("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
}

}  // namespace

TEST_CASE("a request is read whole, and what follows is left") {
    const std::string text =
        "POST /a?b=c HTTP/1.1\r\nHost: a\r\nX:  y \r\nContent-Length: 5\r\n\r\nhelloGET /";
    for (const std::size_t size : {1U, 2U, 7U, 1000U}) {
        const Parsed found = parse(text, size);
        CHECK(found.stage == Stage::done);
        CHECK(found.head.method == "POST");
        CHECK(found.head.target == "/a?b=c");
        CHECK(found.head.headers.text("x") == "y");
        CHECK(found.head.keeps_alive);
        CHECK(found.body == "hello");
        CHECK(found.rest == "GET /");
    }
}

TEST_CASE("a body in chunks is put together, its extensions and trailers are passed over") {
    const std::string text =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nHost: evil\r\n\r\nrest";
    for (const std::size_t size : {1U, 3U, 1000U}) {
        const Parsed found = parse(text, size);
        CHECK(found.stage == Stage::done);
        CHECK(found.body == "hello!");
        CHECK(found.rest == "rest");
        CHECK(found.head.headers.all("Host").size() == 1);
    }
}

TEST_CASE("any body comes through in any chunks and any cuts") {
    CHECK(rc::check([](const std::vector<std::string>& chunks, std::uint8_t size) {
        std::string text = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        std::string body;
        for (const std::string& chunk : chunks) {
            if (chunk.empty()) continue;
            std::array<char, 17> number{};
            std::snprintf(number.data(), number.size(), "%zx", chunk.size());
            text += std::string{number.data()} + "\r\n" + chunk + "\r\n";
            body += chunk;
        }
        text += "0\r\n\r\n";
        const Parsed found = parse(text, size % 40U + 1U, 100000);
        RC_ASSERT(found.stage == Stage::done);
        RC_ASSERT(found.body == body);
        RC_ASSERT(found.rest.empty());
    }));
}

TEST_CASE("an empty body in chunks comes through in any cuts") {
    for (std::size_t size = 1; size < 60; ++size) {
        const Parsed found =
            parse("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", size);
        CHECK(found.stage == Stage::done);
        CHECK(found.body.empty());
        CHECK(found.rest.empty());
    }
}

TEST_CASE("an empty line before a request is passed over") {
    CHECK(parse("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").stage == Stage::done);
}

TEST_CASE("a version says whether the line stays, unless the client does") {
    CHECK(parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head.keeps_alive);
    CHECK_FALSE(parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").head.keeps_alive);
    CHECK_FALSE(parse("GET / HTTP/1.0\r\n\r\n").head.keeps_alive);
    CHECK(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").head.keeps_alive);
}

TEST_CASE("two lengths, two encodings or both are refused: they would be two requests to two readers") {
    for (const auto* headers :
         {"Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n",
          "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n", "Content-Length: 0x5\r\n",
          "Content-Length: \r\n", "Content-Length: -1\r\n", "Content-Length: 99999999999999999999999\r\n",
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"})
        CHECK_MESSAGE(failure_of_headers(headers) == 400, headers);
    for (const auto* headers : {"Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, identity\r\n",
                                "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: xchunked\r\n",
                                "Transfer-Encoding: \"chunked\"\r\n"})
        CHECK_MESSAGE(failure_of_headers(headers) == 501, headers);
    CHECK(failure_of("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
}

TEST_CASE("headers that are folded, spaced or hold controls are refused") {
    for (const auto* headers :
         {"X: a\r\n b\r\n", " X: a\r\n", "X : a\r\n", "X\r\n", ": a\r\n", "X: a\nY: b\r\n", "X: a\rb\r\n",
          "X: \x01\r\n", "X: a\x7f\r\n", "X\xFF: a\r\n", "Transfer-Encoding\t: chunked\r\n"})
        CHECK_MESSAGE(failure_of_headers(headers) == 400, headers);
    const std::string with_nul{"X: a\0b\r\n", 8};
    CHECK(failure_of_headers(with_nul) == 400);
    CHECK(failure_of_headers("X: \xC3\xA9\t\r\nY:\r\n") == 0);
}

TEST_CASE("a request line that is not three words is refused") {
    for (const auto* line :
         {"GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET / http/1.1", " GET / HTTP/1.1",
          "GET\t/ HTTP/1.1", "G(T / HTTP/1.1", "GET / a HTTP/1.1", "GET / HTTP/1.1x", ""})
        CHECK_MESSAGE(failure_of(std::string{line} + "\r\nHost: a\r\n\r\n") != 0, line);
    CHECK(failure_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n") == 505);
    CHECK(failure_of("GET / HTTP/1.1\nHost: a\n\n") == 400);
}

TEST_CASE("a request names its host once") {
    CHECK(failure_of("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(failure_of_headers("Host: b\r\n") == 400);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == 400);
    CHECK(failure_of("GET / HTTP/1.1\r\nHost:\r\n\r\n") == 0);
    CHECK(failure_of("GET / HTTP/1.0\r\n\r\n") == 0);
}

TEST_CASE("lines, headers and their number have limits, told before all has come") {
    const std::string line(101, 'a');
    CHECK(failure_of("GET /" + line + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
    CHECK(failure_of("GET /" + line) == 414);
    CHECK(failure_of_headers("X: " + std::string(500, 'a') + "\r\n") == 431);
    CHECK(failure_of("GET / HTTP/1.1\r\nX: " + std::string(600, 'a')) == 431);
    std::string many;
    for (int count = 0; count < 10; ++count)
        many += "X: y\r\n";
    CHECK(failure_of_headers(many) == 431);
}

TEST_CASE("a body longer than allowed fails, announced or not") {
    CHECK(parse("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n").failure == 413);
    const std::string chunk = "190\r\n" + std::string(400, 'x') + "\r\n";
    CHECK(parse("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk, 50)
              .failure == 413);
}

TEST_CASE("chunks of a wrong shape are refused") {
    for (const auto* chunks : {"g\r\n", "-1\r\n", "1\nx\r\n", "1\r\nxyz\r\n", "1\r\nx\n0\r\n\r\n",
                               " 1\r\nx\r\n", "ffffffffffffffffff\r\n", "\r\n", "0\r\nX\r\n\r\n"})
        CHECK_MESSAGE(
            parse(std::string{"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"} + chunks)
                    .failure == 400,
            chunks);
    CHECK(parse("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(2000, 'x'),
                10)
              .failure == 400);
}

TEST_CASE("a response is read to its length, in chunks or to the end of the line") {
    ResponseParser known{false, 100};
    known.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    CHECK(known.stage() == Stage::body);
    known.feed("loHTTP");
    CHECK(known.stage() == Stage::done);
    CHECK(known.body() == "hello");
    CHECK(known.left_over() == "HTTP");
    ResponseParser open{false, 100};
    open.feed("HTTP/1.1 200 OK\r\n\r\nhel");
    open.feed("lo");
    open.feed_end();
    CHECK(open.stage() == Stage::done);
    CHECK(open.body() == "hello");
    ResponseParser cut{false, 100};
    cut.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    cut.feed_end();
    CHECK(cut.stage() == Stage::failed);
    ResponseParser longer{false, 3};
    longer.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    CHECK(longer.stage() == Stage::failed);
    ResponseParser head{true, 3};
    head.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    CHECK(head.stage() == Stage::done);
}
