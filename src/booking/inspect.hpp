#pragma once
// What must never stand in the streams of bookings, looked for with nothing but the streams and the offer:
// more people at once than places, a booking that stands on two days or was used after its end, a person's
// list that disagrees with the books. Used after races, crashes and restores, by tests and by who verifies a
// journal; it shares no code with the decisions that it checks.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/zone.hpp"
#include "journal/event.hpp"
#include "model/keys.hpp"
#include "model/model.hpp"
#include "rules/slot_plan.hpp"

namespace balcao::booking {

// The offer of a site when a place was taken; null where it is not known, and places are not counted.
using PlanOf = std::function<const rules::SlotPlan*(const model::SiteKey&, Instant)>;

// One sentence for each fault, with its stream and version. `events` are all of the streams "book/…" and
// "booker/…" (others are passed by), those of one stream in order of their versions, made under that offer.
std::vector<std::string> inspect(const std::vector<journal::Event>& events,
                                 const Zone& zone,
                                 const PlanOf& plan_of);

// "book/…" and "booker/…".
bool is_inspected(std::string_view stream);

// The same, stream by stream, for who reads a whole journal.
class Inspection {
public:
    // By the zone and the offer of a model; `model` null: without them. Error: as Bookings::open.
    static Result<std::unique_ptr<Inspection>> under(const model::Model* model);

    // Without a zone the days of books are not compared with the times in them.
    Inspection(std::optional<Zone> zone, PlanOf plan_of);
    ~Inspection();
    Inspection(const Inspection&) = delete;
    Inspection& operator=(const Inspection&) = delete;
    Inspection(Inspection&&) = delete;
    Inspection& operator=(Inspection&&) = delete;

    // Whole streams, each once: what is wrong within it, with the versions.
    std::vector<std::string> take(const std::vector<journal::Event>& stream);
    // After the last one: what does not fit together, with the streams.
    std::vector<std::string> finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace balcao::booking
