// Warns of queues that cannot drain: more work comes than the desks can do, nobody gives up and nothing
// closes. Rough on purpose, and on the side of silence: means only, every desk as fast as the fastest that
// can take the work, and only people who stay whatever happens.
#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/serving.hpp"
#include "model/week.hpp"

namespace balcao::model {
namespace {

constexpr double microseconds_per_hour = 3600e6;
constexpr double hours_per_week = 168;

// People of an entry in an ordinary week of its site, those who must come again counted again. A log ends:
// what it brings, drains.
double people_per_week(const Demand& demand, const OpeningHours& open) {
    const bool is_logged = demand.arrivals && std::holds_alternative<ArrivalLog>(demand.arrivals->pattern);
    const double walking_in = is_logged ? 0 : people_of_week(demand, open).walking_in;
    double booked = 0;
    for (int weekday = 0; demand.bookings && weekday < 7; ++weekday) {
        const double minutes = open_minutes_within(open, weekday, TimeRange{0, 1440});
        if (minutes <= 0 || demand.bookings->slot.count() <= 0) continue;
        const double slots =
            minutes * microseconds_per_hour / 60 / static_cast<double>(demand.bookings->slot.count());
        booked += std::min(demand.bookings->per_day, slots * demand.bookings->per_slot) *
                  (1 - demand.bookings->no_show);
    }
    return (walking_in + booked) / std::max(1e-9, 1 - demand.missing_document);
}

// How often a visit comes to each step: v = first + v P, repeated until it stands still.
std::vector<double> visits_of_steps(const Service& service) {
    const std::size_t count = service.steps.size();
    std::vector<double> visits(count, 0);
    std::vector<double> coming(count, 0);
    std::vector<std::vector<std::pair<std::size_t, double>>> onward_shares(count);
    for (std::size_t i = 0; i < count; ++i)
        for (const Next& next : service.steps[i].next)
            for (std::size_t j = 0; next.to && j < count; ++j)
                if (service.steps[j].key == *next.to) onward_shares[i].emplace_back(j, next.share);
    if (count > 0) coming[0] = 1;
    for (int round = 0; round < 2'000; ++round) {
        std::vector<double> onward(count, 0);
        double moving = 0;
        for (std::size_t i = 0; i < count; ++i) {
            visits[i] += coming[i];
            moving += coming[i];
            for (const auto& [to, share] : onward_shares[i])
                onward[to] += coming[i] * share;
        }
        if (moving < 1e-9) break;
        coming = std::move(onward);
    }
    return visits;
}

double hours_of(const Distribution* duration) {
    return duration == nullptr ? 0 : mean_of(*duration) / microseconds_per_hour;
}

// The share of these people who join and stay however long the queue is.
double staying_share(const Demand& demand,
                     const Service& service,
                     const Site& site,
                     const ChannelKey& channel) {
    const bool has_line = std::any_of(site.lines.begin(), site.lines.end(),
                                      [&](const auto& line) { return line.first == channel; });
    if (demand.patience.find(channel) != nullptr || service.patience.find(channel) != nullptr ||
        (site.capacity && !is_remote(channel)) || has_line)
        return 0;
    return demand.balking ? 1 - demand.balking->share : 1;
}

using Desks = std::vector<const DeskGroup*>;  // in the order of their addresses

struct Work {
    double hours = 0;  // a week
    std::set<std::string> services;
};

using WorkByDesks = std::map<Desks, Work>;

// One entry's people of one channel, with how many stay in a week.
struct Stream {
    const Demand& demand;
    const Service& service;
    const ChannelKey& channel;
    double per_week;
};

// Hours of the fastest of the desks for one person, and for what is written down afterwards.
double hours_at(const Desks& desks, const Service& service, double hours) {
    double fastest = std::numeric_limits<double>::infinity();
    for (const DeskGroup* desk : desks) {
        double factor = 1;
        for (const Skill& skill : desk->serves)
            if (skill.service == service.key) factor = skill.factor;
        fastest =
            std::min(fastest, hours * factor + hours_of(desk->after_work ? &*desk->after_work : nullptr));
    }
    return desks.empty() ? 0 : fastest;
}

void add_work(const Stream& stream, const Site& site, WorkByDesks& work) {
    const auto visits = visits_of_steps(stream.service);
    auto legs = desks_by_step(site, stream.service, stream.channel);
    for (std::size_t i = 0; i < legs.size(); ++i) {
        const bool has_steps = !stream.service.steps.empty();
        const auto* own = stream.demand.duration.find(stream.channel);
        const auto* usual = stream.service.duration.find(stream.channel);
        const auto* duration = has_steps        ? stream.service.steps[i].duration.find(stream.channel)
                               : own != nullptr ? own
                                                : usual;
        std::sort(legs[i].begin(), legs[i].end());
        Work& at = work[legs[i]];
        at.hours += stream.per_week * (has_steps ? visits[i] : 1) *
                    hours_at(legs[i], stream.service, hours_of(duration));
        at.services.insert(stream.service.key.text());
    }
}

// The work that comes to each set of desks of one site.
WorkByDesks work_at(const Model& model, const Site& site) {
    WorkByDesks work;
    for (const Demand& demand : model.demand) {
        const Service* service = model.find(demand.service);
        if (service == nullptr) continue;
        const double people = people_per_week(demand, site.open);
        for (const ChannelShare& share : channels_of_demand(demand)) {
            if (share.site.value_or(demand.site) != site.key || !serves(site, *service, share.channel))
                continue;
            const double staying =
                people * share.share * staying_share(demand, *service, site, share.channel);
            if (staying > 0) add_work({demand, *service, share.channel, staying}, site, work);
        }
    }
    return work;
}

// Desks that work whenever there is work: at a site that closes, day and night until its hall is empty.
double desks_working(const DeskGroup& desk, const OpeningHours& open) {
    if (open.always || std::holds_alternative<int>(desk.count)) return mean_desks(desk.count, open);
    if (std::holds_alternative<Unlimited>(desk.count)) return std::numeric_limits<double>::infinity();
    int most = 0;
    for (const auto& [days, hours] : std::get<Roster>(desk.count).weekly)
        for (const auto& [range, count] : hours)
            most = std::max(most, count);
    return most;
}

// Hours of work that the desks can do in a week.
double capacity_of(const Desks& desks, const Site& site) {
    double capacity = 0;
    for (const DeskGroup* desk : desks) {
        double breaks = 0;
        for (const Break& each : desk->breaks)
            if (site.open.always) breaks += static_cast<double>(each.length.count()) / microseconds_per_hour;
        capacity += desks_working(*desk, site.open) * (1 - desk->absence) * desk->concurrent *
                    std::max(0.0, 24 - breaks) * 7;
    }
    return capacity;
}

// Sets of desks that some work is bound to, and unions of them: where the work of no set is too much, that of
// a union may be. The number is bounded; beyond it, the largest unions are not looked at.
std::set<Desks> unions_of(const WorkByDesks& work) {
    constexpr std::size_t sets_max = 512;
    std::set<Desks> sets;
    for (const auto& [desks, amount] : work) {
        std::vector<Desks> more{desks};
        for (const Desks& other : sets) {
            if (sets.size() + more.size() >= sets_max) break;
            Desks both;
            std::set_union(desks.begin(), desks.end(), other.begin(), other.end(), std::back_inserter(both));
            more.push_back(std::move(both));
        }
        sets.insert(more.begin(), more.end());
    }
    return sets;
}

// The work that can only go to these desks, and what they can do.
struct Load {
    Desks desks;
    double work = 0;      // hours a week
    double capacity = 0;  // hours a week
    std::set<std::string> services{};

