#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <variant>

#include "model/serving.hpp"
#include "sim/city_parts.hpp"

namespace balcao::sim {

namespace {

using model::Demand;
using model::Model;
using model::Service;

constexpr double to_minutes = 1.0 / static_cast<double>(des::minute);

// What makes two people wait in one queue.
struct QueueName {
    std::string service;
    std::string step;
    std::string channel;
    int priority = 0;
    bool is_booked = false;
    std::string desk;  // only for replayed people who went to that desk
    double mean = 0;   // microseconds of service; only where the shortest goes first
    bool operator==(const QueueName&) const = default;
};

struct QueueDraft {
    QueueName name;
    rules::QueueTraits traits;
    std::vector<rules::GroupIndex> groups;
    std::vector<double> factors;
};

class WorldMaker {
public:
    WorldMaker(const Model& model, const std::vector<std::size_t>& sites) : model_{model}, sites_{sites} {}

    Result<WorldPlan> make() {
        drafts_.resize(sites_.size());
        for (const auto site : sites_)
            add_site(model_.sites[site]);
        for (const auto& demand : model_.demand)
            if (place_of(index_of(model_.sites, demand.site)) != none) add_source(demand);
        if (auto done = finish_halls(); !done) return done.error();
        return std::move(world_);
    }

private:
    [[nodiscard]] std::uint32_t place_of(std::size_t site) const {
        const auto found = std::ranges::find(sites_, site);
        return found == sites_.end() ? none : static_cast<std::uint32_t>(found - sites_.begin());
    }

    void add_site(const model::Site& site) {
        SitePlan plan;
        plan.key = site.key.text();
        plan.site = site;
        plan.capacity = site.capacity.value_or(0);
        plan.sends_away = site.at_closing == model::AtClosing::send_away;
        plan.preempts = site.preempt;
        for (const auto& [channel, places] : site.lines)
            plan.lines.push_back({channel.text(), places});
        const auto place = static_cast<std::uint32_t>(world_.sites.size());
        for (std::size_t index = 0; index < site.desks.size(); ++index) {
            plan.groups.push_back(static_cast<std::uint32_t>(world_.groups.size()));
            add_group(site, place, static_cast<rules::GroupIndex>(index));
        }
        world_.sites.push_back(std::move(plan));
    }

    static std::uint32_t most_desks(const model::DeskCount& count) {
        if (const auto* number = std::get_if<int>(&count)) return static_cast<std::uint32_t>(*number);
        int most = 0;
        if (const auto* roster = std::get_if<model::Roster>(&count))
            for (const auto& [days, hours] : roster->weekly)
                for (const auto& [range, desks] : hours)
                    most = std::max(most, desks);
        return static_cast<std::uint32_t>(most);
    }

    void add_group(const model::Site& site, std::uint32_t place, rules::GroupIndex index) {
        GroupPlan plan;
        plan.site = place;
        plan.index = index;
        plan.group = site.desks[index];
        plan.desk = plan.group.key.text();
        plan.entity = random::hash_text(site.key.text() + "/" + plan.desk);
        plan.is_unlimited = std::holds_alternative<model::Unlimited>(plan.group.count);
        plan.first_desk = world_.desk_count;
        plan.desk_count = most_desks(plan.group.count) * static_cast<std::uint32_t>(plan.group.concurrent);
        if (plan.group.after_work) plan.after_work = make_sampler(*plan.group.after_work);
        if (plan.group.away_when_idle) plan.away = make_sampler(*plan.group.away_when_idle);
        world_.desk_count += plan.desk_count;
        world_.groups.push_back(std::move(plan));
    }

