#pragma once
// Days of a made-up shop, run through the decisions of the live office by attendants and people who are drawn
// at random: what is true there is hidden from who forecasts, but for what the journal of other days shows.
// Used by the tests of the forecast and by its benchmark.
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "base/zone.hpp"
#include "office/decide.hpp"
#include "office/hall.hpp"

namespace balcao::waits {

// What the shop says of itself: services, desks, hours, breaks. The times of its services and who comes are
// not what happens.
std::shared_ptr<const model::Model> made_up_shop();

struct MadeUpDay {
    using Events = std::vector<std::pair<office::HallEvent, Instant>>;

    // Asked when somebody has taken a ticket: the promise that is made, or none.
    using Promises = std::function<std::vector<office::PromiseMade>(
        const office::Hall&, const office::Now&, office::Number)>;

    office::Hall hall;  // as the day left it
    Events events;
};

// Day `number` of the shop's calendar; the same number is the same day whatever is promised.
MadeUpDay made_up_day(const std::shared_ptr<const office::Layout>& layout,
                      const Zone& zone,
                      int number,
                      const MadeUpDay::Promises& promises);

}  // namespace balcao::waits
