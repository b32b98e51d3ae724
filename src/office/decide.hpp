#pragma once
// The decisions of a hall: what a command leads to, given what is true. Pure functions of the hall, the
// command and the time; the rule that picks the next person is the one of `rules` that the simulator runs.
// One file a verb.
#include <variant>
#include <vector>

#include "office/command.hpp"
#include "office/hall.hpp"

namespace balcao::office {

// What is known of now: the instant, and the minutes since the midnight with which the hall's day began, by
// the clocks of its site; 1440 and more when that day is over.
struct Now {
    Instant at{};
    int minute = 0;
};

using Decision = std::variant<std::vector<HallEvent>, Refusal>;

// The pauses that are over at `now` must have ended (Hall::rest_until).
Decision decide(const Hall& hall, const Command& command, const Now& now);

// The order in which the legs of a visit need the fewest changes of desk; of equals, the one nearest to the
// order given. Up to six legs are tried in every order, more stay as they are.
std::vector<Leg> plan_path(const Layout& layout, std::vector<Leg> legs);

}  // namespace balcao::office
