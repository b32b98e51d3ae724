#include "model/tree_of_model.hpp"

#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "model/measures.hpp"
#include "model/print.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

using text::Yaml;

template <class Things, class TreeOf>
void add_things(MapNode& map, const char* key, const Things& things, TreeOf tree_of_thing) {
    MapNode inner;
    for (const auto& thing : things)
        if constexpr (std::is_same_v<std::decay_t<decltype(thing.key)>, std::string>)
            inner.add(thing.key, tree_of_thing(thing));
        else
            inner.add(thing.key.text(), tree_of_thing(thing));
    if (!inner.is_empty()) map.add(key, inner.node());
}

Yaml tree_of_source(const Source& source) {
    return MapNode{}.add("title", source.title).add("url", source.url).node();
}

Yaml tree_of_entity(const Entity& entity) {
    MapNode map;
    map.add("name", tree_of_text(entity.name)).add("also", tree_of(entity.also));
    if (entity.kind == EntityKind::private_body) map.add("kind", "private");
    map.add("way_in", tree_of(entity.way_in));
    map.add("source", entity.source);
    return map.node();
}

bool is_default_next(const Service& service, std::size_t index) {
    const Step& step = service.steps[index];
    Next usual;
    if (index + 1 < service.steps.size()) usual.to = service.steps[index + 1].key;
    return step.next.size() == 1 && step.next.front() == usual;
}

Yaml tree_of_next(const std::vector<Next>& next) {
    const auto name = [](const Next& one) { return one.to ? one.to->text() : std::string{"leave"}; };
    if (next.size() == 1 && next.front().share == 1) return Yaml::of_scalar(name(next.front()));
    MapNode map;
    for (const Next& one : next)
        map.add(name(one), text_of_share(one.share));
    return map.node();
}

Yaml tree_of_service(const Service& service) {
    MapNode map;
    map.add("name", tree_of_text(service.name)).add("also", tree_of(service.also));
    map.add("about", tree_of_text(service.about));
    if (service.entity) map.add("entity", service.entity->text());
    if (service.specialises) map.add("specialises", service.specialises->text());
    map.add("duration", tree_of_times(service.duration));
    std::vector<Yaml> steps;
    for (std::size_t i = 0; i < service.steps.size(); ++i) {
        const Step& step = service.steps[i];
        MapNode item;
        if (step.key.text() != step.at.text()) item.add("id", step.key.text());
        item.add("at", step.at.text()).add("duration", tree_of_times(step.duration));
        if (!is_default_next(service, i)) item.add("next", tree_of_next(step.next));
        steps.push_back(item.node());
    }
    if (!steps.empty()) map.add("steps", list_of(std::move(steps)));
    map.add("fee", tree_of_fee(service.fee));
    add_rules(map, service);
    if (service.request) map.add("request", tree_of(*service.request));
    map.add("patience", tree_of_times(service.patience));
    if (service.strict_order) map.add("strict_order", "true");
    if (service.simple) map.add("simple", "true");
    map.add("source", tree_of_sources(service));
    return map.node();
}

Yaml tree_of_group(const Group& group) {
    MapNode map;
    map.add("name", tree_of_text(group.name)).add("size", text::format_shortest(group.size));
    if (group.digital != 1) map.add("digital", text_of_share(group.digital));
    MapNode distances;
    for (const auto& [site, km] : group.distance_km)
        distances.add(site.text(), text::format_shortest(km) + " km");
    if (!distances.is_empty()) map.add("distance", distances.node());
    map.add("source", group.source);
    return map.node();
}

Yaml tree_of_travel(const Travel& travel) {
    return MapNode{}
        .add("speed", text::format_shortest(travel.speed_km_per_hour) + " km/h")
        .add("per_km", format_money(travel.per_km))
        .node();
}

Yaml tree_of_retention(const Retention& retention) {
    MapNode map;
    if (retention.visits) map.add("visits", format_duration(*retention.visits));
    if (retention.appointments) map.add("appointments", format_duration(*retention.appointments));
    if (retention.cases) map.add("cases", format_duration(*retention.cases));
    return map.node();
}

std::string text_of_bound(double bound, const std::string& measure) {
    switch (unit_of_measure(measure).value_or(MeasureUnit::number)) {
        case MeasureUnit::share:
            return text_of_share(bound);
        case MeasureUnit::number:
            return text::format_shortest(bound);
        case MeasureUnit::money:
            return format_money(Money{std::llround(bound * 100)});
        case MeasureUnit::days:
            return format_duration(Duration{std::llround(bound * 86400e6)});
        case MeasureUnit::minutes:
            break;
    }
    return format_duration(Duration{std::llround(bound * 60e6)});
}

