#pragma once
// UTF-8 as it comes from outside: where it breaks off, and the same text with every broken part replaced.
// Used by the readers and writers of text (`text`, `html`); it knows no language and folds nothing.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace balcao {

// A digit of ASCII.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// One code point and the bytes it takes. For bytes that are not UTF-8: U+FFFD, `is_valid` false, and the
// length of the part that one U+FFFD stands for (the Unicode Standard 15.0, section 3.9, "maximal subpart").
struct CodePoint {
    char32_t value = 0xFFFD;
    std::size_t length = 1;
    bool is_valid = false;
};

// The first code point of a text that is not empty.
CodePoint decode_utf8(std::string_view text);
// `value` must be a Unicode scalar value (no surrogate, at most 0x10FFFF).
void append_utf8(std::string& out, char32_t value);

// The offset of the first byte that is not UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);
// The same text with U+FFFD in place of every part that is not UTF-8.
std::string replace_invalid_utf8(std::string_view text);

}  // namespace balcao
