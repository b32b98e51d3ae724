// Cancelling, new links, notes and reminders: what happens to a booking before its day.
#include "booking/bookings.hpp"
#include "booking/draft.hpp"
#include "booking/members.hpp"
#include "journal/codec.hpp"

namespace balcao::booking {
namespace {

Told told_of(const BookingKey& booking, const Record& record, const DayName& where) {
    return booking::told_of(booking, where.site, record.what, until_of(record.state).value_or(Instant{}));
}

}  // namespace

Slip Bookings::slip_of(const Told& told) const {
    Slip slip{told.booking, told.site, told.start, told.minutes, told.code, told.until, {}, {}};
    if (told.is_over) return slip;
    const bool is_held = told.until != Instant{};
    slip.link = links_.write({told.booking, is_held ? Right::hold : Right::keep, is_held ? 0 : told.epoch});
    if (is_held && told.is_named)
        slip.confirmation = links_.write({told.booking, Right::confirmation, told.epoch});
    return slip;
}

Answer<Slip> Bookings::slip(const Answer<Made>& made) const {
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const auto told = journal::read_members<Told>(std::get<Made>(made).answer, "answer");
    if (!told) return Refusal{Reason::unavailable};
    return slip_of(*told);
}

Answer<Slip> Bookings::told(const Command& command, const Order& order) {
    return slip(on_booking(command, order));
}

Answer<Slip> Bookings::cancel(const Hand& hand, CancelReason reason, const std::string& key) {
    auto asking = who_changes(hand);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    const auto& by = std::get<Asking>(asking);
    return told({"cancel", by, key}, [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
        const auto& [booking, record, where] = found;
        const auto& start = record.what.start;
        if (is_lapsed(record.state, draft.now())) return Refusal{Reason::hold_over};
        if (const auto* arrived = std::get_if<Arrived>(&record.state))
            return Refusal{Reason::already_arrived, start, arrived->at};
        if (record.state.index() > State{Arrived{}}.index() || (!by.is_clerk && start <= draft.now()))
            return Refusal{Reason::is_over, start};
        BookingCancelled event{booking, reason, {}, {}, {}, by.clerk};
        // A hold was never anybody's: it would lapse at a moment that everybody can foresee as well.
        if (std::holds_alternative<Confirmed>(record.state))
            event.blocked_until = blocked_until(draft, found);
        if (auto refusal = keep_for_letter(draft, record, event)) return refusal;
        draft.record(where, event);
        draft.forget(record.what.person);
        draft.forget(record.note_person);
        for (const auto& mark : record.what.marks)
            draft.record(mark, BookingLeft{booking});
        Told told = told_of(booking, record, where);
        told.is_over = true;
        draft.commit.answer = journal::write_members(told);
        return std::nullopt;
    });
}

// Who had the booking is to be told of its end, when nothing else knows any more who that was.
std::optional<Refusal> Bookings::keep_for_letter(Draft& draft,
                                                 const Record& record,
                                                 BookingCancelled& event) {
    const auto& person = record.what.person;
    if (!settings_.tells_of_cancelling || person.empty() || !std::holds_alternative<Confirmed>(record.state))
        return std::nullopt;
    const auto contact = persons_.open(person.text(), "contact", record.what.contact);
    if (!contact) return Refusal{Reason::unavailable};
    if (!*contact) return std::nullopt;  // erased
    event.person = PersonName{journal::Persons::new_person()};
    auto sealed = persons_.seal(event.person.text(), "contact", **contact, draft.commit);
    if (!sealed) return Refusal{Reason::unavailable};
    event.contact = *std::move(sealed);
    return std::nullopt;
}

Answer<Slip> Bookings::renew_link(const Hand& hand, const std::string& key) {
    auto asking = who_changes(hand);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    return told({"renew-link", std::get<Asking>(asking), key},
                [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
                    const auto& [booking, record, where] = found;
                    if (until_of(record.state)) return Refusal{Reason::not_confirmed, record.what.start};
                    if (record.state.index() > State{Arrived{}}.index())
                        return Refusal{Reason::is_over, record.what.start};
                    Told told = told_of(booking, record, where);
                    ++told.epoch;
                    draft.record(where, LinkRenewed{booking, told.epoch});
                    draft.commit.answer = journal::write_members(told);
                    return std::nullopt;
                });
}

Answer<Slip> Bookings::write_note(const ByClerk& by, const std::string& note, const std::string& key) {
    if (const auto fault = fault_of(Contact{"-", {}, {}, note, {}}, true)) return Refusal{*fault};
    PersonName person;
    std::string sealed;
    journal::Commit with_key;
    if (!note.empty()) {
        person = PersonName{journal::Persons::new_person()};
        auto text = persons_.seal(person.text(), "note", note, with_key);
        if (!text) return Refusal{Reason::unavailable};
        sealed = *std::move(text);
    }
    return told({"note", {by.booking, std::nullopt, by.clerk, true, false}, key},
                [&](Draft& draft, const Found& found) -> std::optional<Refusal> {
                    const auto& [booking, record, where] = found;
                    if (!stands(record, draft.now())) return Refusal{Reason::is_over, record.what.start};
                    draft.record(where, NoteWritten{booking, person, sealed, by.clerk});
                    draft.commit.keys = with_key.keys;
                    draft.forget(record.note_person);
                    draft.commit.answer = journal::write_members(told_of(booking, record, where));
                    return std::nullopt;
                });
}

Answer<Slip> Bookings::remind(const BookingKey& booking, const std::string& key) {
    return told({"remind", {booking, std::nullopt, {}, true, false}, key},
                [](Draft& draft, const Found& found) -> std::optional<Refusal> {
                    const auto& [name, record, where] = found;
                    if (record.is_reminded) return Refusal{Reason::already_reminded, record.what.start};
                    if (!std::holds_alternative<Confirmed>(record.state) || record.what.start <= draft.now())
                        return Refusal{Reason::is_over, record.what.start};
                    draft.record(where, ReminderHandedOut{name});
                    draft.commit.answer = journal::write_members(told_of(name, record, where));
                    return std::nullopt;
                });
}

}  // namespace balcao::booking
