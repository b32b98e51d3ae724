#pragma once
// What UTF-8 text looks like to people: folded for comparing and searching, and as wide as it stands in a
// terminal. Used by near misses, by identifiers made of names and by tables on the command line. Validity is
// in base/utf8.hpp.
#include <cstddef>
#include <string>
#include <string_view>

namespace balcao::text {

// Lower case and without accents, for Latin letters (Latin-1, Latin Extended-A, combining marks): "São João"
// is "sao joao", "ß" is "ss". Other scripts and broken bytes stay as they are.
std::string fold(std::string_view text);

// Whether each word of `words` is somewhere in the text, whatever the accents and capitals; no word: yes.
bool has_words(std::string_view text, std::string_view words);

// Columns in a terminal: one a code point, none for combining marks and controls, two for East Asian wide
// ones and emoji.
std::size_t display_width(std::string_view text);

// `text` with spaces to that width, on its right or on its left; longer text stays whole.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

}  // namespace balcao::text
