#include "http/router.hpp"

#include <doctest/doctest.h>

using namespace balcao::http;

namespace {

const Handler nobody = [](const Request&, Reply) {};

Router sample() {
    Router router;
    router.add(Method::get, "/", nobody);
    router.add(Method::get, "/desk/{desk}", nobody);
    router.add(Method::post, "/desk/{number}", nobody);
    router.add(Method::post, "/desk/{desk}/call", nobody);
    router.add(Method::get, "/desk/new", nobody);
    router.add(Method::get, "/desk/{desk}/{tab}", nobody);
    router.add(Method::get, "/assets/{file...}", nobody);
    router.add(Method::get, "/assets/logo.svg", nobody);
    return router;
}

std::string pattern_of(const Router::Match& match) {
    return match.route != nullptr ? match.route->pattern : "";
}

}  // namespace

TEST_CASE("a text goes before a name, and a name before the rest") {
    const Router router = sample();
    CHECK(pattern_of(router.find(Method::get, "/")) == "/");
    CHECK(pattern_of(router.find(Method::get, "/desk/new")) == "/desk/new");
    CHECK(pattern_of(router.find(Method::get, "/desk/4")) == "/desk/{desk}");
    CHECK(pattern_of(router.find(Method::get, "/assets/logo.svg")) == "/assets/logo.svg");
    CHECK(pattern_of(router.find(Method::get, "/assets/a/logo.svg")) == "/assets/{file...}");
}

TEST_CASE("named segments are handed over under the names of the route that was found") {
    const Router router = sample();
    CHECK(router.find(Method::post, "/desk/4/call").parameters == Fields{{"desk", "4"}});
    CHECK(router.find(Method::post, "/desk/4").parameters == Fields{{"number", "4"}});
    CHECK(router.find(Method::get, "/desk/a b/queue").parameters ==
          Fields{{"desk", "a b"}, {"tab", "queue"}});
    CHECK(router.find(Method::get, "/assets/a/b.css").parameters == Fields{{"file", "a/b.css"}});
}

TEST_CASE("where the most specific path lacks the method, the next one is asked") {
    const Router router = sample();
    CHECK(router.find(Method::post, "/desk/new").parameters == Fields{{"number", "new"}});
    CHECK(pattern_of(router.find(Method::get, "/desk/4/call")) == "/desk/{desk}/{tab}");
}

TEST_CASE("HEAD takes the route of GET") {
    CHECK(pattern_of(sample().find(Method::head, "/desk/new")) == "/desk/new");
}

TEST_CASE("a path without the method tells which methods it has") {
    const Router router = sample();
    CHECK(router.find(Method::remove, "/desk/4").allow == "GET, HEAD, POST, OPTIONS");
    CHECK(router.find(Method::get, "/desk/4").allow.empty());
    CHECK(router.find(Method::options, "/assets/x").allow == "GET, HEAD, OPTIONS");
    CHECK(router.allow_all() == "GET, HEAD, POST, OPTIONS");
    CHECK(Router{}.allow_all().empty());
}

TEST_CASE("a path that is not there is not found") {
    const Router router = sample();
    for (const auto* path :
         {"/x", "/desk", "/desk/", "/desk/4/call/", "/desk//call", "/assets/", "//", "*"}) {
        const auto match = router.find(Method::get, path);
        CHECK_MESSAGE(match.route == nullptr, path);
        CHECK(match.allow.empty());
    }
}
