// What the kiosks of a site offer, and who interprets by telephone.
#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "model/readers.hpp"

namespace balcao::model {
namespace {

constexpr std::size_t phone_length_most = 40;

KioskButton read_button(const Context& context, const Yaml& node) {
    KioskButton button;
    if (node.is_scalar()) {
        const std::string name = read_name(context, node);
        if (!name.empty()) button.services.emplace_back(name);
        return button;
    }
    const Fields fields{context, node, "kiosk_button"};
    if (!fields.is_map()) return button;
    if (const Yaml* name = fields.find("name")) button.name = read_text(context, *name);
    if (const Yaml* services = fields.find("services"))
        for (const auto& [service, mark] : read_names(context, *services))
            button.services.emplace_back(service);
    return button;
}

Kiosk read_kiosk(const Context& context, const YamlEntry& entry) {
    Kiosk kiosk;
    kiosk.key = KioskKey{entry.key};
    const Fields fields{context, entry.value, "kiosk"};
    if (!fields.is_map()) return kiosk;
    if (const Yaml* name = fields.find("name")) kiosk.name = read_text(context, *name);
    const Yaml* buttons = fields.find("buttons");
    if (buttons == nullptr) return kiosk;
    const auto& items = items_of(context, *buttons, "a list of services, such as [identity, tax]");
    if (buttons->is_sequence() && items.empty())
        context.mistake(buttons->mark, "the list of buttons is empty: nobody could take a ticket here");
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i == Kiosk::buttons_most)
            context.mistake(items[i].mark,
                            fmt::format("too many buttons: a kiosk has at most {}, and here are {}; put "
                                        "several services into a group, {{name: …, services: [a, b]}}",
                                        Kiosk::buttons_most, items.size()));
        kiosk.buttons.push_back(read_button(context, items[i]));
    }
    return kiosk;
}

// Digits as people write them: a plus in front, spaces, hyphens, brackets.
bool is_phone(std::string_view text) {
    return text.size() <= phone_length_most && std::count_if(text.begin(), text.end(), is_digit) >= 3 &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return is_digit(c) || c == ' ' || c == '-' || c == '+' || c == '(' || c == ')';
           });
}

}  // namespace

std::vector<Kiosk> read_kiosks(const Context& context, const Yaml& node) {
    std::vector<Kiosk> kiosks;
    for (const YamlEntry& entry :
         entries_of(context, node, "kiosks by name, such as {entrance: {buttons: [identity, tax]}}"))
        if (check_name(context, entry.key_mark, entry.key)) kiosks.push_back(read_kiosk(context, entry));
    return kiosks;
}

Interpreters read_interpreters(const Context& context, const Yaml& node) {
    Interpreters interpreters;
    const Fields fields{context, node, "interpreters"};
    if (!fields.is_map()) return interpreters;
    if (const Yaml* name = fields.find("name")) interpreters.name = read_text(context, *name);
    if (const Yaml* phone = fields.find("phone")) {
        interpreters.phone = read_string(context, *phone).value_or("");
        if (!interpreters.phone.empty() && !is_phone(interpreters.phone))
            context.mistake(phone->mark, fmt::format("{} is no telephone number: expected digits, such as "
                                                     "\"218 106 191\"",
                                                     text::quote_yaml(interpreters.phone)));
    }
    if (const Yaml* source = fields.find("source"))
        interpreters.source = read_string(context, *source, "source_name").value_or("");
    return interpreters;
}

}  // namespace balcao::model
