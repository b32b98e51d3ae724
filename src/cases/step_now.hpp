#pragma once
// What somebody who only reads makes of a step as it stands: how often it was tried, whether its entity may
// have it. Internal to `cases`, for who looks for faults: the decisions go by predicates of their own, so
// that a mistake in those does not hide itself.
#include <variant>

#include "cases/case.hpp"

namespace balcao::cases {

inline int attempts_now(const Step& step) {
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.attempts; })
                return one.attempts;
            else if constexpr (requires { one.attempt; })
                return one.attempt;
            else
                return 0;
        },
        step.state);
}

inline bool may_be_there(const Step& step) {
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.is_unknown; })
                return one.is_unknown;
            else
                return false;
        },
        step.state);
}

template <class... States>
bool is_one_of(const Step& step) {
    return (std::holds_alternative<States>(step.state) || ...);
}

inline bool is_at_its_entity(const Step& step) { return is_one_of<Accepted, AwaitsCitizen>(step); }

inline bool was_taken_up(const Step& step) { return is_one_of<Accepted, AwaitsCitizen, Concluded>(step); }

// It ended, and will never be concluded.
inline bool has_failed(const Step& step) { return is_one_of<Denied, Stopped, Undone, Stands>(step); }

inline bool waits_to_be_sent(const Step& step) {
    return is_one_of<Owed, WithPerson, Held>(step) && errand_of(step.state) == Errand::deliver &&
           !may_be_there(step);
}

}  // namespace balcao::cases
