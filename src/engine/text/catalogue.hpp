#pragma once
// Words for people, in Portuguese, English and Spanish, built in from locales/*.po. A text is found by its
// English form and filled in by name; what comes out is text, not HTML. Used by `report`, the pages and the
// command line.
//
// To add a text, put its msgid (the English form, with {names} to fill in) into all three files; the build
// stops until each has a translation with the same names.
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace balcao::text {

inline constexpr std::array<std::string_view, 3> languages{"pt", "en", "es"};

// One text in all languages, in the order of `languages`.
struct Message {
    struct Forms {
        std::string_view one;    // the text, or that for one where a number counts
        std::string_view other;  // for all other numbers; empty where no number counts
    };

    std::string_view english;
    std::array<Forms, languages.size()> forms;
};

// What stands in place of {name}.
using Filling = std::pair<std::string_view, std::string>;

// Texts by their English form. A text that it does not hold, a {name} that is not filled in, and a filling
// that the text has no place for are mistakes of ours and stop the program. A language that it does not speak
// is English.
class Catalogue {
public:
    // In the order of the bytes of `english`; must outlive the catalogue.
    constexpr explicit Catalogue(std::span<const Message> messages) : messages_{messages} {}

    [[nodiscard]] bool has(std::string_view english) const { return find(english) != nullptr; }

    [[nodiscard]] std::string_view text(std::string_view language, std::string_view english) const;
    [[nodiscard]] std::string text(std::string_view language,
                                   std::string_view english,
                                   std::initializer_list<Filling> fillings) const;

    // The form for that number ("one day", "{count} days"), with {count} filled in as the language writes
    // numbers.
    [[nodiscard]] std::string counted(std::string_view language,
                                      std::string_view english,
                                      std::int64_t count,
                                      std::initializer_list<Filling> fillings = {}) const;

    [[nodiscard]] std::span<const Message> all() const { return messages_; }

private:
    [[nodiscard]] const Message* find(std::string_view english) const;
    [[nodiscard]] const Message::Forms& forms(std::string_view language, std::string_view english) const;

    std::span<const Message> messages_;
};

// What locales/*.po hold.
const Catalogue& catalogue();

// "{name}" in `form` replaced by its filling; see Catalogue for what is a mistake.
std::string fill_in(std::string_view form, std::span<const Filling> fillings);

}  // namespace balcao::text
