#pragma once
// The names of the measures of a run and what they are counted in, as targets need them. The definitions are
// on the language page; `sim` fills them.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao::model {

enum class MeasureUnit : unsigned char { number, share, minutes, days, money };

// The most different limits of `served_within` that the targets of one model may name.
inline constexpr std::size_t served_within_limits_max = 6;

std::optional<MeasureUnit> unit_of_measure(std::string_view measure);
// In the order of the language page.
std::vector<std::string> measure_names();

}  // namespace balcao::model
