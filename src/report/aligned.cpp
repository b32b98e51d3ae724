#include "report/aligned.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace balcao::report {

namespace {

// No-break spaces keep a page's numbers whole; a terminal's reader copies them.
std::string with_plain_spaces(std::string text) {
    constexpr std::string_view no_break = "\u00a0";
    for (std::size_t at = text.find(no_break); at != std::string::npos; at = text.find(no_break, at))
        text.replace(at, no_break.size(), " ");
    return text;
}

}  // namespace

std::string aligned(const std::vector<Texts>& rows, std::size_t indent) {
    std::vector<std::size_t> widths;
    for (const Texts& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], text::display_width(row[i]));
    }
    std::string out;
    for (const Texts& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += i == 0 ? std::string(indent, ' ') + text::pad_right(row[i], widths[i])
                           : "  " + text::pad_left(row[i], widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

std::string plain_text_of(const Estimate& estimate, std::string_view unit, Sign sign) {
    return with_plain_spaces(estimate_text(estimate, unit, Words{Language::en}, sign));
}

}  // namespace balcao::report
