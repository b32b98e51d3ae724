#include "web/language.hpp"

#include <array>

#include "http/negotiate.hpp"

namespace balcao::web {
namespace {

constexpr std::string_view language_cookie = "language";

std::string_view first_segment(std::string_view path) {
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    return path.substr(0, path.find('/'));
}

}  // namespace

std::optional<Language> language_in(std::string_view path) {
    const auto segment = first_segment(path);
    return segment.size() == 2 ? text::parse_language(segment) : std::nullopt;
}

Language language_for(const http::Request& request, const std::vector<std::string>& of_city) {
    if (const auto named = language_in(request.path)) return *named;
    if (const auto chosen = text::parse_language(request.cookies.text(language_cookie))) return *chosen;
    std::vector<std::string_view> spoken;
    for (const std::string& code : of_city)
        if (text::parse_language(code)) spoken.emplace_back(code);
    for (const Language language : text::spoken_languages)
        spoken.push_back(text::code_of(language));
    const auto asked = http::choose_language(request.headers.joined("accept-language"), spoken);
    return text::parse_language(asked.value_or(spoken.front())).value_or(Language::en);
}

http::Cookie choice_of(Language language, bool is_secure) {
    return {.name = std::string{language_cookie},
            .value = std::string{text::code_of(language)},
            .max_age = std::chrono::hours{24 * 365},
            .secure = is_secure};
}

std::string path_without_language(std::string_view path) {
    if (!language_in(path)) return std::string{path};
    path.remove_prefix(1);
    const auto slash = path.find('/');
    return slash == std::string_view::npos ? "/" : std::string{path.substr(slash)};
}

}  // namespace balcao::web
