#include "assist/refusal.hpp"

#include <array>

namespace balcao::assist {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 50> names{
        "unavailable",       "name-unfit",     "subject-unfit",     "too-much",
        "field-twice",       "consent-twice",  "driver-unfit",      "no-such-session",
        "not-your-session",  "no-such-screen", "not-certified",     "not-agreed",
        "same-eyes",         "citizen-absent", "not-driving",       "no-code-free",
        "code-unfit",        "no-such-code",   "code-over",         "code-used",
        "code-blocked",      "session-over",   "disputed",          "kept",
        "carried-home",      "at-home",        "not-disputed",      "not-kept",
        "not-carried-home",  "only-practice",  "not-practice",      "no-screen",
        "no-such-step",      "nothing-shown",  "other-hash",        "no-proxy",
        "consent-not-asked", "not-confirmed",  "nothing-confirmed", "document-missing",
        "witness-missing",   "not-called",     "nobody-asked",      "already-handed-over",
        "not-handed-over",   "already-taken",  "values-gone",       "learner-unfit",
        "already-learnt",    "nothing-learnt"};
    static_assert(static_cast<std::size_t>(Reason::nothing_learnt) + 1 == names.size());
    return names.at(static_cast<std::size_t>(reason));
}

}  // namespace balcao::assist
