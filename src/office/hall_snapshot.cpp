#include "office/hall_snapshot.hpp"

#include <algorithm>
#include <map>

#include "model/serving.hpp"

namespace balcao::office {
namespace {

double length(Instant from, Instant to) {
    return std::max(
        0.0, static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(to - from).count()));
}

std::vector<rules::QueueIndex> legs_after(const Layout& layout, const Visit& visit) {
    std::vector<rules::QueueIndex> queues;
    for (std::size_t leg = visit.leg + 1; leg < visit.legs.size(); ++leg)
        if (const auto queue = layout.queue_of(visit.legs[leg], visit)) queues.push_back(*queue);
    return queues;
}

// What the desk does, and with whom.
rules::DeskNow desk_of(const Hall& hall, const DeskId& id, rules::GroupIndex group) {
    rules::DeskNow now;
    now.group = group;
    const Desk& desk = hall.desk(id);
    if (desk.rested) now.rested = rules::microseconds_of(*desk.rested);
    if (const auto* free = std::get_if<DeskFree>(&desk.doing))
        now.since = rules::microseconds_of(free->since);
    if (const auto* rests = std::get_if<DeskResting>(&desk.doing)) {
        now.doing = rules::DeskDoing::resting;
        now.since = rules::microseconds_of(rests->since);
    }
    const Visit* visit = hall.visit_at(id);
    if (visit == nullptr) return now;
    now.ticket = visit->number.value;
    now.then = legs_after(hall.layout(), *visit);
    if (const auto queue = hall.layout().queue_of(visit->legs[visit->leg], *visit)) now.queue = *queue;
    const auto* called = std::get_if<Called>(&visit->state);
    now.doing = called != nullptr ? rules::DeskDoing::expecting : rules::DeskDoing::serving;
    now.since =
        rules::microseconds_of(called != nullptr ? called->at : std::get<InService>(visit->state).since);
    return now;
}

// Takes in the events of a day and sees what each of them ends.
class Measure {
public:
    Measure(std::shared_ptr<const Layout> layout, Date date, const Zone& zone)
        : hall_{std::move(layout), date}, zone_{zone} {}

    void take(const HallEvent& event, Instant at) {
        hall_.rest_until(at);
        at_ = at;
        std::visit([this](const auto& one) { on(one); }, event);
        hall_.apply(event, at);
        std::visit([this](const auto& one) { after(one); }, event);
    }

    [[nodiscard]] rules::HallPast past() && {
        past_.days = hall_.visits().empty() ? 0 : 1;
        return std::move(past_);
    }

private:
    void on(const VisitCalled& event) {
        const Visit& visit = *hall_.find(event.number);
        if (!std::holds_alternative<Waiting>(visit.state)) return;
        past_.waited += length(visit.joined, at_);
        const auto* free = std::get_if<DeskFree>(&hall_.desk(event.desk).doing);
        // Who was called in vain has waited through a pause: no measure of a desk's haste.
        if (free != nullptr && visit.calls == 0)
            past_.gaps.push_back(length(std::max(free->since, visit.joined), at_));
    }

    void on(const ServiceStarted& event) {
        const Visit& visit = *hall_.find(event.number);
        if (const auto* called = std::get_if<Called>(&visit.state))
            past_.ways.push_back(length(called->at, at_));
    }

    void on(const VisitRequeued& event) { end_hold(event.number); }

    void on(const VisitMissed& event) { end_hold(event.number); }

    void on(const VisitLeft& event) {
        const Visit& visit = *hall_.find(event.number);
        if (std::holds_alternative<Called>(visit.state)) return end_hold(event.number);
        if (!std::holds_alternative<Waiting>(visit.state)) return;
        past_.waited += length(visit.joined, at_);
        ++past_.left;
    }

    void on(const VisitParked& event) { add_part(event.number); }

    void on(const VisitTransferred& event) { end_leg(event.number); }

    void on(const ServiceEnded& event) { end_leg(event.number); }

    void on(const DeskResumed& event) {
        if (const auto* rests = std::get_if<DeskResting>(&hall_.desk(event.desk).doing))
            past_.rests.push_back(length(rests->since, at_));
    }

    template <class Event>
    void on(const Event&) {}

