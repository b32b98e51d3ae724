// Warns of queues that cannot drain: more work comes than the desks can do, nobody gives up and nothing
// closes. Rough on purpose: means only, each service's work spread over all desks that can take it.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/serving.hpp"
#include "model/week.hpp"

namespace balcao::model {
namespace {

constexpr double microseconds_per_hour = 3600e6;

// People per hour, averaged over a week of a site that never closes.
struct MeanRate {
    double operator()(const PoissonArrivals& arrivals) const { return arrivals.per_hour; }

    double operator()(const HourlyArrivals& arrivals) const {
        double people = 0;
        for (const auto& [range, rate] : arrivals.per_hour)
            people += rate * (range.end_minute - range.begin_minute) / 60.0;
        return people / 24;
    }

    double operator()(const WeekdayArrivals& arrivals) const {
        double rate = 0;
        for (const auto& [days, pattern] : arrivals.by_weekday)
            for (int weekday = 0; weekday < 7; ++weekday)
                if (days.has(weekday)) rate += std::visit(*this, pattern) / 7;
        return rate;
    }

    double operator()(const RenewalArrivals& arrivals) const {
        const double mean = mean_of(arrivals.gap);
        return mean > 0 ? microseconds_per_hour / mean : 0;
    }

    double operator()(const BatchArrivals& arrivals) const { return arrivals.size * arrivals.per_hour; }

    double operator()(const ArrivalLog&) const { return 0; }
};

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

// Whether one of these people can give up or be turned away.
bool can_leave(const Demand& demand, const Service& service, const Site& site, const ChannelKey& channel) {
    return demand.patience.find(channel) != nullptr || service.patience.find(channel) != nullptr ||
           (demand.balking && demand.balking->share >= 1) || site.capacity || !site.lines.empty();
}

struct Work {
    double hours = 0;            // of work, in an hour
    bool nobody_leaves = false;  // some of these people stay whatever happens
};

using WorkByDesks = std::map<std::vector<const DeskGroup*>, Work>;

// One entry's people of one channel, with the rate at which they come.
struct Stream {
    const Demand& demand;
    const Service& service;
    const ChannelKey& channel;
    double per_hour;
};

void add_work(const Stream& stream, const Site& site, WorkByDesks& work) {
    const auto visits = visits_of_steps(stream.service);
    const auto legs = desks_by_step(site, stream.service, stream.channel);
    for (std::size_t i = 0; i < legs.size(); ++i) {
        const auto* own = stream.demand.duration.find(stream.channel);
        const auto* usual = stream.service.duration.find(stream.channel);
        const double hours =
            stream.service.steps.empty()
                ? hours_of(own != nullptr ? own : usual)
                : visits[i] * hours_of(stream.service.steps[i].duration.find(stream.channel));
        Work& at = work[legs[i]];
        at.hours += stream.per_hour * hours;
        at.nobody_leaves =
            at.nobody_leaves || !can_leave(stream.demand, stream.service, site, stream.channel);
    }
}

// The work that comes to each set of desks of one site.
WorkByDesks work_at(const Model& model, const Site& site) {
    WorkByDesks work;
    for (const Demand& demand : model.demand) {
        const Service* service = model.find(demand.service);
        if (service == nullptr || !demand.arrivals) continue;
        const double rate = std::visit(MeanRate{}, demand.arrivals->pattern);
        for (const ChannelShare& share : channels_of_demand(demand)) {
            if (share.site.value_or(demand.site) != site.key || !serves(site, *service, share.channel))
                continue;
            add_work({demand, *service, share.channel, rate * share.share}, site, work);
        }
    }
    return work;
}

double capacity_of(const std::vector<const DeskGroup*>& desks, const Site& site) {
    double capacity = 0;
    for (const DeskGroup* desk : desks)
        capacity += mean_desks(desk->count, site.open) * (1 - desk->absence) * desk->concurrent;
    return capacity;
}

// All the work that can only go to these desks, over what they can do.
double load_of(const WorkByDesks& work, const std::vector<const DeskGroup*>& desks, const Site& site) {
    double hours = 0;
    for (const auto& [other, amount] : work) {
        const auto is_here = [&](const DeskGroup* desk) {
            return std::find(desks.begin(), desks.end(), desk) != desks.end();
        };
        if (std::all_of(other.begin(), other.end(), is_here)) hours += amount.hours;
    }
    return hours / capacity_of(desks, site);
}

}  // namespace

void check_load(const CheckedModel& checked) {
    for (const Site& site : checked.model.sites) {
        if (!site.open.always) continue;
        auto work = work_at(checked.model, site);
        std::vector<const DeskGroup*> all;
        Work& sum = work[all];
        for (const DeskGroup& desk : site.desks)
            all.push_back(&desk);
        for (const auto& [desks, amount] : work)
            sum.nobody_leaves = sum.nobody_leaves || amount.nobody_leaves;
        const Work total = sum;
        work.erase(std::vector<const DeskGroup*>{});
        work[all].nobody_leaves = total.nobody_leaves;
        for (const auto& [desks, amount] : work) {
            const double load = load_of(work, desks, site);
            if (load < 1 || !amount.nobody_leaves) continue;
            std::vector<std::string> names;
            for (const DeskGroup* desk : desks)
                names.push_back(desk->key.text());
            checked.remarks.warning(checked.places.key({"sites", site.key.text()}),
                                    fmt::format("the load of {} is {:.2f}: more people come than can be "
                                                "served, nobody gives up and {} never "
                                                "closes, so the queue grows without end",
                                                listed(names), load, site.key.text()));
            break;
        }
    }
}

}  // namespace balcao::model
