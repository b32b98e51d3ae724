#pragma once
// Columns and numbers for a terminal: text set below each other, estimates in English with plain spaces. Used
// by the tables of this module that go to standard output.
#include <string>
#include <string_view>
#include <vector>

#include "report/numbers.hpp"

namespace balcao::report {

using Texts = std::vector<std::string>;

// The first column to the left, the others to the right, two spaces between; `indent` spaces before.
std::string aligned(const std::vector<Texts>& rows, std::size_t indent = 2);

// "12.0 ± 0.2%" with spaces that a reader can copy; "no interval".
std::string plain_text_of(const Estimate& estimate, std::string_view unit, Sign sign = Sign::when_negative);

}  // namespace balcao::report
