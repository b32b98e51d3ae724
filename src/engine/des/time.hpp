#pragma once
// Simulated time: whole microseconds from an origin that the simulation chooses (midnight of its first day).
#include <cmath>
#include <cstdint>
#include <limits>

namespace balcao::des {

using Time = std::int64_t;

inline constexpr Time second = 1'000'000;
inline constexpr Time minute = 60 * second;
inline constexpr Time hour = 60 * minute;
inline constexpr Time day = 24 * hour;
inline constexpr Time never = std::numeric_limits<Time>::max();

// The nearest whole microsecond; halves away from zero.
inline Time to_time(double microseconds) {
    return static_cast<Time>(microseconds + std::copysign(0.5, microseconds));
}

}  // namespace balcao::des
