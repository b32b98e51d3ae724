#pragma once
// The names of the measures of a run and what they are counted in, as targets need them. The definitions are
// on the language page; `sim` fills them.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao::model {

enum class MeasureUnit : unsigned char { number, share, minutes, days, money };

std::optional<MeasureUnit> unit_of_measure(std::string_view measure);
// In the order of the language page.
std::vector<std::string> measure_names();

}  // namespace balcao::model
