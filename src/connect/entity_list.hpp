#pragma once
// The list of what an entity says it has, as it comes over the line (docs/entities.md). Pure; comparing it
// with what was sent is the affair of `cases`.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cases/comparison.hpp"

namespace balcao::connect {

struct HeldPage {
    std::vector<cases::HeldThere> held;
    std::string next{};  // what to ask for the page after it; empty: that was the last
};

// {"requests": [{"key", "reference", "state"}, …], "next"}. Error: invalid.
Result<HeldPage> read_held(std::string_view body);

}  // namespace balcao::connect
