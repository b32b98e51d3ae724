#pragma once
// What the tests of this folder say often.
#include <cmath>

#include "base/civil.hpp"

namespace balcao::plan {

inline Date day(const char* text) { return *parse_date(text); }

// Even numbers in -1..1 that repeat on no machine's whim.
inline double wobble(int k) { return std::sin(12.9898 * k) * std::cos(78.233 * k); }

}  // namespace balcao::plan
