#include "report/text_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/check.hpp"
#include "text/utf8.hpp"

namespace balcao::report {

namespace {

constexpr int axis_width = 8;  // what stands left of the frame
constexpr std::array<const char*, 4> marks{"●", "○", "◆", "◇"};
constexpr const char* several = "◉";  // marks of more than one curve in one place

// One character of the picture: braille dots, unless something stands over them.
struct Place {
    unsigned dots = 0;
    const char* over = nullptr;
};

// The braille block holds 2 by 4 dots a character, their bits numbered down the left column first (Unicode,
// chapter 21.1).
unsigned dot_bit(int column, int row) {
    constexpr std::array<std::array<unsigned, 4>, 2> bits{
        {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}};
    return bits.at(static_cast<std::size_t>(column)).at(static_cast<std::size_t>(row));
}

std::string braille(unsigned dots) {
    const unsigned code = 0x2800U + dots;
    return {static_cast<char>(0xE0U | (code >> 12U)), static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
            static_cast<char>(0x80U | (code & 0x3FU))};
}

// The least of 1, 2, 2.5 and 5 times a power of ten that is not below.
double round_up(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (value <= step * power * (1 + 1e-9)) return step * power;
    return 10 * power;
}

class Picture {
public:
    explicit Picture(const TextPlot& plot)
        : plot_{plot},
          columns_{plot.width - axis_width - 5},
          places_(static_cast<std::size_t>(columns_ * plot.height)) {
        double most = 0;
        for (const double bound : plot.bounds)
            most = std::max(most, bound);
        for (const TextCurve& curve : plot.curves)
            for (const double value : curve.values)
                most = std::max(most, value);
        // Room above the highest, so that a bound is not the frame.
        top_ = most > 0 ? round_up(most * (plot.is_share ? 1.0 : 1.05)) : 1;
        if (plot.is_share && most <= 1) top_ = std::min(top_, 1.0);
    }

    std::string text() {
        for (const double bound : plot_.bounds)
            for (int column = 0; column < columns_; column += 2)
                at(column, line_of(bound)).over = "╌";
        for (const TextCurve& curve : plot_.curves)
            draw_breaks(curve);
        for (const TextCurve& curve : plot_.curves)
            draw_line(curve);
        for (std::size_t number = 0; number < plot_.curves.size(); ++number)
            draw_marks(plot_.curves[number], marks.at(number));
        std::string out;
        for (int line = 0; line < plot_.height; ++line)
            out += written(line);
        return out + axis() + legend();
    }

private:
    Place& at(int column, int line) {
        const int place = line * columns_ + column;
        return places_.at(static_cast<std::size_t>(place));
    }

    [[nodiscard]] int column_of(std::size_t step) const {
        const double share = static_cast<double>(step) / static_cast<double>(plot_.steps.size() - 1);
        return 1 + static_cast<int>(std::lround(share * (columns_ - 4)));
    }

    // In dots from the top.
    [[nodiscard]] int dot_row(double value) const {
        const int dots = plot_.height * 4;
        return std::clamp(static_cast<int>(std::lround((1 - value / top_) * (dots - 1))), 0, dots - 1);
    }

    [[nodiscard]] int line_of(double value) const { return dot_row(value) / 4; }

    void draw_breaks(const TextCurve& curve) {
        if (!curve.breaks_at) return;
        for (int line = 0; line < plot_.height; ++line)
            at(column_of(*curve.breaks_at), line).over = "┊";
    }

    void draw_line(const TextCurve& curve) {
        for (std::size_t step = 0; step + 1 < curve.values.size(); ++step) {
            const int from = column_of(step) * 2;
            const int to = column_of(step + 1) * 2;
            int before = dot_row(curve.values[step]);
            for (int x = from; x <= to; ++x) {
                const double share = static_cast<double>(x - from) / (to - from);
                const int row = dot_row(curve.values[step] * (1 - share) + curve.values[step + 1] * share);
                // A steep line has no gaps.
                for (int y = std::min(before, row); y <= std::max(before, row); ++y) {
                    Place& place = at(x / 2, y / 4);
                    place.dots |= dot_bit(x % 2, y % 4);
                    place.over = nullptr;
                }
                before = row;
            }
        }
    }

    void draw_marks(const TextCurve& curve, const char* mark) {
        for (std::size_t step = 0; step < curve.values.size(); ++step) {
            Place& place = at(column_of(step), line_of(curve.values[step]));
            const bool is_marked =
                place.over != nullptr &&
                std::ranges::any_of(marks, [&](const char* other) { return place.over == other; });
            place.over = is_marked ? several : mark;
        }
    }

    [[nodiscard]] std::string value_text(double value) const {
        return plot_.is_share ? fmt::format("{:g}%", value * 100) : fmt::format("{:g}", value);
    }

    // The top, zero and each bound have their number.
    [[nodiscard]] std::string label_of(int line) const {
        for (const double bound : plot_.bounds)
            if (line == line_of(bound)) return value_text(bound) + " ┼";
        if (line == 0) return value_text(top_) + " ┤";
        return line == plot_.height - 1 ? value_text(0) + " ┤" : "│";
    }

    std::string written(int line) {
        std::string row = "    " + text::pad_left(label_of(line), axis_width + 1);
        for (int column = 0; column < columns_; ++column) {
            const Place& place = at(column, line);
            row += place.over != nullptr ? place.over : place.dots != 0 ? braille(place.dots) : " ";
        }
        row.erase(row.find_last_not_of(' ') + 1);
        return row + "\n";
    }

    // What does not fit beside the one before is left out.
    [[nodiscard]] std::string axis() const {
        std::string ruler = "    " + std::string(axis_width, ' ') + "└";
        std::string labels = "    " + std::string(axis_width + 1, ' ');
        const auto begin = static_cast<int>(text::display_width(labels));
        for (int column = 0; column < columns_; ++column)
            ruler += is_break(column) ? "▲" : is_step(column) ? "┴" : "─";
        for (std::size_t step = 0; step < plot_.steps.size(); ++step) {
            const std::string& label = plot_.steps[step];
            const auto size = static_cast<int>(text::display_width(label));
            const int column = std::clamp(begin + column_of(step) - size / 2, begin, plot_.width - size);
            const auto used = static_cast<int>(text::display_width(labels));
            if (column > used || used == begin)
                labels += std::string(static_cast<std::size_t>(column - used), ' ') + label;
        }
        return ruler + "\n" + labels + "\n";
    }

    [[nodiscard]] bool is_step(int column) const {
        for (std::size_t step = 0; step < plot_.steps.size(); ++step)
            if (column_of(step) == column) return true;
        return false;
    }

    [[nodiscard]] bool is_break(int column) const {
        return std::ranges::any_of(plot_.curves, [&](const TextCurve& curve) {
            return curve.breaks_at && column_of(*curve.breaks_at) == column;
        });
    }

    [[nodiscard]] std::string legend() const {
        std::string out;
        for (std::size_t number = 0; number < plot_.curves.size(); ++number) {
            const TextCurve& curve = plot_.curves[number];
            out += "    " + std::string(axis_width + 1, ' ') + marks.at(number) + " ";
            out += curve.name.empty() ? curve.ending : curve.name + ": " + curve.ending;
            out += "\n";
        }
        return out;
    }

    const TextPlot& plot_;
    int columns_;
    std::vector<Place> places_;  // line by line
    double top_ = 1;
};

}  // namespace

std::string drawn(const TextPlot& plot) {
    if (plot.steps.size() < 2) return {};
    BALCAO_CHECK(plot.curves.size() <= marks.size());
    return Picture{plot}.text();
}

}  // namespace balcao::report
