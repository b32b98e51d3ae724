#pragma once
// What is said to an entity over HTTP, by the contract of docs/entities.md: pure functions of the effect and
// of the entity's way in, the same bytes each time but for the number of the attempt (and the time of an
// event). Used by the connector and by the check that an entity runs against itself.
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "cases/connector.hpp"
#include "model/request.hpp"

namespace balcao::connect {

struct EntityCall {
    std::string url;
    std::vector<std::string> headers{};  // "Idempotency-Key: …"
    std::string body{};                  // empty: GET, else POST
};

// The data as one object of JSON, under the names that the entity gives them: "applicant.name" is a member of
// a member. What would stand where something else stands already is in the member "also", under its own name.
std::string data_json(const std::vector<cases::Datum>& data, const std::vector<model::FieldName>& fields);

// The address with a path and a query added; it may have both already.
std::string entity_address(std::string_view address, std::string_view path, std::string_view query);

// POST ADDRESS, and POST ADDRESS/REFERENCE/undo.
EntityCall request_of(const cases::Effect& effect, const model::WayIn& way);

// POST ADDRESS of an event of CloudEvents 1.0 in structured mode. `source`: the address of this city.
EntityCall event_of(const cases::Effect& effect,
                    const model::WayIn& way,
                    std::string_view source,
                    Instant now);

// GET ADDRESS?key=KEY
EntityCall look_up_of(const cases::Effect& effect, const model::WayIn& way);

// GET ADDRESS?since=TIME, and what comes after that page.
EntityCall list_of(const model::WayIn& way, Instant since, std::string_view page);

}  // namespace balcao::connect
