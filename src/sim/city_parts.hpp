#pragma once
// Pieces of `make_city`: how a model's names are resolved, shared by its sources only.
#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/check.hpp"
#include "sim/world_plan.hpp"

namespace balcao::sim {

// The place of a thing in a list of the model; it is there, the model has been checked.
template <class Things, class KeyType>
std::size_t index_of(const Things& things, const KeyType& key) {
    const auto found = std::ranges::find_if(things, [&](const auto& thing) { return thing.key == key; });
    BALCAO_CHECK(found != things.end());
    return static_cast<std::size_t>(found - things.begin());
}

inline const model::ChannelKey& counter() {
    static const model::ChannelKey key{"counter"};
    return key;
}

inline bool serves_channel(const model::DeskGroup& desk, const model::ChannelKey& channel) {
    if (desk.channels.empty()) return channel == counter();
    return std::ranges::find(desk.channels, channel) != desk.channels.end();
}

// By name or by a step.
inline bool serves_service(const model::DeskGroup& desk, const model::Service& service) {
    if (!service.steps.empty())
        return std::ranges::any_of(service.steps, [&](const auto& step) { return step.at == desk.key; });
    return std::ranges::any_of(desk.serves, [&](const auto& skill) { return skill.service == service.key; });
}

// The entry's channels; the counter alone where it names none.
inline std::vector<model::ChannelShare> channels_of(const model::Demand& demand) {
    if (!demand.channels.empty()) return demand.channels;
    return {{counter(), 1.0, std::nullopt}};
}

// A situation's person (probes.cpp): no key that a model file may use has a slash.
inline bool is_probe(const model::Demand& demand) { return demand.key.text().starts_with("situation/"); }

// Where contacts of that channel are served: the named site, the entry's own, or the first other that serves
// it.
std::size_t site_of_channel(const model::Model& model,
                            const model::Demand& demand,
                            const model::ChannelShare& choice);

Result<WorldPlan> make_world(const model::Model& model, const std::vector<std::size_t>& sites);

}  // namespace balcao::sim
