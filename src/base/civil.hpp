#pragma once
// Civil time: dates, days of the week, times of day and lengths of time, as a model speaks of them. No clock
// and no time zone: those live at the edges. Used by every module.
#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao {

// A length of time in whole microseconds. Simulated instants are the same integer, counted from midnight.
using Duration = std::chrono::duration<std::int64_t, std::micro>;

// A day of the proleptic Gregorian calendar.
using Date = std::chrono::sys_days;

// 2026-01-05; nothing for anything that is not a date of the calendar.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

// Monday is 0, Sunday is 6.
int weekday_index(Date date);

// Any of the seven days, Monday in the lowest bit.
struct WeekdaySet {
    std::uint8_t bits = 0;

    static constexpr WeekdaySet every_day() { return {0x7F}; }

    [[nodiscard]] constexpr bool has(int weekday) const { return ((bits >> weekday) & 1U) != 0; }

    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const WeekdaySet&, const WeekdaySet&) = default;
};

// "mon", "mon-fri", "sat, sun", "every day"; nothing for anything else, nor where a day is named twice or a
// run goes backwards.
std::optional<WeekdaySet> parse_weekdays(std::string_view text);
// The shortest of the forms above: runs of three and more as "mon-fri". Empty for no day at all.
std::string format_weekdays(WeekdaySet days);

// From the begin (included) to the end (not included), in minutes after midnight, 0 <= begin < end <= 1440.
struct TimeRange {
    int begin_minute = 0;
    int end_minute = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const TimeRange&, const TimeRange&) = default;
};

// "08" (08:00 to 09:00), "08-12", "08:30-12:15", up to "24"; two digits each; nothing for anything else.
std::optional<TimeRange> parse_time_range(std::string_view text);
// "08:30-12:15", always in full.
std::string format_time_range(TimeRange range);
// "10:30" as minutes after midnight, 0 to 1439; nothing for anything else.
std::optional<int> parse_time_of_day(std::string_view text);
std::string format_time_of_day(int minute);

// "6 min", "45 s", "1 h 30 min", "2 days", "-4 min"; units: us ms s min h day(s) week(s). Units
// go down, each at most once; a number may have decimals ("1.5 h"), rounded to the microsecond; a minus
// stands for the whole. Nothing for anything else.
std::optional<Duration> parse_duration(std::string_view text);
// The same in whole units, the longest first: "1 h 30 min"; weeks only where nothing is left over ("10
// days"). Reads back to the same value.
std::string format_duration(Duration length);

// The public holidays of a country in one year, in order of date, with movable feasts. Known: "PT" (national
// holidays, Código do Trabalho art. 234; without the four that Lei 23/2012 suspended from 2013 to 2015; years
// before the law get the same list). Years from 1583, when the Gregorian Easter begins. Empty for a country
// not known.
std::vector<Date> public_holidays(std::string_view country, int year);
bool is_known_country(std::string_view country);

}  // namespace balcao
