#pragma once
// An entity's way in, drafted from its description in OpenAPI 3: where requests go, what it promises when an
// answer is lost, and which of its fields is which detail of the city's. A draft: what the description does
// not say is left to whoever joins the entity, and said. Used by `balcao entity-draft` (docs/entities.md).
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"

namespace balcao::entity_check {

struct Draft {
    model::WayIn way_in{};
    bool has_token = false;  // it wants to know who asks
    std::string header{};    // in which the token stands; empty: Authorization
    // Of its fields: those that no detail of the city is, and must be there; and those that may be.
    std::vector<std::string> unknown_needed{};
    std::vector<std::string> unknown{};
};

struct DraftOf {
    std::string file{};  // for what is told of the description
    std::string path{};  // "/requests"; empty: the one that is found
    std::string base{};  // "https://registry.example": where the description names no address
};

// The description is JSON or YAML. Error: invalid, with its place, for what is no OpenAPI 3, names no
// address, or has no request, or several, that could be meant.
Result<Draft> draft_of(std::string_view description, const model::Model& city, const DraftOf& of);

// The entity as a model says it, ready to be put into its text, with what is left to do as comments.
std::string text_of(const Draft& draft, const std::string& key);

}  // namespace balcao::entity_check