    // The queue of that name at a site of the world, made where it is new; its number in the drafts.
    rules::QueueIndex queue_of(std::uint32_t site, const Service& service, const QueueName& name) {
        auto& drafts = drafts_[site];
        for (std::size_t index = 0; index < drafts.size(); ++index)
            if (drafts[index].name == name) return static_cast<rules::QueueIndex>(index);
        QueueDraft draft;
        draft.name = name;
        draft.traits.priority = name.priority;
        draft.traits.is_booked = name.is_booked;
        draft.traits.expected_minutes = name.mean * to_minutes;
        draft.traits.service = static_cast<std::uint16_t>(index_of(model_.services, service.key));
        const auto& plan = world_.sites[site];
        for (const auto& [key, weight] : plan.site.queue.weights)
            if (key == service.key) draft.traits.weight = weight;
        const auto legs = model::desks_by_step(plan.site, service, model::ChannelKey{name.channel});
        const auto leg =
            name.step.empty() ? std::size_t{0} : index_of(service.steps, model::StepKey{name.step});
        for (const auto* desk : legs[leg]) {
            if (!takes(*desk, name, leg)) continue;
            draft.groups.push_back(static_cast<rules::GroupIndex>(desk - plan.site.desks.data()));
            draft.factors.push_back(factor_of(*desk, service));
        }
        drafts.push_back(std::move(draft));
        return static_cast<rules::QueueIndex>(drafts.size() - 1);
    }

    // Whether a desk group that serves that leg of a visit takes from that queue.
    static bool takes(const model::DeskGroup& desk, const QueueName& name, std::size_t leg) {
        if (!name.desk.empty() && desk.key.text() != name.desk) return false;
        if (leg > 0) return true;  // who is inside goes on
        const auto wanted = name.is_booked ? model::Takes::booked : model::Takes::walk_in;
        return desk.takes == model::Takes::both || desk.takes == wanted;
    }

    // Of that desk group on the durations of that service.
    static double factor_of(const model::DeskGroup& desk, const Service& service) {
        for (const auto& skill : desk.serves)
            if (skill.service == service.key) return skill.factor;
        return 1;
    }

    void add_source(const Demand& demand) {
        SourcePlan plan;
        plan.demand = demand;
        plan.entity = random::hash_text(demand.key.text());
        plan.site = place_of(index_of(model_.sites, demand.site));
        plan.people = people_of(demand);
        if (demand.arrivals) {
            if (const auto* renewal = std::get_if<model::RenewalArrivals>(&demand.arrivals->pattern))
                plan.gap = make_sampler(renewal->gap);
            if (demand.arrivals->day_factor) plan.day_factor = make_sampler(*demand.arrivals->day_factor);
        }
        if (demand.if_unserved) plan.retry_after = make_sampler(demand.if_unserved->after);
        if (demand.bookings) {
            world_.has_bookings = true;
            if (demand.bookings->days_ahead) plan.days_ahead = make_sampler(*demand.bookings->days_ahead);
            if (demand.bookings->punctuality) plan.punctuality = make_sampler(*demand.bookings->punctuality);
        }
        const auto source = static_cast<std::uint32_t>(world_.sources.size());
        double up_to = 0;
        for (const auto& choice : model::channels_of_demand(demand)) {
            up_to += choice.share;
            plan.channels.push_back({up_to, add_class(demand, choice, source, {})});
        }
        plan.channels.back().up_to = 1;
        add_log_classes(demand, source, plan);
        plan.is_probe = is_probe(demand);
        plan.follows_needs = plan.is_probe || follows_needs(demand, plan);
        world_.sources.push_back(std::move(plan));
    }

    [[nodiscard]] bool follows_needs(const Demand& demand, const SourcePlan& plan) const {
        if (demand.if_unserved || demand.missing_document > 0 || demand.learns > 0 || demand.bookings)
            return true;
        return std::ranges::any_of(plan.channels, [&](const ChannelChoice& choice) {
            const auto& contact = world_.classes[choice.contact_class];
            return contact.fee_cents != 0 || contact.travel_us != 0 || contact.travel_cents != 0;
        });
    }

