#pragma once
// The forms of a desk's page: a button for one thing, or a list to choose from with its button. The key of
// each is made of what it acts on, so that pressing twice, or on two machines, does once. Internal to `web`.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/desk_view.hpp"

namespace balcao::web {

class DeskForms {
public:
    DeskForms(const Words& words, const Place& place, const DeskView& view)
        : words_{words}, place_{place}, view_{view} {}

    struct Button {
        std::string_view verb;
        std::string label;
        std::string_view key{};  // on the keyboard
        std::string number{};    // of the visit that it is about, where it is not the desk's own
        bool is_main = false;
        std::string desk{};  // that it is about, where it is another
    };

    void button(html::Content& into, const Button& button) const;

    struct Choice {
        std::string_view verb;
        std::string_view name;  // of what is chosen
        std::string label;
        std::vector<std::pair<std::string, std::string>> options;  // value and words
        std::string button;
    };

    // Nothing where there is nothing to choose from.
    void choice(html::Content& into, const Choice& choice) const;

private:
    void begin(html::Content& form, std::string_view verb, const std::string& what) const;
    [[nodiscard]] html::Url address(std::string_view verb) const;
    [[nodiscard]] std::string key_of(std::string_view verb, const std::string& what) const;

    const Words& words_;
    const Place& place_;
    const DeskView& view_;
};

}  // namespace balcao::web
