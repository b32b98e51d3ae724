#pragma once
// A hall as plain values, for who thinks ahead from it (rules/hall_now.hpp) or learns from its past
// (rules/hall_past.hpp). Pure functions of the hall and its events.
#include <optional>
#include <utility>
#include <vector>

#include "base/zone.hpp"
#include "office/decide.hpp"
#include "rules/hall_past.hpp"

namespace balcao::office {

// Somebody who has an appointment and is not here yet.
struct DueVisit {
    Instant at{};  // of the appointment, or now for who is late
    std::vector<ServiceKey> services;
    double comes = 1;  // with that probability
};

// The same as a queue of that site's plan; nothing where nobody there serves it.
std::optional<rules::ExpectedNow> expected_of(const Layout& layout, const DueVisit& due);

// Everybody who waits, every desk with somebody behind it. The pauses that are over must have ended
// (Hall::rest_until). Tickets are numbers; who is parked, was missed or collects is not in it.
rules::HallNow now_of(const Hall& hall, const Now& now);

// What one day's events say of lengths, arrivals and who gave up. The events are those of one stream, in
// order.
rules::HallPast past_of(std::shared_ptr<const Layout> layout,
                        Date date,
                        const std::vector<std::pair<HallEvent, Instant>>& events,
                        const Zone& zone);

}  // namespace balcao::office
