#include "http/date.hpp"

#include <array>
#include <string_view>

namespace balcao::http {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_digits(std::string& out, long value, int count) {
    const std::string digits = std::to_string(value);
    if (digits.size() < static_cast<std::size_t>(count))
        out.append(static_cast<std::size_t>(count) - digits.size(), '0');
    out += digits;
}

}  // namespace

std::string format_http_date(std::chrono::sys_seconds instant) {
    const auto midnight = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day day{midnight};
    const std::chrono::hh_mm_ss time{instant - midnight};
    std::string out{weekdays[std::chrono::weekday{midnight}.c_encoding()]};
    out += ", ";
    append_digits(out, static_cast<unsigned>(day.day()), 2);
    out += ' ';
    out += months[static_cast<unsigned>(day.month()) - 1];
    out += ' ';
    append_digits(out, static_cast<int>(day.year()), 4);
    out += ' ';
    append_digits(out, time.hours().count(), 2);
    out += ':';
    append_digits(out, time.minutes().count(), 2);
    out += ':';
    append_digits(out, time.seconds().count(), 2);
    return out + " GMT";
}

}  // namespace balcao::http
