#pragma once
// Appointments for programs that keep calendars, and the address of the calendar of a site, for staff.
// Internal to `web`.
#include <string>

#include "web/shared.hpp"

namespace balcao::web {

// What only who was told it can say: the last part but one of the address of a site's calendar.
std::string feed_token(const Shared& shared, const model::SiteKey& site);
html::Url calendar_url(const Shared& shared, const Words& words, const model::SiteKey& site);

// As files (RFC 5545). One appointment, for whoever has its link: refused while it is not confirmed. All of a
// person, without a link or a code. Those of a site, without names.
booking::Answer<std::string> calendar_of_appointment(const std::string& link,
                                                     const Shared& shared,
                                                     const Words& words);
booking::Answer<std::string> calendar_of_person(const std::string& link,
                                                const Shared& shared,
                                                const Words& words);
booking::Answer<std::string> calendar_of_site(const model::Site& site,
                                              const Shared& shared,
                                              const Words& words);

}  // namespace balcao::web
