#pragma once
// The catalogue of a city for others: public services, organisations, life events, documents, costs and
// channels as CPSV-AP 3.2.0 (SEMIC, 2024) in JSON-LD, for portals that gather catalogues. Pure: a model in, a
// text out. Used by the command line and the server. What the vocabulary has no word for (working days, whose
// figure it is) is said besides in terms of our own, under `terms`.
#include <string>
#include <string_view>

#include "model/model.hpp"

namespace balcao::cpsv {

// What names of things begin with where nobody says otherwise: "urn:balcao:lisbon:".
std::string base_of(const model::Model& model);

// Our own terms: how long a service takes as the model says it ("8 working days").
inline constexpr std::string_view terms = "urn:balcao:terms:";

// The whole catalogue as JSON-LD 1.1 with a context of its own, in lines. `base` begins the name (IRI) of
// each thing and is followed by its kind and key: "service/irn-cc-2via".
std::string json_ld(const model::Model& model, std::string_view base);

}  // namespace balcao::cpsv
