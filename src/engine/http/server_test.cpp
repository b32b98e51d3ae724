#include "http/server.hpp"

#include <atomic>
#include <stdexcept>

#include "http/loopback_test.hpp"

using namespace balcao;
using namespace balcao::http;

namespace {

const Handler says_hello = [](const Request&, Reply reply) { reply.send(Response::text("hello")); };

const Handler says_what_it_got = [](const Request& request, Reply reply) {
    std::string text = request.path + '|' + request.body;
    for (const Field& field : request.query)
        text += "|q:" + field.name + '=' + field.value;
    for (const Field& field : request.parameters)
        text += "|p:" + field.name + '=' + field.value;
    for (const Field& field : request.form)
        text += "|f:" + field.name + '=' + field.value;
    for (const Field& field : request.cookies)
        text += "|c:" + field.name + '=' + field.value;
    reply.send(Response::text(text));
};

}  // namespace

TEST_CASE("a page is served with its type, its length and the date") {
    Loopback house;
    house.router.add(Method::get, "/",
                     [](const Request&, Reply reply) { reply.send(Response::html("<p>olá")); });
    house.start();
    const Answer answer = house.get("/");
    CHECK(answer.status == 200);
    CHECK(answer.body == "<p>olá");
    CHECK(answer.headers.text("Content-Type") == "text/html; charset=utf-8");
    CHECK(answer.headers.text("Content-Length") == "7");
    CHECK(answer.headers.text("Date").ends_with(" GMT"));
}

TEST_CASE("a handler sees path, query, named segments, form and cookies, decoded") {
    Loopback house;
    house.router.add(Method::post, "/desk/{desk}", says_what_it_got);
    house.start();
    auto answer = fetch({.method = Method::post,
                         .url = house.url("/desk/a%20b?x=%C3%A9"),
                         .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                                     {"Cookie", "s=1"},
                                     {"Cookie", "t=2"}},
                         .body = "name=Ana+B&n=%26"});
    REQUIRE(answer.has_value());
    CHECK(answer->body == "/desk/a b|name=Ana+B&n=%26|q:x=é|p:desk=a b|f:name=Ana B|f:n=&|c:s=1|c:t=2");
}

TEST_CASE("a form that cannot be read is refused, any other body is left alone") {
    Loopback house;
    house.router.add(Method::post, "/", says_what_it_got);
    house.start();
    Ask ask{.method = Method::post,
            .url = house.url("/"),
            .headers = {{"Content-Type", "text/plain"}},
            .body = "%"};
    CHECK(fetch(ask)->body == "/|%");
    ask.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    CHECK(fetch(ask)->status == 400);
}

TEST_CASE("one connection carries many requests, and is named the same to all") {
    Loopback house;
    house.router.add(Method::get, "/", [](const Request& request, Reply reply) {
        reply.send(Response::text(std::to_string(request.connection)));
    });
    house.start();
    Connection connection = house.open();
    const auto first = connection.ask({.url = house.url("/")});
    const auto second = connection.ask({.url = house.url("/")});
    REQUIRE(second.has_value());
    CHECK(first->body == second->body);
    CHECK(house.get("/").body != first->body);
    CHECK(house.server->counters().accepted == 2);
}

TEST_CASE("requests sent in one go are answered one at a time, in order") {
    Loopback house;
    std::atomic<int> running = 0;
    Box<Reply> replies;
    house.router.add(Method::get, "/{n}", [&](const Request&, Reply reply) {
        CHECK(++running == 1);
        replies.put(std::move(reply));
    });
    house.start();
    std::string bytes;
    for (int number = 0; number < 20; ++number)
        bytes += "GET /" + std::to_string(number) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    bytes += "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    std::thread answerer{[&] {
        for (int number = 0; number < 21; ++number) {
            Reply reply = replies.take();
            --running;
            const std::string name{reply.request().parameters.text("n")};
            reply.send(Response::text("[" + name + "]"));
        }
    }};
    const std::string all = house.talk(bytes);
    answerer.join();
    std::string order;
    for (std::size_t place = all.find("\r\n\r\n["); place != std::string::npos;
         place = all.find("\r\n\r\n[", place + 1))
        order += all.substr(place + 5, all.find(']', place) - place - 5) + ' ';
    CHECK(order == "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 last ");
}

TEST_CASE("a reply may come later and from another thread") {
    Loopback house;
    house.settings.threads = 2;
    std::vector<std::thread> threads;
    std::mutex mutex;
    house.router.add(Method::post, "/", [&](const Request&, Reply reply) {
        const std::lock_guard lock{mutex};
        threads.emplace_back([reply = std::move(reply)]() mutable {
            reply.send(Response::text("stored " + reply.request().body));
        });
    });
    house.start();
    for (int number = 0; number < 50; ++number) {
        const auto answer =
            fetch({.method = Method::post, .url = house.url("/"), .body = std::to_string(number)});
        REQUIRE(answer.has_value());
        CHECK(answer->body == "stored " + std::to_string(number));
    }
    for (auto& thread : threads)
        thread.join();
}

