#pragma once
// What all operations share. Inside `api`.
#include "api/api.hpp"
#include "front/case_link.hpp"
#include "front/finder.hpp"
#include "front/hall_view.hpp"
#include "front/live.hpp"
#include "front/ticket.hpp"
#include "front/workers.hpp"

namespace balcao::api {

struct Shared {
    Shared(const Rooms& rooms, const Clock& by, const Settings& given);

    office::FrontOffice& office;
    staff::Staff& staff;
    booking::Bookings& bookings;
    device::Devices& devices;
    cases::Cases& cases;
    const Clock& clock;
    Settings settings;
    front::TicketLinks links;
    front::CaseLinks case_links;
    front::Finder finder{};
    front::Live live;
    front::Workers workers;  // last: what they do uses all the others

    [[nodiscard]] CivilTime now() const { return office.zone().at(clock.now()); }

    // What is known of the waits of a site today; null where nothing is.
    [[nodiscard]] std::shared_ptr<const office::SiteOutlook> outlook(const model::SiteKey& site) const;
};

}  // namespace balcao::api
