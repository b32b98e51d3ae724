// The line to a provider, against a server on this machine that answers as a test wants.
#include "connect/provider_line.hpp"

#include <doctest/doctest.h>

#include "http/server.hpp"

using namespace balcao;
using namespace balcao::connect;

namespace {

struct Elsewhere {
    std::unique_ptr<http::Server> server = start();

    static std::unique_ptr<http::Server> start() {
        http::Router router;
        router.add(http::Method::get, "/plain", [](const http::Request& request, http::Reply reply) {
            reply.send(http::Response::text("accepts " + std::string{request.header("accept")}));
        });
        router.add(http::Method::post, "/form", [](const http::Request& request, http::Reply reply) {
            reply.send(
                http::Response::json("{\"code\":\"" + std::string{request.form.text("code")} + "\"}", 400));
        });
        router.add(http::Method::get, "/away", [](const http::Request&, http::Reply reply) {
            reply.send(http::Response::redirect("/plain"));
        });
        router.add(http::Method::get, "/long", [](const http::Request&, http::Reply reply) {
            reply.send(http::Response::text(std::string(300 * 1024, 'a')));
        });
        auto started = http::Server::start({}, std::move(router));
        REQUIRE(started.has_value());
        return *std::move(started);
    }

    [[nodiscard]] std::string at(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server->port()) + path;
    }
};

}  // namespace

TEST_CASE("a provider is asked, and what it says comes back with its status") {
    const Elsewhere elsewhere;
    ProviderLine line{{}};
    const auto plain = line.ask({.url = elsewhere.at("/plain"), .headers = {"Accept: application/json"}});
    REQUIRE(plain.has_value());
    CHECK(plain->status == 200);
    CHECK(plain->body == "accepts application/json");
    const auto form = line.ask({.url = elsewhere.at("/form"), .form = "grant_type=x&code=a%26b"});
    REQUIRE(form.has_value());
    CHECK(form->status == 400);
    CHECK(form->body == R"({"code":"a&b"})");
}

TEST_CASE("no redirect is followed, and no answer is read that is too long") {
    const Elsewhere elsewhere;
    ProviderLine line{{}};
    const auto away = line.ask({.url = elsewhere.at("/away")});
    REQUIRE(away.has_value());
    CHECK(away->status == 303);
    CHECK_FALSE(line.ask({.url = elsewhere.at("/long")}).has_value());
}

TEST_CASE("nobody is asked without TLS but on this machine, and nobody there is nothing") {
    ProviderLine line{{.connect_seconds = 1, .seconds = 2}};
    CHECK_FALSE(line.ask({.url = "http://login.example/"}).has_value());
    CHECK_FALSE(line.ask({.url = "file:///etc/hostname"}).has_value());
    std::string gone;
    {
        const Elsewhere elsewhere;
        gone = elsewhere.at("/plain");
    }
    CHECK_FALSE(line.ask({.url = gone}).has_value());
}

TEST_CASE("whoever stops the house waits for no provider") {
    const Elsewhere elsewhere;
    ProviderLine line{{.stops = [] { return true; }}};
    CHECK_FALSE(line.ask({.url = elsewhere.at("/plain")}).has_value());
}
