// Checks how many promises a run can keep count of.
#include <set>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/measures.hpp"

namespace balcao::model {

void check_limits(const CheckedModel& checked) {
    std::set<Duration> limits;
    for (std::size_t i = 0; i < checked.model.targets.size(); ++i) {
        const auto& limit = checked.model.targets[i].limit;
        if (!limit || !limits.insert(*limit).second || limits.size() <= served_within_limits_max) continue;
        checked.mistake_at({"targets", std::to_string(i), "limit"},
                           fmt::format("{} is one limit too many: expected at most {} different limits of "
                                       "served_within",
                                       format_duration(*limit), served_within_limits_max));
    }
}

}  // namespace balcao::model
