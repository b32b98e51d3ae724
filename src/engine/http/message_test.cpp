#include "http/message.hpp"

#include <chrono>
#include <rapidcheck.h>
#include <zlib.h>

#include <doctest/doctest.h>

#include "http/compose.hpp"
#include "http/date.hpp"
#include "http/gzip.hpp"
#include "http/out_queue.hpp"

using namespace balcao::http;

namespace {

std::string unzipped(std::string_view bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out;
    std::string room(65536, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(room.data());
        stream.avail_out = static_cast<uInt>(room.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(room.data(), room.size() - stream.avail_out);
    }
    REQUIRE(state == Z_STREAM_END);
    inflateEnd(&stream);
    return out;
}

Outgoing composed(Response response, const Headers& asked = {}, Method method = Method::get) {
    const Request request{.method = method, .headers = asked};
    return compose(request, std::move(response), "Sun, 06 Nov 1994 08:49:37 GMT", Ending::keeps_alive);
}

bool has_line(const Outgoing& outgoing, const std::string& line) {
    return outgoing.head.find("\r\n" + line + "\r\n") != std::string::npos;
}

const std::string page(4000, 'x');
const Headers wants_gzip{{"Accept-Encoding", "gzip"}};

}  // namespace

TEST_CASE("a date is written as HTTP has it") {
    using namespace std::chrono;
    CHECK(format_http_date(sys_days{1994y / 11 / 6} + 8h + 49min + 37s) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(format_http_date(sys_days{2024y / 2 / 29}) == "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST_CASE("names of headers know no case, those of fields do") {
    Headers headers{{"Content-Type", "a"}, {"X", "1"}, {"x", "2"}};
    CHECK(headers.find("content-type") == "a");
    CHECK(headers.joined("X") == "1, 2");
    headers.set("x", "3");
    CHECK(headers.all("X") == std::vector<std::string_view>{"3"});
    const Fields fields{{"a", "1"}, {"A", "2"}};
    CHECK(fields.find("A") == "2");
    CHECK_FALSE(fields.find("b").has_value());
    CHECK(fields.text("b").empty());
}

TEST_CASE("a problem is JSON whatever its words are") {
    const auto problem = Response::problem(409, "Taken \"twice\"", "line\nbreak \\");
    CHECK(problem.headers.text("Content-Type") == "application/problem+json");
    CHECK(view_of(problem.body) ==
          "{\"title\":\"Taken \\\"twice\\\"\",\"status\":409,\"detail\":\"line\\u000abreak \\\\\"}");
}

TEST_CASE("a redirection cannot smuggle a header") {
    const auto response = Response::redirect("/a\r\nSet-Cookie: x=1 é");
    CHECK(response.status == 303);
    CHECK(response.headers.text("Location") == "/a%0D%0ASet-Cookie:%20x=1%20%C3%A9");
    CHECK(is_sendable(response));
}

TEST_CASE("an answer with a header that nobody may send is not sendable") {
    CHECK(is_sendable(Response::text("x")));
    CHECK_FALSE(is_sendable(Response{.headers = {{"X", "a\r\nb"}}}));
    CHECK_FALSE(is_sendable(Response{.headers = {{"X y", "a"}}}));
    CHECK_FALSE(is_sendable(Response{.headers = {{"", "a"}}}));
    CHECK_FALSE(is_sendable(Response{.status = 199}));
    CHECK_FALSE(is_sendable(Response{.status = 600}));
}

TEST_CASE("any text comes back from its compressed form") {
    CHECK(rc::check([](const std::string& text, unsigned times) {
        std::string longer;
        for (unsigned count = 0; count <= times % 50; ++count)
            longer += text;
        RC_ASSERT(unzipped(gzip(longer, static_cast<int>(times % 9) + 1)) == longer);
    }));
}

TEST_CASE("text is compressible, pictures and streams are not") {
    for (const auto* type : {"text/html; charset=utf-8", "application/json", "application/problem+json",
                             "TEXT/CSS", "image/svg+xml", "application/javascript"})
        CHECK_MESSAGE(is_compressible(type), type);
    for (const auto* type : {"image/png", "application/pdf", "text/event-stream", "", "font/woff2"})
        CHECK_MESSAGE(!is_compressible(type), type);
}

TEST_CASE("a page above a kilobyte is compressed for those who want it") {
    const Outgoing small = composed(Response::html(page), wants_gzip);
    CHECK(has_line(small, "Content-Encoding: gzip"));
    CHECK(has_line(small, "Vary: Accept-Encoding"));
    CHECK(has_line(small, "Content-Length: " + std::to_string(view_of(small.body).size())));
    CHECK(unzipped(view_of(small.body)) == page);
    const Outgoing plain = composed(Response::html(page));
    CHECK(view_of(plain.body) == page);
    CHECK(has_line(plain, "Vary: Accept-Encoding"));
    CHECK(view_of(composed(Response::html("short"), wants_gzip).body) == "short");
    Response secret = Response::html(page);
    secret.compression = Compression::never;
    CHECK(view_of(composed(std::move(secret), wants_gzip).body) == page);
}

TEST_CASE("an asset is compressed once and named by its content") {
    const auto asset = std::make_shared<const Asset>(page, "text/css");
    const Outgoing first = composed(Response::asset(asset), wants_gzip);
    const Outgoing second = composed(Response::asset(asset), wants_gzip);
    CHECK(view_of(first.body).data() == view_of(second.body).data());
    CHECK(unzipped(view_of(first.body)) == page);
    CHECK(has_line(first, "ETag: \"" + asset->tag() + "-gzip\""));
    CHECK(asset->tag() != Asset(page + "y", "text/css").tag());
    const Asset noise{"\x01\x02", "text/plain"};
    CHECK(noise.compressed() == noise.content());
}

TEST_CASE("who has the asset already is told so, whichever encoding it was") {
    const auto asset = std::make_shared<const Asset>(page, "text/css");
    for (const std::string suffix : {"\"", "-gzip\""}) {
        Headers asked = wants_gzip;
        asked.add("If-None-Match", "\"old\", W/\"" + asset->tag() + suffix);
        const Outgoing known = composed(Response::asset(asset), asked);
        CHECK(known.status == 304);
        CHECK(view_of(known.body).empty());
        CHECK(known.head.find("Content-Length") == std::string::npos);
        CHECK(known.head.find("ETag") != std::string::npos);
        CHECK(composed(Response::asset(asset), asked, Method::post).status == 200);
    }
    CHECK(composed(Response::asset(asset), {{"If-None-Match", "\"old\""}}).status == 200);
}

TEST_CASE("the answer to HEAD has the length and not the body") {
    const Outgoing head = composed(Response::text("hello"), {}, Method::head);
    CHECK(has_line(head, "Content-Length: 5"));
    CHECK(view_of(head.body).empty());
}

TEST_CASE("what frames the message is the server's alone") {
    Response response = Response::text("hello");
    response.headers.add("content-length", "500");
    response.headers.add("Transfer-Encoding", "chunked");
    response.headers.add("Connection", "upgrade");
    const Outgoing outgoing = composed(std::move(response));
    CHECK(has_line(outgoing, "Content-Length: 5"));
    for (const auto* line : {"500", "chunked", "upgrade"})
        CHECK(outgoing.head.find(line) == std::string::npos);
}

TEST_CASE("a queue gives out what was put in, however it is taken") {
    CHECK(rc::check([](const std::vector<std::string>& parts, const std::vector<std::uint8_t>& steps) {
        OutQueue queue;
        std::string expected;
        for (const std::string& part : parts) {
            queue.push(part);
            expected += part;
        }
        RC_ASSERT(queue.bytes() == expected.size());
        std::string taken;
        std::size_t step = 0;
        while (!queue.empty()) {
            std::array<std::string_view, 3> views;
            const std::size_t count = queue.gather(views);
            std::string some;
            for (std::size_t place = 0; place < count; ++place)
                some += views[place];
            const std::size_t size =
                std::min<std::size_t>(some.size(), steps.empty() ? 1 : 1 + steps[step++ % steps.size()]);
            taken += some.substr(0, size);
            queue.consume(size);
        }
        RC_ASSERT(taken == expected);
    }));
}
