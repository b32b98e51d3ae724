#include "connect/entity_ways.hpp"

namespace balcao::connect {
namespace {

using model::WayKind;

EntityMailSettings mail_settings(const model::Model& model, const EntityPost& post) {
    const std::string code = model.languages.empty() ? std::string{} : model.languages.front();
    EntityMailSettings settings;
    settings.language = text::parse_language(code).value_or(text::Language::pt);
    settings.city = model.name.in(code, model.key);
    settings.pages = post.pages;
    settings.hand_over = post.hand_over;
    for (const auto& service : model.services)
        settings.services[service.key.text()] = model::name_of(service, code);
    for (const auto& detail : model.details)
        settings.data[detail.key.text()] = detail.name.in(code, detail.key.text());
    for (const auto& fact : model.facts)
        settings.data[fact.key.text()] = fact.ask.in(code, fact.key.text());
    return settings;
}

}  // namespace

std::unique_ptr<cases::Connector> connector_to(const model::Entity& entity,
                                               const model::Model& model,
                                               const EntityLine& line,
                                               const EntityPost& post) {
    model::WayIn way = entity.way_in;
    HandOver hand_over = post.hand_over;
    if (way.is_stand_in()) {
        const std::string address = line.stand_in ? line.stand_in(way.stand_in()) : std::string{};
        if (address.empty()) return nullptr;
        hand_over = hand_over_to_page(address + "/letters", line.stops);
        if (way.by != WayKind::mail) way.address = address;
    }
    switch (way.by) {
        case WayKind::http:
        case WayKind::events:
            return std::make_unique<EntityHttp>(entity.key, way, line);
        case WayKind::mail:
            if (!hand_over) return nullptr;
            return std::make_unique<EntityMail>(
                way, mail_settings(model, {post.pages, hand_over, post.signing}), post.signing, line.clock);
        case WayKind::inbox:
            return nullptr;
    }
    return nullptr;
}

void EntityWays::Way::become(std::shared_ptr<cases::Connector> connector) {
    const std::lock_guard lock{mutex_};
    connector_ = std::move(connector);
}

std::shared_ptr<cases::Connector> EntityWays::Way::now() const {
    const std::lock_guard lock{mutex_};
    return connector_;
}

cases::Outcome EntityWays::Way::send(const cases::Effect& effect) {
    const auto connector = now();
    return connector ? connector->send(effect) : cases::TryLater{"no-way"};
}

cases::Looked EntityWays::Way::look_up(const cases::Effect& effect) {
    const auto connector = now();
    return connector ? connector->look_up(effect) : cases::Unknown{"no-way"};
}

Result<std::vector<cases::HeldThere>> EntityWays::Way::list(Instant since) {
    const auto connector = now();
    if (!connector) return Error{Errc::not_found, "no-way"};
    return connector->list(since);
}

bool EntityWays::adopt(const model::Model& model) {
    const std::lock_guard lock{mutex_};
    bool has_new = false;
    for (const auto& [key, way] : ways_)
        if (model.find(key) == nullptr) way->become(nullptr);
    for (const auto& entity : model.entities) {
        auto& way = ways_[entity.key];
        if (!way) {
            way = std::make_unique<Way>();
            has_new = true;
        }
        way->become(connector_to(entity, model, line_, post_));
    }
    return has_new;
}

cases::Connectors EntityWays::connectors() const {
    const std::lock_guard lock{mutex_};
    cases::Connectors connectors;
    for (const auto& [key, way] : ways_)
        connectors.emplace(key, *way);
    return connectors;
}

}  // namespace balcao::connect
