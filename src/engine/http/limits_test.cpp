#include <atomic>

#include "http/loopback_test.hpp"

using namespace balcao;
using namespace balcao::http;

namespace {

const Handler says_size = [](const Request& request, Reply reply) {
    reply.send(Response::text(std::to_string(request.body.size())));
};

}  // namespace

TEST_CASE("a body may be as long as its route allows, and not a byte more") {
    Loopback house;
    house.settings.limits.body_bytes_max = 10;
    house.router.add(Method::post, "/", says_size);
    house.router.add(Method::post, "/upload", says_size).body_bytes_max = 100000;
    house.start();
    const auto status = [&](const std::string& target, std::size_t size) {
        return fetch({.method = Method::post, .url = house.url(target), .body = std::string(size, 'x')})
            ->status;
    };
    CHECK(status("/", 10) == 200);
    CHECK(status("/", 11) == 413);
    CHECK(status("/upload", 100000) == 200);
    CHECK(status("/upload", 100001) == 413);
}

TEST_CASE("who sends far more than allowed still reads why it was refused") {
    Loopback house;
    house.router.add(Method::post, "/", says_size);
    house.start();
    for (int round = 0; round < 20; ++round) {
        const auto answer =
            fetch({.method = Method::post, .url = house.url("/"), .body = std::string(300000, 'x')});
        REQUIRE(answer.has_value());
        CHECK(answer->status == 413);
    }
}

TEST_CASE("long lines, long headers and many headers are refused by their names") {
    Loopback house;
    house.router.add(Method::get, "/", says_size);
    house.start();
    CHECK(status_of(house.talk("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n")) == "414");
    CHECK(status_of(house.talk("GET / HTTP/1.1\r\nX: " + std::string(9000, 'a') + "\r\n\r\n")) == "431");
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int count = 0; count < 100; ++count)
        many += "X: y\r\n";
    CHECK(status_of(house.talk(many + "\r\n")) == "431");
}

TEST_CASE("a client that is slow with its headers is closed at the deadline, however busy it looks") {
    Loopback house;
    house.settings.limits.header_time = 200ms;
    house.settings.limits.idle_time = 10s;
    house.router.add(Method::get, "/", says_size);
    house.start();
    Connection connection = house.open();
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\n", in(5s)).has_value());
    while (connection.write("X: y\r\n", in(1s)).has_value() &&
           std::chrono::steady_clock::now() - begin < 5s) {
        auto answer = connection.read(in(20ms));
        if (!answer) continue;
        CHECK(status_of(*answer) == "408");
        break;
    }
    CHECK(std::chrono::steady_clock::now() - begin >= 150ms);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
}

TEST_CASE("a client that says nothing at all is closed without a word") {
    Loopback house;
    house.settings.limits.header_time = 100ms;
    house.start();
    CHECK(house.talk("").empty());
    CHECK(house.talk("\r\n").empty());
}

TEST_CASE("a body that does not come is 408") {
    Loopback house;
    house.settings.limits.body_time = 100ms;
    house.router.add(Method::post, "/", says_size);
    house.start();
    CHECK(status_of(house.talk("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel")) == "408");
}

TEST_CASE("a connection that is not used any more is closed") {
    Loopback house;
    house.settings.limits.idle_time = 100ms;
    house.router.add(Method::get, "/", says_size);
    house.start();
    const std::string all = house.talk("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_of(all) == "200");
    CHECK(all.find("Connection: close") == std::string::npos);
}

TEST_CASE("a handler that does not answer in time is answered for, and its late answer goes nowhere") {
    Loopback house;
    house.settings.limits.reply_time = 100ms;
    Box<Reply> replies;
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) { replies.put(std::move(reply)); });
    house.start();
    CHECK(status_of(house.talk("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) == "503");
    replies.take().send(Response::text("late"));
    CHECK(house.server->counters().requests == 1);
}

TEST_CASE("a client that does not read is cut off") {
    Loopback house;
    house.settings.limits.write_time = 200ms;
    Box<Access> log;
    house.settings.hooks.access = [&](const Access& access) { log.put(access); };
    const auto huge = std::make_shared<const std::string>(std::string(64'000'000, 'x'));
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) {
        reply.send({.headers = {{"Content-Type", "application/octet-stream"}}, .body = huge});
    });
    house.start();
    Connection connection = house.open();
    REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
    const Access seen = log.take();
    CHECK_FALSE(seen.is_complete);
    CHECK(seen.bytes < huge->size());
    CHECK(comes_true([&] { return house.server->counters().connections == 0; }));
}

