#pragma once
// Why something was not done in a session, and what is true now, for pages to word in the person's language.
// Used by every command of `assist`.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "assist/names.hpp"
#include "base/instant.hpp"

namespace balcao::assist {

enum class Reason : std::uint8_t {
    unavailable,  // the journal cannot be read or written now; the same key later finds what was done
    // What was asked.
    name_unfit,  // a key, name or text that is empty, too long or not text; step, what: where
    subject_unfit,
    too_much,       // a sheet larger than is kept, or a session in which more happened than is kept
    field_twice,    // what: which
    consent_twice,  // what: of which item
    driver_unfit,   // not whoever drives in such a lesson
    // Who asks.
    no_such_session,
    not_your_session,  // another mediator has it, or nobody
    no_such_screen,    // nor is it said whether there ever was one
    not_certified,
    not_agreed,      // with the host of the site
    same_eyes,       // the second person is the first
    citizen_absent,  // no sign of life of the citizen's screen; when: the last one known here
    not_driving,     // side: who drives
    // Codes.
    no_code_free,
    code_unfit,    // this is no code, or one for something else
    no_such_code,  // nor is it said whether there ever was one
    code_over,     // when: since when
    code_used,
    code_blocked,  // tried too often
    // What is there; state: of the session.
    session_over,
    disputed,  // when: since when
    kept,
    carried_home,
    at_home,  // the citizen goes on alone
    not_disputed,
    not_kept,
    not_carried_home,
    only_practice,
    not_practice,
    no_screen,
    // Steps.
    no_such_step,
    nothing_shown,
    other_hash,         // now: what stands on the screen
    no_proxy,           // nobody was named who confirms in the citizen's place
    consent_not_asked,  // what: the item
    not_confirmed,      // step: the first that the citizen has not confirmed as it was shown last
    nothing_confirmed,
    // Proxies, supervisors, other desks.
    document_missing,
    witness_missing,
    not_called,
    nobody_asked,
    // The end.
    already_handed_over,  // when
    not_handed_over,
    already_taken,  // what: the reference
    values_gone,
    // Learning.
    learner_unfit,
    already_learnt,
    nothing_learnt,
};

// "citizen-absent": the name that programs see.
std::string_view name_of(Reason reason);

// What stands on the citizen's screen.
struct OnScreen {
    StepKey step;
    std::uint32_t showing = 0;
    std::string hash;
    friend bool operator==(const OnScreen&, const OnScreen&) = default;
};

struct Refusal {
    Reason reason{};
    StepKey step{};
    std::string what{};
    std::optional<Instant> when{};
    std::optional<State> state{};
    std::optional<Side> side{};
    std::optional<OnScreen> now{};
};

template <class T>
using Answer = std::variant<T, Refusal>;

}  // namespace balcao::assist
