#include "http/uri.hpp"

#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"
#include "http/characters.hpp"

namespace balcao::http {

namespace {

Error wrong(std::string what) { return Error{Errc::invalid, std::move(what)}; }

bool is_unreserved(char c) {
    return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// What may stand in a target as it travels: visible ASCII without what RFC 3986 leaves out. Browsers send
// some of it ("|", "[") in queries, so only what can hide another meaning is refused.
bool is_target_character(char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '#';
}

Result<std::string> decode_path(std::string_view raw) {
    std::string path;
    path.reserve(raw.size());
    std::string_view rest = raw.substr(1);
    bool is_last = false;
    while (!is_last) {
        is_last = rest.find('/') == std::string_view::npos;
        const auto segment = percent_decode(cut(rest, '/'));
        if (!segment) return wrong("the path has a broken percent-encoding");
        if (*segment == "." || *segment == "..") return wrong("the path has a segment of dots");
        if (segment->find_first_of("/\\") != std::string::npos) return wrong("the path hides a slash");
        if (std::any_of(segment->begin(), segment->end(), is_control))
            return wrong("the path has a control character");
        path += '/';
        path += *segment;
    }
    if (find_invalid_utf8(path)) return wrong("the path is not UTF-8");
    return path;
}

std::optional<std::string> decode_form_text(std::string_view text) {
    std::string spaced{text};
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    auto decoded = percent_decode(spaced);
    if (!decoded || decoded->find('\0') != std::string::npos || find_invalid_utf8(*decoded))
        return std::nullopt;
    return decoded;
}

std::string encode_form_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ') {
            out += '+';
        } else if (is_unreserved(c) && c != '~') {
            out += c;
        } else {
            append_encoded(out, c);
        }
    }
    return out;
}

// Cuts "http://" or "https://" off; false when neither stands there.
bool cut_scheme(std::string_view& text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (same_ignoring_case(text.substr(0, scheme.size()), scheme)) {
            text.remove_prefix(scheme.size());
            return true;
        }
    }
    return false;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (fault != std::errc{} || end != text.data() + text.size() || text.size() > 5) return std::nullopt;
    return port;
}

struct HostPort {
    std::string_view host;
    std::optional<std::uint16_t> port;
};

std::optional<HostPort> split_authority(std::string_view text) {
    std::string_view host = text;
    std::string_view port;
    if (!text.empty() && text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        host = text.substr(1, end - 1);
        port = text.substr(end + 1);
        if (!std::all_of(host.begin(), host.end(),
                         [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; }))
            return std::nullopt;
    } else {
        host = text.substr(0, text.find(':'));
        port = text.substr(host.size());
        if (!std::all_of(host.begin(), host.end(), is_unreserved)) return std::nullopt;
    }
    if (host.empty()) return std::nullopt;
    if (port.empty()) return HostPort{host, std::nullopt};
    if (port.front() != ':') return std::nullopt;
    const auto number = parse_port(port.substr(1));
    if (!number) return std::nullopt;
    return HostPort{host, number};
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (text[place] != '%') {
            out += text[place];
            continue;
        }
        if (text.size() - place < 3) return std::nullopt;
        const int high = hex_value(text[place + 1]);
        const int low = hex_value(text[place + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        place += 2;
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            append_encoded(out, c);
        }
    }
    return out;
}

Result<Target> parse_target(std::string_view text) {
    Target target;
    if (text == "*") {
        target.form = TargetForm::asterisk;
        target.path = "*";
        return target;
    }
    if (!std::all_of(text.begin(), text.end(), is_target_character))
        return wrong("the target has a character that no target has");
    if (text.empty()) return wrong("the target is empty");
    if (text.front() != '/') {
        target.form = TargetForm::absolute;
        if (!cut_scheme(text)) return wrong("the target is neither a path nor an address");
        const std::size_t end = std::min(text.find_first_of("/?"), text.size());
        target.authority = std::string{text.substr(0, end)};
        if (!is_authority(target.authority)) return wrong("the target has no host");
        text.remove_prefix(end);
    }
    const std::string_view raw_path = cut(text, '?');
    BALCAO_TRY(target.path, decode_path(raw_path.empty() ? "/" : raw_path));
    BALCAO_TRY(target.query, parse_form(text));
    return target;
}

Result<Fields> parse_form(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        std::string_view value = cut(text, '&');
        if (value.empty()) continue;
        const std::string_view name = cut(value, '=');
        auto decoded_name = decode_form_text(name);
        auto decoded_value = decode_form_text(value);
        if (!decoded_name || !decoded_value) return wrong("a field is not percent-encoded UTF-8");
        if (fields.size() == form_fields_max) return wrong("there are too many fields");
        fields.add(*std::move(decoded_name), *std::move(decoded_value));
    }
    return fields;
}

std::string format_form(const Fields& fields) {
    std::string out;
    for (const Field& field : fields) {
        if (!out.empty()) out += '&';
        out += encode_form_text(field.name);
        out += '=';
        out += encode_form_text(field.value);
    }
    return out;
}

bool is_authority(std::string_view text) { return split_authority(text).has_value(); }

std::optional<Url> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (!same_ignoring_case(text.substr(0, scheme.size()), scheme)) return std::nullopt;
    text = text.substr(0, text.find('#'));
    text.remove_prefix(scheme.size());
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    const auto place = split_authority(text.substr(0, end));
    if (!place || !std::all_of(text.begin(), text.end(), is_target_character)) return std::nullopt;
    std::string target{text.substr(end)};
    if (target.empty() || target.front() != '/') target.insert(target.begin(), '/');
    return Url{std::string{place->host}, place->port.value_or(80), std::move(target)};
}

}  // namespace balcao::http
