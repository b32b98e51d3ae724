#include "sim/world.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace balcao::sim {

using des::to_time;
using random::Draws;

namespace {

// Draws of a situation's person who asks for a slot, apart from everybody's.
constexpr std::uint64_t probe_request = std::uint64_t{1} << 47;

}  // namespace

void World::advance(Time time) {
    now_ = time;
    while (now_ >= hour_end_) {
        hour_begin_ = hour_end_;
        hour_end_ += des::hour;
        hour_ = hour_ == hours - 1 ? 0 : hour_ + 1;
    }
}

bool World::run_events(Time bound) {
    constexpr int events_between_looks = 1 << 16;
    do {
        for (int number = 0; number < events_between_looks; ++number) {
            const Time arrival = arrivals_.time();
            const des::Event& soonest = events_.top();
            const des::Event given_up = deadlines_.top();
            const bool gives_up_first = given_up < soonest;
            const Time time = gives_up_first ? given_up.time : soonest.time;
            if (std::min(time, arrival) > bound || std::min(time, arrival) == des::never) return true;
            if (arrival < time) {
                advance(arrival);
                arrive(arrivals_.first());
            } else if (gives_up_first) {
                advance(time);
                leave_unserved(given_up.subject(), false);
            } else {
                const des::Event event = events_.pop();
                advance(event.time);
                if (event.kind() == service_ends) {
                    if (desks_[event.subject()].ends_order == event.order) end_service(event.subject());
                } else {
                    handle(event);
                }
            }
        }
    } while (stop == nullptr || !stop->load(std::memory_order_relaxed));
    return false;
}

Time World::next_logged(const SourceState& state, const model::ArrivalLog& log) const {
    if (state.logged >= log.arrivals.size()) return des::never;
    const Time time = log.arrivals[state.logged].time.count() - span_begin_;
    return time < day_begin_ + des::day ? time : des::never;
}

// To the next arrival, as the time of a clock that runs at the rate: a renewal's gap, else exponential.
double World::draw_gap(SourceState& state, const SourcePlan& plan) const {
    Draws draws{state.arrival, (static_cast<std::uint64_t>(day_) << 24) | state.tries++};
    const bool is_renewal = std::holds_alternative<model::RenewalArrivals>(plan.demand.arrivals->pattern);
    return is_renewal ? std::max(0.0, plan.gap.draw(draws)) : random::exponential(draws);
}

Time World::next_arrival(std::uint32_t source) {
    auto& state = sources_[source];
    const auto& plan = plan_.sources[source];
    const auto& pattern = plan.demand.arrivals->pattern;
    if (const auto* log = std::get_if<model::ArrivalLog>(&pattern)) return next_logged(state, *log);
    const auto* batch = std::get_if<model::BatchArrivals>(&pattern);
    if (batch != nullptr && state.batch_left > 0) {
        --state.batch_left;
        return now_;
    }
    if (batch != nullptr) state.batch_left = batch->size - 1;
    const bool is_renewal = std::holds_alternative<model::RenewalArrivals>(pattern);
    double ahead = std::exchange(state.carried, -1);
    if (ahead < 0) ahead = draw_gap(state, plan);
    while (state.segment < state.segments.size()) {
        const auto& segment = state.segments[state.segment];
        const double room = (static_cast<double>(segment.end) - state.position) * segment.rate;
        if (ahead < room) {
            state.position += ahead / segment.rate;
            return day_begin_ + to_time(state.position);
        }
        ahead -= room;
        const Time end = segment.end;
        if (++state.segment == state.segments.size()) {
            if (is_renewal && end == des::day) state.carried = ahead;  // the doors stay open at midnight
            break;
        }
        const auto& next = state.segments[state.segment];
        state.position = static_cast<double>(next.begin);
        if (is_renewal && next.begin > end) ahead = draw_gap(state, plan);  // anew when the doors open
    }
    return des::never;
}

void World::arrive(std::uint32_t source) {
    auto& state = sources_[source];
    const auto& plan = plan_.sources[source];
    Pending contact;
    contact.index = (static_cast<std::uint64_t>(day_) << 24) | state.count++;
    if (!plan.log_class.empty()) {
        contact.index = state.logged;
        contact.contact_class = plan.log_class[state.logged++];
    } else {
        contact.contact_class = choose_class(source, contact.index);
    }
    arrivals_.set(source, next_arrival(source));
    if (plan.is_probe && plan.demand.bookings) {
        book(source, day_, contact.index | probe_request, contact.index);
        return;
    }
    if (plan.follows_needs) contact.need = begin_need(contact.contact_class, contact.index, clock());
    if (plan.is_probe && !sites_[plan_.classes[contact.contact_class].site].is_open) {
        postpone(contact, clock());  // a need may arise at any time; who has it comes when the doors open
        return;
    }
    admit(contact);
}

