#pragma once
// Curves drawn with characters: lines of braille dots, a mark at each point, a dashed line for each bound and
// a column where a curve breaks. Used by the terminal's table of stress; it knows nothing of what it draws.
#include <optional>
#include <string>
#include <vector>

namespace balcao::report {

struct TextCurve {
    std::string name{};                      // in the legend; none where it is empty
    std::vector<double> values{};            // one a step; fewer where the run was cut short
    std::optional<std::size_t> breaks_at{};  // the step
    std::string ending{};                    // "breaks at +20 %", "holds to +100 %"
};

struct TextPlot {
    std::vector<std::string> steps{};  // what stands below each step, in few characters
    std::vector<TextCurve> curves{};   // at most four
    std::vector<double> bounds{};
    bool is_share = false;  // the axis counts in hundredths
    int width = 76;         // columns in all
    int height = 9;         // lines between the axis's ends
};

// Lines that end with a line's end, indented by four; values must be finite and >= 0. Nothing with fewer than
// two steps.
std::string drawn(const TextPlot& plot);

}  // namespace balcao::report