    void add_log_classes(const Demand& demand, std::uint32_t source, SourcePlan& plan) {
        if (!demand.arrivals) return;
        const auto* log = std::get_if<model::ArrivalLog>(&demand.arrivals->pattern);
        if (log == nullptr) return;
        std::map<std::string, std::uint32_t> by_desk;
        const auto choice = model::channels_of_demand(demand).front();
        for (const auto& arrival : log->arrivals) {
            const std::string desk = arrival.desk ? arrival.desk->text() : "";
            auto found = by_desk.find(desk);
            if (found == by_desk.end()) {
                const auto made = desk.empty() ? plan.channels.front().contact_class
                                               : add_class(demand, choice, source, desk);
                found = by_desk.emplace(desk, made).first;
            }
            plan.log_class.push_back(found->second);
        }
        if (std::ranges::none_of(log->arrivals,
                                 [](const auto& arrival) { return arrival.patience.has_value(); }))
            return;
        for (auto& leg :
             world_.legs) {  // who has none in the log, where the entry gives none, waits for ever
            if (world_.classes[leg.contact_class].source != source || leg.has_patience) continue;
            leg.has_patience = true;
            leg.patience = random::Sampler::constant(100.0 * 365 * static_cast<double>(des::day));
        }
    }

    std::int32_t people_of(const Demand& demand) {
        if (!demand.group) return -1;
        for (std::size_t index = 0; index < world_.people.size(); ++index)
            if (world_.people[index].key == demand.group->text()) return static_cast<std::int32_t>(index);
        const auto* group = model_.find(*demand.group);
        world_.people.push_back({group->key.text(), group->size, group->digital});
        return static_cast<std::int32_t>(world_.people.size() - 1);
    }

    std::uint32_t add_class(const Demand& demand,
                            const model::ChannelShare& choice,
                            std::uint32_t source,
                            const std::string& desk) {
        const Service& service = *model_.find(demand.service);
        ClassPlan plan;
        plan.source = source;
        plan.site = place_of(site_of_channel(model_, demand, choice));
        plan.priority = demand.priority;
        plan.is_online = choice.channel.text() == "online";
        plan.is_remote = model::is_remote(choice.channel);
        plan.has_steps = !service.steps.empty();
        plan.service = service.key.text();
        plan.channel = choice.channel.text();
        plan.group = demand.group ? demand.group->text() : "";
        if (const auto* fee = service.fee.find(choice.channel)) plan.fee_cents = fee->cents;
        add_travel(demand, plan);
        auto& site = world_.sites[plan.site];
        site.has_remote = site.has_remote || plan.is_remote;
        for (std::size_t line = 0; line < site.lines.size(); ++line)
            if (site.lines[line].channel == plan.channel) plan.line = static_cast<std::int32_t>(line);
        plan.may_turn_away =
            (site.capacity > 0 && !plan.is_remote) || plan.line >= 0 || demand.balking.has_value();
        const auto index = static_cast<std::uint32_t>(world_.classes.size());
        plan.first_leg = static_cast<std::uint32_t>(world_.legs.size());
        plan.leg_count = static_cast<std::uint32_t>(std::max<std::size_t>(1, service.steps.size()));
        world_.classes.push_back(plan);
        for (std::uint32_t leg = 0; leg < plan.leg_count; ++leg)
            add_leg(demand, service, choice.channel, {index, leg, desk});
        return index;
    }

    void add_travel(const Demand& demand, ClassPlan& plan) const {
        if (!demand.group || plan.is_remote) return;
        const auto* group = model_.find(*demand.group);
        for (const auto& [site, km] : group->distance_km) {
            if (site.text() != world_.sites[plan.site].key) continue;
            const auto travel = model_.travel.value_or(model::Travel{});
            plan.travel_us = std::llround(2 * km / travel.speed_km_per_hour * static_cast<double>(des::hour));
            plan.travel_cents = std::llround(2 * km * static_cast<double>(travel.per_km.cents));
        }
    }

    struct LegOf {
        std::uint32_t contact_class;
        std::uint32_t number;
        const std::string& desk;
    };

