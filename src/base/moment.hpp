#pragma once
// Instants as programs write them to each other (RFC 3339). Used where an instant goes over a line; what
// people read is written by who knows their zone and language.
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace balcao {

// "2026-11-24T09:30:00Z", "…00.250Z": milliseconds are written where there are any. Years 1000 to 9999.
std::string format_moment(Instant at);

// Any offset from UTC, any number of decimals (those beyond milliseconds are left away). Nothing for what is
// not of that form.
std::optional<Instant> parse_moment(std::string_view text);

}  // namespace balcao
