#include "text/utf8.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace balcao::text {
namespace {

// U+00C0 to U+017F, one entry a letter; "-" leaves the letter as it is (it is none). From the Unicode names:
// the base letter of "LATIN … LETTER X WITH …".
constexpr std::array<std::string_view, 0x180 - 0xC0> base_letters{
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // 00C0
    "d", "n", "o",  "o",  "o", "o", "o",  "-", "o", "u", "u", "u", "u", "y", "th", "ss",  // 00D0
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // 00E0
    "d", "n", "o",  "o",  "o", "o", "o",  "-", "o", "u", "u", "u", "u", "y", "th", "y",   // 00F0
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",   // 0100
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",   // 0110
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",   // 0120
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",   // 0130
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",   // 0140
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",   // 0150
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",   // 0160
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s",   // 0170
};

bool is_combining(char32_t c) { return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF); }

// Takes no column: combining marks, zero-width marks, variation selectors, skin tones after an emoji.
bool is_without_width(char32_t c) {
    return is_combining(c) || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0x1F3FB && c <= 0x1F3FF);
}

// The blocks of the Unicode Standard's EastAsianWidth.txt that are wide as a whole.
bool is_wide(char32_t c) {
    struct Block {
        char32_t first;
        char32_t last;
    };

    static constexpr std::array<Block, 8> blocks{{{0x1100, 0x115F},
                                                  {0x2E80, 0x303E},
                                                  {0x3041, 0xA4CF},
                                                  {0xAC00, 0xD7A3},
                                                  {0xF900, 0xFAFF},
                                                  {0xFE30, 0xFE6F},
                                                  {0xFF00, 0xFF60},
                                                  {0x1F300, 0x1FAFF}}};
    return std::ranges::any_of(blocks, [c](Block block) { return c >= block.first && c <= block.last; });
}

void append_folded(std::string& out, char32_t c, std::string_view original) {
    if (c >= 'A' && c <= 'Z') {
        out += static_cast<char>(c - 'A' + 'a');
        return;
    }
    const bool has_base = c >= 0xC0 && c < 0x180 && base_letters[c - 0xC0] != "-";
    if (!is_combining(c)) out += has_base ? base_letters[c - 0xC0] : original;
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = decode_utf8(text);
        append_folded(out, point.value, text.substr(0, point.length));
        text.remove_prefix(point.length);
    }
    return out;
}

bool has_words(std::string_view text, std::string_view words) {
    const std::string folded = fold(text);
    const std::string sought = fold(words);
    for (std::size_t at = 0; at < sought.size();) {
        const auto end = std::min(sought.find(' ', at), sought.size());
        if (folded.find(sought.substr(at, end - at)) == std::string::npos) return false;
        at = end + 1;
    }
    return true;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const CodePoint point = decode_utf8(text);
        if (!is_without_width(point.value)) width += is_wide(point.value) ? 2 : 1;
        text.remove_prefix(point.length);
    }
    return width;
}

std::string pad_right(std::string_view text, std::size_t width) {
    std::string out{text};
    const std::size_t own = display_width(text);
    if (own < width) out.append(width - own, ' ');
    return out;
}

std::string pad_left(std::string_view text, std::size_t width) {
    const std::size_t own = display_width(text);
    std::string out(own < width ? width - own : 0, ' ');
    out += text;
    return out;
}

}  // namespace balcao::text
