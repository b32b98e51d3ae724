// The hall as it is now, made ready to be followed many times.
#include <algorithm>

#include "sim/hall_path.hpp"

namespace balcao::sim {

using des::Time;

namespace {

constexpr Time late_break = 30 * des::minute;  // a break that is due so long may still be taken

}  // namespace

HallPath::HallPath(const HallHabits& habits,
                   const rules::HallNow& now,
                   const std::vector<rules::QueueIndex>& newcomers)
    : habits_{habits},
      now_{now},
      newcomers_{newcomers},
      midnight_to_now_{now.minute * des::minute},
      hall_now_{*habits.plan},
      hall_{*habits.plan} {
    lay_out_desks();
    lay_out_people();
}

// Those behind which somebody is, in the order of `now`; then those that are planned and not open yet.
void HallPath::lay_out_desks() {
    std::vector<std::uint32_t> places(habits_.groups.size());
    for (const auto& told : now_.desks) {
        Desk desk;
        desk.group = told.group;
        desk.place = places[told.group]++;
        desk.doing = Doing::busy;
        desks_now_.push_back(desk);
        open_groups_ |= std::uint64_t{1} << told.group;
    }
    desks_ever_ = open_groups_;
    for (std::size_t group = 0; group < habits_.groups.size(); ++group)
        plan_desks(static_cast<rules::GroupIndex>(group));
}

void HallPath::plan_desks(rules::GroupIndex group) {
    const auto& plan = habits_.groups[group];
    int level = 0;
    int more = 0;
    for (const auto& next : plan.planned) {
        const int before = level;
        level = next.desks;
        if (next.from <= midnight_to_now_) continue;
        changes_.push_back({next.from - midnight_to_now_, group, before, level});
        more += std::max(0, level - before);
    }
    level = 0;
    for (const auto& next : plan.planned)
        if (next.from <= midnight_to_now_) level = next.desks;
    bool is_needed = false;  // for a queue that no open desk serves
    for (std::size_t place = 0; place < habits_.plan->queues.size(); ++place) {
        const auto queue = static_cast<rules::QueueIndex>(place);
        is_needed = is_needed || (habits_.plan->serves[group].has(queue) && assumes_desks(queue));
    }
    const bool is_empty =
        std::ranges::none_of(now_.desks, [&](const auto& desk) { return desk.group == group; });
    const int assumed = is_empty && is_needed && until_closing() > 0 ? level : 0;
    auto place = static_cast<std::uint32_t>(
        std::ranges::count_if(now_.desks, [&](const auto& desk) { return desk.group == group; }));
    for (int number = 0; number < assumed + more; ++number) {
        Desk desk;
        desk.group = group;
        desk.place = place++;
        desk.doing = number < assumed ? Doing::busy : Doing::off;
        desks_now_.push_back(desk);
    }
    if (assumed + more > 0) desks_ever_ |= std::uint64_t{1} << group;
    hall_now_.set_desks(group, place);
    for (const auto& pause : plan.breaks) {
        const Time at = pause.at_minute * des::minute - midnight_to_now_;
        if (at > -late_break) pauses_.push_back({std::max<Time>(0, at), group, pause.length.count()});
    }
}

void HallPath::lay_out_people() {
    for (const auto& waiter : now_.waiting) {
        const auto index = static_cast<std::uint32_t>(people_now_.size());
        Person person;
        person.arrived = waiter.arrived;
        person.draws = waiter.ticket;
        person.queue = waiter.queue;
        person.then = &waiter.then;
        person.slot = static_cast<std::uint32_t>(slots_++);
        const bool is_for_any = waiter.only == rules::any_desk;
        const bool is_pausing = is_for_any && waiter.not_before > now_.at;
        person.is_waiting = !is_pausing && waiter.only != rules::closed_desk;
        people_now_.push_back(person);
        if (!person.is_waiting) continue;
        if (!is_for_any)
            desks_now_[waiter.only].sent.push_back(index);
        else
            hall_now_.join(waiter.queue, index, waiter.arrived, waiter.joined);
    }
    slots_ += newcomers_.size();
    for (std::size_t desk = 0; desk < now_.desks.size(); ++desk) {
        const auto& told = now_.desks[desk];
        if (told.doing != rules::DeskDoing::expecting && told.doing != rules::DeskDoing::serving) continue;
        Person person;
        person.draws = told.ticket;
        person.queue = told.queue;
        person.then = &told.then;
        desks_now_[desk].person = static_cast<std::uint32_t>(people_now_.size());
        people_now_.push_back(person);
    }
}

}  // namespace balcao::sim
