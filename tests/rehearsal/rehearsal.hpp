#pragma once
// One rehearsal: a town lives for some steps by a seed, with everything going wrong that may; then faults
// end, everybody gets an answer, and what is left must be right.
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "dice.hpp"

namespace balcao::rehearsal {

struct Rehearsed {
    std::vector<std::string> faults;  // one sentence for each thing that must not be; empty: all is well
    std::size_t failed_at = 0;        // the step after which the first was found
    Tally tally;
};

// Stops at the first step after which something is wrong. `told`: where every step is written down, or null.
Rehearsed rehearse(std::uint64_t seed, std::size_t steps, std::ostream* told);

}  // namespace balcao::rehearsal
