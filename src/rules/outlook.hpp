#pragma once
// What is said of the waits in a hall: for each ticket that waits, and for who would come now, a range and
// the time of a promise, or why there is none. The port between the live office, which asks and shows, and
// whoever forecasts. Plain values; times are microseconds of the asker's clock.
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <variant>

#include "rules/hall_now.hpp"

namespace balcao::rules {

// How a wait was found.
enum class WaitBasis : std::uint8_t {
    simulated,     // the hall simulated forward
    queue_length,  // people ahead, mean time and desks: there is too little history for more
};

// "simulated": the names in the journal, in order.
inline std::span<const std::string_view> words_of(WaitBasis) {
    static constexpr std::array<std::string_view, 2> words{"simulated", "queue_length"};
    return words;
}

// From now until the first call.
struct WaitForecast {
    Instant mean = 0;
    Instant earliest = 0;  // called before that in one case of ten
    Instant from = 0;      // half of the cases lie between `from` and `to`, neither after the promise
    Instant to = 0;
    Instant promise = 0;  // called by then in the share of cases that was asked for
    WaitBasis basis = WaitBasis::simulated;
    double before_closing = 1;   // probability of being called before the doors close
    bool assumes_desks = false;  // nobody is behind a desk for it yet: those planned are counted on
    friend bool operator==(const WaitForecast&, const WaitForecast&) = default;
};

enum class NoWait : std::uint8_t {
    no_average,  // nobody knows how long its service takes
    no_desk,     // no desk is open for it, and none is planned for today
    not_today,   // will probably not be called before the site closes
};

using WaitAnswer = std::variant<WaitForecast, NoWait>;

struct Outlook {
    Instant at = 0;
    std::map<std::uint32_t, WaitAnswer> tickets;
    std::map<QueueIndex, WaitAnswer> newcomers;  // for who would join that queue now
    WaitBasis basis = WaitBasis::simulated;
};

}  // namespace balcao::rules