    void add_leg(const Demand& demand,
                 const Service& service,
                 const model::ChannelKey& channel,
                 const LegOf& of) {
        LegPlan leg;
        leg.contact_class = of.contact_class;
        const auto& contact = world_.classes[of.contact_class];
        const model::Step* step = service.steps.empty() ? nullptr : &service.steps[of.number];
        const auto* duration = step != nullptr ? step->duration.find(channel) : nullptr;
        if (step == nullptr) {
            duration = demand.duration.find(channel);
            if (duration == nullptr) duration = service.duration.find(channel);
        }
        if (duration != nullptr) leg.duration = make_sampler(*duration);
        const auto* patience = demand.patience.find(channel);
        if (patience == nullptr) patience = service.patience.find(channel);
        leg.has_patience = patience != nullptr;
        if (patience != nullptr) leg.patience = make_sampler(*patience);
        if (step != nullptr) {
            leg.step = step->key.text();
            double up_to = 0;
            for (const auto& next : step->next) {
                up_to += next.share;
                const auto to = next.to ? contact.first_leg +
                                              static_cast<std::uint32_t>(index_of(service.steps, *next.to))
                                        : leaves;
                leg.next.push_back({up_to, to});
            }
            if (!leg.next.empty()) leg.next.back().up_to = 1;
        }
        QueueName name{contact.service, leg.step, contact.channel, contact.priority, false, of.desk};
        const auto& criteria = world_.sites[contact.site].site.queue.criteria;
        if (std::ranges::find(criteria, model::Criterion::shortest_mean) != criteria.end())
            name.mean = leg.duration.mean();
        leg.queue = queue_of(contact.site, service, name);
        leg.booked_queue = leg.queue;
        if (demand.bookings) {
            name.is_booked = true;
            leg.booked_queue = queue_of(contact.site, service, name);
        }
        world_.legs.push_back(std::move(leg));
    }

    Result<void> finish_halls() {
        for (std::size_t index = 0; index < world_.sites.size(); ++index) {
            auto& site = world_.sites[index];
            std::vector<rules::QueueTraits> traits;
            std::vector<std::vector<rules::QueueIndex>> serves(site.groups.size());
            for (std::size_t queue = 0; queue < drafts_[index].size(); ++queue) {
                traits.push_back(drafts_[index][queue].traits);
                for (const auto group : drafts_[index][queue].groups)
                    serves[group].push_back(static_cast<rules::QueueIndex>(queue));
            }
            auto hall = rules::make_hall_plan(std::move(traits), serves, site.site.queue);
            if (!hall) return Error{hall.error().code, hall.error().what, "sites." + site.key};
            site.hall = *std::move(hall);
            spread_factors(site, drafts_[index]);
            for (auto& contact : world_.classes)
                if (contact.site == index && world_.sources[contact.source].demand.balking)
                    contact.queues_seen = queues_seen(contact, site.hall, drafts_[index]);
        }
        for (auto& leg : world_.legs) {
            const auto& place = world_.sites[world_.classes[leg.contact_class].site].hall.place_of;
            leg.queue = place[leg.queue];
            leg.booked_queue = place[leg.booked_queue];
        }
        return {};
    }

    // The queues of people in the room; of a contact for which nobody leaves home, those of its channel.
    static std::vector<rules::QueueIndex> queues_seen(const ClassPlan& contact,
                                                      const rules::HallPlan& hall,
                                                      const std::vector<QueueDraft>& drafts) {
        std::vector<rules::QueueIndex> seen;
        for (std::size_t queue = 0; queue < drafts.size(); ++queue) {
            const auto& channel = drafts[queue].name.channel;
            if (contact.is_remote ? channel == contact.channel
                                  : !model::is_remote(model::ChannelKey{channel}))
                seen.push_back(hall.place_of[queue]);
        }
        return seen;
    }

    static void spread_factors(SitePlan& site, const std::vector<QueueDraft>& drafts) {
        site.factor.assign(site.groups.size() * drafts.size(), 1.0);
        for (std::size_t queue = 0; queue < drafts.size(); ++queue)
            for (std::size_t each = 0; each < drafts[queue].groups.size(); ++each)
                site.factor[drafts[queue].groups[each] * drafts.size() + site.hall.place_of[queue]] =
                    drafts[queue].factors[each];
    }

    const Model& model_;
    const std::vector<std::size_t>& sites_;
    WorldPlan world_;
    std::vector<std::vector<QueueDraft>> drafts_;
};

}  // namespace

Result<WorldPlan> make_world(const Model& model, const std::vector<std::size_t>& sites) {
    return WorldMaker{model, sites}.make();
}

}  // namespace balcao::sim
