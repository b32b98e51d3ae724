#pragma once
// The contract test that an entity runs against its own endpoint before it joins (docs/entities.md): it asks
// as the city asks, wrongly too, and says of each promise whether it is kept and what to mend. What it sends
// is really done there, so it is for a system of trial: cases of the year 1000, which no city has. Used by
// `balcao entity-check` and by tests.
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cases/connector.hpp"
#include "connect/entity_secrets.hpp"
#include "model/request.hpp"

namespace balcao::entity_check {

// What the entity says of itself.
struct Declared {
    std::string address;
    model::WayKind by = model::WayKind::http;  // or events
    model::OnDoubt on_doubt = model::OnDoubt::send_again;
    bool takes_back = false;
    std::chrono::milliseconds gives_up = std::chrono::seconds{30};
    connect::EntityCredentials credentials{};
    std::vector<cases::Datum> example{};  // what it is sent; names with dots are members of members
};

// An example as a file has it: an object of JSON, all of whose ends are texts. Error: invalid.
Result<std::vector<cases::Datum>> read_example(std::string_view json);

enum class Found : std::uint8_t { kept, broken, not_asked };

struct Finding {
    std::string promise;  // "The same request under the same key is done once."
    Found found = Found::kept;
    std::string saw{};   // what came instead, or why it was not asked
    std::string mend{};  // of a broken one
};

// All of it, in order; `tell` hears of each as it is found. When nothing answers there, that is all it says.
std::vector<Finding> check(const Declared& declared, const std::function<void(const Finding&)>& tell);

}  // namespace balcao::entity_check
