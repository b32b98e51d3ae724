#pragma once
// What stands in the way of another model: people who are at a site today and wait for, or are served at,
// something that it would not have. Asked before a model is published; pure functions of a hall.
#include <memory>
#include <vector>

#include "office/hall.hpp"

namespace balcao::office {

enum class Lost : std::uint8_t {
    site,
    service,  // there, or one of its steps
    desks,    // the group
};

struct InTheWay {
    Lost what{};
    model::SiteKey site{};
    ServiceKey service{};  // of Lost::service
    DeskKey desks{};       // of Lost::desks
    int waiting = 0;       // people who wait for it now or later today, or are parked
    int served = 0;        // people who are called to it or served at it
    friend bool operator==(const InTheWay&, const InTheWay&) = default;
};

// One for each thing that people of this hall would lose; null: the site itself is gone. Empty for a day that
// has ended.
std::vector<InTheWay> in_the_way(const Hall& hall, const Layout* after);

}  // namespace balcao::office
