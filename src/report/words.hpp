#pragma once
// The words of the report, in the language asked for (text/words.hpp), under the names that this module uses.
#include "text/words.hpp"

namespace balcao::report {

using text::code_of;
using text::Language;
using text::own_name_of;
using text::parse_language;
using text::Words;

inline constexpr const auto& languages = text::spoken_languages;

}  // namespace balcao::report
