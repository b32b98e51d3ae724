#pragma once
// Looks at personal data in words: the reasons to choose from, and what the person is told of each look: by
// role and place, not by name. Internal to `web`.
#include <string>

#include "front/looking.hpp"
#include "web/agenda.hpp"

namespace balcao::web {

using front::reason_text;

// Who looks, as the person will read it: the least of the roles that allow it, and the desk where they sit.
booking::Onlooker onlooker_of(const Shared& shared, const staff::Session& session, const model::Site& site);

// "Attendant, Shop, Counter 2".
std::string onlooker_text(const booking::Onlooker& who, const Shared& shared, const Words& words);
std::string onlooker_text(const booking::PersonSeen& seen, const Shared& shared, const Words& words);

// The field in which a reason is chosen.
void write_reasons(html::Content& form, const Words& words, std::string_view id);

// For the person: who looked, when and why, and the file with everything. `link` is that of the appointment.
void write_who_looked(html::Content& main,
                      const Shared& shared,
                      const Words& words,
                      const booking::BookingKey& booking,
                      std::string_view link);

}  // namespace balcao::web
