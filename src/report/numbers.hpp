#pragma once
// Numbers as people write them: decimal comma in Portuguese and Spanish, as many digits as the interval
// earns, a share as a percentage. Used by the page and the terminal's table; never for machines (see
// json.hpp).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.hpp"
#include "report/words.hpp"
#include "sim/results.hpp"

namespace balcao::report {

// A mean with its interval: the mean itself is not a result.
struct Estimate {
    double mean = 0;
    std::optional<double> half_width;
    friend bool operator==(const Estimate&, const Estimate&) = default;
};

enum class Sign : unsigned char { when_negative, always };

// Rounded half away from zero, 0 <= decimals <= 9; digits in groups of three, from five digits on (English:
// four).
std::string number(double value, int decimals, Language language);
std::string count(std::int64_t value, Language language);

// "%", with a no-break space before it in Portuguese and Spanish.
std::string percent_sign(Language language);
// "12.0%", "12,0 %". The value is a share, 0..1.
std::string percent(double share, int decimals, Language language);

// A number that a person chose (a limit, a bound): with its own decimals, at most four.
std::string shortest_number(double value, Language language);

// How many decimals the half-width earns: one significant digit of it, two where the first is a 1 or a 2; 0
// to 4.
int decimals_of(double half_width);

// "2.96 ± 0.02", "12.0 ± 0.2%"; the half-width is rounded up. Nothing where there is no half-width. `unit` is
// sim::unit_of: a share is written as a percentage, other units are left to the heading.
std::optional<std::string> plain_estimate(const Estimate& estimate,
                                          std::string_view unit,
                                          Language language,
                                          Sign sign = Sign::when_negative);

// The same, or "no interval" in that language.
std::string estimate_text(const Estimate& estimate,
                          std::string_view unit,
                          const Words& words,
                          Sign sign = Sign::when_negative);

// A quantile of single people: minutes with one decimal. The value is in `unit`.
std::string quantile_text(double value, std::string_view unit, Language language);

// "5 January 2026", "5 de janeiro de 2026".
std::string date_text(Date date, const Words& words);

// "08:00–09:00".
std::string hour_text(int hour);

}  // namespace balcao::report
