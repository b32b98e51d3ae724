#pragma once
// Where and how soon a service can be had: with a ticket in the hall as it is now, by the next free
// appointment, or by a way for which nobody leaves home. Used by the plan of a life event, on pages and in
// the API; it books nothing and gives no ticket.
#include <optional>
#include <vector>

#include "booking/bookings.hpp"
#include "office/foresight.hpp"

namespace balcao::front {

enum class How : std::uint8_t {
    ticket,       // who comes is served in turn
    appointment,  // at a time of their own
    open,         // without either, while the site is open: telephone, chat, the web, a Citizen Spot
};

struct ServicePlace {
    model::SiteKey site;
    model::ChannelKey channel;
    How how = How::ticket;
    // Served from then on: the start of the appointment; for a ticket the later end of the wait that is
    // foreseen, or the opening; for a line now, or the opening. Nothing for a hall that is open and whose
    // wait nobody can tell.
    std::optional<Instant> at{};
    bool is_open = false;  // now; of an appointment never
    friend bool operator==(const ServicePlace&, const ServicePlace&) = default;
};

struct PlaceRooms {
    office::FrontOffice& office;
    booking::Bookings& bookings;
    const office::Foresight* foresight = nullptr;  // null: no waits are told
    bool gives_appointments = true;                // to people outside
    Instant now{};
};

// The soonest first; each site at most once by each way. Looks two weeks ahead, from `first` on where that is
// after today. Waits for storage. Error: unavailable.
Result<std::vector<ServicePlace>> places_of(const model::ServiceKey& service,
                                            const PlaceRooms& rooms,
                                            Date first = {});

}  // namespace balcao::front
