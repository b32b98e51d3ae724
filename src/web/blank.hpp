#pragma once
// One thing that a form asks: its label, what helps to fill it, what is amiss with what was written. Internal
// to `web`.
#include <string>
#include <string_view>

#include "front/request.hpp"
#include "html/html.hpp"
#include "web/language.hpp"

namespace balcao::web {

struct Blank {
    std::string name;
    std::string label;
    std::string help{};
    std::string_view type = "text";
    std::string complete = "off";
    std::string value{};
    bool has_digits = false;
    bool is_long = false;
};

// As a detail of the model is asked.
Blank blank_of(const model::Detail& detail, const Words& words);

// `amiss`: of what was written; null: nothing.
void write_blank(html::Content& form, const Blank& blank, const front::Amiss* amiss, const Words& words);

}  // namespace balcao::web
