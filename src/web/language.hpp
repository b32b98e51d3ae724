#pragma once
// In which language a page speaks: that of its address, else the person's choice (a cookie), else what the
// browser asks for, else the first of the city. Used by every page; it keeps nothing but that cookie.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/cookie.hpp"
#include "http/message.hpp"
#include "text/words.hpp"

namespace balcao::web {

using text::Language;
using text::Words;

// The first segment of the address, "pt" in "/pt/sites"; nothing when it is no language of ours.
std::optional<Language> language_in(std::string_view path);

// For a request whose address says none. `of_city`: the model's languages, the first counts when nothing else
// does.
Language language_for(const http::Request& request, const std::vector<std::string>& of_city);

// The person's choice, for a year.
http::Cookie choice_of(Language language, bool is_secure);

// The path without its language: "/sites/baixa" of "/pt/sites/baixa"; "/" of "/pt".
std::string path_without_language(std::string_view path);

}  // namespace balcao::web
