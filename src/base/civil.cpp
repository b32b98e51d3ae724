#include "base/civil.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "base/utf8.hpp"

namespace balcao {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string_view without_outer_spaces(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// Exactly `text.size()` digits, nothing else.
std::optional<int> parse_digits(std::string_view text) {
    if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void append_padded(std::string& out, int value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

// A name of one day as its number.
std::optional<int> parse_weekday(std::string_view text) {
    const auto found = std::ranges::find(weekday_names, text);
    if (found == weekday_names.end()) return std::nullopt;
    return static_cast<int>(found - weekday_names.begin());
}

// "mon" or "mon-fri" as bits.
std::optional<unsigned> parse_weekday_run(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = parse_weekday(without_outer_spaces(text.substr(0, dash)));
    if (dash == std::string_view::npos) return first ? std::optional{1U << *first} : std::nullopt;
    const auto last = parse_weekday(without_outer_spaces(text.substr(dash + 1)));
    if (!first || !last || *first >= *last) return std::nullopt;
    unsigned bits = 0;
    for (int day = *first; day <= *last; ++day)
        bits |= 1U << day;
    return bits;
}

// "08" or "08:30" as minutes after midnight, up to 24:00.
std::optional<int> parse_hour_and_minute(std::string_view text) {
    if (text.size() != 2 && text.size() != 5) return std::nullopt;
    const auto hour = parse_digits(text.substr(0, 2));
    if (!hour) return std::nullopt;
    if (text.size() == 2) return *hour <= 24 ? std::optional{*hour * 60} : std::nullopt;
    const auto minute = parse_digits(text.substr(3));
    if (text[2] != ':' || !minute || *minute > 59) return std::nullopt;
    const int total = *hour * 60 + *minute;
    return total <= 24 * 60 ? std::optional{total} : std::nullopt;
}

struct Unit {
    std::string_view name;
    std::string_view plural;
    std::uint64_t micros;
};

// From the longest to the shortest: the order in which a length of time names them.
constexpr std::array<Unit, 7> units{{
    {"week", "weeks", 604'800'000'000},
    {"day", "days", 86'400'000'000},
    {"h", "h", 3'600'000'000},
    {"min", "min", 60'000'000},
    {"s", "s", 1'000'000},
    {"ms", "ms", 1'000},
    {"us", "us", 1},
}};

// Takes digits from the front of `text`.
std::string_view take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

// `whole` + 0.`fraction` of a unit in microseconds; a fraction is rounded to the nearest microsecond.
std::optional<std::uint64_t> in_micros(std::string_view whole, std::string_view fraction, const Unit& unit) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), count);
    if (error != std::errc{} || end != whole.data() + whole.size()) return std::nullopt;
    std::uint64_t total = 0;
    if (__builtin_mul_overflow(count, unit.micros, &total)) return std::nullopt;
    double part = 0;
    double weight = static_cast<double>(unit.micros);
    for (const char digit : fraction) {
        weight /= 10;
        part += weight * (digit - '0');
    }
    if (__builtin_add_overflow(total, static_cast<std::uint64_t>(std::llround(part)), &total))
        return std::nullopt;
    return total;
}

// Takes "1.5 h" from the front of `text`: its microseconds and the position of its unit.
struct Term {
    std::uint64_t micros = 0;
    std::size_t unit = 0;
};

std::optional<Term> take_term(std::string_view& text) {
    const std::string_view whole = take_digits(text);
    std::string_view fraction;
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        fraction = take_digits(text);
        if (fraction.empty()) return std::nullopt;
    }
    text = without_outer_spaces(text);
    const auto name_end = std::ranges::find_if(text, [](char c) { return c < 'a' || c > 'z'; });
    const std::string_view name = text.substr(0, static_cast<std::size_t>(name_end - text.begin()));
    text.remove_prefix(name.size());
    text = without_outer_spaces(text);
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (name != units[i].name && name != units[i].plural) continue;
        const auto micros = in_micros(whole, fraction, units[i]);
        return micros ? std::optional<Term>{{*micros, i}} : std::nullopt;
    }
    return std::nullopt;
}

// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8).
Date easter_sunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month_and_day = h + l - 7 * m + 114;
    return std::chrono::year{year} / (month_and_day / 31) / (month_and_day % 31 + 1);
}

std::vector<Date> portuguese_holidays(int year) {
    using std::chrono::days;

    struct MonthDay {
        int month;
        int day;
    };

    const Date easter = easter_sunday(year);
    std::vector<Date> dates{easter - days{2}, easter};
    const auto add = [&](MonthDay on) { dates.emplace_back(std::chrono::year{year} / on.month / on.day); };
    for (const MonthDay on : {MonthDay{1, 1}, {4, 25}, {5, 1}, {6, 10}, {8, 15}, {12, 8}, {12, 25}})
        add(on);
    // Lei 23/2012 took these four away from 2013 on; Lei 8/2016 gave them back before the first of 2016.
    if (year < 2013 || year > 2015) {
        dates.push_back(easter + days{60});  // Corpus Christi
        for (const MonthDay on : {MonthDay{10, 5}, {11, 1}, {12, 1}})
            add(on);
    }
    std::ranges::sort(dates);
    // Easter can fall on 25 April, Corpus Christi on 10 June.
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
    return dates;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_digits(text.substr(0, 4));
    const auto month = parse_digits(text.substr(5, 2));
    const auto day = parse_digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const auto date = std::chrono::year{*year} / *month / *day;
    return date.ok() ? std::optional<Date>{date} : std::nullopt;
}

std::string format_date(Date date) {
    const std::chrono::year_month_day parts{date};
    std::string out;
    append_padded(out, static_cast<int>(parts.year()), 4);
    out += '-';
    append_padded(out, static_cast<int>(static_cast<unsigned>(parts.month())), 2);
    out += '-';
    append_padded(out, static_cast<int>(static_cast<unsigned>(parts.day())), 2);
    return out;
}

int weekday_index(Date date) { return static_cast<int>(std::chrono::weekday{date}.iso_encoding()) - 1; }

std::optional<WeekdaySet> parse_weekdays(std::string_view text) {
    text = without_outer_spaces(text);
    if (text == "every day") return WeekdaySet::every_day();
    unsigned bits = 0;
    for (bool is_last = false; !is_last;) {
        const auto comma = text.find(',');
        is_last = comma == std::string_view::npos;
        const auto run = parse_weekday_run(without_outer_spaces(text.substr(0, comma)));
        if (!run || (bits & *run) != 0) return std::nullopt;
        bits |= *run;
        if (!is_last) text.remove_prefix(comma + 1);
    }
    return WeekdaySet{static_cast<std::uint8_t>(bits)};
}

std::string format_weekdays(WeekdaySet days) {
    if (days == WeekdaySet::every_day()) return "every day";
    std::string out;
    for (int first = 0; first < 7;) {
        if (!days.has(first)) {
            ++first;
            continue;
        }
        int last = first;
        while (last < 6 && days.has(last + 1))
            ++last;
        if (last - first < 2) last = first;  // two days are named one by one
        if (!out.empty()) out += ", ";
        out += weekday_names[static_cast<std::size_t>(first)];
        if (last > first) (out += '-') += weekday_names[static_cast<std::size_t>(last)];
        first = last + 1;
    }
    return out;
}

std::optional<TimeRange> parse_time_range(std::string_view text) {
    const auto dash = text.find('-');
    const auto begin = parse_hour_and_minute(without_outer_spaces(text.substr(0, dash)));
    if (!begin) return std::nullopt;
    if (dash == std::string_view::npos) {
        const bool is_hour = without_outer_spaces(text).size() == 2 && *begin < 24 * 60;
        return is_hour ? std::optional<TimeRange>{{*begin, *begin + 60}} : std::nullopt;
    }
    const auto end = parse_hour_and_minute(without_outer_spaces(text.substr(dash + 1)));
    if (!end || *begin >= *end) return std::nullopt;
    return TimeRange{*begin, *end};
}

std::string format_time_range(TimeRange range) {
    return format_time_of_day(range.begin_minute) + '-' + format_time_of_day(range.end_minute);
}

std::optional<int> parse_time_of_day(std::string_view text) {
    const auto minute = text.size() == 5 ? parse_hour_and_minute(text) : std::nullopt;
    return minute && *minute < 24 * 60 ? minute : std::nullopt;
}

std::string format_time_of_day(int minute) {
    std::string out;
    append_padded(out, minute / 60, 2);
    out += ':';
    append_padded(out, minute % 60, 2);
    return out;
}

std::optional<Duration> parse_duration(std::string_view text) {
    text = without_outer_spaces(text);
    const bool is_negative = !text.empty() && text.front() == '-';
    if (is_negative) text.remove_prefix(1);
    std::uint64_t total = 0;
    std::size_t next_unit = 0;
    do {
        const auto term = take_term(text);
        // Units go down, each at most once: "30 min 1 h" is more often a slip than a wish.
        if (!term || term->unit < next_unit) return std::nullopt;
        next_unit = term->unit + 1;
        if (__builtin_add_overflow(total, term->micros, &total)) return std::nullopt;
    } while (!text.empty());
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (total > largest + (is_negative ? 1 : 0)) return std::nullopt;
    return Duration{static_cast<std::int64_t>(is_negative ? 0 - total : total)};
}

std::string format_duration(Duration length) {
    const bool is_negative = length.count() < 0;
    auto left = static_cast<std::uint64_t>(length.count());
    if (is_negative) left = 0 - left;
    if (left == 0) return "0 min";
    std::string out = is_negative ? "-" : "";
    const auto append = [&](std::uint64_t count, const Unit& unit) {
        if (!out.empty() && out != "-") out += ' ';
        out += std::to_string(count);
        out += ' ';
        out += count == 1 ? unit.name : unit.plural;
    };
    for (const Unit& unit : units) {
        const bool is_week = &unit == &units.front();
        const std::uint64_t count = left / unit.micros;
        if (count == 0 || (is_week && left % unit.micros != 0)) continue;  // "10 days", not "1 week 3 days"
        append(count, unit);
        left %= unit.micros;
    }
    return out;
}

std::vector<Date> public_holidays(std::string_view country, int year) {
    return country == "PT" ? portuguese_holidays(year) : std::vector<Date>{};
}

bool is_known_country(std::string_view country) { return country == "PT"; }

}  // namespace balcao
