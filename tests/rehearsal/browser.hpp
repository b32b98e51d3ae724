#pragma once
// What a person without scripts sees of a page: its forms. Enough of HTML for the pages that we write.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dice.hpp"

namespace balcao::rehearsal {

struct Choice {
    std::string name;
    std::vector<std::string> values;
};

struct Form {
    std::string action;
    bool is_post = false;
    std::vector<std::pair<std::string, std::string>> hidden{};
    std::vector<Choice> choices{};       // selects, radios, checkboxes and buttons that have a name
    std::vector<std::string> to_fill{};  // names of what is typed

    // What is sent when somebody chooses by chance and types what `typed` says of a name.
    template <class Typed>
    std::string filled(Dice& dice, const Typed& typed) const {
        std::vector<std::pair<std::string, std::string>> fields = hidden;
        for (const auto& choice : choices)
            fields.emplace_back(choice.name, dice.one_of(choice.values));
        for (const auto& name : to_fill)
            fields.emplace_back(name, typed(name));
        return encoded(fields);
    }

    static std::string encoded(const std::vector<std::pair<std::string, std::string>>& fields);
};

// In the order of the page.
std::vector<Form> forms_in(std::string_view page);

// The text of the first attribute of that name behind `from`, read back; empty when there is none.
std::string attribute(std::string_view text, std::string_view name);

}  // namespace balcao::rehearsal
