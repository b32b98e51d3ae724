#include "text/words.hpp"

namespace balcao::text {

std::string_view code_of(Language language) {
    constexpr std::array<std::string_view, 3> codes{"pt", "en", "es"};
    return codes.at(static_cast<std::size_t>(language));
}

std::string_view own_name_of(Language language) {
    constexpr std::array<std::string_view, 3> names{"Português", "English", "Español"};
    return names.at(static_cast<std::size_t>(language));
}

std::optional<Language> parse_language(std::string_view code) {
    for (const Language language : spoken_languages)
        if (code.substr(0, 2) == code_of(language) && (code.size() == 2 || code[2] == '-')) return language;
    return std::nullopt;
}

std::string Words::operator()(std::string_view english) const {
    return std::string{catalogue().text(code(), english)};
}

std::string Words::operator()(std::string_view english, std::initializer_list<Filling> fillings) const {
    return catalogue().text(code(), english, fillings);
}

std::string Words::or_else(std::string_view english, std::string_view otherwise) const {
    return catalogue().has(english) ? (*this)(english) : std::string{otherwise};
}

}  // namespace balcao::text
