#include "booking/booking_event.hpp"

#include <array>
#include <span>

#include "booking/members.hpp"
#include "journal/codec.hpp"

namespace balcao::booking {

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(CancelReason) {
    static constexpr std::array<std::string_view, 5> words{"person_asked", "site_closed", "too_few_staff",
                                                           "booked_twice", "other"};
    return words;
}

// The members of every event, in the order in which they are written.
template <class Part, class Event>
requires requires { Event::type; }

void members(Part& part, Event& event) {
    part("booking", event.booking);
    if constexpr (requires { event.what; }) part("what", event.what);
    if constexpr (requires { event.site; }) part("site", event.site);
    if constexpr (requires { event.start; }) part("start", event.start);
    if constexpr (requires { event.made; }) part("made", event.made);
    if constexpr (std::same_as<std::remove_const_t<Event>, BookingCancelled>) {
        part.may_lack("person", event.person);
        part.may_lack("contact", event.contact);
    } else if constexpr (requires { event.person; }) {
        part("person", event.person);
        part("contact", event.contact);
    }
    if constexpr (requires { event.marks; }) part.may_lack("marks", event.marks);
    if constexpr (requires { event.is_exempt; }) part.may_lack("exempt", event.is_exempt);
    if constexpr (requires { event.epoch; }) part.may_lack("epoch", event.epoch);
    if constexpr (requires { event.until; }) part.may_lack("until", event.until);
    if constexpr (requires { event.reason; }) part.may_lack("reason", event.reason);
    if constexpr (requires { event.blocked_until; }) part.may_lack("blocked_until", event.blocked_until);
    if constexpr (requires { event.note_person; }) part.may_lack("note_person", event.note_person);
    if constexpr (requires { event.note; }) part.may_lack("note", event.note);
    if constexpr (requires { event.moves; }) part.may_lack("moves", event.moves);
    if constexpr (requires { event.namings; }) part.may_lack("namings", event.namings);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
}

const BookingKey& booking_of(const BookEvent& event) {
    return std::visit([](const auto& one) -> const BookingKey& { return one.booking; }, event);
}

journal::Draft encode(const BookEvent& event) { return journal::encode_as_draft(event); }

journal::Draft encode(const BookerEvent& event) { return journal::encode_as_draft(event); }

Result<BookEvent> decode_book(const journal::Event& event) { return journal::decode_as<BookEvent>(event); }

Result<BookerEvent> decode_booker(const journal::Event& event) {
    return journal::decode_as<BookerEvent>(event);
}

}  // namespace balcao::booking
