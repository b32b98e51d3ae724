#pragma once
// What was measured in the halls of one site on the days before: how long things took, who came when, who
// gave up. Read out of the journal by the live office, learnt from by whoever thinks ahead. Plain values; no
// person can be told from them. Lengths of time are in microseconds.
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "rules/hall_now.hpp"

namespace balcao::rules {

inline constexpr std::size_t half_hours = 48;  // of a day

struct HallPast {
    using Leg = std::pair<model::ServiceKey, model::StepKey>;

    int days = 0;                               // with at least one visit
    std::map<Leg, std::vector<double>> served;  // as a desk without a factor of its own serves
    std::vector<double> ways;                   // from the call to the desk
    std::vector<double> holds;                  // from the call until nobody had come
    std::vector<double> gaps;                   // a desk was free, somebody waited for it
    std::vector<double> rests;                  // of a desk
    double waited = 0;                          // by all, added up
    std::int64_t left = 0;                      // who waited and went
    std::map<QueueName, std::array<int, half_hours>> arrivals;  // without appointment, by half hour

    // Legs that were served.
    [[nodiscard]] std::size_t legs() const {
        std::size_t count = 0;
        for (const auto& [leg, lengths] : served)
            count += lengths.size();
        return count;
    }

    // Takes what another past measured to its own.
    void add(const HallPast& other);
};

}  // namespace balcao::rules
