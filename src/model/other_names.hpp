#pragma once
// What people call a thing in other words than its name. Used where somebody looks for it in words of their
// own; never shown in place of the name.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace balcao::model {

// By language, in the order of the model; an empty language: the same in all.
struct OtherNames {
    std::vector<std::pair<std::string, std::vector<std::string>>> words;

    [[nodiscard]] bool empty() const { return words.empty(); }

    // Those of that language, and those of all.
    [[nodiscard]] std::vector<std::string> in(std::string_view language) const;

    friend bool operator==(const OtherNames&, const OtherNames&) = default;
};

}  // namespace balcao::model
