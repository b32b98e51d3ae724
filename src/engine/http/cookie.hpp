#pragma once
// Cookies, both ways (RFC 6265 and its successor's SameSite). Used by `Request` and `Response`; it keeps no
// jar.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/fields.hpp"

namespace balcao::http {

// The value of a Cookie header (RFC 6265, 4.2.1): pairs in the order sent, quotes around a value taken off. A
// part that is no pair, or whose name is no token, is left out.
Fields parse_cookies(std::string_view text);

enum class SameSite : std::uint8_t { strict, lax, none };

// A cookie to be set. The defaults are the careful ones; `secure` follows the scheme that people use.
struct Cookie {
    std::string name;                               // a token (BALCAO_CHECK)
    std::string value{};                            // bytes that no cookie may have go out as %XX
    std::string path = "/";                         // starts with "/"
    std::optional<std::chrono::seconds> max_age{};  // without: until the browser closes; zero: delete
    SameSite same_site = SameSite::lax;
    bool http_only = true;
    bool secure = false;  // SameSite=None has it in any case
};

// The value of a Set-Cookie header.
std::string format_cookie(const Cookie& cookie);

}  // namespace balcao::http
