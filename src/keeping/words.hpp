#pragma once
// Numbers, times and counted things as the keeper of a journal reads them. Internal to `keeping` and the
// commands that show what it found.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace balcao::keeping {

// "1,204".
std::string number_text(std::uint64_t number);

// "1 event", "1,204 events"; `one` is the word for one, and more of them have an s.
std::string counted(std::uint64_t count, std::string_view one);

// "2026-11-22 11:20:03 UTC".
std::string time_text(Instant at);

}  // namespace balcao::keeping
