#include "http/entity_tag.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao::http;

TEST_CASE("a tag is quoted, weak or not") {
    CHECK(parse_entity_tag("\"a b\"") == std::nullopt);
    CHECK(parse_entity_tag("\"ab\"") == EntityTag{"ab"});
    CHECK(parse_entity_tag(" W/\"\" ") == EntityTag{"", true});
    for (const auto* text : {"", "ab", "\"ab", "w/\"ab\"", "\"ab\"c", "\"a\"b\"", "W/ \"a\""})
        CHECK_MESSAGE(!parse_entity_tag(text).has_value(), text);
}

TEST_CASE("a list of tags is read up to where it breaks off") {
    CHECK(parse_entity_tags("\"a\", W/\"b\" ,,\"c,d\"") ==
          std::vector<EntityTag>{{"a"}, {"b", true}, {"c,d"}});
    CHECK(parse_entity_tags("\"a\" \"b\"") == std::vector<EntityTag>{{"a"}});
    CHECK(parse_entity_tags("*").empty());
}

TEST_CASE("If-None-Match compares weakly, and an asterisk matches all") {
    CHECK(matches_if_none_match("*", {"x"}));
    CHECK(matches_if_none_match("\"y\", W/\"x\"", {"x"}));
    CHECK(matches_if_none_match("\"x\"", {"x", true}));
    CHECK_FALSE(matches_if_none_match("\"y\"", {"x"}));
    CHECK_FALSE(matches_if_none_match("x", {"x"}));
    CHECK_FALSE(matches_if_none_match("", {"x"}));
}

TEST_CASE("lists of tags read back") {
    CHECK(rc::check([](const std::vector<std::pair<std::vector<std::uint8_t>, bool>>& made) {
        std::vector<EntityTag> tags;
        std::string text;
        for (const auto& [bytes, is_weak] : made) {
            EntityTag tag{{}, is_weak};
            for (const std::uint8_t byte : bytes)
                tag.opaque += static_cast<char>(byte % 90 + 0x23);
            text += (text.empty() ? "" : ", ") + format_entity_tag(tag);
            tags.push_back(tag);
        }
        RC_ASSERT(parse_entity_tags(text) == tags);
    }));
}
