#pragma once
// "Did you mean …": the known word that a mistyped one is nearest to. Used by every reader of what people
// write: models, CSV headers, options. It suggests, it never corrects.
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace balcao::text {

// How many letters must be put in, left out, replaced or swapped with their neighbour to turn one into the
// other (Damerau 1964, Levenshtein 1966; in the restricted form: no part is edited twice). Letters are code
// points.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of the known words, where it is near enough to be meant: at most a third of the letters differ,
// and at least one letter is right. Case, accents, spaces, "-" and "_" count for nothing. Of equally near
// ones, the first. Never the word itself.
std::optional<std::string> near_miss(std::string_view word, std::span<const std::string> known);
std::optional<std::string> near_miss(std::string_view word, std::span<const std::string_view> known);

}  // namespace balcao::text