std::uint32_t World::choose_class(std::uint32_t source, std::uint64_t index) {
    const auto& choices = plan_.sources[source].channels;
    if (choices.size() == 1) return choices.front().contact_class;
    const auto& state = sources_[source];
    const double draw = Draws{state.channel, index}.uniform();
    std::size_t chosen = 0;
    while (choices[chosen].up_to < draw)
        ++chosen;
    const auto& contact_class = plan_.classes[choices[chosen].contact_class];
    const auto people = plan_.sources[source].people;
    if (contact_class.is_online && people >= 0) {
        const auto group = static_cast<std::size_t>(people);
        const double share = able_[group] / std::max(1.0, plan_.people[group].size);
        if (Draws{state.digital, index}.uniform() >= share) chosen = (chosen + 1) % choices.size();
    }
    return choices[chosen].contact_class;
}

std::uint32_t World::new_person() {
    if (free_persons_.empty()) {
        persons_.emplace_back();
        return static_cast<std::uint32_t>(persons_.size() - 1);
    }
    const auto person = free_persons_.back();
    free_persons_.pop_back();
    return person;
}

void World::admit(const Pending& contact) {
    const auto& contact_class = plan_.classes[contact.contact_class];
    const auto cell = static_cast<std::uint32_t>(contact.contact_class * hours + hour_);
    auto& counted = ledger.contacts[cell];
    ++counted.arrivals;
    const auto index = new_person();
    auto& person = persons_[index];
    person = Person{};
    person.arrived = now_;
    person.counts_from = contact.is_booked ? std::max(now_, day_begin_ + contact.due) : now_;
    person.index = contact.index;
    person.cell = cell;
    person.contact_class = contact.contact_class;
    person.need = contact.need;
    person.is_booked = contact.is_booked;
    if (trace != nullptr) open_trace(index);
    if (contact_class.may_turn_away && turns_away(contact.contact_class, contact.index)) {
        ++counted.balked;
        if (trace != nullptr) close_trace(index, Outcome::balked);
        const Person left = person;
        free_persons_.push_back(index);
        if (left.need != none) end_visit(left, false);
        return;
    }
    auto& site = sites_[contact_class.site];
    person.is_inside = true;
    ++site.inside;
    if (contact_class.is_remote) ++site.remote_inside;
    if (contact_class.line >= 0) ++site.line_inside[static_cast<std::size_t>(contact_class.line)];
    join_leg(index, contact_class.first_leg);
}

void World::join_leg(std::uint32_t index, std::uint32_t leg_index) {
    auto& person = persons_[index];
    const auto& leg = plan_.legs[leg_index];
    const auto site_index = plan_.classes[person.contact_class].site;
    auto& site = sites_[site_index];
    person.leg = leg_index;
    person.joined = person.leg_joined = now_;
    person.leg_waited = 0;
    person.queue = person.is_booked ? leg.booked_queue : leg.queue;
    if (trace != nullptr) trace_join(index);
    if (site.may_start) {
        if (const auto group = rules::idle_group(site.hall, person.queue)) {
            site.hall.count_turn(person.queue);
            start_service(seize(site_index, *group), index);
            return;
        }
        if (plan_.sites[site_index].preempts && try_interrupt(index, site_index)) return;
    }
    person.is_waiting = true;
    site.hall.join(person.queue, index, person.counts_from, now_);
    if (leg.has_patience) {
        const auto& source = sources_[plan_.classes[person.contact_class].source];
        Time patience = -1;
        if (const auto* logged = logged_arrival(person); logged != nullptr && logged->patience)
            patience = logged->patience->count();
        if (patience < 0) {
            Draws draws{source.patience, person.draws_of_leg()};
            patience = to_time(std::max(0.0, leg.patience.draw(draws)));
        }
        deadlines_.push(events_.make(std::max(now_, person.counts_from) + patience, gives_up, index));
    }
}

