#pragma once
// A text for people, in one language or several: what a model writes as a string or as {pt: …, en: …}.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace balcao {

// Pairs of language ("pt", "en", "es") and text, in the order of the model. A plain string has one pair with
// an empty language. Empty when the model gives no text.
struct LocalText {
    std::vector<std::pair<std::string, std::string>> texts;

    [[nodiscard]] bool empty() const { return texts.empty(); }

    // The text in that language; else the plain one; else the first; else `otherwise`.
    [[nodiscard]] std::string in(std::string_view language, std::string_view otherwise = {}) const;

    friend bool operator==(const LocalText&, const LocalText&) = default;
};

}  // namespace balcao