TEST_CASE("a reply that is let go, a handler that throws and an answer that cannot be sent are all 500") {
    Loopback house;
    Box<std::string> faults;
    house.settings.hooks.fault = [&](std::string_view what) { faults.put(std::string{what}); };
    house.router.add(Method::get, "/dropped", [](const Request&, Reply) {});
    house.router.add(Method::get, "/thrown",
                     [](const Request&, Reply) { throw std::runtime_error{"the queue is on fire"}; });
    house.router.add(Method::get, "/odd", [](const Request&, Reply) { throw 7; });
    house.router.add(Method::get, "/header", [](const Request&, Reply reply) {
        Response response = Response::text("x");
        response.headers.add("X-Name", "a\r\nSet-Cookie: b");
        reply.send(std::move(response));
    });
    house.start();
    for (const auto* target : {"/dropped", "/thrown", "/odd", "/header"})
        CHECK_MESSAGE(house.get(target).status == 500, target);
    CHECK(faults.take() == "the queue is on fire");
    faults.take();
    CHECK(faults.take() == "an answer has a status or a header that cannot be sent");
}

TEST_CASE("a client that goes before the answer leaves nothing behind") {
    Loopback house;
    Box<Reply> replies;
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) { replies.put(std::move(reply)); });
    house.start();
    {
        Connection connection = house.open();
        REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
        Reply reply = replies.take();
        CHECK_FALSE(reply.is_gone());
        connection = house.open();  // closes the first
        CHECK(comes_true([&] { return reply.is_gone(); }));
        reply.send(Response::text(std::string(100000, 'x')));
    }
    CHECK(comes_true([&] { return house.server->counters().connections == 0; }));
}

TEST_CASE("a reply outlives the server and does nothing") {
    Box<Reply> replies;
    {
        Loopback house;
        house.router.add(Method::get, "/",
                         [&](const Request&, Reply reply) { replies.put(std::move(reply)); });
        house.start();
        Connection connection = house.open();
        REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
        CHECK(comes_true([&] { return replies.size() == 1; }));
        house.server->stop(0ms);
    }
    Reply reply = replies.take();
    CHECK(reply.is_gone());
    CHECK(reply.request().path == "/");
    reply.send(Response::text("too late"));
}

