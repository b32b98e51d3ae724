#pragma once
// One field for the mail address or the phone number at which somebody wants to be reached. Internal to
// `web`.
#include <string>
#include <variant>

#include "web/shared.hpp"

namespace balcao::web {

// "Mail address or phone number", as far as there is a way.
std::string reach_label(const Shared& shared, const Words& words);

// Whom that names, in the page's language, or what is wrong with it.
std::variant<booking::Contact, std::string> reach_of(const std::string& typed,
                                                     const Shared& shared,
                                                     const Words& words);

}  // namespace balcao::web
