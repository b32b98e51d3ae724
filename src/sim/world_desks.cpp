// What desks do now and then: interrupt whom they serve, rest, work after their hours.
#include <algorithm>

#include "sim/world.hpp"

namespace balcao::sim {

// The desk that serves the person of the largest priority number, the last begun among equals, if that person
// may be interrupted by one of the queue; else `none`.
std::uint32_t World::desk_to_interrupt(rules::QueueIndex queue, std::uint32_t site_index) const {
    const auto& hall = plan_.sites[site_index].hall;
    const int priority = hall.queues[queue].priority;
    std::uint32_t found = none;
    int worst = priority;
    for (const auto group_index : plan_.sites[site_index].groups) {
        const auto& group = plan_.groups[group_index];
        if (!hall.serves[group.index].has(queue)) continue;
        for (std::uint32_t place = 0; place < group.desk_count; ++place) {
            const auto desk = group.first_desk + place;
            if (desks_[desk].state != DeskState::busy) continue;
            if (place >= groups_[group_index].level || desks_[desk].is_absent ||
                desks_[desk].pending_break > 0)
                continue;  // finishes whom it serves, and takes nobody new
            const int served = hall.queues[persons_[desks_[desk].person].queue].priority;
            if (!rules::may_interrupt(priority, served) || served < worst) continue;
            if (served == worst && found != none && desks_[desk].began <= desks_[found].began) continue;
            worst = served;
            found = desk;
        }
    }
    return found;
}

bool World::try_interrupt(std::uint32_t index, std::uint32_t site_index) {
    const auto& arriving = persons_[index];
    const std::uint32_t found = desk_to_interrupt(arriving.queue, site_index);
    if (found == none) return false;
    auto& desk = desks_[found];
    auto& interrupted = persons_[desk.person];
    const auto back = desk.person;
    count_busy(desk);
    interrupted.remaining = desk.due - now_;
    interrupted.joined = now_;
    auto& state = sites_[site_index].hall;
    state.count_turn(arriving.queue);
    start_service(found, index);
    if (const auto group =
            rules::idle_group(state, persons_[back].queue)) {  // another desk can go on at once
        start_service(seize(site_index, *group), back);
        return true;
    }
    persons_[back].is_waiting = true;
    // She keeps the place that she had in this queue, whatever it is ordered by.
    state.join(persons_[back].queue, back, persons_[back].counts_from, persons_[back].leg_joined);
    return true;
}

void World::rest(std::uint32_t desk_index, Time length) {
    auto& desk = desks_[desk_index];
    desk.state = DeskState::resting;
    desk.began = now_;
    desk.ends_order = events_.push(now_ + length, desk_returns, desk_index);
}

// A desk that works on after its hours is staffed for as long as it works.
void World::count_unscheduled(Desk& desk) {
    if (desk.state != DeskState::busy && !desk.is_working_after) return;
    if (desk.unscheduled_since >= now_) return;
    auto* cells = &ledger.desks[desk.group * hours];
    count_hours(std::max({desk.began, counted_from_, desk.unscheduled_since}),
                [&](std::size_t hour, Time time) { cells[hour].staffed += time; });
}

// Drawn by person, so that it stays with her whichever desk serves her.
Time World::after_work_of(const Person& person, const GroupPlan& group) const {
    const auto& source = sources_[plan_.classes[person.contact_class].source];
    random::Draws draws{source.after_work, person.draws_of_leg()};
    return des::to_time(std::max(0.0, group.after_work.draw(draws)));
}

// Which of the draws of that desk is next, by its place in its group, so that a desk more elsewhere disturbs
// none; days that begin anew have draws of their own.
std::uint64_t World::next_draw(std::uint32_t desk) {
    return (static_cast<std::uint64_t>(desks_[desk].place) << 48) | (static_cast<std::uint64_t>(day_) << 24) |
           (desks_[desk].idle_draws++ & 0xFFFFFFU);
}

}  // namespace balcao::sim
