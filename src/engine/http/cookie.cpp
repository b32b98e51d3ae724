#include "http/cookie.hpp"

#include "base/check.hpp"
#include "http/characters.hpp"
#include "http/uri.hpp"

namespace balcao::http {

namespace {

// RFC 6265, 4.1.1: cookie-octet.
bool is_cookie_character(char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

bool is_path_character(char c) { return c >= 0x20 && c < 0x7F && c != ';'; }

std::string_view name_of(SameSite same_site) {
    switch (same_site) {
        case SameSite::strict:
            return "Strict";
        case SameSite::lax:
            return "Lax";
        case SameSite::none:
            return "None";
    }
    return "Strict";
}

}  // namespace

Fields parse_cookies(std::string_view text) {
    Fields cookies;
    while (!text.empty()) {
        std::string_view value = trim(cut(text, ';'));
        if (value.find('=') == std::string_view::npos) continue;
        const std::string_view name = trim(cut(value, '='));
        value = trim(value);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (is_token(name)) cookies.add(std::string{name}, std::string{value});
    }
    return cookies;
}

std::string format_cookie(const Cookie& cookie) {
    BALCAO_CHECK(is_token(cookie.name));
    BALCAO_CHECK(!cookie.path.empty() && cookie.path.front() == '/');
    BALCAO_CHECK(std::all_of(cookie.path.begin(), cookie.path.end(), is_path_character));
    std::string out = cookie.name + '=';
    for (const char c : cookie.value) {
        if (is_cookie_character(c) && c != '%') {
            out += c;
        } else {
            out += percent_encode({&c, 1});
        }
    }
    out += "; Path=" + cookie.path;
    if (cookie.max_age) out += "; Max-Age=" + std::to_string(cookie.max_age->count());
    out += "; SameSite=";
    out += name_of(cookie.same_site);
    if (cookie.http_only) out += "; HttpOnly";
    if (cookie.secure || cookie.same_site == SameSite::none) out += "; Secure";
    return out;
}

}  // namespace balcao::http
