#pragma once
// What must never stand in the streams of bookings, looked for with nothing but the streams and the offer:
// more people at once than places, a booking that stands on two days or was used after its end, a person's
// list that disagrees with the books. Used after races, crashes and restores, by tests and by who verifies a
// journal; it shares no code with the decisions that it checks.
#include <functional>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "journal/event.hpp"
#include "model/keys.hpp"
#include "rules/slot_plan.hpp"

namespace balcao::booking {

// The offer of a site; null where it is not known, and places are not counted.
using PlanOf = std::function<const rules::SlotPlan*(const model::SiteKey&)>;

// One sentence for each fault, with its stream and version. `events` are all of the streams "book/…" and
// "booker/…" (others are passed by), those of one stream in order of their versions, made under that offer.
std::vector<std::string> inspect(const std::vector<journal::Event>& events,
                                 const Zone& zone,
                                 const PlanOf& plan_of);

}  // namespace balcao::booking
