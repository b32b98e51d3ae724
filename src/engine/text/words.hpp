#pragma once
// The words of Balcão in one of the three languages that every page speaks; the texts themselves are in
// locales/*.po. Used by who builds pages; it never escapes: what comes out is text, not
// HTML.
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "text/catalogue.hpp"

namespace balcao::text {

enum class Language : unsigned char { pt, en, es };

inline constexpr std::array<Language, 3> spoken_languages{Language::pt, Language::en, Language::es};

// "pt", "en", "es": the code of BCP 47 and the name of the catalogue.
std::string_view code_of(Language language);
// "Português", "English", "Español": each language as it calls itself.
std::string_view own_name_of(Language language);
// "pt" and "pt-PT"; nothing for a language that we do not speak.
std::optional<Language> parse_language(std::string_view code);

class Words {
public:
    explicit Words(Language language) : language_{language} {}

    [[nodiscard]] Language language() const { return language_; }

    [[nodiscard]] std::string_view code() const { return code_of(language_); }

    // The text in this language, found by its English form. One that the catalogue does not hold is a mistake
    // of ours and stops the program.
    [[nodiscard]] std::string operator()(std::string_view english) const;

    // The same with every "{name}" replaced by its value.
    [[nodiscard]] std::string operator()(std::string_view english,
                                         std::initializer_list<Filling> fillings) const;

    // The text, or where the catalogue does not hold it, `otherwise`.
    [[nodiscard]] std::string or_else(std::string_view english, std::string_view otherwise) const;

private:
    Language language_;
};

}  // namespace balcao::text
