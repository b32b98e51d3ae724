#include "sim/hall_habits.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "model/serving.hpp"

namespace balcao::sim {
namespace {

const model::ChannelKey counter{"counter"};
constexpr des::Time rest_without_plan = 15 * des::minute;

const model::Step* step_of(const model::Service& service, const model::StepKey& key) {
    const auto found = std::ranges::find(service.steps, key, &model::Step::key);
    return found == service.steps.end() ? nullptr : &*found;
}

// The entry of the model's demand that comes to that queue: of its priority number, else any of its service.
const model::Demand* demand_of(const model::Model& model,
                               const model::Site& site,
                               const rules::QueueName& name) {
    const model::Demand* found = nullptr;
    for (const auto& demand : model.demand) {
        if (demand.site != site.key || demand.service != name.service) continue;
        if (demand.priority == name.rank) return &demand;
        if (found == nullptr) found = &demand;
    }
    return found;
}

const model::Distribution* duration_of(const model::Service& service,
                                       const model::Demand* demand,
                                       const model::StepKey& key) {
    if (const auto* step = step_of(service, key)) return step->duration.find(counter);
    if (demand != nullptr)
        if (const auto* own = demand->duration.find(counter)) return own;
    return service.duration.find(counter);
}

const model::Distribution* patience_of(const model::Service& service, const model::Demand* demand) {
    if (demand != nullptr)
        if (const auto* own = demand->patience.find(counter)) return own;
    return service.patience.find(counter);
}

// Lengths that several queues share are made once.
class Shared {
public:
    explicit Shared(std::vector<LengthOfTime>& lengths) : lengths_{lengths} {}

