#pragma once
// From the plan of a life event to the steps of a case: which service of which entity, after which others, at
// what price and by when. Used by whoever files a plan; data and consents are added by them. It asks nobody
// anything.
#include <string>
#include <vector>

#include "cases/submission.hpp"
#include "model/model.hpp"
#include "rules/life_plan.hpp"

namespace balcao::cases {

struct Planned {
    std::vector<StepWanted> steps;  // each bears the key of its service
    // Of the plan, but not filed: the model does not say how they are asked for from afar, or they wait for
    // one of which it does not.
    std::vector<model::ServiceKey> elsewhere;
};

// Of services that are not refused. A step comes after those that its plan waits for, whether for the order
// or because both cannot be asked for in one sitting. Its term is the end of the day on which what comes of
// it is there (`zone` says when that is); its fee is what the plan quotes for that channel, or else for the
// counter.
Planned steps_of(const model::Model& model,
                 const rules::LifePlan& plan,
                 const model::ChannelKey& channel,
                 const Zone& zone);

}  // namespace balcao::cases
