#include "stand_in/habits.hpp"

#include <algorithm>

namespace balcao::stand_in {
namespace {

constexpr std::array<std::string_view, all_kinds.size()> names{"keys", "no-keys", "slow", "mail", "club"};

}  // namespace

std::string_view name_of(Kind kind) { return names.at(static_cast<std::size_t>(kind)); }

std::optional<Kind> parse_kind(std::string_view name) {
    const auto* found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return all_kinds.at(static_cast<std::size_t>(found - names.begin()));
}

Habits usual_habits(Kind kind) {
    Habits habits;
    switch (kind) {
        case Kind::keys:
            habits.knows_keys = habits.can_be_asked = habits.takes_back = true;
            break;
        case Kind::slow:
            habits.can_be_asked = habits.takes_back = true;
            habits.loses_answers = 0.3;
            habits.is_busy = 0.2;
            habits.slowest = std::chrono::seconds{3};
            break;
        case Kind::club:
            habits.knows_keys = habits.can_be_asked = habits.takes_back = habits.takes_events = true;
            break;
        case Kind::no_keys:
        case Kind::mail:
            break;
    }
    return habits;
}

}  // namespace balcao::stand_in