    std::size_t place_of(const model::Distribution& distribution) {
        const auto known =
            std::ranges::find_if(known_, [&](const auto& one) { return *one.first == distribution; });
        if (known != known_.end()) return known->second;
        lengths_.push_back(LengthOfTime::of(make_sampler(distribution)));
        known_.emplace_back(&distribution, lengths_.size() - 1);
        return lengths_.size() - 1;
    }

private:
    std::vector<LengthOfTime>& lengths_;
    std::vector<std::pair<const model::Distribution*, std::size_t>> known_;
};

std::optional<rules::QueueIndex> queue_named(const std::vector<rules::QueueName>& names,
                                             const rules::QueueName& wanted) {
    const auto found = std::ranges::find(names, wanted);
    if (found == names.end()) return std::nullopt;
    return static_cast<rules::QueueIndex>(found - names.begin());
}

std::vector<HallHabits::Onward> onward_of(const model::Service& service,
                                          const rules::QueueName& name,
                                          const std::vector<rules::QueueName>& names) {
    std::vector<HallHabits::Onward> onward;
    const auto* step = step_of(service, name.step);
    if (step == nullptr) return onward;
    double up_to = 0;
    for (const auto& next : step->next) {
        up_to += next.share;
        HallHabits::Onward to{up_to};
        if (next.to) to.queue = queue_named(names, {name.service, *next.to, name.rank, name.by_law});
        onward.push_back(to);
    }
    if (!onward.empty()) onward.back().up_to = 2;  // whatever rounding left
    return onward;
}

double share_of_counter(const model::Demand& demand) {
    double share = 0;
    for (const auto& choice : model::channels_of_demand(demand))
        if (choice.channel == counter) share += choice.share;
    return share;
}

// People a microsecond, batches and gaps turned into that.
std::vector<RateSegment> rates_of(const model::Demand& demand,
                                  const model::Site& site,
                                  Date date,
                                  Date first_day) {
    SourcePlan source;
    source.demand = demand;
    auto segments = rates_on(source, site, date, first_day);
    double scale = share_of_counter(demand);
    if (const auto* batch = std::get_if<model::BatchArrivals>(&demand.arrivals->pattern))
        scale *= batch->size;
    if (const auto* renewal = std::get_if<model::RenewalArrivals>(&demand.arrivals->pattern))
        scale /= std::max(1.0, model::mean_of(renewal->gap));
    for (auto& segment : segments)
        segment.rate *= scale;
    std::erase_if(segments, [](const RateSegment& segment) { return segment.rate <= 0; });
    return segments;
}

std::vector<HallHabits::Level> planned_desks(const model::DeskGroup& group,
                                             const std::vector<TimeRange>& open,
                                             Date date) {
    std::vector<HallHabits::Level> levels;
    if (open.empty()) return levels;
    const auto at = [](int minute) { return minute * des::minute; };
    if (const int* count = std::get_if<int>(&group.count)) {
        levels.push_back({at(open.front().begin_minute), *count});
        return levels;
    }
    const auto* roster = std::get_if<model::Roster>(&group.count);
    if (roster == nullptr) return levels;
    for (const auto& [days, ranges] : roster->weekly) {
        if (!days.has(weekday_index(date))) continue;
        for (const auto& [range, desks] : ranges) {
            const int begin = std::max(range.begin_minute, open.front().begin_minute);
            const int end = std::min(range.end_minute, open.back().end_minute);
            if (begin >= end) continue;
            if (!levels.empty() && levels.back().from == at(begin)) levels.pop_back();  // no gap between
            levels.push_back({at(begin), desks});
            // After the last doors are shut desks go on with those inside.
            if (end < open.back().end_minute) levels.push_back({at(end), 0});
        }
    }
    std::ranges::stable_sort(levels, {}, &HallHabits::Level::from);
    return levels;
}

void add_groups(HallHabits& habits, const model::Site& site, Date date) {
    const auto open = site.open.on(date);
    habits.closes = open.empty() ? 0 : open.back().end_minute * des::minute;
    habits.sends_away = site.at_closing == model::AtClosing::send_away;
    std::vector<double> breaks;
    for (const auto& group : site.desks) {
        habits.groups.push_back({planned_desks(group, open, date), group.breaks});
        for (const auto& pause : group.breaks)
            breaks.push_back(static_cast<double>(pause.length.count()));
    }
    habits.rest = breaks.empty()
                      ? LengthOfTime::of(random::Sampler::exponential(static_cast<double>(rest_without_plan)))
                      : LengthOfTime::learnt(std::move(breaks));
}

// How fast the desks of each group serve that queue.
void add_factors(HallHabits& habits,
                 const model::Site& site,
                 const std::vector<rules::QueueName>& names,
                 std::size_t queue) {
    for (std::size_t group = 0; group < site.desks.size(); ++group)
        for (const auto& skill : site.desks[group].serves)
            if (skill.service == names[queue].service)
                habits.factor[group * names.size() + queue] = skill.factor;
}

void add_arrivals(HallHabits& habits,
                  const model::Model& model,
                  const model::Site& site,
                  const std::vector<rules::QueueName>& names,
                  Date date) {
    for (const auto& demand : model.demand) {
        if (demand.site != site.key || !demand.arrivals) continue;
        const auto& service = *model.find(demand.service);
        const auto first = service.steps.empty() ? model::StepKey{} : service.steps.front().key;
        const auto queue = queue_named(names, {demand.service, first, demand.priority, false});
        if (!queue) continue;
        auto segments = rates_of(demand, site, date, model.first_day);
        if (!segments.empty()) habits.coming.push_back({*queue, std::move(segments)});
    }
}

}  // namespace

HallHabits habits_by_model(const model::Model& model,
                           const model::Site& site,
                           const rules::HallPlan& plan,
                           const std::vector<rules::QueueName>& names,
                           Date date) {
    HallHabits habits;
    habits.plan = &plan;
    add_groups(habits, site, date);
    Shared lengths{habits.lengths};
    Shared patiences{habits.patiences};
    habits.factor.assign(plan.serves.size() * names.size(), 1);
    for (std::size_t queue = 0; queue < names.size(); ++queue) {
        const auto& name = names[queue];
        const auto& service = *model.find(name.service);
        const auto* demand = demand_of(model, site, name);
        static const model::Distribution unknown{model::Constant{0}};
        const auto* duration = duration_of(service, demand, name.step);
        habits.length_of.push_back(lengths.place_of(duration != nullptr ? *duration : unknown));
        const auto* patience = patience_of(service, demand);
        habits.patience_of.push_back(patience != nullptr ? std::optional{patiences.place_of(*patience)}
                                                         : std::nullopt);
        habits.onward.push_back(onward_of(service, name, names));
        add_factors(habits, site, names, queue);
    }
    add_arrivals(habits, model, site, names, date);
    return habits;
}

namespace {

// Each service as it was measured; too few of it, as the model says but at the pace of all.
void learn_lengths(HallHabits& habits,
                   const rules::HallPast& past,
                   const std::vector<rules::QueueName>& names) {
    double measured = 0;
    double told = 0;
    std::map<rules::HallPast::Leg, std::size_t> model_length;
    for (std::size_t queue = 0; queue < names.size(); ++queue)
        model_length.emplace(rules::HallPast::Leg{names[queue].service, names[queue].step},
                             habits.length_of[queue]);
    for (const auto& [leg, lengths] : past.served) {
        const auto known = model_length.find(leg);
        if (known == model_length.end()) continue;
        for (const double length : lengths)
            measured += length;
        told += static_cast<double>(lengths.size()) * habits.lengths[known->second].mean();
    }
    const double pace = told > 0 ? measured / told : 1;
    const auto by_model = std::move(habits.lengths);
    habits.lengths.clear();
    std::map<rules::HallPast::Leg, std::size_t> place;
    for (std::size_t queue = 0; queue < names.size(); ++queue) {
        const rules::HallPast::Leg leg{names[queue].service, names[queue].step};
        const auto [found, is_new] = place.try_emplace(leg, habits.lengths.size());
        if (is_new) {
            const auto lengths = past.served.find(leg);
            if (lengths != past.served.end() && lengths->second.size() >= enough_of_a_service)
                habits.lengths.push_back(LengthOfTime::learnt(lengths->second));
            else
                habits.lengths.push_back(by_model[habits.length_of[queue]].at_pace(pace));
        }
        habits.length_of[queue] = found->second;
    }
}

void learn_arrivals(HallHabits& habits,
                    const rules::HallPast& past,
                    const std::vector<rules::QueueName>& names) {
    constexpr des::Time half_hour = 30 * des::minute;
    habits.coming.clear();
    for (const auto& [name, counts] : past.arrivals) {
        const auto queue = queue_named(names, name);
        if (!queue) continue;
        HallHabits::Coming coming{*queue, {}};
        for (std::size_t place = 0; place < rules::half_hours; ++place) {
            if (counts.at(place) == 0) continue;
            const auto begin = static_cast<des::Time>(place) * half_hour;
            coming.segments.push_back(
                {begin, begin + half_hour,
                 counts.at(place) / static_cast<double>(past.days) / static_cast<double>(half_hour)});
        }
        habits.coming.push_back(std::move(coming));
    }
}

}  // namespace

void learn_from(HallHabits& habits, const rules::HallPast& past, const std::vector<rules::QueueName>& names) {
    learn_lengths(habits, past, names);
    if (past.days > 0) learn_arrivals(habits, past, names);
    const auto take = [](LengthOfTime& length, const std::vector<double>& measured) {
        if (measured.size() >= enough_of_a_service) length = LengthOfTime::learnt(measured);
    };
    take(habits.way, past.ways);
    take(habits.hold, past.holds);
    take(habits.gap, past.gaps);
    take(habits.rest, past.rests);
    const std::size_t calls = past.ways.size() + past.holds.size();
    if (calls >= enough_of_a_site)
        habits.comes = static_cast<double>(past.ways.size()) / static_cast<double>(calls);
    // The rate at which those who wait give up; the same for all, for few ever do.
    habits.patiences.clear();
    std::ranges::fill(habits.patience_of, std::nullopt);
    if (past.left > 0 && past.waited > 0) {
        habits.patiences.push_back(
            LengthOfTime::of(random::Sampler::exponential(past.waited / static_cast<double>(past.left))));
        std::ranges::fill(habits.patience_of, std::optional<std::size_t>{0});
    }
}

}  // namespace balcao::sim
