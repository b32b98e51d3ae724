#include "http/local.hpp"

#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::http;

namespace {

Response ask(const Router& router, const Asked& asked) {
    Response got;
    int answers = 0;
    REQUIRE(answer_here(router, asked, [&](Response response) {
                got = std::move(response);
                ++answers;
            }).has_value());
    CHECK(answers == 1);
    return got;
}

}  // namespace

TEST_CASE("without a socket a route sees what it would see behind one") {
    Router router;
    router.add(Method::post, "/desk/{desk}", [](const Request& request, Reply reply) {
        reply.send(Response::text(
            std::string{request.parameters.text("desk")} + " " + std::string{request.query.text("a")} + " " +
            std::string{request.form.text("b")} + " " + std::string{request.cookies.text("c")}));
    });
    Asked asked{.method = Method::post, .target = "/desk/a%201?a=two", .form = "b=three+four"};
    asked.headers.set("Cookie", "c=five");
    CHECK(view_of(ask(router, asked).body) == "a 1 two three four five");
    CHECK(ask(router, {.target = "/desk/a"}).status == 405);
    CHECK(ask(router, {.target = "/nothing"}).status == 404);
    CHECK_FALSE(answer_here(router, {.target = "nothing"}, [](const Response&) {}).has_value());
}

TEST_CASE("a handler that answers later, not at all, or with a fault is heard once") {
    Router router;
    std::optional<Reply> kept;
    router.add(Method::get, "/later", [&](const Request&, Reply reply) { kept.emplace(std::move(reply)); });
    router.add(Method::get, "/never", [](const Request&, Reply) {});
    router.add(Method::get, "/fault", [](const Request&, Reply) { throw std::runtime_error{"a fault"}; });
    router.add(Method::get, "/stream",
               [](const Request&, Reply reply) { CHECK_FALSE(reply.stream().is_open()); });
    int status = 0;
    REQUIRE(answer_here(router, {.target = "/later"}, [&](const Response& got) {
                status = got.status;
            }).has_value());
    CHECK(status == 0);
    kept->send(Response::text("at last"));
    CHECK(status == 200);
    for (const char* target : {"/never", "/fault", "/stream"})
        CHECK(ask(router, {.target = target}).status == 500);
}