Yaml tree_of_target(const Target& target) {
    MapNode map;
    map.add("measure", target.measure);
    if (target.limit) map.add("limit", format_duration(*target.limit));
    if (target.at_least) map.add("at_least", text_of_bound(*target.at_least, target.measure));
    if (target.at_most) map.add("at_most", text_of_bound(*target.at_most, target.measure));
    if (target.site) map.add("site", target.site->text());
    if (target.service) map.add("service", target.service->text());
    if (target.group) map.add("group", target.group->text());
    if (target.channel) map.add("channel", target.channel->text());
    return map.node();
}

}  // namespace

Yaml list_of(std::vector<Yaml> items) {
    Yaml list = Yaml::of(Yaml::Kind::sequence);
    list.items = std::move(items);
    return list;
}

Yaml list_or_one(std::vector<std::string> items) {
    if (items.size() == 1) return Yaml::of_scalar(std::move(items.front()));
    Yaml list = Yaml::of(Yaml::Kind::sequence);
    for (std::string& item : items)
        list.items.push_back(Yaml::of_scalar(std::move(item)));
    return list;
}

std::string text_of_share(double share) {
    const auto percent = text::parse_number(fmt::format("{:.12g}", share * 100));
    if (percent && *percent / 100 == share) return text::format_shortest(*percent) + " %";
    return text::format_shortest(share);
}

std::string text_of_hours(TimeRange range) {
    if (range.begin_minute % 60 != 0 || range.end_minute % 60 != 0) return format_time_range(range);
    if (range.end_minute == range.begin_minute + 60) return fmt::format("{:02}", range.begin_minute / 60);
    return fmt::format("{:02}-{:02}", range.begin_minute / 60, range.end_minute / 60);
}

Yaml tree_of_text(const LocalText& text) {
    if (text.empty()) return {};
    if (text.texts.size() == 1 && text.texts.front().first.empty())
        return Yaml::of_scalar(text.texts.front().second);
    MapNode map;
    for (const auto& [language, words] : text.texts)
        map.add(language, words);
    return map.node();
}

Yaml tree_of(const Model& model) {
    MapNode map;
    map.add("balcao", "1").add("name", tree_of_text(model.name)).add("about", tree_of_text(model.about));
    if (model.time_zone != "UTC") map.add("time_zone", model.time_zone);
    if (model.languages != std::vector<std::string>{"en"}) {
        std::vector<Yaml> languages;
        for (const std::string& language : model.languages)
            languages.push_back(Yaml::of_scalar(language));
        map.add("languages", list_of(std::move(languages)));
    }
    map.add("first_day", format_date(model.first_day));
    add_things(map, "sources", model.sources, tree_of_source);
    add_things(map, "entities", model.entities, tree_of_entity);
    add_things(map, "documents", model.documents, [](const Document& document) { return tree_of(document); });
    add_things(map, "facts", model.facts, [](const Fact& fact) { return tree_of(fact); });
    add_things(map, "details", model.details, [](const Detail& detail) { return tree_of(detail); });
    add_things(map, "services", model.services, tree_of_service);
    add_things(map, "life_events", model.life_events, [](const LifeEvent& event) { return tree_of(event); });
    add_things(map, "sites", model.sites, [](const Site& site) { return tree_of(site); });
    add_things(map, "people", model.people, tree_of_group);
    if (model.travel) map.add("travel", tree_of_travel(*model.travel));
    std::vector<Yaml> entries;
    for (const Demand& demand : model.demand)
        entries.push_back(tree_of(demand));
    map.add("demand", list_of(std::move(entries)));
    std::vector<Yaml> targets;
    for (const Target& target : model.targets)
        targets.push_back(tree_of_target(target));
    if (!targets.empty()) map.add("targets", list_of(std::move(targets)));
    if (model.retention != Retention{}) map.add("retention", tree_of_retention(model.retention));
    map.add("interpreters", tree_of(model.interpreters));
    add_things(map, "duties", model.duties, [](const Duty& duty) { return tree_of(duty); });
    add_things(map, "protocols", model.protocols, [](const Protocol& protocol) { return tree_of(protocol); });
    map.add("publishing", tree_of(model.publishing));
    return map.node();
}

std::string print_canonical(const Model& model) { return text::write_yaml(tree_of(model)); }

}  // namespace balcao::model
