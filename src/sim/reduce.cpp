// The steps of `stress`: more demand, fewer desks, a site or a channel less.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "model/serving.hpp"
#include "model/week.hpp"
#include "sim/stress.hpp"

namespace balcao::sim {

namespace {

using model::Model;

// Kilometres between two places on the sphere (haversine).
double kilometres(const model::Location& a, const model::Location& b) {
    constexpr double radius = 6371.0;
    constexpr double degree = std::numbers::pi / 180;
    const double latitude = std::sin((b.latitude - a.latitude) * degree / 2);
    const double longitude = std::sin((b.longitude - a.longitude) * degree / 2);
    const double inside = latitude * latitude + std::cos(a.latitude * degree) *
                                                    std::cos(b.latitude * degree) * longitude * longitude;
    return 2 * radius * std::asin(std::sqrt(inside));
}

double distance(const Model& model,
                const model::Demand& demand,
                const model::Site& from,
                const model::Site& to) {
    if (demand.group)
        for (const auto& [key, km] : model.find(*demand.group)->distance_km)
            if (key == to.key) return km;
    if (from.location && to.location) return kilometres(*from.location, *to.location);
    return std::numeric_limits<double>::max();
}

void scale_count(model::DeskCount& count, double left) {
    const auto fewer = [&](int desks) {
        return desks == 0 ? 0 : std::max(1, static_cast<int>(std::lround(desks * left)));
    };
    if (auto* number = std::get_if<int>(&count)) *number = fewer(*number);
    if (auto* roster = std::get_if<model::Roster>(&count))
        for (auto& [days, hours] : roster->weekly)
            for (auto& [range, desks] : hours)
                desks = fewer(desks);
}

// The nearest of these sites that serves the entry's people by one of their channels; else null.
const model::Site* nearest_serving(const Model& model,
                                   const std::vector<model::Site>& sites,
                                   const model::Demand& demand,
                                   const model::Site& from) {
    const auto& service = *model.find(demand.service);
    const auto channels = model::channels_of_demand(demand);
    const model::Site* nearest = nullptr;
    double best = std::numeric_limits<double>::infinity();
    for (const auto& site : sites) {
        const bool serves = std::ranges::any_of(
            channels, [&](const auto& choice) { return model::serves(site, service, choice.channel); });
        const double km = distance(model, demand, from, site);
        if (!serves || km >= best) continue;
        best = km;
        nearest = &site;
    }
    return nearest;
}

// What is left of the channels takes all.
void share_among(std::vector<model::ChannelShare>& channels) {
    double share = 0;
    for (const auto& choice : channels)
        share += choice.share;
    for (auto& choice : channels)
        choice.share /= std::max(share, 1e-12);
}

bool is_on_one_day(const model::LoggedArrival& a, const model::LoggedArrival& b) {
    return a.time / std::chrono::days{1} == b.time / std::chrono::days{1};
}

// Row i stands for the whole people between factor·i and factor·(i+1). A copy comes on the way to the next
// row of the day, of the day's last row on the way from the one before it: never outside the hours of the
// log.
void scale_log(model::ArrivalLog& log, double factor) {
    std::vector<model::LoggedArrival> scaled;
    const auto& rows = log.arrivals;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto up_to = [&](std::size_t row) {
            return static_cast<long>(std::floor(factor * static_cast<double>(row) + 1e-9));
        };
        const long times = up_to(i + 1) - up_to(i);
        Duration gap{};
        if (i + 1 < rows.size() && is_on_one_day(rows[i], rows[i + 1]))
            gap = rows[i + 1].time - rows[i].time;
        else if (i > 0 && is_on_one_day(rows[i - 1], rows[i]))
            gap = rows[i - 1].time - rows[i].time;
        for (long copy = 0; copy < times; ++copy) {
            scaled.push_back(rows[i]);
            scaled.back().time += gap * copy / times;
        }
    }
    std::ranges::stable_sort(scaled, {}, &model::LoggedArrival::time);
    log.arrivals = std::move(scaled);
}

}  // namespace

Model with_demand(const Model& model, double factor) {
    Model more = model;
    for (auto& demand : more.demand) {
        if (demand.bookings) demand.bookings->per_day *= factor;
        if (!demand.arrivals) continue;
        if (auto* log = std::get_if<model::ArrivalLog>(&demand.arrivals->pattern)) {
            scale_log(*log, factor);
            continue;
        }
        for (auto& month : demand.arrivals->season)
            month *= factor;
    }
    return more;
}

Model without_desks(const Model& model, double share) {
    Model fewer = model;
    for (auto& site : fewer.sites)
        for (auto& desk : site.desks)
            scale_count(desk.count, 1 - share);
    return fewer;
}

Reduced without_site(const Model& model, const model::SiteKey& closed) {
    Reduced reduced{model, 0, 0};
    auto& left = reduced.model;
    const auto& from = *model.find(closed);
    std::erase_if(left.sites, [&](const auto& site) { return site.key == closed; });
    std::vector<model::Demand> kept;
    for (auto demand : left.demand) {
        const double people = model::people_of_week(demand, model.find(demand.site)->open).all();
        reduced.all += people;
        std::erase_if(demand.channels,
                      [&](const auto& choice) { return choice.site == closed && demand.site != closed; });
        for (auto& choice : demand.channels)
            if (choice.site == closed) choice.site.reset();
        if (demand.site == closed) {
            const auto* nearest = nearest_serving(model, left.sites, demand, from);
            if (nearest == nullptr) {
                reduced.lost += people;
                continue;
            }
            demand.site = nearest->key;
        }
        share_among(demand.channels);
        kept.push_back(std::move(demand));
    }
    left.demand = std::move(kept);
    for (auto& group : left.people)
        std::erase_if(group.distance_km, [&](const auto& to) { return to.first == closed; });
    return reduced;
}

Reduced without_channel(const Model& model, const model::ChannelKey& closed) {
    Reduced reduced{model, 0, 0};
    std::vector<model::Demand> kept;
    for (auto demand : model.demand) {
        const double people = model::people_of_week(demand, model.find(demand.site)->open).all();
        reduced.all += people;
        demand.channels = model::channels_of_demand(demand);
        const auto found = std::ranges::find(demand.channels, closed, &model::ChannelShare::channel);
        if (found != demand.channels.end()) {
            if (demand.channels.size() == 1) {
                reduced.lost += people;
                continue;
            }
            const auto place = static_cast<std::size_t>(found - demand.channels.begin());
            const double share = found->share;
            demand.channels.erase(found);
            demand.channels[place % demand.channels.size()].share += share;
        }
        kept.push_back(std::move(demand));
    }
    reduced.model.demand = std::move(kept);
    return reduced;
}

}  // namespace balcao::sim
