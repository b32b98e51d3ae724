#include "model/serving.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace balcao::model {

std::vector<ChannelShare> channels_of_demand(const Demand& demand) {
    if (!demand.channels.empty()) return demand.channels;
    return {ChannelShare{ChannelKey{"counter"}, 1, std::nullopt}};
}

const DeskGroup* find_desk(const Site& site, const DeskKey& key) {
    const auto is_it = [&](const DeskGroup& desk) { return desk.key == key; };
    const auto found = std::find_if(site.desks.begin(), site.desks.end(), is_it);
    return found == site.desks.end() ? nullptr : &*found;
}

bool is_remote(const ChannelKey& channel) {
    static const std::set<std::string> remote{"online", "phone", "chat", "email", "video"};
    return remote.contains(channel.text());
}

bool serves_channel(const DeskGroup& desk, const ChannelKey& channel) {
    if (desk.channels.empty()) return channel.text() == "counter";
    return std::find(desk.channels.begin(), desk.channels.end(), channel) != desk.channels.end();
}

std::vector<std::vector<const DeskGroup*>> desks_by_step(const Site& site,
                                                         const Service& service,
                                                         const ChannelKey& channel) {
    std::vector<std::vector<const DeskGroup*>> legs;
    for (const Step& step : service.steps) {
        auto& desks = legs.emplace_back();
        const DeskGroup* desk = find_desk(site, step.at);
        if (desk != nullptr && serves_channel(*desk, channel)) desks.push_back(desk);
    }
    if (!service.steps.empty()) return legs;
    auto& desks = legs.emplace_back();
    for (const DeskGroup& desk : site.desks) {
        const auto is_it = [&](const Skill& skill) { return skill.service == service.key; };
        if (serves_channel(desk, channel) && std::any_of(desk.serves.begin(), desk.serves.end(), is_it))
            desks.push_back(&desk);
    }
    return legs;
}

bool serves(const Site& site, const Service& service, const ChannelKey& channel) {
    const auto legs = desks_by_step(site, service, channel);
    return std::none_of(legs.begin(), legs.end(), [](const auto& desks) { return desks.empty(); });
}

bool serves_somehow(const Site& site, const Service& service) {
    if (serves(site, service, ChannelKey{"counter"})) return true;
    for (const DeskGroup& desk : site.desks)
        for (const ChannelKey& channel : desk.channels)
            if (serves(site, service, channel)) return true;
    return false;
}

}  // namespace balcao::model
