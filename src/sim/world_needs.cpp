// What links one visit to the next: needs, retries, missing documents, learning, appointments.
#include <algorithm>
#include <cmath>

#include "sim/world.hpp"

namespace balcao::sim {

using des::to_time;
using random::Draws;

namespace {

constexpr std::uint64_t next_attempt = std::uint64_t{1} << 48;
constexpr std::uint64_t of_booking = std::uint64_t{1} << 23;  // tells who asked for a slot from who walked in
constexpr int days_searched = 366;

int day_of(Time time) { return static_cast<int>(time / des::day); }

}  // namespace

std::uint32_t World::begin_need(std::uint32_t contact_class, std::uint64_t index, Time began) {
    std::uint32_t number = 0;
    if (free_needs_.empty()) {
        number = static_cast<std::uint32_t>(needs_.size());
        needs_.emplace_back();
    } else {
        number = free_needs_.back();
        free_needs_.pop_back();
    }
    auto& need = needs_[number];
    need = Need{};
    need.began = began;
    need.first_class = contact_class;
    need.unit = unit_;
    open_needs_ += unit_ == none ? 0 : 1;
    need.number = index & (of_booking - 1);
    const auto source = plan_.classes[contact_class].source;
    if (const auto people = plan_.sources[source].people; people >= 0) {
        const auto group = static_cast<std::size_t>(people);
        const double share = able_[group] / std::max(1.0, plan_.people[group].size);
        need.was_unable = Draws{sources_[source].digital, index}.uniform() >= share;
    }
    return number;
}

void World::end_visit(const Person& person, bool served) {
    const auto& contact = plan_.classes[person.contact_class];
    const auto& source = plan_.sources[contact.source];
    const auto& streams = sources_[contact.source];
    auto& need = needs_[person.need];
    ++need.visits;
    need.travel += contact.travel_us;
    need.cost_cents += contact.travel_cents;
    Pending again;
    again.contact_class = person.contact_class;
    again.index = person.index + next_attempt;
    again.need = person.need;
    if (!served) {
        if (!try_again(source, person.need, again)) end_need(person.need, false);
        return;
    }
    if (source.demand.learns > 0 && !contact.is_online && need.was_unable &&
        Draws{streams.learning, person.index}.chance(source.demand.learns)) {
        const auto group = static_cast<std::size_t>(source.people);
        need.was_unable = false;
        able_[group] = std::min(plan_.people[group].size, able_[group] + 1);
    }
    if (source.demand.missing_document > 0 &&
        Draws{streams.missing, person.index}.chance(source.demand.missing_document)) {
        come_again(again, source);
        return;
    }
    need.cost_cents += contact.fee_cents;
    end_need(person.need, true);
}

// Someone who was not served decides whether to come again.
bool World::try_again(const SourcePlan& source, std::uint32_t number, Pending contact) {
    const auto& retry = source.demand.if_unserved;
    auto& need = needs_[number];
    if (!retry || need.retries >= retry->at_most) return false;
    const auto& streams = sources_[plan_.classes[contact.contact_class].source];
    if (!Draws{streams.retry_share, contact.index}.chance(retry->share)) return false;
    ++need.retries;
    come_again(contact, source);
    return true;
}

// After the entry's `retry_after` where it has one, else at the same hour of the next day.
void World::come_again(Pending contact, const SourcePlan& source) {
    const auto& streams = sources_[plan_.classes[contact.contact_class].source];
    Time after = des::day;
    if (source.demand.if_unserved) {
        Draws draws{streams.retry_after, contact.index};
        after = std::max<Time>(1, to_time(source.retry_after.draw(draws)));
    }
    postpone(contact, clock() + after);
}

void World::postpone(const Pending& contact, Time at) {
    Pending later = contact;
    const int day = day_of(at);
    later.time = at - static_cast<Time>(day) * des::day;
    if (day <= day_) {
        place_today(later);
        return;
    }
    if (static_cast<std::size_t>(day) >= later_.size()) later_.resize(static_cast<std::size_t>(day) + 1);
    later_[static_cast<std::size_t>(day)].push_back(later);
}

// At its time when the doors are open then, else when they open next.
void World::place_today(Pending contact) {
    const auto site = plan_.classes[contact.contact_class].site;
    for (const auto& range : sites_[site].open_today) {
        const Time begin = range.begin_minute * des::minute;
        const Time end = range.end_minute * des::minute;
        if (contact.time >= end) continue;
        come_at(day_begin_ + std::max(contact.time, begin), contact);
        return;
    }
    contact.time = 0;
    const auto tomorrow = static_cast<std::size_t>(day_) + 1;
    if (tomorrow >= later_.size()) later_.resize(tomorrow + 1);
    later_[tomorrow].push_back(contact);
}

// At that time of today, or at once when it is over.
void World::come_at(Time at, const Pending& contact) {
    std::uint32_t subject = 0;
    if (free_today_.empty()) {
        subject = static_cast<std::uint32_t>(today_.size());
        today_.push_back(contact);
    } else {
        subject = free_today_.back();
        free_today_.pop_back();
        today_[subject] = contact;
    }
    events_.push(std::max(at, now_), contact_comes, subject);
}

void World::load_pending(int day) {
    if (static_cast<std::size_t>(day) >= later_.size()) return;
    std::vector<Pending> contacts;
    contacts.swap(later_[static_cast<std::size_t>(day)]);
    for (const auto& contact : contacts) {
        if (contact.is_booked)
            place_booked(contact);
        else
            place_today(contact);
    }
}

// A booked person comes, or not, before or after the booked time.
void World::place_booked(Pending contact) {
    const auto& contact_class = plan_.classes[contact.contact_class];
    const auto& source = plan_.sources[contact_class.source];
    const auto& streams = sources_[contact_class.source];
    const auto& bookings = *source.demand.bookings;
    auto& counted = ledger.needs[contact.contact_class];
    ++counted.bookings_due;
    if (Draws{streams.no_show, contact.index}.chance(bookings.no_show)) {
        ++counted.no_shows;
        contact.is_booked = false;
        contact.index += next_attempt;
        const auto need = contact.need;
        if (!try_again(source, need, contact)) end_need(need, false);
        return;
    }
    Draws draws{streams.punctuality, contact.index};
    const Time late = bookings.punctuality ? to_time(source.punctuality.draw(draws)) : 0;
    contact.time = std::max<Time>(0, contact.due + late);
    if (bookings.late_after && late > bookings.late_after->count()) contact.is_booked = false;
    const auto& open = sites_[contact_class.site].open_today;
    if (contact.is_booked && !open.empty() && contact.time < open.back().end_minute * des::minute) {
        come_at(day_begin_ + contact.time, contact);
        return;
    }
    contact.is_booked = false;
    place_today(contact);
}

void World::end_need(std::uint32_t number, bool solved) {
    auto& need = needs_[number];
    if (need.unit != none) {
        auto& cell = needs[need.unit * plan_.classes.size() + need.first_class];
        ++cell.needs;
        cell.visits += need.visits;
        cell.solved += solved ? 1 : 0;
        cell.time_to_solution += solved ? clock() - need.began : 0;
        cell.cost_cents += need.cost_cents;
        cell.travel += need.travel;
        need.unit = none;
        --open_needs_;
    }
    const auto& source = plan_.sources[plan_.classes[need.first_class].source];
    if (source.is_probe)
        probes.push_back({source.demand.key.text(), need.number, solved, need.visits, clock() - need.began,
                          need.cost_cents});
    free_needs_.push_back(number);
}

void World::count_needs_in(std::uint32_t unit) {
    unit_ = unit;
    if (unit != none) needs.resize((unit + std::size_t{1}) * plan_.classes.size());
}

void World::settle_needs() {
    for (auto& need : needs_) {
        if (need.unit == none) continue;
        ++needs[need.unit * plan_.classes.size() + need.first_class].open;
        need.unit = none;
        --open_needs_;
    }
}

// People who ask for a slot today; each takes the first free one from the day she wishes.
void World::take_requests(std::uint32_t source, int day) {
    if (plan_.sources[source].is_probe) return;  // asks when her log says
    const auto& bookings = *plan_.sources[source].demand.bookings;
    const auto& site = plan_.sites[plan_.sources[source].site].site;
    if (site.open.on(city_.first_day + std::chrono::days{day}).empty()) return;
    const auto base = (static_cast<std::uint64_t>(day) & 0xFFFFFFU) << 24;
    Draws draws{sources_[source].request, base};
    const auto count = static_cast<std::uint64_t>(random::poisson(bookings.per_day, draws));
    for (std::uint64_t number = 0; number < count; ++number)
        book(source, day, base | of_booking | number, number);
}

World::DayBook& World::book_of(std::uint32_t source, int day) {
    auto& books = books_[source];
    const int since_first = day + book_days_;  // days before the run are below 0
    const auto place = static_cast<std::size_t>(since_first);
    if (place >= books.size()) books.resize(place + 1);
    auto& book = books[place];
    if (book.is_made) return book;
    book.is_made = true;
    const auto& plan = plan_.sources[source];
    const Time slot = std::max<Time>(des::minute, plan.demand.bookings->slot.count());
    for (const auto& range : plan_.sites[plan.site].site.open.on(city_.first_day + std::chrono::days{day}))
        for (Time begin = range.begin_minute * des::minute; begin + slot <= range.end_minute * des::minute;
             begin += slot)
            book.begins.push_back(begin);
    book.taken.resize(book.begins.size());
    return book;
}

void World::book(std::uint32_t source, int day, std::uint64_t index, std::uint64_t number) {
    const auto& plan = plan_.sources[source];
    const auto& bookings = *plan.demand.bookings;
    Draws draws{sources_[source].days_ahead, index};
    const double ahead =
        bookings.days_ahead ? plan.days_ahead.draw(draws) / static_cast<double>(des::day) : 1;
    const int wished = day + std::max(1, static_cast<int>(std::ceil(std::min(ahead, 5000.0))));
    Pending contact;
    contact.index = index;
    contact.is_booked = true;
    contact.contact_class = choose_class(source, index);
    contact.need = begin_need(contact.contact_class, index, static_cast<Time>(day) * des::day + des::day / 2);
    needs_[contact.need].number = number;
    for (int on = wished; on < wished + days_searched; ++on) {
        auto& book = book_of(source, on);
        const auto free =
            std::ranges::find_if(book.taken, [&](int taken) { return taken < bookings.per_slot; });
        if (free == book.taken.end()) continue;
        ++*free;
        contact.due = book.begins[static_cast<std::size_t>(free - book.taken.begin())];
        if (on < 0) break;  // before the run: the slot is gone, the visit is not part of it
        const auto place = static_cast<std::size_t>(on);
        if (place >= later_.size()) later_.resize(place + 1);
        later_[place].push_back(contact);
        return;
    }
    end_need(contact.need, false);
}

// The calendar of a running office is not empty on its first day: requests of the days before are taken
// first, as many days as nearly all of them look ahead.
void World::fill_books() {
    book_days_ = 28;
    for (const auto& source : plan_.sources) {
        if (!source.demand.bookings) continue;
        const auto stream =
            random::Stream::of({0, 0}, source.entity, static_cast<std::uint64_t>(Purpose::days_ahead));
        double farthest = 0;
        for (std::uint64_t draw = 0; draw < 1000; ++draw) {
            Draws draws{stream, draw};
            farthest = std::max(farthest, source.days_ahead.draw(draws));
        }
        book_days_ = std::max(book_days_, std::min(400, 7 + day_of(to_time(farthest))));
    }
    books_.assign(plan_.sources.size(), {});
    for (int day = -book_days_; day < 0; ++day)
        for (std::uint32_t source = 0; source < plan_.sources.size(); ++source)
            if (plan_.sources[source].demand.bookings) take_requests(source, day);
}

}  // namespace balcao::sim
