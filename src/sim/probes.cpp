#include "sim/probes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/serving.hpp"

namespace balcao::sim {

namespace {

using model::Model;
using model::Service;
using model::Situation;

struct Place {
    std::size_t site = 0;
    model::ChannelKey channel;
};

std::vector<model::ServiceKey> services_of(const Model& model, const Situation& situation) {
    if (const auto* service = std::get_if<model::ServiceKey>(&situation.wants)) return {*service};
    if (!situation.needs.empty()) return situation.needs;
    std::vector<model::ServiceKey> services;
    for (const auto& step : model.find(std::get<model::LifeEventKey>(situation.wants))->steps)
        services.push_back(step.service);
    return services;
}

double distance_to(const Model& model, const Situation& situation, const model::SiteKey& site) {
    if (!situation.group) return 0;
    for (const auto& [key, km] : model.find(*situation.group)->distance_km)
        if (key == site) return km;
    return std::numeric_limits<double>::max();
}

// The group of a site that serves each of several services alone; null when there is none.
const model::DeskGroup* desk_for_all(const model::Site& site,
                                     const std::vector<const Service*>& services,
                                     const model::ChannelKey& channel) {
    if (std::ranges::any_of(services, [](const Service* service) { return !service->steps.empty(); }))
        return nullptr;
    for (const auto& desk : site.desks)
        if (std::ranges::all_of(services, [&](const Service* service) {
                const auto desks = model::desks_by_step(site, *service, channel).front();
                return std::ranges::find(desks, &desk) != desks.end();
            }))
            return &desk;
    return nullptr;
}

// The first channel she can use by which any site serves all these services at one desk group; of several
// sites the nearest to her, and of those as near, the first.
std::optional<Place> place_for(const Model& model,
                               const Situation& situation,
                               const std::vector<const Service*>& services) {
    const auto channels = situation.can.empty() ? std::vector{model::ChannelKey{"counter"}} : situation.can;
    for (const auto& channel : channels) {
        std::optional<Place> best;
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t site = 0; site < model.sites.size(); ++site) {
            const auto& place = model.sites[site];
            if (situation.site && place.key != *situation.site) continue;
            const bool serves = services.size() == 1 ? model::serves(place, *services.front(), channel)
                                                     : desk_for_all(place, services, channel) != nullptr;
            const double km = distance_to(model, situation, place.key);
            if (!serves || km >= nearest) continue;
            nearest = km;
            best = Place{site, channel};
        }
        if (best) return best;
    }
    return std::nullopt;
}

// The entry of people like her: the same service, her group before any.
const model::Demand* entry_like(const Model& model,
                                const Situation& situation,
                                const model::ServiceKey& service,
                                const Place& place) {
    const model::Demand* found = nullptr;
    int best = -1;
    for (const auto& demand : model.demand) {
        if (demand.service != service) continue;
        const int fit =
            (demand.group == situation.group ? 2 : 0) + (demand.site == model.sites[place.site].key ? 1 : 0);
        if (fit <= best) continue;
        best = fit;
        found = &demand;
    }
    return found;
}

model::ArrivalLog weekly(const Model& model, const Situation& situation, int weeks) {
    model::ArrivalLog log;
    log.file = "situation";
    const int first = weekday_index(model.first_day);
    const int ahead = (situation.from_weekday - first + 7) % 7;
    for (int week = 0; week < weeks; ++week) {
        model::LoggedArrival arrival;
        arrival.time = std::chrono::days{ahead + 7 * week} + std::chrono::minutes{situation.from_minute};
        log.arrivals.push_back(arrival);
    }
    return log;
}

// All services of a life event at one desk, one after the other, as the steps of one visit.
model::ServiceKey join_services(Model& model,
                                const Situation& situation,
                                const std::vector<const Service*>& services,
                                const Place& place) {
    Service joined;
    joined.key = model::ServiceKey{"situation/" + situation.key};
    const auto* desk = desk_for_all(model.sites[place.site], services, place.channel);
    Money fee;
    for (const auto* service : services) {
        model::Step step;
        step.key = model::StepKey{service->key.text()};
        step.at = desk->key;
        step.duration = service->duration;
        if (!joined.steps.empty()) joined.steps.back().next = {{step.key, 1}};
        joined.steps.push_back(std::move(step));
        if (const auto* cost = service->fee.find(place.channel)) fee.cents += cost->cents;
    }
    joined.steps.back().next = {{std::nullopt, 1}};
    joined.fee.all = fee;
    model.services.push_back(std::move(joined));
    return model.services.back().key;
}

// One visit of hers: the service that she asks for, and that by which people like her are found.
struct Visit {
    const model::ServiceKey& service;
    const model::ServiceKey& like;
    const Place& place;
};

void add_entry(Model& model, Probe& probe, const Situation& situation, const Visit& visit, int weeks) {
    const auto& [service, like, place] = visit;
    model::Demand demand;
    if (const auto* other = entry_like(model, situation, like, place)) demand = *other;
    demand.key = model::DemandKey{fmt::format("situation/{}/{}", situation.key, probe.entries.size() + 1)};
    demand.service = service;
    demand.site = model.sites[place.site].key;
    demand.group = situation.group;
    demand.channels = {{place.channel, 1.0, demand.site}};
    if (service != like) demand.duration = {};
    // Where people like her can only come by appointment, she asks for one.
    const bool must_book = demand.bookings && !demand.arrivals;
    if (!must_book) demand.bookings.reset();
    demand.arrivals = model::Arrivals{};
    demand.arrivals->pattern = weekly(model, situation, weeks);
    probe.entries.push_back(demand.key);
    model.demand.push_back(std::move(demand));
}

}  // namespace

Probe add_probe(Model& model, const Situation& situation, int weeks) {
    Probe probe;
    const auto keys = services_of(model, situation);
    std::vector<const Service*> services;
    services.reserve(keys.size());
    for (const auto& key : keys)
        services.push_back(model.find(key));
    if (const auto together = place_for(model, situation, services)) {
        const auto service =
            keys.size() == 1 ? keys.front() : join_services(model, situation, services, *together);
        add_entry(model, probe, situation, {service, keys.front(), *together}, weeks);
        probe.errands.push_back({keys, model.sites[together->site].key, together->channel});
        probe.how = fmt::format("at {} by {}, in one visit", model.sites[together->site].key.text(),
                                together->channel.text());
        probe.is_possible = true;
        return probe;
    }
    std::string how;
    for (const auto& key : keys) {
        const auto place = place_for(model, situation, {model.find(key)});
        if (!place) {
            probe.entries.clear();
            probe.errands.clear();
            probe.refused = key;
            probe.how = fmt::format("no desk serves {} by a channel that this person can use", key.text());
            return probe;
        }
        how += fmt::format("{}{} at {} by {}", how.empty() ? "" : "; ", key.text(),
                           model.sites[place->site].key.text(), place->channel.text());
        add_entry(model, probe, situation, {key, key, *place}, weeks);
        probe.errands.push_back({{key}, model.sites[place->site].key, place->channel});
    }
    probe.how = how;
    probe.is_possible = true;
    return probe;
}

}  // namespace balcao::sim
