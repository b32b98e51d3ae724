#include "html/url.hpp"

#include <algorithm>

namespace balcao::html {
namespace {

// RFC 3986, section 2.3.
bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void append_percent_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
}

bool is_plain_in_web_address(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7F && std::string_view{"\"'<>\\^`{|}"}.find(c) == std::string_view::npos;
}

}  // namespace

Url Url::fragment(std::string_view id) {
    std::string out = "#";
    append_percent_encoded(out, id);
    return Url{std::move(out)};
}

std::optional<Url> Url::telephone(std::string_view number) {
    constexpr std::size_t digits_least = 6;
    constexpr std::size_t digits_most = 15;  // ITU-T E.164
    if (!number.starts_with('+')) return std::nullopt;
    const auto digits = number.substr(1);
    if (digits.size() < digits_least || digits.size() > digits_most ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return Url{"tel:" + std::string{number}};
}

std::optional<Url> Url::path(std::initializer_list<std::string_view> segments,
                             std::initializer_list<Parameter> query) {
    return path(std::span{segments.begin(), segments.size()}, query);
}

std::optional<Url> Url::path(std::span<const std::string_view> segments,
                             std::initializer_list<Parameter> query) {
    std::string out;
    for (const std::string_view segment : segments) {
        // A browser takes "." and ".." out of a path, however they are escaped, and "//" begins a host.
        if (segment.empty() || segment == "." || segment == "..") return std::nullopt;
        out += '/';
        append_percent_encoded(out, segment);
    }
    if (out.empty()) out = "/";
    char before = '?';
    for (const auto& [name, value] : query) {
        out += std::exchange(before, '&');
        append_percent_encoded(out, name);
        out += '=';
        append_percent_encoded(out, value);
    }
    return Url{std::move(out)};
}

std::optional<Url> Url::web(std::string_view text) {
    std::string_view rest = text;
    if (rest.starts_with("https://"))
        rest.remove_prefix(8);
    else if (rest.starts_with("http://"))
        rest.remove_prefix(7);
    else
        return std::nullopt;
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    const bool has_user = host.find('@') != std::string_view::npos;  // "https://known.pt@elsewhere" deceives
    if (host.empty() || has_user || !std::ranges::all_of(text, is_plain_in_web_address)) return std::nullopt;
    return Url{std::string{text}};
}

Url Url::data_of(std::string_view media_type, std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out = "data:";
    out += media_type;
    out += ";base64,";
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) -> unsigned {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
        };
        const unsigned group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (unsigned digit = 0; digit < 4; ++digit)
            out += digit <= count ? digits[(group >> (18U - 6U * digit)) & 0x3FU] : '=';
    }
    return Url{std::move(out)};
}

}  // namespace balcao::html
