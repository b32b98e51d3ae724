#include "http/cookie.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "http/uri.hpp"

using namespace balcao::http;

TEST_CASE("cookies are read in the order sent, quotes taken off, nonsense left out") {
    CHECK(parse_cookies("session=abc; lang=\"pt\";x=;=y; bare; bad name=1; a=b=c") ==
          Fields{{"session", "abc"}, {"lang", "pt"}, {"x", ""}, {"a", "b=c"}});
    CHECK(parse_cookies("").empty());
    CHECK(parse_cookies(";;; ").empty());
    CHECK(parse_cookies("a=\"").find("a") == "\"");
}

TEST_CASE("a cookie is careful unless told otherwise") {
    CHECK(format_cookie({.name = "session", .value = "abc"}) ==
          "session=abc; Path=/; SameSite=Lax; HttpOnly");
    CHECK(format_cookie({.name = "__Host-s",
                         .value = "x",
                         .max_age = std::chrono::hours{12},
                         .same_site = SameSite::strict,
                         .secure = true}) ==
          "__Host-s=x; Path=/; Max-Age=43200; SameSite=Strict; HttpOnly; Secure");
    CHECK(format_cookie({.name = "a", .path = "/desk", .same_site = SameSite::none, .http_only = false}) ==
          "a=; Path=/desk; SameSite=None; Secure");
    CHECK(format_cookie({.name = "a", .max_age = std::chrono::seconds{0}}) ==
          "a=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
}

TEST_CASE("any value comes back as it was, and never adds an attribute") {
    CHECK(rc::check([](const std::string& value) {
        const std::string header = format_cookie({.name = "v", .value = value});
        const std::string pair = header.substr(0, header.find("; "));
        RC_ASSERT(header.substr(pair.size()) == "; Path=/; SameSite=Lax; HttpOnly");
        const Fields cookies = parse_cookies(pair);
        RC_ASSERT(cookies.size() == 1U);
        RC_ASSERT(percent_decode(cookies.text("v")) == value);
    }));
}
