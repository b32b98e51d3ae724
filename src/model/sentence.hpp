#pragma once
// A sentence about a model, said in two ways: in English with the keys and words of the model's text, for
// whoever writes that text; and in a person's language with the names that the city has, for whoever fills in
// a form. What a form can bring about is such a sentence; what only a text can is plain English, as the words
// of the text are (docs/adr/0020-what-is-said-of-a-model.md).
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"

namespace balcao::model {

// Something of the model that has a name.
struct Named {
    std::string key;
    LocalText name;

    template <class Thing>
    static Named of(const Thing& thing) {
        return {thing.key.text(), thing.name};
    }

    friend bool operator==(const Named&, const Named&) = default;
};

// What stands in place of a {name} of the pattern. Several things are joined by commas and "and".
using Part = std::variant<std::string, std::vector<Named>, WeekdaySet>;

class Sentence {
public:
    using Parts = std::vector<std::pair<std::string_view, Part>>;

    // Plain English only. Implicit on purpose, so that both kinds are said alike.
    // NOLINTNEXTLINE(google-explicit-constructor)
    Sentence(std::string plain) : plain_{std::move(plain)} {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    Sentence(const char* plain) : plain_{plain} {}

    // `pattern`: a text of locales/*.po, a literal.
    Sentence(std::string_view pattern, Parts parts);

    // In English, by keys: "hall has hours on mon-fri".
    [[nodiscard]] const std::string& plain() const { return plain_; }

    // By names, in one of the languages that Balcão speaks, beginning as sentences do; where there is only
    // the plain sentence, that one.
    [[nodiscard]] std::string in(std::string_view language) const;

    friend bool operator==(const Sentence&, const Sentence&) = default;

private:
    std::string plain_;
    std::string_view pattern_{};
    Parts parts_{};
};

// "a", "a and b", "a, b and c"; with the language's "and".
std::string listed_in(std::string_view language, const std::vector<std::string>& names);

}  // namespace balcao::model
