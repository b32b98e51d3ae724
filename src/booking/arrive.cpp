// The day of the appointment: checking in, a check-in by mistake, who did not come, who is forgotten.
#include "booking/bookings.hpp"
#include "booking/draft.hpp"
#include "booking/members.hpp"
#include "journal/codec.hpp"
#include "model/serving.hpp"

namespace balcao::booking {
namespace {

// The n-th coming in with a booking.
Arrival arrival_of(const BookingKey& booking, const model::SiteKey& site, const Placed& what, std::size_t n) {
    return {booking,       site,         what.start,
            what.services, what.channel, "check-in/" + booking.text() + "/" + std::to_string(n)};
}

}  // namespace

Answer<Arrival> Bookings::check_in(const Hand& hand, const std::string& key) {
    auto asking = who_asks(hand);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    const auto& by = std::get<Asking>(asking);
    if (by.link && by.link->right == Right::confirmation) return Refusal{Reason::no_such_booking};
    return arrive(by, key);
}

Answer<Arrival> Bookings::arrive(const Asking& by, const std::string& key) {
    const auto made =
        on_booking({"check-in", by, key}, [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
            const auto& [booking, record, where] = found;
            if (auto refusal = door(by, record, draft.now())) return refusal;
            draft.record(where, CheckedIn{booking, by.clerk});
            draft.commit.answer =
                journal::write_members(arrival_of(booking, where.site, record.what, record.check_ins + 1));
            return std::nullopt;
        });
    return arrival(made);
}

Answer<Arrival> Bookings::arrival(const Answer<Made>& made) {
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    auto arrival = journal::read_members<Arrival>(std::get<Made>(made).answer, "answer");
    if (!arrival) return Refusal{Reason::unavailable};
    return *std::move(arrival);
}

Answer<Arrival> Bookings::begin(const ByClerk& by, const std::string& key) {
    return arrival(on_booking({"begin", {by.booking, std::nullopt, by.clerk, true, false}, key},
                              [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
                                  const auto& [booking, record, where] = found;
                                  if (!model::is_remote(record.what.channel))
                                      return Refusal{Reason::no_such_booking};
                                  if (auto refusal = may_come(record, draft.now())) return refusal;
                                  draft.record(where, CheckedIn{booking, by.clerk});
                                  draft.commit.answer = journal::write_members(
                                      arrival_of(booking, where.site, record.what, record.check_ins + 1));
                                  return std::nullopt;
                              }));
}

// Whether that booking can be served today at all, by the site's own clocks.
std::optional<Refusal> Bookings::may_come(const Record& record, Instant now) const {
    const Instant start = record.what.start;
    if (is_lapsed(record.state, now)) return Refusal{Reason::hold_over, start};
    if (until_of(record.state)) return Refusal{Reason::not_confirmed, start};
    if (const auto* arrived = std::get_if<Arrived>(&record.state))
        return Refusal{Reason::already_arrived, start, arrived->at};
    if (record.state.index() > State{Missed{}}.index()) return Refusal{Reason::no_such_booking};
    if (zone_.at(start).date != zone_.at(now).date) return Refusal{Reason::not_today, start};
    return std::nullopt;
}

// Whether somebody may come in with it now: not long before or after.
std::optional<Refusal> Bookings::door(const Asking& by, const Record& record, Instant now) const {
    const Instant start = record.what.start;
    if (std::holds_alternative<Confirmed>(record.state) && model::is_remote(record.what.channel))
        return Refusal{Reason::not_at_site, start};
    if (auto refusal = may_come(record, now)) return refusal;
    if (by.is_clerk) return std::nullopt;
    const Instant from = start - settings_.early_check_in;
    const Instant until = start + settings_.late_check_in;
    if (now < from) return Refusal{Reason::too_early, start, from};
    if (now > until || std::holds_alternative<Missed>(record.state))
        return Refusal{Reason::too_late, start, until};
    return std::nullopt;
}

Answer<Arrival> Bookings::undo_check_in(const ByClerk& by, const std::string& key) {
    return arrival(on_booking({"undo-check-in", {by.booking, std::nullopt, by.clerk, true, false}, key},
                              [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
                                  const auto& [booking, record, where] = found;
                                  if (!std::holds_alternative<Arrived>(record.state))
                                      return Refusal{Reason::not_arrived, record.what.start};
                                  draft.record(where, CheckInUndone{booking, by.clerk});
                                  draft.commit.answer = journal::write_members(
                                      arrival_of(booking, where.site, record.what, record.check_ins));
                                  return std::nullopt;
                              }));
}

// One commit about the bookings of a day; `each` says what happens to them, and to how many.
Answer<int> Bookings::close(const DayName& day, const std::function<void(Draft&, int&)>& each) {
    if (calendar(day.site) == nullptr) return Refusal{Reason::no_such_site};
    int count = 0;
    const auto made = run(
        {},
        [&]() -> Answer<Scope> {
            return Scope{{day}, {}};
        },
        [&](Draft& draft) -> std::optional<Refusal> {
            count = 0;
            each(draft, count);
            return std::nullopt;
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return count;
}

Answer<int> Bookings::end_day(const model::SiteKey& site, Date date) {
    const DayName day{site, date};
    return close(day, [&](Draft& draft, int& count) {
        const bool is_over = zone_.at(draft.now()).date > date;
        for (const auto& [booking, record] : draft.day(day).records) {
            if (!std::holds_alternative<Confirmed>(record.state)) continue;
            if (!is_over && record.what.start + settings_.late_check_in >= draft.now()) continue;
            draft.record(day, BookingMissed{booking});
            ++count;
        }
    });
}

Answer<int> Bookings::forget_people(const model::SiteKey& site, Date date) {
    const DayName day{site, date};
    const Instant over = zone_.midnight(date + std::chrono::days{1});
    if (clock_.now() < over) return Refusal{Reason::too_early, {}, over};
    return close(day, [&](Draft& draft, int& count) {
        for (const auto& [booking, record] : draft.day(day).records) {
            if (record.what.person.empty() && record.note_person.empty()) continue;
            draft.record(day, PersonForgotten{booking});
            draft.forget(record.what.person);
            draft.forget(record.note_person);
            ++count;
        }
    });
}

}  // namespace balcao::booking
