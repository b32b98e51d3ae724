// Making a booking and moving it: what takes a place.
#include <algorithm>

#include "base/check.hpp"
#include "booking/bookings.hpp"
#include "booking/draft.hpp"
#include "booking/members.hpp"
#include "crypto/keys.hpp"
#include "journal/codec.hpp"

namespace balcao::booking {
namespace {

constexpr std::size_t code_letters = 6;  // of base 32: a thousand million

rules::Who who_of(const Wanted& wanted) {
    return wanted.by.empty() ? rules::Who::citizen : rules::Who::staff;
}

// A code that nobody has at that site on that day.
std::string new_code(const Day& day) {
    for (;;) {
        std::string code = crypto::random_name().substr(0, code_letters);
        if (!day.has_code(code)) return code;
    }
}

Instant after(Instant now, Duration length) {
    return now + std::chrono::ceil<std::chrono::milliseconds>(length);
}

}  // namespace

// The slot that the wish gets, or what speaks against it. `owns`: what a person has, by each mark that the
// limits bind.
Answer<rules::FreeStart> Bookings::judge(const Draft& draft,
                                         const Wanted& wanted,
                                         const std::vector<std::vector<rules::OwnBooking>>& owns,
                                         std::uint64_t instead_of) const {
    const Calendar& there = draft.calendar(wanted.site);
    const Date date = zone_.at(wanted.start).date;
    const rules::LocalDays days{zone_, date, date};
    const rules::Asked asked{who_of(wanted), wanted.channel, wanted.services, draft.now(), instead_of};
    rules::Wish wish{wanted.start, rules::no_window, {}};
    if (!wanted.window.empty()) {
        wish.window = there.plan().find(wanted.window);
        if (wish.window == rules::no_window) return Refusal{Reason::no_such_slot};
    }
    auto decision = rules::may_book(there.plan(), days, there.taken_on(date), asked, wish);
    for (const auto& own : owns) {
        if (decision.refusal) break;
        wish.own = own;
        decision = rules::may_book(there.plan(), days, there.taken_on(date), asked, wish);
    }
    if (!decision.refusal) return decision.slot;
    Refusal refusal{reason_of(*decision.refusal)};
    if (decision.next && decision.next->start >= wanted.start) refusal.next = decision.next;
    return refusal;
}

// The first start that is free from the wish on, or else at all.
std::optional<rules::FreeStart> Bookings::next_free(const Wanted& wanted) {
    const auto found = free_starts({{wanted.site},
                                    wanted.services,
                                    wanted.channel,
                                    who_of(wanted),
                                    zone_.at(clock_.now()).date,
                                    Date::max()});
    if (!found || found->empty() || found->front().starts.empty()) return std::nullopt;
    const auto& starts = found->front().starts;
    const auto next = std::find_if(starts.begin(), starts.end(),
                                   [&](const rules::FreeStart& one) { return one.start >= wanted.start; });
    return next == starts.end() ? starts.front() : *next;
}

Answer<Bookings::Made> Bookings::with_next(Answer<Made> made, const Wanted& wanted) {
    auto* refusal = std::get_if<Refusal>(&made);
    if (refusal != nullptr && refusal->reason >= Reason::no_such_slot && !refusal->next)
        refusal->next = next_free(wanted);
    return made;
}

Answer<Slip> Bookings::hold(const Wanted& wanted, const std::string& key) {
    return make(wanted, std::nullopt, key);
}

Answer<Slip> Bookings::book(const Wanted& wanted, const Contact& contact, const std::string& key) {
    BALCAO_CHECK(!wanted.by.empty());
    if (const auto fault = fault_of(contact, true)) return Refusal{*fault};
    auto given = seal(contact);
    if (const auto* refusal = std::get_if<Refusal>(&given)) return *refusal;
    if (is_call(wanted.channel) && !std::get<Given>(given).has_phone) return Refusal{Reason::phone_missing};
    return make(wanted, std::get<Given>(std::move(given)), key);
}

Answer<Slip> Bookings::make(const Wanted& wanted, const std::optional<Given>& given, const std::string& key) {
    if (calendar(wanted.site) == nullptr) return Refusal{Reason::no_such_site};
    const DayName day{wanted.site, zone_.at(wanted.start).date};
    const Scope scope{{day}, given ? given->marks : std::vector<std::string>{}};
    auto made = run(
        name_of_command(given ? "book" : "hold", {}, key), [&]() -> Answer<Scope> { return scope; },
        [&](Draft& draft) { return put(draft, wanted, day, given); });
    return slip(with_next(std::move(made), wanted));
}

std::optional<Refusal> Bookings::put(Draft& draft,
                                     const Wanted& wanted,
                                     const DayName& day,
                                     const std::optional<Given>& given) {
    const auto judged = judge(draft, wanted, {}, 0);
    if (const auto* refusal = std::get_if<Refusal>(&judged)) return *refusal;
    const auto& slot = std::get<rules::FreeStart>(judged);
    const auto& plan = draft.calendar(wanted.site).plan();
    BookingHeld event;
    do {
        event.booking = new_booking(day);
    } while (draft.day(day).find(event.booking) != nullptr);
    event.what.start = slot.start;
    event.what.minutes = slot.minutes;
    event.what.window = plan.windows[slot.window].window.key;
    event.what.channel = wanted.channel;
    event.what.services = wanted.services;
    event.what.code = new_code(draft.day(day));
    event.what.is_staff = who_of(wanted) == rules::Who::staff;
    event.by = wanted.by;
    if (given) {
        event.what.person = given->person;
        event.what.contact = given->contact;
        event.what.marks = given->marks;
        event.what.is_exempt = given->is_exempt;
        event.what.epoch = 1;
        draft.commit.keys = given->keys;
        for (const auto& mark : given->marks)
            draft.record(mark, BookingTaken{event.booking, wanted.site, slot.start, {}});
    } else {
        event.until = after(draft.now(), plan.limits.hold);
    }
    draft.record(day, event);
    draft.commit.answer =
        journal::write_members(told_of(event.booking, wanted.site, event.what, event.until));
    return std::nullopt;
}

Answer<Slip> Bookings::move(const Hand& hand, const Place& place, const std::string& key) {
    auto asking = who_changes(hand);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    if (calendar(place.site) == nullptr) return Refusal{Reason::no_such_site};
    const auto& by = std::get<Asking>(asking);
    Wanted wanted{place.site, {}, {}, place.start, place.window, by.clerk};
    const DayName to{place.site, zone_.at(place.start).date};
    auto made = on_booking(
        {"move", by, key, {{to}, {}}}, [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
            const Record& record = found.record;
            const auto& start = record.what.start;
            if (is_lapsed(record.state, draft.now())) return Refusal{Reason::hold_over};
            if (until_of(record.state)) return Refusal{Reason::not_confirmed};
            if (const auto* arrived = std::get_if<Arrived>(&record.state))
                return Refusal{Reason::already_arrived, start, arrived->at};
            if (!std::holds_alternative<Confirmed>(record.state) || (!by.is_clerk && start <= draft.now()))
                return Refusal{Reason::is_over, start};
            wanted.services = record.what.services;
            wanted.channel = record.what.channel;
            return bring(draft, found, wanted);
        });
    return slip(with_next(std::move(made), wanted));
}

// The other bookings on the day to which one is moved: as many as before are still to come, whatever the
// limit is now.
std::vector<std::vector<rules::OwnBooking>> Bookings::on_that_day(const Draft& draft,
                                                                  const Found& found,
                                                                  const DayName& to) const {
    std::vector<std::vector<rules::OwnBooking>> owns;
    if (to == found.where || found.record.what.is_exempt) return owns;
    for (const auto& mark : found.record.what.marks) {
        auto own = draft.booker(mark).own(to.site, found.booking, draft.now());
        std::erase_if(own, [&](const rules::OwnBooking& one) {
            return !one.is_here || zone_.at(one.start).date != to.date;
        });
        owns.push_back(std::move(own));
    }
    return owns;
}

// Both halves of a move.
std::optional<Refusal> Bookings::bring(Draft& draft, const Found& found, const Wanted& wanted) const {
    const auto& [booking, record, from] = found;
    const DayName to{wanted.site, zone_.at(wanted.start).date};
    const bool is_there = to == from && wanted.start == record.what.start &&
                          (wanted.window.empty() || wanted.window == record.what.window);
    Placed what = record.what;
    if (!is_there) {
        const auto judged =
            judge(draft, wanted, on_that_day(draft, found, to), to == from ? record.number : 0);
        if (const auto* refusal = std::get_if<Refusal>(&judged)) return *refusal;
        const auto& slot = std::get<rules::FreeStart>(judged);
        what.start = slot.start;
        what.minutes = slot.minutes;
        what.window = draft.calendar(to.site).plan().windows[slot.window].window.key;
        what.is_staff = who_of(wanted) == rules::Who::staff;
        if (to != from && draft.day(to).has_code(what.code)) what.code = new_code(draft.day(to));
        draft.record(from,
                     BookingMovedAway{booking, to.site, what.start, blocked_until(draft, found), wanted.by});
        draft.record(
            to, BookingMovedHere{booking, what, from.site, record.what.start, record.made, record.note_person,
                                 record.note, record.moves + 1, record.namings, wanted.by});
        for (const auto& mark : what.marks)
            draft.record(mark, BookingTaken{booking, to.site, what.start, {}});
    }
    draft.commit.answer = journal::write_members(told_of(booking, to.site, what, {}));
    return std::nullopt;
}

// The place of a booking is the public's again at a moment that nobody can foresee, so that it cannot be
// handed to somebody who waits for it. A place whose time has come is nobody's.
Instant Bookings::blocked_until(const Draft& draft, const Found& found) const {
    const Instant now = draft.now();
    if (found.record.what.start <= now) return {};
    const double draw = links_.draw(left_behind(found.booking, found.record.number).text());
    const auto& limits = draft.calendar(found.where.site).plan().limits;
    const Instant until = rules::comes_back_at(limits, now, draw);
    return until > now ? until : Instant{};
}

}  // namespace balcao::booking
