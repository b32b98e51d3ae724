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
    std::vector<StepWanted> steps;             // each bears the key of its service
    std::vector<model::ServiceKey> no_entity;  // of services that the model gives no entity: not filed
};

// Of services that are not refused. A step comes after those that its plan waits for, whether for the order
// or because both cannot be asked for in one sitting. Its term is the end of the day on which what comes of
// it is there (`zone` says when that is); its fee is what the plan quotes for that channel.
Planned steps_of(const model::Model& model,
                 const rules::LifePlan& plan,
                 const model::ChannelKey& channel,
                 const Zone& zone);

}  // namespace balcao::cases
