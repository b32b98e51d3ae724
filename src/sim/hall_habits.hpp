#pragma once
// How things go in the hall of one site on one date: how long services take, who comes still, who gives up,
// when desks open and rest. Made from a model, or from a model and what was measured on the days before; used
// to simulate a hall forward. The live office and the simulator number queues alike (rules/hall_plan.hpp).
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/model.hpp"
#include "rules/hall_past.hpp"
#include "sim/length_of_time.hpp"
#include "sim/world_plan.hpp"

namespace balcao::sim {

struct HallHabits {
    struct Onward {
        double up_to = 1;                          // cumulative share
        std::optional<rules::QueueIndex> queue{};  // none: leaves
    };

    struct Coming {
        rules::QueueIndex queue = 0;
        std::vector<RateSegment> segments;  // people a microsecond, by time after midnight
    };

    struct Level {
        des::Time from = 0;  // after midnight
        int desks = 0;
    };

    struct Group {
        std::vector<Level> planned;  // in order; none before the first
        std::vector<model::Break> breaks;
    };

    const rules::HallPlan* plan = nullptr;    // must outlive it
    std::vector<LengthOfTime> lengths;        // of services
    std::vector<std::size_t> length_of;       // by queue: which of them
    std::vector<double> factor;               // group by queue: on the length
    std::vector<std::vector<Onward>> onward;  // by queue; empty: leaves
    std::vector<LengthOfTime> patiences;
    std::vector<std::optional<std::size_t>> patience_of;  // by queue; none: without limit
    std::vector<Coming> coming;
    std::vector<Group> groups;
    LengthOfTime way;             // from the call to the desk
    LengthOfTime hold;            // from the call of who does not come until the next
    LengthOfTime gap;             // from when a desk is free, and somebody there for it, until the call
    LengthOfTime rest;            // of a desk that rests now
    double comes = 1;             // share of those called
    des::Time closes = des::day;  // after midnight: the last doors of the day
    bool sends_away = false;      // who waits then

    [[nodiscard]] const LengthOfTime& length(rules::QueueIndex queue) const {
        return lengths[length_of[queue]];
    }
};

// Everything as the model says. `names`: of the plan's queues, in its order.
HallHabits habits_by_model(const model::Model& model,
                           const model::Site& site,
                           const rules::HallPlan& plan,
                           const std::vector<rules::QueueName>& names,
                           Date date);

// Services of fewer legs than that are taken from the model, at the pace of what was measured.
inline constexpr std::size_t enough_of_a_service = 20;

// Below that many legs of a site there is too little history to simulate by (Balcão's front-office notes).
inline constexpr std::size_t enough_of_a_site = 50;

// Puts what was measured in place of what the model says: lengths of services (at least `enough_of_a_site`
// legs altogether), who comes by half hours, who gives up, who does not come, pauses.
void learn_from(HallHabits& habits, const rules::HallPast& past, const std::vector<rules::QueueName>& names);

}  // namespace balcao::sim
