#pragma once
// Numbers as people write them, in and out. Reading is strict (the whole text or nothing) and knows no
// language, as a model and a CSV file know none; writing for people follows their language. Used by `model`,
// `plan`, `report` and `main`.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace balcao::text {

// "0.13", "-4", "1e6"; digits may stand in groups of three set apart by spaces ("12 000"). Nothing for
// anything else: no comma, no plus sign, no bare point (".5"), no infinity, nothing beyond the range of a
// double.
std::optional<double> parse_number(std::string_view text);

// "42", "-7"; no decimals, no groups.
std::optional<std::int64_t> parse_whole_number(std::string_view text);

// "13 %" or "13%" or "0.13", all as 0.13. Not held to 0..1: a growth may be negative.
std::optional<double> parse_share(std::string_view text);

// The shortest decimal form that reads back to the same double: "1.13", "0.1", "100000"; with an exponent
// only below 1e-6 and from 1e21 on. The number must be finite; minus zero is "0".
std::string format_shortest(double value);

// For people: rounded to `digits` decimals (0 to 15); decimal comma in "pt" and "es", point otherwise;
// thousands set apart (a narrow no-break space in "pt" and "es" from five digits on, a comma otherwise). The
// number must be finite. Never "-0".
std::string format_number(double value, std::string_view language, int digits);

// A share as per cent, "12,5 %" or "12.5%": 0.125 with one digit. The same rules.
std::string format_share(double share, std::string_view language, int digits);

}  // namespace balcao::text
