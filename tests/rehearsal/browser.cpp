#include "browser.hpp"

#include <algorithm>

#include "http/fields.hpp"
#include "http/uri.hpp"

namespace balcao::rehearsal {
namespace {

std::string unescaped(std::string_view text) {
    static constexpr std::pair<std::string_view, char> marks[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    std::string plain;
    while (!text.empty()) {
        const auto* mark =
            std::ranges::find_if(marks, [&](const auto& one) { return text.starts_with(one.first); });
        if (mark != std::end(marks)) {
            plain.push_back(mark->second);
            text.remove_prefix(mark->first.size());
        } else {
            plain.push_back(text.front());
            text.remove_prefix(1);
        }
    }
    return plain;
}

// The tags of that name in `page`, each up to its ">".
std::vector<std::pair<std::size_t, std::string_view>> tags(std::string_view page, std::string_view name) {
    std::vector<std::pair<std::size_t, std::string_view>> found;
    const std::string begin = "<" + std::string{name};
    for (auto at = page.find(begin); at != std::string_view::npos; at = page.find(begin, at + 1)) {
        const auto after = page.substr(at + begin.size());
        if (after.empty() || (after.front() != ' ' && after.front() != '>')) continue;
        found.emplace_back(at, page.substr(at, page.find('>', at) - at));
    }
    return found;
}

void add_choice(Form& form, const std::string& name, const std::string& value) {
    if (name.empty()) return;
    const auto known = std::ranges::find(form.choices, name, &Choice::name);
    if (known != form.choices.end()) return known->values.push_back(value);
    form.choices.push_back({name, {value}});
}

void add_input(Form& form, std::string_view tag) {
    const auto type = attribute(tag, "type");
    const auto name = attribute(tag, "name");
    if (type == "hidden") {
        form.hidden.emplace_back(name, attribute(tag, "value"));
    } else if (type == "checkbox" || type == "radio") {
        add_choice(form, name, attribute(tag, "value"));
    } else {
        form.to_fill.push_back(name);
    }
}

}  // namespace

std::string attribute(std::string_view text, std::string_view name) {
    const std::string begin = " " + std::string{name} + "=\"";
    const auto at = text.find(begin);
    if (at == std::string_view::npos) return {};
    const auto value = text.substr(at + begin.size());
    return unescaped(value.substr(0, value.find('"')));
}

std::vector<Form> forms_in(std::string_view page) {
    std::vector<Form> forms;
    for (const auto& [at, tag] : tags(page, "form")) {
        const auto inside = page.substr(at, page.find("</form>", at) - at);
        Form form{.action = attribute(tag, "action"), .is_post = attribute(tag, "method") == "post"};
        for (const auto& [place, input] : tags(inside, "input"))
            add_input(form, input);
        for (const auto& [place, select] : tags(inside, "select")) {
            const auto options = inside.substr(place, inside.find("</select>", place) - place);
            for (const auto& [where, option] : tags(options, "option"))
                add_choice(form, attribute(select, "name"), attribute(option, "value"));
        }
        for (const auto& [place, button] : tags(inside, "button"))
            add_choice(form, attribute(button, "name"), attribute(button, "value"));
        forms.push_back(std::move(form));
    }
    return forms;
}

std::string Form::encoded(const std::vector<std::pair<std::string, std::string>>& fields) {
    http::Fields all;
    for (const auto& [name, value] : fields)
        all.add(name, value);
    return http::format_form(all);
}

}  // namespace balcao::rehearsal
