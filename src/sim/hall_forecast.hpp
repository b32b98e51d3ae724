#pragma once
// Waits that are forecast: the hall as it is, simulated forward many times at once for everybody in it. Asked
// by the live office's forecaster (`main`) and by whoever compares it with other rules. A pure function of
// what it is given; it looks at no clock and keeps nothing.
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "des/time.hpp"
#include "rules/hall_now.hpp"
#include "rules/outlook.hpp"
#include "sim/hall_habits.hpp"

namespace balcao::sim {

struct ForecastOptions {
    int paths = 200;         // > 0
    std::uint64_t seed = 1;  // the same seed draws the same for the same people
    double level = 0.8;      // of promises, between 0 and 1
};

// The waits of one person over all paths, from now to the call.
struct PathWaits {
    std::vector<des::Time> waits;  // sorted; of the paths in which the person was called
    int paths = 0;
    int before_closing = 0;  // of those paths, called before the doors close
    bool assumes_desks = false;
    bool has_desk = true;

    // Of the paths with a call; 0 when there are none.
    [[nodiscard]] double mean() const;

    // Called by then in the share p of all paths; nothing when in fewer. 0 < p < 1.
    [[nodiscard]] std::optional<des::Time> quantile(double p) const;
};

struct HallWaits {
    std::map<std::uint32_t, PathWaits> tickets;
    std::map<rules::QueueIndex, PathWaits> newcomers;
};

HallWaits simulate_hall(const HallHabits& habits,
                        const rules::HallNow& now,
                        const std::vector<rules::QueueIndex>& newcomers,
                        const ForecastOptions& options);

// The same as answers; a ticket that will not be called in the share `level` of the paths gets none.
rules::Outlook simulated_outlook(const HallHabits& habits,
                                 const rules::HallNow& now,
                                 const std::vector<rules::QueueIndex>& newcomers,
                                 const ForecastOptions& options);

// By the rule of the queue length alone, where there is too little history to simulate by.
rules::Outlook queue_length_outlook(const HallHabits& habits,
                                    const rules::HallNow& now,
                                    const std::vector<rules::QueueIndex>& newcomers,
                                    double level);

}  // namespace balcao::sim
