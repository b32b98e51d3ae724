#pragma once
// All that is kept of one person's appointment or ticket, as a file for that person: every event in plain
// words and as data, and every look at it. Whoever has the link may have it; pages and API hand it out. It
// names nobody who works for the city.
#include <string>

#include "booking/bookings.hpp"
#include "front/link.hpp"
#include "office/front_office.hpp"
#include "text/words.hpp"

namespace balcao::front {

// Where it is kept.
struct KeptBy {
    office::FrontOffice& office;
    booking::Bookings& bookings;
    const Clock& clock;
};

struct OwnFile {
    std::string json;
    std::string name;  // "appointment-7K3M9Q.json"
};

// Refused as Bookings::story.
booking::Answer<OwnFile> own_file_of_appointment(const std::string& link,
                                                 const KeptBy& by,
                                                 const text::Words& words);

// Error: not_found, unavailable.
Result<OwnFile> own_file_of_ticket(const TicketName& name, const KeptBy& by, const text::Words& words);

}  // namespace balcao::front
