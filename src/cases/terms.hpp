#pragma once
// What was agreed with the entities of a model, as this room needs it. Used by who joins the rooms and by
// tests.
#include "cases/settings.hpp"
#include "model/model.hpp"

namespace balcao::cases {

EntityTerms terms_of(const model::WayIn& way);

// Of every entity of the model.
Agreements::All terms_of(const model::Model& model);

}  // namespace balcao::cases