    // Who has an appointment is known before, and so is no measure of who comes by chance.
    void after(const VisitBegun& event) {
        const Visit& visit = *hall_.find(event.number);
        if (visit.appointment) return;
        const auto queue = hall_.layout().queue_of(visit.legs.front(), visit);
        if (!queue) return;
        const auto minute = std::chrono::floor<std::chrono::minutes>(zone_.at(at_).since_midnight).count();
        ++past_.arrivals[hall_.layout().names()[*queue]].at(
            std::min<std::size_t>(static_cast<std::size_t>(minute) / 30, rules::half_hours - 1));
    }

    template <class Event>
    void after(const Event&) {}

    void end_hold(Number number) {
        if (const auto* called = std::get_if<Called>(&hall_.find(number)->state))
            past_.holds.push_back(length(called->at, at_));
    }

    // A part of a leg that a desk of that skill served, as one without would have.
    void add_part(Number number) {
        const Visit& visit = *hall_.find(number);
        const auto* served = std::get_if<InService>(&visit.state);
        if (served == nullptr) return;
        double factor = 1;
        if (const auto* group = model::find_desk(hall_.layout().site(), served->desk.group))
            for (const auto& skill : group->serves)
                if (skill.service == visit.legs[visit.leg].service) factor = skill.factor;
        parts_[number] += length(served->since, at_) / std::max(0.01, factor);
    }

    void end_leg(Number number) {
        add_part(number);
        const Visit& visit = *hall_.find(number);
        const Leg& leg = visit.legs[visit.leg];
        past_.served[{leg.service, leg.step}].push_back(parts_[number]);
        parts_.erase(number);
    }

    Hall hall_;
    const Zone& zone_;
    Instant at_{};
    std::map<Number, double> parts_;  // of a leg that is not over
    rules::HallPast past_;
};

}  // namespace

std::optional<rules::ExpectedNow> expected_of(const Layout& layout, const DueVisit& due) {
    Visit visit;
    visit.appointment = due.at;
    std::vector<Leg> legs;
    for (const auto& service : due.services) {
        if (!layout.offers_booked(service)) return std::nullopt;
        legs.push_back(layout.first_leg(service));
    }
    if (legs.empty()) return std::nullopt;
    visit.legs = plan_path(layout, std::move(legs));
    visit.rank = layout.rank_of(visit.legs.front().service);
    const auto queue = layout.queue_of(visit.legs.front(), visit);
    if (!queue) return std::nullopt;
    return rules::ExpectedNow{*queue, rules::microseconds_of(due.at), due.comes, legs_after(layout, visit)};
}

rules::HallNow now_of(const Hall& hall, const Now& now) {
    rules::HallNow found;
    found.at = rules::microseconds_of(now.at);
    found.minute = now.minute;
    found.date = hall.date();
    std::map<DeskId, rules::DeskIndex> places;
    for (const auto& [id, desk] : hall.desks()) {
        // One that the model has no longer calls nobody.
        const auto group = hall.layout().group_of(id);
        if (!group || std::holds_alternative<DeskClosedNow>(desk.doing)) continue;
        places.emplace(id, static_cast<rules::DeskIndex>(found.desks.size()));
        found.desks.push_back(desk_of(hall, id, *group));
    }
    for (const Visit& visit : hall.visits()) {
        const auto* waits = std::get_if<Waiting>(&visit.state);
        if (waits == nullptr) continue;
        const Leg& leg = visit.legs[visit.leg];
        const auto queue = hall.layout().queue_of(leg, visit);
        if (!queue) continue;
        rules::WaiterNow waiter;
        waiter.ticket = visit.number.value;
        waiter.queue = *queue;
        waiter.arrived = rules::microseconds_of(counts_from(visit));
        waiter.joined = rules::microseconds_of(visit.joined);
        if (waits->paused_until) waiter.not_before = rules::microseconds_of(*waits->paused_until);
        if (leg.only) {
            const auto place = places.find(*leg.only);
            waiter.only = place == places.end() ? rules::closed_desk : place->second;
        }
        waiter.then = legs_after(hall.layout(), visit);
        found.waiting.push_back(std::move(waiter));
    }
    std::ranges::stable_sort(found.waiting, {}, &rules::WaiterNow::joined);
    return found;
}

rules::HallPast past_of(std::shared_ptr<const Layout> layout,
                        Date date,
                        const std::vector<std::pair<HallEvent, Instant>>& events,
                        const Zone& zone) {
    Measure measure{std::move(layout), date, zone};
    for (const auto& [event, at] : events)
        measure.take(event, at);
    return std::move(measure).past();
}

}  // namespace balcao::office
