#pragma once
// The rules by which waits are told elsewhere: people ahead times the mean time over the desks, a constant
// over the desks, what the last one waited, what the first in line has waited. Used where there is too little
// history to simulate a hall, and to compare with. Pure functions; lengths of time are microseconds.
#include <cstddef>
#include <optional>

#include "rules/hall_now.hpp"
#include "rules/outlook.hpp"
#include "sim/hall_habits.hpp"

namespace balcao::sim {

// What a rule sees of one who waits.
struct Line {
    std::size_t ahead = 0;       // people who wait and are to be called before, at desks that serve both
    std::size_t desks = 0;       // open for it, those at rest not counted
    std::size_t free_desks = 0;  // of those
    double mean = 0;             // of the services ahead and the person's own, the way to the desk included
    bool assumes_desks = false;  // none is open; those planned for this hour are counted
};

// `place`: of one who waits, in now.waiting.
Line line_before(const HallHabits& habits, const rules::HallNow& now, std::size_t place);

// For who would join the queue now.
Line line_of_newcomer(const HallHabits& habits, const rules::HallNow& now, rules::QueueIndex queue);

// (ahead + 1) services one after the other, over the desks: QL of Ibrahim & Whitt (2009). 0 while a desk is
// free for it. Nothing without a mean or a desk.
std::optional<double> queue_length_wait(const Line& line);

// The same in whole minutes cut off, whether desks are free or not: the rule of the Munich and Berlin system.
std::optional<double> constant_over_desks(const Line& line);

// The p-quantile of the wait if services are exponential: Erlang, by Wilson & Hilferty (1931), right to 1 %
// from two people ahead on. 0 < p < 1.
std::optional<double> queue_length_quantile(const Line& line, double p);

// A whole answer by the queue length.
rules::WaitAnswer queue_length_answer(const Line& line, double level, des::Time until_closing);

}  // namespace balcao::sim
