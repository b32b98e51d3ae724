#include "web/desk_forms.hpp"

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "web/forms.hpp"

namespace balcao::web {

using html::Content;
using html::with;

// The same for the same thing to be done to the same state.
std::string DeskForms::key_of(std::string_view verb, const std::string& what) const {
    std::string state = fmt::format("{}/{}/{}/{}/{}/", place_.site->key.text(), format_date(view_.date),
                                    office::to_string(place_.desk), verb, what);
    const auto add = [&](Instant at) { state += std::to_string(at.time_since_epoch().count()) + "/"; };
    const auto& doing = view_.desk.doing;
    if (std::holds_alternative<office::DeskClosedNow>(doing)) add(view_.changed);
    if (const auto* is_free = std::get_if<office::DeskFree>(&doing)) add(is_free->since);
    if (const auto* rests = std::get_if<office::DeskResting>(&doing)) add(rests->since);
    for (const auto& alarm : view_.alarms)
        add(alarm.emergency.since);
    if (view_.visit) {
        state +=
            fmt::format("{}/{}/{}/{}/{}/", view_.visit->number.value, view_.visit->leg,
                        view_.visit->legs.size(), view_.visit->calls, office::name_of(view_.visit->state));
        if (const auto* called = std::get_if<office::Called>(&view_.visit->state)) add(called->at);
        if (const auto* served = std::get_if<office::InService>(&view_.visit->state)) add(served->since);
    }
    return crypto::to_hex(crypto::bytes_of(crypto::sha256({state})));
}

html::Url DeskForms::address(std::string_view verb) const {
    return url(words_, {"desk", place_.site->key.text(), office::to_string(place_.desk), verb});
}

void DeskForms::begin(Content& form, std::string_view verb, const std::string& what) const {
    write_hidden(form, "key", key_of(verb, what));
}

void DeskForms::button(Content& into, const Button& button) const {
    into.element<"form">({with<"method">("post"), with<"action">(address(button.verb))}, [&](Content& form) {
        begin(form, button.verb, button.number + button.desk);
        if (!button.number.empty()) write_hidden(form, "number", button.number);
        if (!button.desk.empty()) write_hidden(form, "desk", button.desk);
        form.element<"button">({with<"id">(std::string{button.verb} + button.number + button.desk),
                                when(button.is_main, with<"class">("main")),
                                when(!button.key.empty(), with<"data-key">(button.key)),
                                when(!button.key.empty(), with<"aria-keyshortcuts">(button.key))},
                               [&](Content& inside) {
                                   inside.text(button.label);
                                   if (!button.key.empty()) inside.text(" ").element<"kbd">(button.key);
                               });
    });
}

void DeskForms::choice(Content& into, const Choice& choice) const {
    if (choice.options.empty()) return;
    const std::string id = std::string{choice.verb} + "-" + std::string{choice.name};
    into.element<"form">({with<"method">("post"), with<"action">(address(choice.verb))}, [&](Content& form) {
        begin(form, choice.verb, {});
        form.element<"label">({with<"for">(id)}, choice.label);
        form.element<"select">({with<"id">(id), with<"name">(choice.name)}, [&](Content& select) {
            for (const auto& [value, words] : choice.options)
                select.element<"option">({with<"value">(value)}, words);
        });
        form.element<"button">(choice.button);
    });
}

}  // namespace balcao::web
