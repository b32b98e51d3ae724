#pragma once
// What lies between the two screens of a session, as one of them may see it: what was shown and confirmed,
// what is being typed, which steps follow from it, and what is lacking before it can be handed in. Used by
// pages and by the API; it decides nothing.
#include <set>

#include "front/assisted.hpp"

namespace balcao::front {

struct Table {
    assist::View view;
    Said said{};                        // shown, and over it what is being typed
    std::set<assist::StepKey> typed{};  // of which something is being typed
    assist::StepKey typed_last{};
    Assisted whole{};
    std::optional<NotReady> lacks{};  // before it can be handed in

    [[nodiscard]] const assist::StepSeen* find(const assist::StepKey& step) const;
    // What stands on the citizen's screen; null: nothing.
    [[nodiscard]] const assist::StepSeen* shown() const;
    [[nodiscard]] bool is_confirmed(const assist::StepKey& step) const;
    [[nodiscard]] bool is_step(const assist::StepKey& step) const;

    // The first step that has something to be done; empty: none.
    [[nodiscard]] assist::StepKey next() const { return lacks ? lacks->step : assist::StepKey{}; }
};

std::variant<Table, assist::Refusal> table_of(assist::Sessions& sessions,
                                              const assist::Call& call,
                                              const Sitting& sitting);

// Steps that do not follow from the answers any more are left out by whoever drives.
void leave_out_what_is_gone(assist::Sessions& sessions, const assist::Call& call, const Sitting& sitting);

}  // namespace balcao::front
