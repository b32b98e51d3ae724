#include "cases/refusal.hpp"

#include <array>

namespace balcao::cases {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 30> names{
        "unavailable",       "key-missing",     "key-used-otherwise", "no-steps",      "too-many-steps",
        "too-much-data",     "name-unfit",      "step-twice",         "after-unknown", "in-a-circle",
        "no-such-entity",    "consent-missing", "no-such-case",       "no-such-step",  "case-over",
        "already-cancelled", "no-task",         "claimed-by-other",   "not-claimed",   "same-eyes",
        "no-such-incident",  "already-settled", "not-settled-so",     "too-soon",      "reference-unfit",
        "other-reference",   "not-at-entity",   "not-asked",          "not-later",     "forgotten"};
    static_assert(static_cast<std::size_t>(Reason::forgotten) + 1 == names.size());
    return names.at(static_cast<std::size_t>(reason));
}

}  // namespace balcao::cases
