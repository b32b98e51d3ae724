#include "booking/book.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "crypto/keys.hpp"

namespace balcao::booking {
namespace {

const std::string book_prefix = "book/";
constexpr std::size_t name_letters = 8;  // of base 32

void change(Day& day, const BookingHeld& event, const journal::Event& as_kept) {
    auto& record = day.records[event.booking];
    record = {};
    record.what = event.what;
    record.state = Held{event.until};
    record.number = as_kept.version;
    record.made = as_kept.at;
    if (!event.what.person.empty())
        record.state = event.until == Instant{} ? State{Confirmed{}} : State{Preconfirmed{event.until}};
}

void change(Day& day, const BookingMovedHere& event, const journal::Event& as_kept) {
    day.moved.erase(event.booking);
    auto& record = day.records[event.booking];
    record = {};
    record.what = event.what;
    record.state = Confirmed{};
    record.number = as_kept.version;
    record.made = event.made;
    record.note_person = event.note_person;
    record.note = event.note;
    record.moves = event.moves;
    record.namings = event.namings;
}

void forget_person(Record& record) {
    record.what.person = {};
    record.what.contact.clear();
    record.note_person = {};
    record.note.clear();
}

// What moves away leaves its place behind under another name, so that the booking can come back to this day.
void move_away(Day& day, const BookingMovedAway& event, const Zone& zone) {
    auto moving = day.records.extract(event.booking);
    BALCAO_CHECK(!moving.empty());
    Record& record = moving.mapped();
    record.state = Moved{event.site, event.start, event.blocked_until};
    forget_person(record);
    record.what.marks.clear();
    moving.key() = left_behind(event.booking, record.number);
    day.records.insert(std::move(moving));
    day.moved[event.booking] = {event.site, zone.at(event.start).date};
}

void apply_to(Record& record, const ContactGiven& event, Instant) {
    record.what.person = event.person;
    record.what.contact = event.contact;
    record.what.marks = event.marks;
    record.what.is_exempt = event.is_exempt;
    if (event.by.empty()) ++record.namings;
    record.what.epoch = event.epoch;
    if (event.until != Instant{}) record.state = Preconfirmed{event.until};
}

void apply_to(Record& record, const BookingConfirmed&, Instant) { record.state = Confirmed{}; }

void apply_to(Record& record, const BookingCancelled& event, Instant at) {
    record.state = Cancelled{at, event.blocked_until};
    forget_person(record);
    record.what.marks.clear();
    ++record.what.epoch;
}

void apply_to(Record& record, const LinkRenewed& event, Instant) { record.what.epoch = event.epoch; }

void apply_to(Record& record, const CheckedIn&, Instant at) {
    record.state = Arrived{at};
    ++record.check_ins;
}

void apply_to(Record& record, const CheckInUndone&, Instant) { record.state = Confirmed{}; }

void apply_to(Record& record, const BookingMissed&, Instant at) { record.state = Missed{at}; }

void apply_to(Record& record, const ReminderHandedOut&, Instant) { record.is_reminded = true; }

void apply_to(Record& record, const NoteWritten& event, Instant) {
    record.note_person = event.note_person;
    record.note = event.note;
}

void apply_to(Record& record, const PersonForgotten&, Instant) { forget_person(record); }

}  // namespace

bool stands(const Record& record, Instant now) {
    return record.state.index() <= State{Arrived{}}.index() && !is_lapsed(record.state, now);
}

std::optional<rules::Booking> place_of(const Record& record, const rules::SlotPlan& plan) {
    rules::Booking place;
    place.number = record.number;
    place.start = record.what.start;
    place.minutes = record.what.minutes;
    place.window = plan.find(record.what.window);
    place.who = record.what.is_staff ? rules::Who::staff : rules::Who::citizen;
    place.limited = plan.limited_of(place.window, record.what.services);
    if (const auto until = until_of(record.state)) {
        place.standing = rules::Standing::held;
        place.until = *until;
    } else if (const auto* cancelled = std::get_if<Cancelled>(&record.state)) {
        place.standing = rules::Standing::blocked;
        place.until = cancelled->blocked_until;
    } else if (const auto* moved = std::get_if<Moved>(&record.state)) {
        place.standing = rules::Standing::blocked;
        place.until = moved->blocked_until;
    } else if (std::holds_alternative<Missed>(record.state)) {
        return std::nullopt;
    }
    if (place.standing == rules::Standing::blocked && place.until == Instant{}) return std::nullopt;
    return place;
}

void Day::apply(const BookEvent& event, const journal::Event& as_kept, const Zone& zone) {
    std::visit(
        [&](const auto& one) {
            if constexpr (requires { move_away(*this, one, zone); }) {
                move_away(*this, one, zone);
            } else if constexpr (requires { change(*this, one, as_kept); }) {
                change(*this, one, as_kept);
            } else {
                const auto found = records.find(one.booking);
                BALCAO_CHECK(found != records.end());
                apply_to(found->second, one, as_kept.at);
            }
        },
        event);
    end = {as_kept.version, as_kept.salt};
    last = std::max(last, as_kept.at);
}

const Record* Day::find(const BookingKey& booking) const {
    const auto found = records.find(booking);
    return found == records.end() ? nullptr : &found->second;
}

bool Day::has_code(const std::string& code) const {
    return std::any_of(records.begin(), records.end(),
                       [&](const auto& one) { return one.second.what.code == code; });
}

void Booker::apply(const BookerEvent& event, const journal::Event& as_kept) {
    if (const auto* taken = std::get_if<BookingTaken>(&event))
        bookings[taken->booking] = *taken;
    else
        bookings.erase(std::get<BookingLeft>(event).booking);
    end = {as_kept.version, as_kept.salt};
    last = std::max(last, as_kept.at);
}

std::vector<rules::OwnBooking> Booker::own(const model::SiteKey& site,
                                           const BookingKey& without,
                                           Instant now) const {
    std::vector<rules::OwnBooking> own;
    for (const auto& [booking, taken] : bookings)
        if (booking != without && (taken.until == Instant{} || taken.until > now))
            own.push_back({0, taken.start, taken.site == site});
    return own;
}

BookingKey left_behind(const BookingKey& booking, std::uint64_t number) {
    return BookingKey{booking.text() + "@" + std::to_string(number)};
}

std::string stream_of(const DayName& day) {
    return book_prefix + day.site.text() + "/" + format_date(day.date);
}

std::string stream_of_booker(const std::string& mark) { return "booker/" + mark; }

std::optional<DayName> day_of_stream(std::string_view stream) {
    if (stream.substr(0, book_prefix.size()) != book_prefix) return std::nullopt;
    const auto slash = stream.rfind('/');
    if (slash <= book_prefix.size()) return std::nullopt;
    const auto date = parse_date(stream.substr(slash + 1));
    if (!date) return std::nullopt;
    return DayName{model::SiteKey{std::string{stream.substr(book_prefix.size(), slash - book_prefix.size())}},
                   *date};
}

BookingKey new_booking(const DayName& day) {
    return BookingKey{day.site.text() + "." + format_date(day.date) + "." +
                      crypto::random_name().substr(0, name_letters)};
}

std::optional<DayName> first_day_of(const BookingKey& booking) {
    const std::string_view text = booking.text();
    const auto name = text.rfind('.');
    if (name == std::string_view::npos || name == 0) return std::nullopt;
    const auto date_begin = text.rfind('.', name - 1);
    if (date_begin == std::string_view::npos || date_begin == 0) return std::nullopt;
    const auto date = parse_date(text.substr(date_begin + 1, name - date_begin - 1));
    if (!date) return std::nullopt;
    return DayName{model::SiteKey{std::string{text.substr(0, date_begin)}}, *date};
}

}  // namespace balcao::booking
