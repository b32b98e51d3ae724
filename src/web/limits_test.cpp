// Who comes too often, as a person's browser meets it.
#include <doctest/doctest.h>

#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

// A town with its gate: two tickets at once for one address.
struct GatedTown : Town {
    front::Gate gate{settings(), Pages::counted()};

    static front::GateSettings settings() {
        front::GateSettings made;
        for (const char* limit : {"tickets=2,1", "sign-in=2,1", "wrong-links=3,1", "holds=1,1"})
            REQUIRE(made.set(limit).has_value());
        return made;
    }

    GatedTown() {
        http::Settings with;
        with.hooks = pages.hooks();
        with.hooks.admit = [this](const http::Request& request) -> std::optional<http::Response> {
            const auto refused = gate.admit(request, {});
            return refused ? std::optional{pages.too_many(request, refused->wait)} : std::nullopt;
        };
        with.hooks.before_send = [this, before = with.hooks.before_send](const http::Request& request,
                                                                         http::Response& response) {
            gate.answered(request, response.status, {});
            before(request, response);
        };
        auto started = http::Server::start(std::move(with), pages.router());
        REQUIRE(started.has_value());
        server = *std::move(started);
    }

    ~GatedTown() { server.reset(); }

    GatedTown(const GatedTown&) = delete;
    GatedTown& operator=(const GatedTown&) = delete;
    GatedTown(GatedTown&&) = delete;
    GatedTown& operator=(GatedTown&&) = delete;
};

}  // namespace

TEST_CASE("who takes too many tickets is told to wait, in the page's language, and what was chosen is kept") {
    const GatedTown town;
    for (int ticket = 0; ticket < 2; ++ticket)
        CHECK(town.take("service=tax").status == 303);
    for (const auto& [language, title] :
         {std::pair{"pt", "Demasiados pedidos de uma vez"}, std::pair{"en", "Too many at once"},
          std::pair{"es", "Demasiadas peticiones a la vez"}}) {
        const auto refused =
            town.ask(http::Method::post, std::string{"/"} + language + "/sites/shop/tickets",
                     "service=tax&service=identity&priority=yes&key=01J9ZK3M9QZT7K3M9QZT7K3M9Q");
        CHECK(refused.status == 429);
        CHECK(has(refused, title));
        CHECK(std::stoi(std::string{refused.headers.text("retry-after")}) == 3600);
        CHECK(has(refused, "name=\"service\" value=\"tax\""));
        CHECK(has(refused, "name=\"service\" value=\"identity\""));
        CHECK(has(refused, "name=\"priority\" value=\"yes\""));
        CHECK(has(refused, "value=\"01J9ZK3M9QZT7K3M9QZT7K3M9Q\""));
    }
    CHECK(town.get("/pt/sites/shop").status == 200);
}

TEST_CASE("passwords that were typed are never written into the page that says to wait") {
    const GatedTown town;
    for (int attempt = 0; attempt < 2; ++attempt)
        CHECK(town.ask(http::Method::post, "/en/sign-in", "sign-in-name=eva&password=wrong+house+wrong")
                  .status == 403);
    const auto refused = town.ask(http::Method::post, "/en/sign-in",
                                  "sign-in-name=eva&password=secret+house+secret&code=123456");
    CHECK(refused.status == 429);
    CHECK(has(refused, "name=\"sign-in-name\" value=\"eva\""));
    CHECK_FALSE(has(refused, "secret house"));
    CHECK_FALSE(has(refused, "123456"));
    CHECK(has(refused, "type=\"password\""));
}

TEST_CASE("links are not found by trying: after a few wrong ones the address has to wait") {
    const GatedTown town;
    const auto mine = location_of(town.take("service=tax"));
    for (int attempt = 0; attempt < 3; ++attempt)
        CHECK(town.get("/pt/tickets/shop.2026-01-05.1.AAAAAAAAAAAAAAA" + std::to_string(attempt)).status ==
              404);
    CHECK(town.get("/pt/tickets/shop.2026-01-05.1.AAAAAAAAAAAAAAA9").status == 429);
    CHECK(town.get("/pt/appointments/AAAAAAAAAAAAAAA9").status == 429);
    CHECK(town.get("/pt/sites/shop").status == 200);
}

TEST_CASE("nobody has the office write to strangers: who it writes to is counted, with a right link too") {
    const GatedTown town;
    const auto ticket = location_of(town.take("service=tax"));
    const std::string form = "before=2&reach=912345678";
    CHECK(town.ask(http::Method::post, ticket + "/notice", form).status != 429);
    CHECK(town.ask(http::Method::post, ticket + "/notice", form).status == 429);
    CHECK(town.ask(http::Method::post, "/pt/appointments/AAAA/contact", "name=Eva").status == 429);
    CHECK(town.get(ticket).status == 200);
}
