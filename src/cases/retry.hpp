#pragma once
// When an effect is tried again, and for how long: exponential pauses with full jitter (a draw between
// nothing and the whole pause, so that what failed together does not come back together). Pure functions; the
// draws are a named stream, so that a seed gives the same pauses again. Used by the carrier and the
// decisions.
#include <algorithm>
#include <chrono>
#include <string_view>

#include "cases/case_event.hpp"
#include "random/stream.hpp"

namespace balcao::cases {

using Milliseconds = std::chrono::milliseconds;

inline constexpr Milliseconds pause_first = std::chrono::seconds{1};
inline constexpr Milliseconds pause_most = std::chrono::minutes{15};
inline constexpr Milliseconds after_most = std::chrono::hours{24};  // an entity may ask for no longer

// The longest that the pause after that attempt (1: the first) can be.
constexpr Milliseconds pause_ceiling(int attempt) {
    Milliseconds pause = pause_first;
    for (int doubled = 1; doubled < attempt && pause < pause_most; ++doubled)
        pause *= 2;
    return std::min(pause, pause_most);
}

inline Milliseconds pause_after(int attempt, std::string_view effect, std::uint64_t seed) {
    constexpr std::uint64_t purpose = 1;
    const auto stream = random::Stream::of({seed, 0}, random::hash_text(effect), purpose);
    random::Draws draws{stream, static_cast<std::uint64_t>(attempt)};
    const auto ceiling = static_cast<double>(pause_ceiling(attempt).count());
    return Milliseconds{static_cast<std::int64_t>(ceiling * draws.uniform())};
}

// So long from when it was its turn; then a person is told.
constexpr Milliseconds budget_of(Haste haste) {
    return haste == Haste::interactive ? Milliseconds{std::chrono::minutes{2}}
                                       : Milliseconds{std::chrono::hours{72}};
}

}  // namespace balcao::cases
