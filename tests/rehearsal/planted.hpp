#pragma once
// Which of the planted bugs (planted.py) this process has. The copies of sources that have them ask it.
#include <string_view>

namespace balcao::rehearsal {

inline std::string_view planted_bug;  // its name; empty: none

inline bool is_planted(std::string_view name) { return planted_bug == name; }

}  // namespace balcao::rehearsal
