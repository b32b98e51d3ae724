// Facts, documents and life events as a tree.
#include <fmt/format.h>

#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

using text::Yaml;

std::string text_of_range(const Condition& condition) {
    if (!condition.least) return fmt::format("<= {}", condition.most.value_or(0));
    if (!condition.most) return fmt::format(">= {}", *condition.least);
    if (*condition.least == *condition.most) return std::to_string(*condition.least);
    return fmt::format("{}-{}", *condition.least, *condition.most);
}

template <class Keys>
Yaml names(const Keys& keys) {
    return keys.empty() ? Yaml{} : list_or_one(texts_of(keys));
}

Yaml tree_of_when(const When& when) {
    MapNode map;
    for (const Condition& condition : when)
        map.add(condition.fact.text(), condition.answers.empty() ? Yaml::of_scalar(text_of_range(condition))
                                                                 : names(condition.answers));
    return map.is_empty() ? Yaml{} : map.node();
}

Yaml term_or_nothing(const std::optional<Term>& term) {
    return term ? Yaml::of_scalar(format_term(*term)) : Yaml{};
}

template <class Things, class TreeOf>
void add_list(MapNode& map, const char* key, const Things& things, TreeOf tree_of_thing) {
    std::vector<Yaml> items;
    items.reserve(things.size());
    for (const auto& thing : things)
        items.push_back(tree_of_thing(thing));
    if (!items.empty()) map.add(key, list_of(std::move(items)));
}

Yaml tree_of_terms(const ServiceTerms& line) {
    MapNode map;
    map.add("when", tree_of_when(line.when));
    if (line.fee) map.add("fee", tree_of_fee(*line.fee));
    return map.add("takes", term_or_nothing(line.takes)).node();
}

Yaml tree_of_exclusion(const Exclusion& line) {
    return MapNode{}.add("when", tree_of_when(line.when)).add("because", tree_of_text(line.because)).node();
}

Yaml tree_of_required(const RequiredDocument& required) {
    if (required.when.empty()) return Yaml::of_scalar(required.document.text());
    return MapNode{}
        .add("document", required.document.text())
        .add("when", tree_of_when(required.when))
        .node();
}

Yaml tree_of_step(const EventStep& step) {
    MapNode map;
    map.add("when", tree_of_when(step.when))
        .add("after", names(step.after))
        .add("not_with", names(step.not_with))
        .add("within", term_or_nothing(step.within))
        .add("because", tree_of_text(step.because))
        .add("informs", names(step.informs));
    if (map.is_empty()) return Yaml::of_scalar(step.service.text());
    return MapNode{}.add(step.service.text(), map.node()).node();
}

}  // namespace

Yaml tree_of_fee(const PerChannel<Money>& fee) {
    if (fee.all) return Yaml::of_scalar(format_money(*fee.all));
    MapNode map;
    for (const auto& [channel, amount] : fee.by_channel)
        map.add(channel.text(), format_money(amount));
    return map.is_empty() ? Yaml{} : map.node();
}

void add_rules(MapNode& map, const Service& service) {
    map.add("takes", term_or_nothing(service.takes));
    add_list(map, "terms", service.terms, tree_of_terms);
    add_list(map, "refused", service.refused, tree_of_exclusion);
    add_list(map, "documents", service.documents, tree_of_required);
}

Yaml tree_of(const Document& document) {
    MapNode map;
    map.add("name", tree_of_text(document.name));
    if (document.held_by) map.add("held_by", document.held_by->text());
    return map.add("source", document.source).node();
}

Yaml tree_of(const Fact& fact) {
    MapNode map;
    map.add("ask", tree_of_text(fact.ask))
        .add("help", tree_of_text(fact.help))
        .add("kind", name_of(fact.kind));
    MapNode answers;
    for (const FactAnswer& answer : fact.answers)
        answers.add(answer.key.text(), tree_of_text(answer.name));
    if (!answers.is_empty()) map.add("answers", answers.node());
    return map.node();
}

Yaml tree_of(const LifeEvent& event) {
    MapNode map;
    map.add("name", tree_of_text(event.name)).add("also", tree_of(event.also));
    map.add("about", tree_of_text(event.about));
    add_list(map, "services", event.steps, tree_of_step);
    if (event.at_least)
        map.add("at_least",
                MapNode{}.add(event.at_least->fact.text(), std::to_string(event.at_least->count)).node());
    if (event.begins) map.add("begins", event.begins->text());
    return map.add("source", event.source).node();
}

}  // namespace balcao::model
