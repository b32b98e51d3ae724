#include "sim/hall_path.hpp"

#include <algorithm>
#include <utility>

namespace balcao::sim {

using des::Time;
using random::Draws;

namespace {

constexpr Time longest = des::day;                            // what is not called within a day is not called
constexpr std::uint64_t drawn_here = std::uint64_t{1} << 55;  // draws of people who are not here yet

}  // namespace

void HallPath::run(std::uint64_t seed, std::uint64_t path) {
    begin(seed, path);
    const Time bound = habits_.sends_away ? std::min(longest, until_closing()) : longest;
    while (to_record_ > 0 && !events_.empty() && events_.top().time <= bound) {
        const des::Event event = events_.pop();
        time_ = event.time;
        handle(event);
    }
}

void HallPath::begin(std::uint64_t seed, std::uint64_t path) {
    const auto stream = [&](std::uint64_t purpose, std::uint64_t entity = 0) {
        return random::Stream::of({seed, path}, entity, purpose);
    };
    streams_ = {stream(1), stream(2), stream(3), stream(4), stream(5),
                stream(6), stream(7), stream(8), stream(9)};
    events_.clear();
    time_ = 0;
    hall_ = hall_now_;
    people_ = people_now_;
    desks_ = desks_now_;
    waits_.assign(slots_, des::never);
    to_record_ = slots_;
    for (std::uint32_t which = 0; which < changes_.size(); ++which)
        events_.push(changes_[which].at, level_changes, which);
    for (std::uint32_t which = 0; which < pauses_.size(); ++which)
        events_.push(pauses_[which].at, break_begins, which);
    coming_.assign(habits_.coming.size(), {});
    arrivals_.clear();
    for (std::uint32_t which = 0; which < coming_.size(); ++which) {
        arrivals_.push_back(stream(10, habits_.coming[which].queue));
        coming_[which].position = static_cast<double>(midnight_to_now_);
        push_next_arrival(which);
    }
    for (std::uint32_t which = 0; which < now_.expected.size(); ++which)
        if (Draws{streams_.expected, which}.chance(now_.expected[which].comes))
            events_.push(std::max<Time>(0, now_.expected[which].at - now_.at), expected_comes, which);
    begin_people();
    begin_desks();
    begin_newcomers();
}

// Who waits now has some of the patience left, or is still left out because of a call in vain.
void HallPath::begin_people() {
    for (std::uint32_t index = 0; index < now_.waiting.size(); ++index) {
        const auto& waiter = now_.waiting[index];
        if (waiter.not_before > now_.at && waiter.only == rules::any_desk)
            events_.push(waiter.not_before - now_.at, pause_over, index);
        const auto patience = habits_.patience_of[waiter.queue];
        if (!patience) continue;
        const Draws draws{streams_.patience, draws_of_leg(people_[index])};
        const Time left =
            habits_.patiences[*patience].draw_rest(draws, std::max<Time>(0, now_.at - waiter.joined));
        if (left < longest) events_.push(left, gives_up, index);
    }
}

void HallPath::begin_desks() {
    for (std::uint32_t index = 0; index < desks_.size(); ++index) {
        Desk& desk = desks_[index];
        if (desk.doing == Doing::off) continue;
        const auto* told = index < now_.desks.size() ? &now_.desks[index] : nullptr;
        const Time passed = told != nullptr ? std::max<Time>(0, now_.at - told->since) : 0;
        const auto doing = told != nullptr ? told->doing : rules::DeskDoing::free;
        if (doing == rules::DeskDoing::resting) {
            const Draws draws{streams_.rest, (static_cast<std::uint64_t>(index) << 32) | desk.draws++};
            events_.push(habits_.rest.draw_rest(draws, passed), desk_ready, index);
        } else if (doing == rules::DeskDoing::serving) {
            const Draws draws{streams_.service, draws_of_leg(people_[desk.person])};
            const auto& length = habits_.length(told->queue);
            events_.push(length.draw_rest(draws, passed, factor(desk, told->queue)), desk_done, index);
        } else if (doing == rules::DeskDoing::expecting) {
            const Draws draws{streams_.way, draws_of_leg(people_[desk.person])};
            serve(index, desk.person, habits_.way.draw_rest(draws, passed));
        } else if (!desk.sent.empty()) {
            ready_after_gap(index, 0);
        } else if (const auto queue = rules::next_queue(hall_, desk.group, now_.at)) {
            const auto& head = now_.waiting[hall_.head(*queue)];
            ready_after_gap(index, std::min(passed, std::max<Time>(0, now_.at - head.joined)));
        } else {
            desk.doing = Doing::idle;
            hall_.set_idle(desk.group, desk.place);
        }
    }
}

// They see what they would wait, and nobody waits because of them.
void HallPath::begin_newcomers() {
    for (std::size_t which = 0; which < newcomers_.size(); ++which) {
        const auto queue = newcomers_[which];
        const auto index = static_cast<std::uint32_t>(people_.size());
        Person person;
        person.arrived = now_.at;
        person.queue = queue;
        person.slot = static_cast<std::uint32_t>(slots_ - newcomers_.size() + which);
        person.is_shadow = true;
        people_.push_back(person);
        if (rules::idle_group(hall_, queue)) {
            waits_[person.slot] = habits_.gap.draw(Draws{streams_.gap, drawn_here | which});
            --to_record_;
            continue;
        }
        people_[index].is_waiting = true;
        hall_.join(queue, index, now_.at, now_.at);
    }
}

void HallPath::handle(const des::Event& event) {
    const auto subject = event.subject();
    switch (event.kind()) {
        case desk_done:
            return done(subject);
        case desk_ready:
            return take_next(subject);
        case somebody_comes:
            return come(subject);
        case expected_comes:
            return expected(subject);
        case gives_up:
            return give_up(subject);
        case pause_over:
            return wait(subject);
        case level_changes:
            return change_level(changes_[subject]);
        case break_begins:
            return begin_break(pauses_[subject]);
        default:
            return;
    }
}

void HallPath::push_next_arrival(std::uint32_t which) {
    const auto& segments = habits_.coming[which].segments;
    auto& state = coming_[which];
    Draws draws{arrivals_[which], state.count};
    double ahead = random::exponential(draws);
    while (state.segment < segments.size()) {
        const auto& segment = segments[state.segment];
        state.position = std::max(state.position, static_cast<double>(segment.begin));
        const double room = (static_cast<double>(segment.end) - state.position) * segment.rate;
        if (room > 0 && ahead < room) {
            state.position += ahead / segment.rate;
            events_.push(des::to_time(state.position) - midnight_to_now_, somebody_comes, which);
            return;
        }
        ahead -= std::max(0.0, room);
        ++state.segment;
    }
}

void HallPath::come(std::uint32_t which) {
    const auto queue = habits_.coming[which].queue;
    const auto index = static_cast<std::uint32_t>(people_.size());
    Person person;
    person.arrived = clock();
    person.queue = queue;
    person.draws = drawn_here | (static_cast<std::uint64_t>(queue) << 32) | coming_[which].count++;
    people_.push_back(person);
    push_next_arrival(which);
    wait(index);
    if (const auto patience = habits_.patience_of[queue]; patience && people_[index].is_waiting) {
        const Time length = habits_.patiences[*patience].draw(Draws{streams_.patience, person.draws});
        if (length < longest) events_.push(time_ + length, gives_up, index);
    }
}

void HallPath::expected(std::uint32_t which) {
    const auto index = static_cast<std::uint32_t>(people_.size());
    Person person;
    person.arrived = std::max(clock(), now_.expected[which].at);
    person.queue = now_.expected[which].queue;
    person.then = &now_.expected[which].then;
    person.draws = drawn_here | (std::uint64_t{1} << 54) | which;
    people_.push_back(person);
    wait(index);
}

// Joins the queue, and whoever is idle for it looks up.
void HallPath::wait(std::uint32_t index) {
    Person& person = people_[index];
    person.is_waiting = true;
    hall_.join(person.queue, index, person.arrived, clock());
    alert(person.queue);
}

void HallPath::alert(rules::QueueIndex queue) {
    const auto group = rules::idle_group(hall_, queue);
    if (!group) return;
    const auto place = hall_.first_idle(*group);
    for (std::uint32_t index = 0; index < desks_.size(); ++index) {
        if (desks_[index].group != *group || desks_[index].place != place) continue;
        seize(index);
        ready_after_gap(index, 0);
        return;
    }
}

void HallPath::seize(std::uint32_t desk) {
    hall_.set_busy(desks_[desk].group, desks_[desk].place);
    desks_[desk].doing = Doing::busy;
}

void HallPath::ready_after_gap(std::uint32_t desk, Time passed) {
    const Draws draws{streams_.gap, (static_cast<std::uint64_t>(desk) << 32) | desks_[desk].draws++};
    const Time gap = passed > 0 ? habits_.gap.draw_rest(draws, passed) : habits_.gap.draw(draws);
    if (gap == 0 && time_ > 0) return take_next(desk);
    events_.push(time_ + gap, desk_ready, desk);
}

// Whose wait was asked for keeps the place, to see when it would be called: the wait of who stays.
void HallPath::give_up(std::uint32_t index) {
    Person& person = people_[index];
    if (!person.is_waiting) return;
    if (person.slot != none) {
        person.is_shadow = true;
        return;
    }
    person.is_waiting = false;
    for (Desk& desk : desks_)
        if (std::erase(desk.sent, index) > 0) return;
    hall_.leave(person.queue, index);
}

void HallPath::record(Person& person) {
    if (person.slot == none) return;
    waits_[person.slot] = time_;
    person.slot = none;
    --to_record_;
}

// Takes the person out of where she waits.
std::uint32_t HallPath::next_for(Desk& desk) {
    if (!desk.sent.empty()) {
        const auto index = desk.sent.front();
        desk.sent.erase(desk.sent.begin());
        people_[index].is_waiting = false;
        return index;
    }
    const auto queue = rules::next_queue(hall_, desk.group, clock());
    if (!queue) return none;
    const auto index = hall_.head(*queue);
    hall_.leave(*queue, index);
    people_[index].is_waiting = false;
    if (!people_[index].is_shadow) hall_.count_turn(*queue);
    return index;
}

void HallPath::take_next(std::uint32_t desk_index) {
    Desk& desk = desks_[desk_index];
    desk.person = none;
    if (desk.must_close) {
        desk.doing = Doing::off;
        return;
    }
    if (desk.pending_break > 0) return rest(desk_index, std::exchange(desk.pending_break, 0));
    desk.doing = Doing::busy;
    for (;;) {
        const auto next = next_for(desk);
        if (next == none) break;
        record(people_[next]);
        if (people_[next].is_shadow) continue;
        return call(desk_index, next);
    }
    desk.doing = Doing::idle;
    hall_.set_idle(desk.group, desk.place);
}

void HallPath::call(std::uint32_t desk_index, std::uint32_t person_index) {
    const auto draws = draws_of_leg(people_[person_index]);
    desks_[desk_index].person = person_index;
    if (habits_.comes < 1 && !Draws{streams_.comes, draws}.chance(habits_.comes)) {
        desks_[desk_index].person = none;
        events_.push(time_ + habits_.hold.draw(Draws{streams_.hold, draws}), desk_done, desk_index);
        return;
    }
    serve(desk_index, person_index, habits_.way.draw(Draws{streams_.way, draws}));
}

void HallPath::serve(std::uint32_t desk_index, std::uint32_t person_index, Time way) {
    const Person& person = people_[person_index];
    const Time length =
        habits_.length(person.queue)
            .draw(Draws{streams_.service, draws_of_leg(person)}, factor(desks_[desk_index], person.queue));
    events_.push(time_ + way + length, desk_done, desk_index);
}

// Where the visit goes on: the step that follows, then the legs that were asked for.
std::optional<rules::QueueIndex> HallPath::onward(Person& person) {
    const auto& routes = habits_.onward[person.queue];
    if (!routes.empty()) {
        const double draw = Draws{streams_.route, draws_of_leg(person)}.uniform();
        std::size_t chosen = 0;
        while (routes[chosen].up_to < draw)
            ++chosen;
        if (routes[chosen].queue) return routes[chosen].queue;
    }
    if (person.then == nullptr || person.then_at >= person.then->size()) return std::nullopt;
    return (*person.then)[person.then_at++];
}

void HallPath::done(std::uint32_t desk_index) {
    Desk& desk = desks_[desk_index];
    const auto index = std::exchange(desk.person, none);
    if (index != none) {
        Person& person = people_[index];
        const auto next = onward(person);
        if (next) {
            ++person.leg;
            person.queue = *next;
            if (habits_.plan->serves[desk.group].has(*next)) {
                desk.person = index;
                return serve(desk_index, index, 0);
            }
            wait(index);
        }
    }
    ready_after_gap(desk_index, 0);
}

void HallPath::rest(std::uint32_t desk, Time length) {
    desks_[desk].doing = Doing::busy;
    events_.push(time_ + length, desk_ready, desk);
}

// Fewer: as many as are planned at most go on. More: so many come to those who are there.
void HallPath::change_level(const Change& change) {
    int open = 0;
    for (const Desk& desk : desks_)
        open += desk.group == change.group && desk.doing != Doing::off && !desk.must_close ? 1 : 0;
    for (auto desk = static_cast<std::uint32_t>(desks_.size()); desk-- > 0 && open > change.to;) {
        if (change.to >= change.from) break;
        if (desks_[desk].group != change.group || desks_[desk].doing == Doing::off || desks_[desk].must_close)
            continue;
        --open;
        if (desks_[desk].doing == Doing::idle) {
            seize(desk);
            desks_[desk].doing = Doing::off;
        } else {
            desks_[desk].must_close = true;
        }
    }
    int more = std::max(0, change.to - change.from);
    for (std::uint32_t desk = 0; desk < desks_.size() && more > 0; ++desk) {
        if (desks_[desk].group != change.group || desks_[desk].doing != Doing::off) continue;
        --more;
        desks_[desk].must_close = false;
        take_next(desk);
    }
}

void HallPath::begin_break(const Pause& pause) {
    for (std::uint32_t index = 0; index < desks_.size(); ++index) {
        Desk& desk = desks_[index];
        if (desk.group != pause.group || desk.doing == Doing::off || desk.must_close) continue;
        const auto rested = index < now_.desks.size() ? now_.desks[index].rested : 0;
        // Who rested about then has had this break.
        if (rested != 0 && rested - now_.at > pause.at - 30 * des::minute) continue;
        desk.pending_break += pause.length;
        if (desk.doing != Doing::idle) continue;
        seize(index);
        take_next(index);
    }
}

}  // namespace balcao::sim
