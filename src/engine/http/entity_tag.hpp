#pragma once
// Entity tags (RFC 9110, 8.8.3) and what If-None-Match says about them. Pure functions, used by the server
// when it answers 304.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao::http {

struct EntityTag {
    std::string opaque;  // without the quotes
    bool is_weak = false;
    friend bool operator==(const EntityTag&, const EntityTag&) = default;
};

// `W/"x"` or `"x"`; nothing for anything else.
std::optional<EntityTag> parse_entity_tag(std::string_view text);
std::string format_entity_tag(const EntityTag& tag);

// `"a", W/"b"`. A list that breaks off is read up to there; "*" is not a list.
std::vector<EntityTag> parse_entity_tags(std::string_view text);

// RFC 9110, 13.1.2: whether a GET may be answered with 304. "*" matches any tag; the comparison is the weak
// one.
bool matches_if_none_match(std::string_view if_none_match, const EntityTag& current);

}  // namespace balcao::http
