// What kiosks offer, and who interprets, as trees.
#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

using text::Yaml;

Yaml tree_of(const KioskButton& button) {
    if (button.name.texts.empty() && button.services.size() == 1)
        return Yaml::of_scalar(button.services.front().text());
    std::vector<Yaml> names;
    names.reserve(button.services.size());
    for (const ServiceKey& service : button.services)
        names.push_back(Yaml::of_scalar(service.text()));
    return MapNode{}.add("name", tree_of_text(button.name)).add("services", list_of(std::move(names))).node();
}

}  // namespace

Yaml tree_of(const std::vector<Kiosk>& kiosks) {
    if (kiosks.empty()) return {};
    MapNode map;
    for (const Kiosk& kiosk : kiosks) {
        std::vector<Yaml> buttons;
        buttons.reserve(kiosk.buttons.size());
        for (const KioskButton& button : kiosk.buttons)
            buttons.push_back(tree_of(button));
        map.add(kiosk.key.text(), MapNode{}
                                      .add("name", tree_of_text(kiosk.name))
                                      .add("buttons", list_of(std::move(buttons)))
                                      .node());
    }
    return map.node();
}

Yaml tree_of(const Interpreters& interpreters) {
    if (interpreters == Interpreters{}) return {};
    return MapNode{}
        .add("name", tree_of_text(interpreters.name))
        .add("phone", interpreters.phone)
        .add("source", interpreters.source)
        .node();
}

}  // namespace balcao::model
