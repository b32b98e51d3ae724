#pragma once
// Turns: who decides on streams waits for whoever in this process decides on one of them, so that commands on
// other streams go on and nobody is refused by a neighbour's commit. Internal to `booking`; between processes
// the versions of the journal do the same.
#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace balcao::booking {

class Turns {
public:
    using Held = std::vector<std::unique_lock<std::mutex>>;

    // Always in the same order, so that nobody waits for each other.
    [[nodiscard]] Held take(const std::vector<std::string>& streams) {
        std::set<std::size_t> places;
        for (const auto& stream : streams)
            places.insert(std::hash<std::string>{}(stream) % doors_.size());
        Held held;
        for (const std::size_t place : places)
            held.emplace_back(doors_[place]);
        return held;
    }

private:
    std::array<std::mutex, 251> doors_;
};

}  // namespace balcao::booking
