#pragma once
// What came of comparing with entities what they have, for who looks after it: pages and API. It names
// nobody.
#include <string>
#include <vector>

#include "cases/cases.hpp"
#include "model/model.hpp"
#include "text/words.hpp"

namespace balcao::front {

struct EntityComparison {
    model::EntityKey entity;
    cases::ComparedAt last;
};

// The last one of each entity of the model that has given its list, in the order of the model. A refusal:
// unavailable.
cases::Answer<std::vector<EntityComparison>> last_comparisons(const cases::Cases& cases,
                                                              const model::Model& city);

// "The entity does not have it ."
std::string difference_text(const cases::Difference& difference, const text::Words& words);

// "12 sent, 12 there: no difference."
std::string comparison_text(const cases::EntityCompared& compared, const text::Words& words);

}  // namespace balcao::front