    [[nodiscard]] double share() const {
        if (capacity > 0) return work / capacity;
        return work > 0 ? std::numeric_limits<double>::infinity() : 0;
    }
};

Load load_of(const WorkByDesks& work, const Desks& desks, const Site& site) {
    Load load{desks, 0, capacity_of(desks, site)};
    for (const auto& [bound, amount] : work) {
        if (!std::includes(desks.begin(), desks.end(), bound.begin(), bound.end())) continue;
        load.work += amount.hours;
        load.services.insert(amount.services.begin(), amount.services.end());
    }
    return load;
}

Sentence warning_of(const Load& load, const Model& model, const Site& site) {
    std::vector<Named> desks;
    for (const DeskGroup& desk : site.desks)
        if (std::find(load.desks.begin(), load.desks.end(), &desk) != load.desks.end())
            desks.push_back(Named::of(desk));
    std::vector<Named> services;
    for (const std::string& key : load.services) {
        const Service* service = model.find(ServiceKey{key});
        services.push_back(service != nullptr ? Named::of(*service) : Named{key, {}});
    }
    const auto hours = [](double per_week) { return fmt::format("{:.2f}", per_week / hours_per_week); };
    Sentence::Parts parts{{"desks", desks},
                          {"site", std::vector{Named::of(site)}},
                          {"load", fmt::format("{:.2f}", load.share())},
                          {"services", services},
                          {"work", hours(load.work)},
                          {"capacity", hours(load.capacity)}};
    if (site.open.always)
        return {
            "the load of {desks} at {site} is {load}: {work} desk-hours of work an hour come with "
            "{services}, of which "
            "{capacity} can be done, and nobody gives up; the site never closes, so the queue grows as long "
            "as the "
            "run lasts and a longer run gives larger figures: add desks, patience or room",
            std::move(parts)};
    return {
        "the load of {desks} at {site} is {load}: {work} desk-hours of work an hour come with {services}, of "
        "which "
        "{capacity} can be done, and nobody gives up, though desks work on after closing, day and night; the "
        "hall "
        "is not empty when it opens again, and a simulated day is cut off after four: add desks, patience or "
        "room",
        std::move(parts)};
}

}  // namespace

void check_load(const CheckedModel& checked) {
    for (const Site& site : checked.model.sites) {
        if (!site.open.always && site.at_closing == AtClosing::send_away) continue;
        const auto work = work_at(checked.model, site);
        std::optional<Load> worst;
        for (const Desks& desks : unions_of(work)) {
            Load load = load_of(work, desks, site);
            const bool is_worse =
                !worst || load.share() > worst->share() + 1e-9 ||
                (load.share() > worst->share() - 1e-9 && desks.size() < worst->desks.size());
            if (is_worse) worst = std::move(load);
        }
        if (worst && worst->share() >= 1 - 1e-9)
            checked.remarks.warning(checked.places.key({"sites", site.key.text()}),
                                    warning_of(*worst, checked.model, site));
    }
}

}  // namespace balcao::model