std::uint32_t World::seize(std::uint32_t site_index, rules::GroupIndex group) {
    auto& hall = sites_[site_index].hall;
    const auto group_index = plan_.sites[site_index].groups[group];
    const auto& plan = plan_.groups[group_index];
    if (plan.is_unlimited) {
        auto& spare = groups_[group_index].spare;
        if (spare.empty()) {
            desks_.emplace_back();
            desks_.back().group = group_index;
            return static_cast<std::uint32_t>(desks_.size() - 1);
        }
        const auto desk = spare.back();
        spare.pop_back();
        return desk;
    }
    const auto place = hall.first_idle(group);
    hall.set_busy(group, place);
    return plan.first_desk + place;
}

const model::LoggedArrival* World::logged_arrival(const Person& person) const {
    const auto& source = plan_.sources[plan_.classes[person.contact_class].source];
    if (source.log_class.empty() || source.is_probe) return nullptr;  // a probe's log has times only
    return &std::get<model::ArrivalLog>(source.demand.arrivals->pattern)
                .arrivals[person.index & 0xFFFFFFFFFFFFULL];
}

void World::start_service(std::uint32_t desk_index, std::uint32_t index) {
    auto& person = persons_[index];
    auto& desk = desks_[desk_index];
    const auto& group = plan_.groups[desk.group];
    const auto& site = plan_.sites[group.site];
    const auto& leg = plan_.legs[person.leg];
    Time length = person.remaining;
    if (length < 0) {
        const auto* logged = logged_arrival(person);
        if (logged != nullptr && logged->duration) {
            length = logged->duration->count();
        } else {
            const auto& source = sources_[plan_.classes[person.contact_class].source];
            Draws draws{source.service, person.draws_of_leg()};
            const double factor = site.factor[group.index * site.hall.queues.size() + person.queue];
            length = to_time(std::max(0.0, leg.duration.draw(draws)) * factor);
        }
    }
    desk.person = index;
    desk.began = now_;
    desk.due = now_ + length;
    desk.state = DeskState::busy;
    desk.ends_order = events_.push(desk.due, service_ends, desk_index);
    if (trace != nullptr) trace_start(index, desk_index);
}

// Person-time in the queue up to now, and the time that this leg has cost her.
void World::leave_queue(std::uint32_t index) {
    auto& person = persons_[index];
    const auto site = plan_.classes[person.contact_class].site;
    const Time from = std::max(person.joined, counted_from_);
    ledger.contacts[person.cell].queue_area += now_ - from;
    count_hours(from,
                [&](std::size_t hour, Time time) { ledger.sites[site * hours + hour].queue_area += time; });
    const Time waited = std::max<Time>(0, now_ - std::max(person.joined, person.counts_from));
    person.waited += waited;
    person.leg_waited += waited;
    person.is_waiting = false;
    deadlines_.erase(index);
    sites_[site].hall.leave(person.queue, index);
}

void World::count_busy(Desk& desk) {
    const Time from = std::max(desk.began, counted_from_);
    auto* cells = &ledger.desks[desk.group * hours];
    count_hours(from, [&](std::size_t hour, Time time) { cells[hour].busy += time; });
    if (desk.unscheduled_since < now_) count_unscheduled(desk);
}

void World::end_service(std::uint32_t desk_index) {
    auto& desk = desks_[desk_index];
    const auto index = desk.person;
    auto& person = persons_[index];
    count_busy(desk);
    desk.person = none;
    desk.ends_order = 0;
    const auto& leg = plan_.legs[person.leg];
    if (trace != nullptr) trace_end(index);
    person.remaining = -1;
    std::uint32_t next = leaves;
    if (plan_.classes[person.contact_class].has_steps) {
        ++ledger.legs[person.leg].served;
        ledger.legs[person.leg].wait += person.leg_waited;
        if (leg.next.size() == 1) {
            next = leg.next.front().leg;
        } else if (!leg.next.empty()) {
            const auto& source = sources_[plan_.classes[person.contact_class].source];
            const double draw = Draws{source.route, person.draws_of_leg()}.uniform();
            std::size_t chosen = 0;
            while (leg.next[chosen].up_to < draw)
                ++chosen;
            next = leg.next[chosen].leg;
        }
    }
    const auto& group = plan_.groups[desk.group];
    const Time after_work = group.group.after_work ? after_work_of(person, group) : 0;
    if (next == leaves) {
        leave_served(index);
    } else {
        ++person.leg_number;
        join_leg(index, next);
    }
    if (group.group.after_work) {
        rest(desk_index, after_work);
        desks_[desk_index].is_working_after = true;
    } else {
        free_desk(desk_index);
    }
}

