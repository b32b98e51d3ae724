#include "http/entity_tag.hpp"

#include <algorithm>

#include "http/characters.hpp"

namespace balcao::http {

namespace {

// RFC 9110, 8.8.3: etagc.
bool is_tag_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x21 || (byte >= 0x23 && byte != 0x7F);
}

// Cuts the tag off that the text begins with.
std::optional<EntityTag> cut_tag(std::string_view& text) {
    EntityTag tag;
    std::string_view rest = text;
    if (rest.substr(0, 2) == "W/") {
        tag.is_weak = true;
        rest.remove_prefix(2);
    }
    if (rest.empty() || rest.front() != '"') return std::nullopt;
    rest.remove_prefix(1);
    const std::size_t end = rest.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    tag.opaque = std::string{rest.substr(0, end)};
    if (!std::all_of(tag.opaque.begin(), tag.opaque.end(), is_tag_character)) return std::nullopt;
    rest.remove_prefix(end + 1);
    text = rest;
    return tag;
}

}  // namespace

std::optional<EntityTag> parse_entity_tag(std::string_view text) {
    text = trim(text);
    auto tag = cut_tag(text);
    if (!text.empty()) return std::nullopt;
    return tag;
}

std::string format_entity_tag(const EntityTag& tag) {
    return (tag.is_weak ? "W/\"" : "\"") + tag.opaque + '"';
}

std::vector<EntityTag> parse_entity_tags(std::string_view text) {
    std::vector<EntityTag> tags;
    while (true) {
        while (!text.empty() && (text.front() == ',' || text.front() == ' ' || text.front() == '\t'))
            text.remove_prefix(1);
        auto tag = cut_tag(text);
        if (!tag) return tags;
        tags.push_back(*std::move(tag));
        const std::string_view rest = trim(text);
        if (!rest.empty() && rest.front() != ',') return tags;
    }
}

bool matches_if_none_match(std::string_view if_none_match, const EntityTag& current) {
    if (trim(if_none_match) == "*") return true;
    const auto tags = parse_entity_tags(if_none_match);
    return std::any_of(tags.begin(), tags.end(),
                       [&](const EntityTag& tag) { return tag.opaque == current.opaque; });
}

}  // namespace balcao::http
