// What the law asks, as a tree.
#include "model/tree_of_model.hpp"

namespace balcao::model {

text::Yaml tree_of(const Duty& duty) {
    const Duty plain;
    MapNode map;
    map.add("kind", name_of(duty.kind)).add("name", tree_of_text(duty.name)).add("source", duty.source);
    if (duty.known_from != plain.known_from) map.add("known_from", name_of(duty.known_from));
    if (!duty.sites.empty()) map.add("sites", list_or_one(texts_of(duty.sites)));
    map.add("who", tree_of_text(duty.who));
    if (duty.at_least != plain.at_least) map.add("at_least", text_of_share(duty.at_least));
    if (!duty.services.empty()) map.add("services", list_or_one(texts_of(duty.services)));
    if (!duty.languages.empty()) map.add("languages", list_or_one(duty.languages));
    return map.node();
}

}  // namespace balcao::model
