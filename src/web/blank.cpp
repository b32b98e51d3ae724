#include "web/blank.hpp"

namespace balcao::web {

using html::with;

Blank blank_of(const model::Detail& detail, const Words& words) {
    using model::DetailKind;
    Blank blank{.name = front::field_of(detail.key),
                .label = model::name_of(detail, words.code()),
                .help = detail.help.in(words.code(), "")};
    if (!detail.autofill.empty()) blank.complete = detail.autofill;
    if (detail.kind == DetailKind::date) blank.type = "date";
    if (detail.kind == DetailKind::mail) blank.type = "email";
    if (detail.kind == DetailKind::phone) blank.type = "tel";
    blank.has_digits = detail.kind == DetailKind::digits;
    blank.is_long = detail.kind == DetailKind::long_text;
    return blank;
}

void write_blank(html::Content& form, const Blank& blank, const front::Amiss* amiss, const Words& words) {
    const std::string described =
        (blank.help.empty() ? "" : blank.name + ".help ") + (amiss == nullptr ? "" : blank.name + ".amiss");
    form.element<"div">({with<"class">("line")}, [&](html::Content& box) {
        box.element<"label">({with<"for">(blank.name)}, blank.label);
        if (!blank.help.empty())
            box.element<"p">({with<"class">("quiet"), with<"id">(blank.name + ".help")}, blank.help);
        if (amiss != nullptr)
            box.element<"p">({with<"class">("wrong"), with<"id">(blank.name + ".amiss")},
                             front::amiss_text(*amiss, words));
        const auto aria = when(!described.empty(), with<"aria-describedby">(described));
        const auto invalid = when(amiss != nullptr, with<"aria-invalid">("true"));
        if (blank.is_long)
            box.element<"textarea">(
                {with<"id">(blank.name), with<"name">(blank.name), with<"rows">("5"), aria, invalid},
                blank.value);
        else
            box.empty<"input">({with<"id">(blank.name), with<"name">(blank.name), with<"type">(blank.type),
                                with<"value">(blank.value), with<"autocomplete">(blank.complete),
                                when(blank.has_digits, with<"inputmode">("numeric")), aria, invalid});
    });
}

}  // namespace balcao::web
