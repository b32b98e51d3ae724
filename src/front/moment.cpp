#include "front/moment.hpp"

#include <array>

#include <fmt/format.h>

namespace balcao::front {

std::string day_text(Date date, const text::Words& words) {
    constexpr std::array<const char*, 7> days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday"};
    constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
    const std::chrono::year_month_day parts{date};
    return words("{weekday}, {day} {month} {year}",
                 {{"weekday", words(days.at(static_cast<std::size_t>(weekday_index(date))))},
                  {"day", std::to_string(static_cast<unsigned>(parts.day()))},
                  {"month", words(months.at(static_cast<unsigned>(parts.month()) - 1))},
                  {"year", std::to_string(static_cast<int>(parts.year()))}});
}

std::string time_text(const Zone& zone, Instant at) {
    const CivilTime civil = zone.at(at);
    const auto whole = std::chrono::duration_cast<std::chrono::minutes>(civil.since_midnight).count();
    std::string text = fmt::format("{:02}:{:02}", whole / 60, whole % 60);
    if (zone.instants_of(civil).size() < 2) return text;
    const auto ahead = std::chrono::duration_cast<std::chrono::minutes>(
        civil.date.time_since_epoch() + civil.since_midnight - at.time_since_epoch());
    return text + fmt::format(" (UTC{:+d})", ahead.count() / 60);
}

std::string moment_text(const Zone& zone, Instant at, const text::Words& words) {
    return words("{day}, {time}",
                 {{"day", day_text(zone.at(at).date, words)}, {"time", time_text(zone, at)}});
}

std::string length_text(std::chrono::milliseconds length, const text::Words& words) {
    using std::chrono::ceil;
    const auto said = [&](std::int64_t count, const char* one, const char* many) {
        return count == 1 ? words(one) : words(many, {{"count", std::to_string(count)}});
    };
    if (length <= std::chrono::minutes{90})
        return said(ceil<std::chrono::minutes>(length).count(), "one minute", "{count} minutes");
    if (length <= std::chrono::hours{36})
        return said(ceil<std::chrono::hours>(length).count(), "one hour", "{count} hours");
    return said(ceil<std::chrono::days>(length).count(), "one day", "{count} days");
}

}  // namespace balcao::front
