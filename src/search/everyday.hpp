#pragma once
// Everyday words that people use for one another: car and vehicle, died and death. Words of the language, not
// of a catalogue; what a city calls a service of its own stands in the model (`also`). Internal to `search`.
#include <span>
#include <string_view>
#include <vector>

namespace balcao::search {

// Groups of words, folded and with blanks between them; each may stand for the others of its group.
std::span<const std::string_view> everyday_words(std::string_view language);

}  // namespace balcao::search