TEST_CASE("what is not there is 404, a wrong method 405 with those that are right, OPTIONS tells them") {
    Loopback house;
    house.router.add(Method::get, "/desk", says_hello);
    house.router.add(Method::remove, "/desk", says_hello);
    house.start();
    CHECK(house.get("/nobody").status == 404);
    auto wrong = fetch({.method = Method::post, .url = house.url("/desk"), .body = "x"});
    CHECK(wrong->status == 405);
    CHECK(wrong->headers.text("Allow") == "GET, HEAD, DELETE, OPTIONS");
    auto options = fetch({.method = Method::options, .url = house.url("/desk")});
    CHECK(options->status == 204);
    CHECK(options->headers.text("Allow") == "GET, HEAD, DELETE, OPTIONS");
    CHECK(fetch({.method = Method::options, .url = house.url("/nobody")})->status == 404);
    const std::string all = house.talk("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(status_of(all) == "204");
    CHECK(all.find("Allow: GET, HEAD, DELETE, OPTIONS\r\n") != std::string::npos);
    CHECK(status_of(house.talk("GET * HTTP/1.1\r\nHost: a\r\n\r\n")) == "400");
}

TEST_CASE("HEAD is GET without the body") {
    Loopback house;
    house.router.add(Method::get, "/", says_hello);
    house.start();
    const std::string head = house.talk("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK(status_of(head) == "200");
    CHECK(head.find("Content-Length: 5\r\n") != std::string::npos);
    CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE("HTTP/1.0 is answered and closed, or kept when it asks") {
    Loopback house;
    house.router.add(Method::get, "/", says_hello);
    house.start();
    const std::string plain = house.talk("GET / HTTP/1.0\r\n\r\n");
    CHECK(plain.find("Connection: close\r\n") != std::string::npos);
    CHECK(plain.ends_with("hello"));
    const std::string kept =
        house.talk("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n");
    CHECK(count_of(kept, "hello") == 2);
    CHECK(kept.find("Connection: keep-alive\r\n") != std::string::npos);
}

TEST_CASE("a client that waits to be told to go on is told, unless the body is too long") {
    Loopback house;
    house.router.add(Method::post, "/", says_what_it_got);
    house.start();
    Connection connection = house.open();
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n";
    REQUIRE(connection.write(head + "Content-Length: 5\r\n\r\n", in(5s)).has_value());
    CHECK(*connection.read(in(5s)) == "HTTP/1.1 100 Continue\r\n\r\n");
    REQUIRE(connection.write("hello", in(5s)).has_value());
    CHECK(Loopback::read_all(connection).ends_with("/|hello"));
    CHECK(status_of(house.talk(head + "Content-Length: 100000\r\n\r\n")) == "413");
    CHECK(status_of(house.talk(
              "POST / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nContent-Length: 1\r\n\r\n")) == "417");
}

TEST_CASE("who has an asset is not sent it again, and it travels compressed") {
    Loopback house;
    const auto asset = std::make_shared<const Asset>(std::string(5000, 'a'), "text/css");
    house.router.add(Method::get, "/a.css",
                     [asset](const Request&, Reply reply) { reply.send(Response::asset(asset)); });
    house.start();
    const Answer first = house.get("/a.css", {{"Accept-Encoding", "gzip"}});
    CHECK(first.body.size() < 200);
    CHECK(first.headers.text("Content-Encoding") == "gzip");
    const Answer again = house.get(
        "/a.css", {{"Accept-Encoding", "gzip"}, {"If-None-Match", std::string{first.headers.text("ETag")}}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
}

TEST_CASE("hooks have the last hand on every answer, and are told what happened by route, not by path") {
    Loopback house;
    Box<Access> log;
    house.settings.hooks.before_send = [](const Request&, Response& response) {
        response.headers.add("X-Content-Type-Options", "nosniff");
    };
    house.settings.hooks.failure = [](const Request& request, int status) {
        return Response::problem(status, "Sorry", request.path);
    };
    house.settings.hooks.access = [&](const Access& access) { log.put(access); };
    house.router.add(Method::get, "/person/{id}", says_hello);
    house.start();
    const Answer page = house.get("/person/77");
    CHECK(page.headers.text("X-Content-Type-Options") == "nosniff");
    const Access seen = log.take();
    CHECK(seen.method == Method::get);
    CHECK(seen.route == "/person/{id}");
    CHECK(seen.status == 200);
    CHECK(seen.bytes > 100);
    CHECK(seen.is_complete);
    const Answer missing = house.get("/nobody");
    CHECK(missing.body == R"({"title":"Sorry","status":404,"detail":"/nobody"})");
    CHECK(missing.headers.text("X-Content-Type-Options") == "nosniff");
    CHECK(log.take().route.empty());
    CHECK(house.talk("nonsense\r\n\r\n").find("nosniff") != std::string::npos);
    CHECK(log.take().status == 400);
}

TEST_CASE("the client's address and scheme are a proxy's word only where the proxy is trusted") {
    Loopback house;
    house.settings.proxies = {"127.0.0.0/8"};
    house.router.add(Method::get, "/", [](const Request& request, Reply reply) {
        reply.send(Response::text(request.scheme + ' ' + request.peer + ' ' + request.host));
    });
    house.start();
    CHECK(house
              .get("/", {{"X-Forwarded-For", "203.0.113.9"},
                         {"X-Forwarded-Proto", "https"},
                         {"X-Forwarded-Host", "balcao.example"}})
              .body == "https 203.0.113.9 balcao.example");
    CHECK(house.talk("GET http://other.example/ HTTP/1.0\r\nHost: a\r\n\r\n")
              .ends_with("http 127.0.0.1 other.example"));
    Loopback stranger;
    stranger.router.add(Method::get, "/", [](const Request& request, Reply reply) {
        reply.send(Response::text(request.scheme + ' ' + request.peer));
    });
    stranger.start();
    CHECK(stranger.get("/", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}).body ==
          "http 127.0.0.1");
}

TEST_CASE("an address that cannot be had is an error that says so") {
    Loopback house;
    house.start();
    const auto taken = Server::start({.port = house.server->port()}, Router{});
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().code == Errc::unavailable);
    CHECK(taken.error().field == "listen");
    CHECK(Server::start({.address = "nowhere"}, Router{}).error().code == Errc::invalid);
    CHECK(Server::start({.proxies = {"x"}}, Router{}).error().field == "proxies");
}

TEST_CASE("a client is told when nobody answers, what is no address, and when the time is up") {
    Loopback house;
    Box<Reply> replies;
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) { replies.put(std::move(reply)); });
    house.start();
    const auto late = fetch({.url = house.url("/"), .timeout = 50ms});
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().what == "the time to answer was up");
    CHECK(fetch({.url = "https://a/"}).error().code == Errc::invalid);
    CHECK(fetch({.url = house.url("/"), .headers = {{"X", "a\r\nb"}}}).error().field == "X");
    const std::string gone = house.url("/");
    house.server->stop(0ms);
    CHECK(fetch({.url = gone}).error().code == Errc::unavailable);
}
