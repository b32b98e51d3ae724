#include "cases/terms.hpp"

namespace balcao::cases {
namespace {

ConnectorKind kind_of(const model::WayIn& way) {
    if (way.by == model::WayKind::inbox) return ConnectorKind::human;
    switch (way.on_doubt) {
        case model::OnDoubt::ask_person:
            return ConnectorKind::none;
        case model::OnDoubt::send_again:
            return ConnectorKind::idempotent_key;
        case model::OnDoubt::look_up:
            return ConnectorKind::lookup_by_reference;
    }
    return ConnectorKind::none;
}

}  // namespace

EntityTerms terms_of(const model::WayIn& way) {
    EntityTerms terms{.kind = kind_of(way)};
    terms.is_undone_by_hand = !way.takes_back;
    terms.eyes = way.four_eyes ? Eyes::four : Eyes::two;
    terms.task = std::chrono::ceil<std::chrono::minutes>(way.due);
    terms.gate.at_once = way.at_once;
    terms.gate.per_minute = way.per_minute;
    terms.timeout = std::chrono::ceil<std::chrono::milliseconds>(way.gives_up);
    terms.settles = std::chrono::ceil<std::chrono::milliseconds>(way.settles);
    return terms;
}

Agreements::All terms_of(const model::Model& model) {
    Agreements::All all;
    for (const auto& entity : model.entities)
        all.emplace(entity.key, terms_of(entity.way_in));
    return all;
}

}  // namespace balcao::cases
