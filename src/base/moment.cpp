#include "base/moment.hpp"

#include <algorithm>

#include "base/civil.hpp"
#include "base/utf8.hpp"

namespace balcao {
namespace {

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// "Z", "+01:00", "-00:30"
std::optional<std::chrono::minutes> read_offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::minutes{};
    if (text.size() != 6 || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const auto minutes = parse_time_of_day(text.substr(1));
    if (!minutes) return std::nullopt;
    return std::chrono::minutes{text.front() == '-' ? -*minutes : *minutes};
}

// What stands after the whole seconds; takes it away.
std::optional<std::chrono::milliseconds> read_decimals(std::string_view& text) {
    if (!text.starts_with('.')) return std::chrono::milliseconds{};
    text.remove_prefix(1);
    const auto* end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    if (count == 0) return std::nullopt;
    int value = 0;
    for (std::size_t place = 0; place < 3; ++place)
        value = value * 10 + (place < count ? text[place] - '0' : 0);
    text.remove_prefix(count);
    return std::chrono::milliseconds{value};
}

}  // namespace

std::string format_moment(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time{at - day};
    std::string text = format_date(day) + "T" + two_digits(time.hours().count()) + ":" +
                       two_digits(time.minutes().count()) + ":" + two_digits(time.seconds().count());
    if (const auto rest = time.subseconds().count(); rest != 0)
        text += "." + std::to_string(1000 + rest).substr(1);
    return text + "Z";
}

std::optional<Instant> parse_moment(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[16] != ':') return std::nullopt;
    const auto day = parse_date(text.substr(0, 10));
    const auto minute = parse_time_of_day(text.substr(11, 5));
    if (!day || !minute || !is_digit(text[17]) || !is_digit(text[18]) || text[17] > '5') return std::nullopt;
    const std::chrono::seconds second{(text[17] - '0') * 10 + (text[18] - '0')};
    text.remove_prefix(19);
    const auto decimals = read_decimals(text);
    const auto offset = read_offset(text);
    if (!decimals || !offset) return std::nullopt;
    return Instant{*day} + std::chrono::minutes{*minute} - *offset + second + *decimals;
}

}  // namespace balcao
