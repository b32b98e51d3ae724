#include "base/money.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

#include "base/utf8.hpp"

namespace balcao {
namespace {

bool is_currency(std::string_view text) {
    return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "7.50" as 750: up to two decimals, since there is nothing smaller than a cent.
std::optional<std::uint64_t> parse_cents(std::string_view text) {
    const auto dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    const std::string_view decimals =
        dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
    const bool has_decimals = decimals.size() == 1 || decimals.size() == 2;
    if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return std::nullopt;
    if (dot != std::string_view::npos && (!has_decimals || !std::ranges::all_of(decimals, is_digit)))
        return std::nullopt;
    std::string digits{whole};
    digits += decimals;
    digits.append(2 - decimals.size(), '0');
    std::uint64_t cents = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), cents);
    return parsed.ec == std::errc{} ? std::optional{cents} : std::nullopt;
}

}  // namespace

std::optional<Money> parse_money(std::string_view text) {
    const auto space = text.rfind(' ');
    if (space == std::string_view::npos || !is_currency(text.substr(space + 1))) return std::nullopt;
    std::string_view number = text.substr(0, space);
    const bool is_negative = !number.empty() && number.front() == '-';
    if (is_negative) number.remove_prefix(1);
    const auto cents = parse_cents(number);
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!cents || *cents > largest + (is_negative ? 1 : 0)) return std::nullopt;
    return Money{static_cast<std::int64_t>(is_negative ? 0 - *cents : *cents),
                 std::string{text.substr(space + 1)}};
}

std::string format_money(const Money& amount) {
    auto cents = static_cast<std::uint64_t>(amount.cents);
    if (amount.cents < 0) cents = 0 - cents;
    std::string out = amount.cents < 0 ? "-" : "";
    out += std::to_string(cents / 100);
    if (const auto part = cents % 100; part != 0) {
        out += part < 10 ? ".0" : ".";
        out += std::to_string(part);
    }
    out += ' ';
    out += amount.currency;
    return out;
}

std::optional<Money> sum_of(const std::vector<Money>& amounts) {
    Money sum;
    if (!amounts.empty()) sum.currency = amounts.front().currency;
    for (const Money& amount : amounts) {
        if (amount.currency != sum.currency) return std::nullopt;
        sum.cents += amount.cents;
    }
    return sum;
}

}  // namespace balcao
