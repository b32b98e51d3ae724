#include "text/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/check.hpp"
#include "base/utf8.hpp"

namespace balcao::text {
namespace {

constexpr std::string_view no_break_space = "\u00A0";
constexpr std::string_view narrow_no_break_space = "\u202F";

std::size_t digits_at(std::string_view text, std::size_t from) {
    std::size_t at = from;
    while (at < text.size() && is_digit(text[at]))
        ++at;
    return at - from;
}

// The form -?digits(.digits)?((e|E)(+|-)?digits)?, which is narrower than what from_chars takes.
bool is_decimal(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digits_at(text, at);
    if (whole == 0) return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t decimals = digits_at(text, at + 1);
        if (decimals == 0) return false;
        at += 1 + decimals;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t exponent = digits_at(text, at);
        if (exponent == 0) return false;
        at += exponent;
    }
    return at == text.size();
}

std::optional<double> parse_decimal(std::string_view text) {
    if (!is_decimal(text)) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size()) return value;
    return std::nullopt;
}

// "12 000.5" as "12000.5": one to three digits, then groups of three, each behind one space of some kind.
std::optional<std::string> without_group_spaces(std::string_view text) {
    std::string out;
    if (text.starts_with('-')) {
        out += '-';
        text.remove_prefix(1);
    }
    const std::size_t first = digits_at(text, 0);
    if (first < 1 || first > 3) return std::nullopt;
    out += text.substr(0, first);
    text.remove_prefix(first);
    while (!text.empty() && text.front() != '.') {
        const std::array<std::string_view, 3> spaces{" ", no_break_space, narrow_no_break_space};
        const auto* const space =
            std::ranges::find_if(spaces, [&](auto each) { return text.starts_with(each); });
        if (space == spaces.end() || digits_at(text, space->size()) != 3) return std::nullopt;
        out += text.substr(space->size(), 3);
        text.remove_prefix(space->size() + 3);
    }
    out += text;
    return out;
}

bool has_decimal_comma(std::string_view language) { return language == "pt" || language == "es"; }

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    if (const auto value = parse_decimal(text)) return value;
    const auto grouped = without_group_spaces(text);
    return grouped ? parse_decimal(*grouped) : std::nullopt;
}

std::optional<std::int64_t> parse_whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size()) return value;
    return std::nullopt;
}

std::optional<double> parse_share(std::string_view text) {
    if (!text.ends_with('%')) return parse_number(text);
    text.remove_suffix(1);
    if (text.ends_with(no_break_space))
        text.remove_suffix(no_break_space.size());
    else if (text.ends_with(' '))
        text.remove_suffix(1);
    // The point is moved in the text, so that "13 %" is the very double that "0.13" is.
    if (!is_decimal(text) || text.find_first_of("eE") != std::string_view::npos) return std::nullopt;
    return parse_decimal(std::string{text} + "e-2");
}

std::string format_shortest(double value) {
    BALCAO_CHECK(std::isfinite(value));
    if (value == 0) return "0";
    const bool is_plain = std::fabs(value) >= 1e-6 && std::fabs(value) < 1e21;
    std::array<char, 64> buffer{};
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                      is_plain ? std::chars_format::fixed : std::chars_format::scientific);
    BALCAO_CHECK(error == std::errc{});
    return {buffer.data(), end};
}

std::string format_number(double value, std::string_view language, int digits) {
    BALCAO_CHECK(std::isfinite(value) && digits >= 0 && digits <= 15);
    std::array<char, 400> buffer{};  // the largest double has 309 digits before the point
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits);
    BALCAO_CHECK(error == std::errc{});
    std::string_view plain{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
    const bool is_negative = plain.starts_with('-');
    if (is_negative) plain.remove_prefix(1);
    const bool is_zero = plain.find_first_not_of("0.") == std::string_view::npos;
    const bool with_comma = has_decimal_comma(language);
    const auto point = std::min(plain.find('.'), plain.size());
    const std::string_view whole = plain.substr(0, point);
    const bool is_grouped = whole.size() >= (with_comma ? 5 : 4);

    std::string out = is_negative && !is_zero ? "-" : "";
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (is_grouped && i > 0 && (whole.size() - i) % 3 == 0)
            out += with_comma ? narrow_no_break_space : ",";
        out += whole[i];
    }
    if (point < plain.size()) {
        out += with_comma ? ',' : '.';
        out += plain.substr(point + 1);
    }
    return out;
}

std::string format_share(double share, std::string_view language, int digits) {
    std::string out = format_number(share * 100, language, digits);
    if (has_decimal_comma(language)) out += no_break_space;
    out += '%';
    return out;
}

}  // namespace balcao::text
