#pragma once
// Looks at personal data: as whom somebody looks, and what the person is told of each look, by role and place
// and never by name. Used by pages and API; that a look is written before anything is shown is `booking`'s.
#include <string>

#include "booking/look.hpp"
#include "cases/cases.hpp"
#include "office/front_office.hpp"
#include "staff/staff.hpp"
#include "text/words.hpp"

namespace balcao::front {

// "Attendant".
std::string role_name(staff::Role role, const text::Words& words);

// "To call or serve the person".
std::string reason_text(booking::LookReason reason, const text::Words& words);

// As the person will read it: the least of the roles that allow the look, and the desk where they sit.
booking::Onlooker onlooker_of(const staff::AccountKey& account,
                              const model::SiteKey& site,
                              office::FrontOffice& office,
                              const staff::Staff& staff);

// Who works on requests: as a case worker, where they are one.
cases::Onlooker onlooker_of(const staff::AccountKey& account,
                            cases::LookReason why,
                            const staff::Staff& staff);

// "Attendant, Shop, Counter 2".
std::string onlooker_text(const booking::Onlooker& who,
                          const office::FrontOffice& office,
                          const text::Words& words);
std::string onlooker_text(const booking::PersonSeen& seen,
                          const office::FrontOffice& office,
                          const text::Words& words);

}  // namespace balcao::front
