#include "http/negotiate.hpp"

#include <array>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao::http;

namespace {

constexpr std::array<std::string_view, 3> languages{"pt", "en", "es"};
constexpr std::array<std::string_view, 2> types{"text/html", "application/json"};

}  // namespace

TEST_CASE("a list is read best first, equals in the order sent") {
    const auto list = parse_quality_list("en;q=0.5, PT-pt, *;q=0.1 ,es; q=0.5,fr;q=0");
    REQUIRE(list.size() == 5);
    CHECK(list[0] == Weighted{"pt-pt", {}, 1000});
    CHECK(list[1].value == "en");
    CHECK(list[2] == Weighted{"es", {}, 500});
    CHECK(list[3].value == "*");
    CHECK(list[4].quality == 0);
}

TEST_CASE("a quality is written as RFC 9110 has it, and a member with another is left out") {
    CHECK(parse_quality_list("a;q=1.000, b;q=0.123, c;q=0., d;q=0").size() == 4);
    CHECK(parse_quality_list("b;q=0.123")[0].quality == 123);
    for (const auto* text :
         {"a;q=2", "a;q=1.001", "a;q=0.1234", "a;q=.5", "a;q=-1", "a;q=", "a;q=x", "", ",,", "a b"})
        CHECK_MESSAGE(parse_quality_list(text).empty(), text);
    CHECK(parse_quality_list("text/html;level=1;q=0.4")[0].parameters == Fields{{"level", "1"}});
}

TEST_CASE("the language is looked up by cutting subtags off") {
    CHECK(choose_language("pt-BR", languages) == "pt");
    CHECK(choose_language("de-CH, fr;q=0.9, ES-mx;q=0.8, en;q=0.7", languages) == "es");
    CHECK(choose_language("zh-Hant-CN-x-private1", std::array<std::string_view, 1>{"zh-Hant"}) == "zh-Hant");
    CHECK(choose_language("en;q=0.2, pt;q=0.3", languages) == "pt");
    CHECK_FALSE(choose_language("de, fr", languages).has_value());
    CHECK_FALSE(choose_language("", languages).has_value());
}

TEST_CASE("an asterisk takes the first language that is not excluded") {
    CHECK(choose_language("*", languages) == "pt");
    CHECK(choose_language("de, *;q=0.5, pt;q=0", languages) == "en");
    CHECK_FALSE(choose_language("*;q=0", languages).has_value());
    CHECK_FALSE(choose_language("pt;q=0, pt-PT", std::array<std::string_view, 1>{"pt"}).has_value());
}

TEST_CASE("the most specific range says how good a media type is") {
    CHECK(choose_media_type("", types) == "text/html");
    CHECK(choose_media_type("*/*", types) == "text/html");
    CHECK(choose_media_type("application/json", types) == "application/json");
    CHECK(choose_media_type("text/html,application/xhtml+xml,*/*;q=0.8", types) == "text/html");
    CHECK(choose_media_type("text/*;q=0.3, application/*;q=0.5", types) == "application/json");
    CHECK(choose_media_type("*/*, text/html;q=0", types) == "application/json");
    CHECK(choose_media_type("text/html;level=1", types) == std::nullopt);
    CHECK_FALSE(choose_media_type("image/png", types).has_value());
    CHECK_FALSE(choose_media_type("*/*", {}).has_value());
}

TEST_CASE("a coding is taken when asked for by name or by an asterisk") {
    CHECK(accepts_encoding("gzip, deflate, br", "gzip"));
    CHECK(accepts_encoding("*", "gzip"));
    CHECK(accepts_encoding("br, *;q=0.1", "gzip"));
    CHECK_FALSE(accepts_encoding("", "gzip"));
    CHECK_FALSE(accepts_encoding("br", "gzip"));
    CHECK_FALSE(accepts_encoding("gzip;q=0, *", "gzip"));
    CHECK_FALSE(accepts_encoding("identity, *;q=0", "gzip"));
}

TEST_CASE("whatever a client sends, the choice is one of what there is") {
    CHECK(rc::check([](const std::string& text) {
        const auto language = choose_language(text, languages);
        RC_ASSERT(!language || std::find(languages.begin(), languages.end(), *language) != languages.end());
        const auto type = choose_media_type(text, types);
        RC_ASSERT(!type || std::find(types.begin(), types.end(), *type) != types.end());
    }));
}