TEST_CASE("a client that reads slowly but steadily gets all of it") {
    Loopback house;
    house.settings.limits.write_time = 300ms;
    const auto large = std::make_shared<const std::string>(std::string(8'000'000, 'x'));
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) {
        reply.send({.headers = {{"Content-Type", "application/octet-stream"}}, .body = large});
    });
    house.start();
    Connection connection = house.open();
    REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", in(5s)).has_value());
    std::size_t got = 0;
    for (int pause = 0; pause < 20; ++pause) {
        std::this_thread::sleep_for(30ms);
        for (int part = 0; part < 20; ++part)
            got += connection.read(in(5s))->size();
    }
    CHECK(got + Loopback::read_all(connection).size() > large->size());
}

TEST_CASE("beyond the number of connections, the next is told to come back") {
    Loopback house;
    house.settings.limits.connections_max = 3;
    house.router.add(Method::get, "/", says_size);
    house.start();
    std::vector<Connection> open;
    for (int count = 0; count < 3; ++count) {
        open.push_back(house.open());
        REQUIRE(open.back().ask({.url = house.url("/")}).has_value());
    }
    const std::string refused = house.talk("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_of(refused) == "503");
    CHECK(refused.find("Retry-After: 5\r\n") != std::string::npos);
    CHECK(house.server->counters().refused == 1);
    open.clear();
    CHECK(comes_true([&] { return house.server->counters().connections == 0; }));
    CHECK(house.get("/").status == 200);
}

TEST_CASE("one address cannot take all connections where that is forbidden") {
    Loopback house;
    house.settings.limits.connections_per_peer = 2;
    house.router.add(Method::get, "/", says_size);
    house.start();
    Connection first = house.open();
    Connection second = house.open();
    REQUIRE(first.ask({.url = house.url("/")}).has_value());
    REQUIRE(second.ask({.url = house.url("/")}).has_value());
    CHECK(house.get("/").status == 503);
}

TEST_CASE("what could be read as two requests is refused and the line closed") {
    Loopback house;
    std::atomic<int> reached = 0;
    const Handler counts = [&](const Request&, Reply reply) {
        ++reached;
        reply.send(Response::text("inside"));
    };
    house.router.add(Method::get, "/admin", counts);
    house.router.add(Method::post, "/", counts);
    house.start();
    const std::string inner = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::string begin = "POST / HTTP/1.1\r\nHost: a\r\n";
    const std::vector<std::pair<std::string, std::string>> attempts{
        {"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n", "400"},
        {"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "501"},
        {"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "501"},
        {"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n", "400"},
        {"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "400"},
        {"X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"Content-Length: 0\r\nContent-Length: 40\r\n\r\n", "400"},
        {"Content-Length: 0, 40\r\n\r\n", "400"},
        {"Content-Length: 0\x0b\r\n\r\n", "400"},
        {"Host: b\r\n\r\n", "400"},
        {"Transfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n\r\n", "400"},
        {"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", "400"},
    };
    for (const auto& attempt : attempts) {
        const std::string rest = attempt.first;
        const std::string answer = house.talk(begin + rest + inner);
        CHECK_MESSAGE(status_of(answer) == attempt.second, rest);
        CHECK_MESSAGE(count_of(answer, "HTTP/1.1 ") == 1, rest);
    }
    CHECK(reached == 0);
    CHECK(status_of(house.talk("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n")) == "501");
    CHECK(status_of(house.talk("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n")) == "501");
    CHECK(status_of(house.talk("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) == "505");
    CHECK(status_of(house.talk("GET /%2e%2e/admin HTTP/1.1\r\nHost: a\r\n\r\n")) == "400");
    CHECK(status_of(house.talk("\x16\x03\x01\x02\n")) == "400");
}
