#include "rules/hall_state.hpp"

#include <algorithm>

namespace balcao::rules {

HallState::HallState(const HallPlan& plan)
    : plan_{&plan}, links_(64), lines_(plan.queues.size()), groups_(plan.serves.size()) {
    if (std::ranges::find(plan.criteria, model::Criterion::weights) != plan.criteria.end())
        turns_.assign(plan.services, {});
}

void HallState::clear() {
    std::ranges::fill(lines_, Line{});
    for (auto& group : groups_) {
        std::ranges::fill(group.idle, 0);
        group.idle_count = 0;
    }
    std::ranges::fill(turns_, Turns{});
    turns_now_ = 0;
    filled_ = {};
    idle_groups_ = 0;
    waiting_ = 0;
}

void HallState::set_desks(GroupIndex group, std::size_t count) {
    groups_[group].idle.resize(std::max<std::size_t>(1, (count + 63) / 64));
}

}  // namespace balcao::rules
