#include <algorithm>

#include "http/characters.hpp"
#include "http/parser.hpp"

namespace balcao::http {

namespace {

constexpr int bad_request = 400;

// "GET /path HTTP/1.1": three parts, one space between them.
bool is_request_line(std::string_view line) {
    const std::string_view method = cut(line, ' ');
    const std::string_view target = cut(line, ' ');
    return is_token(method) && !target.empty() && line.size() == 8 && line.starts_with("HTTP/") &&
           is_digit(line[5]) && line[6] == '.' && is_digit(line[7]);
}

bool is_header_line(std::string_view line) {
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && is_token(line.substr(0, colon)) &&
           is_field_value(line.substr(colon + 1));
}

// Cuts the next line off; nothing when it does not end in CRLF.
bool cut_line(std::string_view& rest, std::string_view& line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || end == 0 || rest[end - 1] != '\r') return false;
    line = rest.substr(0, end - 1);
    rest.remove_prefix(end + 1);
    return line.find('\r') == std::string_view::npos;
}

}  // namespace

int check_head(std::string_view head, const HeadLimits& limits) {
    constexpr int target_too_long = 414;
    constexpr int headers_too_large = 431;
    std::string_view line;
    if (!cut_line(head, line)) return bad_request;
    if (line.size() > limits.line_bytes_max) return target_too_long;
    if (!is_request_line(line)) return bad_request;
    if (head.size() > limits.header_bytes_max) return headers_too_large;
    for (std::size_t count = 0; cut_line(head, line); ++count) {
        if (line.empty()) return head.empty() ? 0 : bad_request;
        if (count == limits.header_count_max) return headers_too_large;
        if (!is_header_line(line)) return bad_request;
    }
    return bad_request;
}

}  // namespace balcao::http
