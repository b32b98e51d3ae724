#pragma once
// Addresses as requests carry them: percent-encoding, the request target, forms. Used by the server before a
// handler sees anything, and by who writes addresses. It refuses what two readers could read in two ways: an
// encoded slash, "..", a NUL, bytes that are not UTF-8.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/fields.hpp"

namespace balcao::http {

// RFC 3986, 2.1. Nothing where a "%" is not followed by two hexadecimal digits. "+" stays what it is.
std::optional<std::string> percent_decode(std::string_view text);
// Every byte but the unreserved ones (RFC 3986, 2.3) as %XX: fit for a segment of a path and for a query.
std::string percent_encode(std::string_view text);

enum class TargetForm : std::uint8_t { origin, absolute, asterisk };

// RFC 9112, 3.2: what a request asks for.
struct Target {
    TargetForm form = TargetForm::origin;
    std::string authority{};  // of the absolute form: the host, and the port where one was given
    std::string path{};       // decoded; begins with "/"; "*" in the asterisk form
    Fields query{};           // decoded
    friend bool operator==(const Target&, const Target&) = default;
};

// Refused (invalid): the authority form, another scheme than http and https, a fragment, user information, a
// broken percent-encoding, in the path a segment "." or "..", an encoded "/", a backslash, control characters
// and anything that is not UTF-8.
Result<Target> parse_target(std::string_view text);

inline constexpr std::size_t form_fields_max = 1000;

// application/x-www-form-urlencoded (WHATWG URL, 5.1), stricter: refused (invalid) are a broken
// percent-encoding, a NUL, what is not UTF-8 and more than `form_fields_max` fields. "+" is a space.
Result<Fields> parse_form(std::string_view text);
// The same backwards: parse_form reads it back, but for fields that are empty in name and value.
std::string format_form(const Fields& fields);

// RFC 9110, 4.2.4 and 7.2: "host", "host:8080", "[::1]:8080", with nothing in it that could be read as more.
bool is_authority(std::string_view text);

// An address that the client can ask: http only, for TLS ends at a proxy.
struct Url {
    std::string host;  // without brackets
    std::uint16_t port = 80;
    std::string target;  // path and query, begins with "/"
    friend bool operator==(const Url&, const Url&) = default;
};

std::optional<Url> parse_url(std::string_view text);

}  // namespace balcao::http