void World::leave_served(std::uint32_t index) {
    const Person& person = persons_[index];
    auto& cell = ledger.contacts[person.cell];
    ++cell.served;
    cell.waited += person.waited > 0 ? 1 : 0;
    cell.wait_served += person.waited;
    const Time in_system = now_ - person.arrived;
    cell.in_system_served += in_system;
    for (std::size_t limit = 0; limit < city_.limits.size(); ++limit)
        cell.within[limit] += person.waited <= city_.limits[limit] ? 1 : 0;
    histograms.wait_served[person.contact_class].add(person.waited);
    histograms.in_system[person.contact_class].add(in_system);
    if (trace != nullptr) close_trace(index, Outcome::served);
    leave_site(index);
    if (person.need != none) {
        const Person left = person;
        free_persons_.push_back(index);
        end_visit(left, true);
        return;
    }
    free_persons_.push_back(index);
}

void World::leave_unserved(std::uint32_t index, bool sent_away) {
    leave_queue(index);
    leave_without(index, sent_away);
}

// Out of the doors without what she came for.
void World::leave_without(std::uint32_t index, bool sent_away) {
    const Person person = persons_[index];
    auto& cell = ledger.contacts[person.cell];
    ++(sent_away ? cell.sent_away : cell.abandoned);
    cell.waited += person.waited > 0 ? 1 : 0;
    cell.wait_unserved += person.waited;
    histograms.wait_unserved[person.contact_class].add(person.waited);
    if (plan_.classes[person.contact_class].has_steps) {
        ++ledger.legs[person.leg].unserved;
        ledger.legs[person.leg].wait_unserved += person.leg_waited;
    }
    if (trace != nullptr) close_trace(index, sent_away ? Outcome::sent_away : Outcome::abandoned);
    leave_site(index);
    free_persons_.push_back(index);
    if (person.need != none) end_visit(person, false);
}

void World::leave_site(std::uint32_t index) {
    auto& person = persons_[index];
    const auto& contact = plan_.classes[person.contact_class];
    auto& site = sites_[contact.site];
    const Time from = std::max(person.arrived, counted_from_);
    ledger.contacts[person.cell].system_area += now_ - from;
    count_hours(from, [&](std::size_t hour, Time time) {
        ledger.sites[contact.site * hours + hour].system_area += time;
    });
    person.is_inside = false;
    if (contact.line >= 0) --site.line_inside[static_cast<std::size_t>(contact.line)];
    if (contact.is_remote) --site.remote_inside;
    if (--site.inside == 0 && !site.is_open && site.may_start) {
        count_open(contact.site);
        site.may_start = false;
    }
}

void World::free_desk(std::uint32_t desk_index) {
    auto& desk = desks_[desk_index];
    const auto& group = plan_.groups[desk.group];
    auto& state = groups_[desk.group];
    if (desk.is_working_after) {
        count_busy(desk);
        desk.is_working_after = false;
    }
    if (desk.pending_break > 0) {
        const Time length = desk.pending_break;
        desk.pending_break = 0;
        desk.is_on_break = true;
        make_present(desk, false);
        rest(desk_index, length);
        return;
    }
    auto& site = sites_[group.site];
    if (!group.is_unlimited && (desk.place >= state.level || desk.is_absent)) {
        desk.state = DeskState::closed;
        return;
    }
    if (site.may_start) {
        if (const auto queue = rules::next_queue(site.hall, group.index, now_)) {
            const auto person = site.hall.head(*queue);
            leave_queue(person);
            site.hall.count_turn(*queue);
            start_service(desk_index, person);
            return;
        }
    }
    settle_idle(desk_index);
}

void World::settle_idle(std::uint32_t desk_index) {
    auto& desk = desks_[desk_index];
    const auto& group = plan_.groups[desk.group];
    if (group.is_unlimited) {
        groups_[desk.group].spare.push_back(desk_index);
        return;
    }
    if (group.group.away_when_idle && sites_[group.site].may_start) {
        Draws draws{groups_[desk.group].away, next_draw(desk_index)};
        rest(desk_index, std::max<Time>(1, to_time(std::max(0.0, group.away.draw(draws)))));
        return;
    }
    desk.state = DeskState::idle;
    sites_[group.site].hall.set_idle(group.index, desk.place);
}

}  // namespace balcao::sim
