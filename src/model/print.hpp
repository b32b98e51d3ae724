#pragma once
// Writes models for people: the canonical YAML form (reads back to an equal model), the differences of two
// models in words, and the JSON Schema of the language for editors. Used by `main` (`check --print`, `diff`,
// `schema`).
#include <string>
#include <vector>

#include "model/model.hpp"

namespace balcao::model {

// One YAML file: keys in the order of the language page, defaults left out, durations in their fewest units.
std::string print_canonical(const Model& model);

// One sentence a difference, in the order of the language page: "sites.shop.desks.a: count 4 → 6".
// Empty when the models are equal.
std::vector<std::string> differences(const Model& from, const Model& to);

// JSON Schema (2020-12) of model files, made from the same table of keys that the reader uses.
std::string json_schema();

}  // namespace balcao::model
