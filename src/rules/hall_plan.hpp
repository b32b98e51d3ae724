#pragma once
// The fixed part of one site's hall: its queues, its desk groups, which group serves which queue, and the
// order in which an idle desk picks. Made once from a model by whoever runs a hall, the simulator or the live
// office; it never changes while a hall is open.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "model/site.hpp"

namespace balcao::rules {

using QueueIndex = std::uint16_t;
using GroupIndex = std::uint16_t;

// A set of queues of one site, as bits.
class QueueSet {
public:
    static constexpr std::size_t queues_max = 512;

    void insert(QueueIndex queue) { words_[queue / 64] |= std::uint64_t{1} << (queue % 64); }

    void erase(QueueIndex queue) { words_[queue / 64] &= ~(std::uint64_t{1} << (queue % 64)); }

    [[nodiscard]] bool has(QueueIndex queue) const {
        return ((words_[queue / 64] >> (queue % 64)) & 1U) != 0;
    }

    [[nodiscard]] std::uint64_t word(std::size_t place) const { return words_[place]; }

private:
    std::array<std::uint64_t, queues_max / 64> words_{};
};

// One queue: people who want the same thing in the same way.
struct QueueTraits {
    int priority = 0;             // the smallest number goes first
    bool is_booked = false;       // people with an appointment
    double expected_minutes = 0;  // of service, for `shortest_mean`
    std::uint16_t service = 0;    // who takes turns under `weights`: an index below `services`
    double weight = 1;            // > 0
};

struct HallPlan {
    std::vector<QueueTraits> queues;         // sorted by `static_rank`; the caller's order breaks ties
    std::vector<std::uint32_t> static_rank;  // by the leading criteria that do not change during a day
    std::vector<QueueSet> same_rank;         // for each queue: those of its rank
    std::vector<model::Criterion> criteria;  // what is left to compare among queues of one rank
    std::vector<QueueSet> serves;            // for each group: the queues it takes from
    std::vector<std::uint64_t> served_by;    // for each queue: its groups, as bits
    model::Criterion order_within = model::Criterion::arrival;  // arrival, leg_arrival or last_arrival
    std::size_t words = 1;                                      // of a QueueSet in use
    std::size_t services = 0;
    std::vector<QueueIndex> place_of;  // where the caller's queue number i stands in `queues`

    static constexpr std::size_t groups_max = 64;
};

// `queues` in the order that breaks ties; `serves[g]` lists, by number in `queues`, what group g takes.
// Invalid beyond 512 queues or 64 groups.
Result<HallPlan> make_hall_plan(std::vector<QueueTraits> queues,
                                const std::vector<std::vector<QueueIndex>>& serves,
                                const model::QueueOrder& order);

}  // namespace balcao::rules
