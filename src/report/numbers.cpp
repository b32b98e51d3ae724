#include "report/numbers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "text/number.hpp"

namespace balcao::report {

namespace {

constexpr std::string_view minus = "\u2212";
constexpr std::string_view plus_minus = "\u00a0±\u00a0";

double scale_of(std::string_view unit) { return unit == "share" || unit == "points" ? 100 : 1; }

// The half-width must not look smaller than it is.
double rounded_up(double value, int decimals) {
    const double step = std::pow(10.0, decimals);
    return std::ceil(value * step - 1e-9) / step;
}

}  // namespace

std::string percent_sign(Language language) { return language == Language::en ? "%" : "\u00a0%"; }

std::string number(double value, int decimals, Language language) {
    std::string text = text::format_number(value, code_of(language), decimals);
    if (text.starts_with('-')) text.replace(0, 1, minus);
    return text;
}

std::string count(std::int64_t value, Language language) {
    return number(static_cast<double>(value), 0, language);
}

std::string percent(double share, int decimals, Language language) {
    return number(share * 100, decimals, language) + percent_sign(language);
}

std::string shortest_number(double value, Language language) {
    int decimals = 0;
    double step = 1;
    while (decimals < 4 && std::abs(value * step - std::round(value * step)) > 1e-6) {
        ++decimals;
        step *= 10;
    }
    return number(value, decimals, language);
}

int decimals_of(double half_width) {
    if (!(half_width > 0)) return 1;
    const int exponent = static_cast<int>(std::floor(std::log10(half_width)));
    const double first_digit = half_width / std::pow(10.0, exponent);
    return std::clamp(-exponent + (first_digit < 3 ? 1 : 0), 0, 6);
}

std::optional<std::string> plain_estimate(const Estimate& estimate,
                                          std::string_view unit,
                                          Language language,
                                          Sign sign) {
    if (!estimate.half_width) return std::nullopt;
    const double scale = scale_of(unit);
    const double half_width = *estimate.half_width * scale;
    const int decimals = decimals_of(half_width);
    std::string text = number(estimate.mean * scale, decimals, language);
    if (sign == Sign::always && estimate.mean > 0) text.insert(0, "+");
    text += plus_minus;
    text += number(rounded_up(half_width, decimals), decimals, language);
    if (unit == "share") text += percent_sign(language);
    return text;
}

std::string estimate_text(const Estimate& estimate, std::string_view unit, const Words& words, Sign sign) {
    return plain_estimate(estimate, unit, words.language(), sign).value_or(words("no interval"));
}

std::string quantile_text(double value, std::string_view unit, Language language) {
    return number(value * scale_of(unit), 1, language);
}

std::string date_text(Date date, const Words& words) {
    constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
    const std::chrono::year_month_day day{date};
    return words("{day} {month} {year}", {{"day", std::to_string(static_cast<unsigned>(day.day()))},
                                          {"month", words(months.at(static_cast<unsigned>(day.month()) - 1))},
                                          {"year", std::to_string(static_cast<int>(day.year()))}});
}

std::string hour_text(int hour) { return fmt::format("{:02}:00–{:02}:00", hour, hour + 1); }

}  // namespace balcao::report
