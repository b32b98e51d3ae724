#pragma once
// What the API says of money, terms and documents of a service: each shape as it is described, and its
// writer. Inside `api`.
#include "api/shapes.hpp"

namespace balcao::api {

namespace shape {
SchemaRef fees();
const SchemaRef& term();
const SchemaRef& document();
}  // namespace shape

// The member `fees`.
void write_fees(text::JsonWriter& json, const model::PerChannel<Money>& fee);
// The member `takes`, where something is said of it.
void write_takes(text::JsonWriter& json, const std::optional<model::Term>& takes);
// One value.
void write_document(text::JsonWriter& json, const model::Document& document, const Words& words);

}  // namespace balcao::api
