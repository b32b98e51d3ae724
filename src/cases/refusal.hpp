#pragma once
// Why something was not done with a case, and what is true now, for pages to word in the person's language.
// Used by every command of `cases`.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "cases/case.hpp"

namespace balcao::cases {

enum class Reason : std::uint8_t {
    unavailable,  // the journal cannot be read or written now; the same key later finds what was done
    // Of a submission.
    key_missing,
    key_used_otherwise,  // the same key came with another submission; `number`: of the first
    no_steps,
    too_many_steps,
    too_much_data,  // step: of which, where it is one
    name_unfit,     // a key or name that is empty, too long or not text; step: where
    step_twice,
    after_unknown,  // step comes after one that is not there
    in_a_circle,    // step comes after itself
    no_such_entity,
    consent_missing,  // what: the name of what would be handed over without it
    // Of what is there.
    no_such_case,
    no_such_step,
    case_over,          // state: how it ended
    already_cancelled,  // when: since when
    no_task,
    claimed_by_other,  // who
    not_claimed,       // by who asks
    same_eyes,         // who vouched first cannot be the second
    no_such_incident,
    already_settled,
    not_settled_so,   // an incident of this kind does not end that way
    too_soon,         // when: what was sent may still arrive there before that
    reference_unfit,  // missing, too long or not text
    other_reference,  // what was reported bears a reference that is not the step's
    not_at_entity,    // the entity has nothing of which it could report
    not_asked,        // nothing is wanted of the citizen
    not_later,        // a promise has to be kept in the future
    forgotten,        // its person was erased
};

// "key-used-otherwise": the name that programs see.
std::string_view name_of(Reason reason);

struct Refusal {
    Reason reason{};
    StepKey step{};
    std::string what{};
    ClerkKey who{};
    std::optional<CaseNumber> number{};
    std::optional<Instant> when{};
    std::optional<CaseState> state{};
};

template <class T>
using Answer = std::variant<T, Refusal>;

}  // namespace balcao::cases
