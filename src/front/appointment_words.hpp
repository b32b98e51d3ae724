#pragma once
// Appointments in a person's words: what was booked, why one is cancelled. Used by pages, letters, files of
// own data and the API; none of it names anybody.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "booking/bookings.hpp"
#include "model/model.hpp"
#include "text/words.hpp"

namespace balcao::front {

// The city whose names and clocks the words have.
struct Place {
    const model::Model& city;
    const Zone& zone;
};

// "Identity card, Tax".
std::string services_text(const std::vector<model::ServiceKey>& services,
                          const model::Model& city,
                          const text::Words& words);

// "Identity card at Shop, Tuesday, 24 November 2026, 09:30"; "by telephone", "by video" where it is.
std::string line_of(const booking::Appointment& appointment, const Place& place, const text::Words& words);

// "person-asked": the names that programs and forms see.
std::string_view name_of(booking::CancelReason reason);
std::optional<booking::CancelReason> cancel_reason_of(std::string_view name);
const std::vector<booking::CancelReason>& all_cancel_reasons();

// "Too few people work then".
std::string cancel_reason_text(booking::CancelReason reason, const text::Words& words);

// The appointment of that name when it is at that site; of another site it is not said that there is one.
// Nobody is opened.
booking::Answer<booking::Appointment> appointment_at(const model::SiteKey& site,
                                                     const booking::BookingKey& booking,
                                                     booking::Bookings& bookings);

}  // namespace balcao::front
