#pragma once
// A service situation: one person with one need, and what must come true for her. Walked through the
// simulated model by `sim`.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "base/money.hpp"
#include "model/keys.hpp"

namespace balcao::model {

struct MustBeServed {
    bool served = true;
    friend bool operator==(const MustBeServed&, const MustBeServed&) = default;
};

struct MustTakeVisits {
    int at_most = 1;
    friend bool operator==(const MustTakeVisits&, const MustTakeVisits&) = default;
};

struct MustEndWithin {
    Duration limit{};
    friend bool operator==(const MustEndWithin&, const MustEndWithin&) = default;
};

// Fee and travel together.
struct MustCost {
    Money at_most;
    friend bool operator==(const MustCost&, const MustCost&) = default;
};

using Must = std::variant<MustBeServed, MustTakeVisits, MustEndWithin, MustCost>;

struct Situation {
    std::string key;  // the file's name
    LocalText about;
    std::optional<GroupKey> group;
    std::variant<ServiceKey, LifeEventKey> wants;
    std::vector<ServiceKey> needs;  // of the life event, these; none: all of it
    std::vector<ChannelKey> can;    // channels this person can use, best first; empty: the counter
    std::optional<SiteKey> site;    // none: any site that serves the need, the nearest first
    int from_weekday = 0;           // Monday is 0; the hour that the need arises, in each simulated week
    int from_minute = 0;            // after midnight
    std::vector<Must> must;
    friend bool operator==(const Situation&, const Situation&) = default;
};

}  // namespace balcao::model
