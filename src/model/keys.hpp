#pragma once
// The names by which the things of a service model refer to each other.
#include "base/key.hpp"

namespace balcao::model {

using EntityKey = Key<struct EntityTag>;
using ServiceKey = Key<struct ServiceTag>;
using LifeEventKey = Key<struct LifeEventTag>;
using DocumentKey = Key<struct DocumentTag>;
using FactKey = Key<struct FactTag>;      // of a person: lost, age, resident
using AnswerKey = Key<struct AnswerTag>;  // of a fact that is chosen from a list, unique within it
using DetailKey = Key<struct DetailTag>;  // of a person: full-name, born
using SiteKey = Key<struct SiteTag>;
using DeskKey = Key<struct DeskTag>;  // a desk group, unique within its site
using StepKey = Key<struct StepTag>;  // unique within its service
using GroupKey = Key<struct GroupTag>;
using ChannelKey = Key<struct ChannelTag>;  // counter phone chat email video online, or the model's own
using DemandKey = Key<struct DemandTag>;

}  // namespace balcao::model
