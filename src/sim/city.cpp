#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "model/measures.hpp"
#include "model/serving.hpp"
#include "sim/city_parts.hpp"
#include "sim/ledger.hpp"

namespace balcao::sim {

namespace {

using model::Demand;
using model::Model;
using model::Service;
using model::Site;

// Sites joined by people who may go to either, or learn at one what serves them at the other.
class SiteSets {
public:
    explicit SiteSets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0U); }

    std::size_t root(std::size_t site) {
        while (parent_[site] != site)
            site = parent_[site] = parent_[parent_[site]];
        return site;
    }

    void join(std::size_t a, std::size_t b) {
        const std::size_t first = root(a);
        const std::size_t second = root(b);
        parent_[std::max(first, second)] =
            std::min(first, second);  // the first site of the model names the set
    }

private:
    std::vector<std::size_t> parent_;
};

std::vector<std::size_t> sites_of(const Model& model, const Demand& demand) {
    std::vector<std::size_t> sites{index_of(model.sites, demand.site)};
    for (const auto& choice : model::channels_of_demand(demand))
        sites.push_back(site_of_channel(model, demand, choice));
    return sites;
}

SiteSets connect_sites(const Model& model) {
    SiteSets sets{model.sites.size()};
    std::map<model::GroupKey, std::size_t> learning;  // a group that learns, and one site of its entries
    std::set<model::GroupKey> groups;
    for (const auto& demand : model.demand)
        if (demand.learns > 0 && demand.group) groups.insert(*demand.group);
    for (const auto& demand : model.demand) {
        const auto sites = sites_of(model, demand);
        for (const auto site : sites)
            sets.join(sites.front(), site);
        if (!demand.group || !groups.contains(*demand.group)) continue;
        const auto [first, is_new] = learning.try_emplace(*demand.group, sites.front());
        if (!is_new) sets.join(first->second, sites.front());
    }
    return sets;
}

// Of the targets, in order, each once; 20 minutes where no target has one.
std::vector<double> limits_of(const Model& model) {
    std::vector<double> minutes;
    for (const auto& target : model.targets)
        if (target.limit) minutes.push_back(static_cast<double>(target.limit->count()) / 60e6);
    if (minutes.empty()) minutes.push_back(20);
    std::ranges::sort(minutes);
    minutes.erase(std::unique(minutes.begin(), minutes.end()), minutes.end());
    return minutes;
}

// What any of its worlds has, the city has.
void note_features(CityPlan& city, const WorldPlan& world) {
    city.has_bookings = city.has_bookings || world.has_bookings;
    for (const auto& site : world.sites)
        city.sends_away = city.sends_away || site.sends_away;
}

// Measures of needs are of all people: where the visits of some are linked, everybody's are. A situation's
// person is nobody of the model.
void follow_needs(CityPlan& city) {
    for (const auto& world : city.worlds)
        for (const auto& source : world.sources)
            city.follows_needs = city.follows_needs || (source.follows_needs && !source.is_probe);
    if (!city.follows_needs) return;
    for (auto& world : city.worlds)
        for (auto& source : world.sources)
            source.follows_needs = true;
}

}  // namespace

std::size_t site_of_channel(const Model& model, const Demand& demand, const model::ChannelShare& choice) {
    if (choice.site) return index_of(model.sites, *choice.site);
    const std::size_t own = index_of(model.sites, demand.site);
    const Service& service = *model.find(demand.service);
    if (model::serves(model.sites[own], service, choice.channel)) return own;
    for (std::size_t site = 0; site < model.sites.size(); ++site)
        if (model::serves(model.sites[site], service, choice.channel)) return site;
    return own;
}

Result<CityPlan> make_city(const Model& model) {
    CityPlan city;
    city.first_day = model.first_day;
    city.is_steady_state = model.is_steady_state();
    city.limits_minutes = limits_of(model);
    static_assert(limits_max == model::served_within_limits_max);
    if (city.limits_minutes.size() > limits_max)
        return Error{Errc::invalid, fmt::format("{} different limits of served_within: expected at most {}",
                                                city.limits_minutes.size(), limits_max)};
    for (const double limit : city.limits_minutes)
        city.limits.push_back(des::to_time(limit * static_cast<double>(des::minute)));

    SiteSets sets = connect_sites(model);
    for (std::size_t first = 0; first < model.sites.size(); ++first) {
        if (sets.root(first) != first) continue;
        std::vector<std::size_t> members;
        for (std::size_t site = first; site < model.sites.size(); ++site)
            if (sets.root(site) == first) members.push_back(site);
        BALCAO_TRY(auto world, make_world(model, members));
        city.worlds.push_back(std::move(world));
    }
    follow_needs(city);
    for (const auto& world : city.worlds)
        note_features(city, world);
    return city;
}

}  // namespace balcao::sim
