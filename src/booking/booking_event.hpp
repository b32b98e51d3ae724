#pragma once
// What happens to bookings: the events of the stream "book/<site>/<date>" (the site's civil date on which the
// appointments begin) and, for the limits of one person, of "booker/<mark>". Made by the commands of
// `booking`, folded by its books (book.hpp). Who a booking is for is in here only sealed; a mark is a keyed
// hash of a folded mail address or phone number.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "booking/appointment.hpp"
#include "journal/event.hpp"

namespace balcao::booking {

// What takes a place, and for whom.
struct Placed {
    Instant start{};
    int minutes = 0;
    model::WindowKey window;
    model::ChannelKey channel;
    std::vector<model::ServiceKey> services;
    std::string code;
    bool is_staff = false;
    PersonName person;               // empty: nobody's yet, or nobody's any more
    std::string contact;             // sealed for that person
    std::vector<std::string> marks;  // of its mail and phone
    bool is_exempt = false;          // from the limits of one person
    std::uint32_t epoch = 0;         // of its links: one of an earlier epoch opens nothing
    friend bool operator==(const Placed&, const Placed&) = default;
};

struct BookingHeld {
    static constexpr std::string_view type = "booking-held";
    BookingKey booking;
    Placed what;
    Instant until{};
    ClerkKey by;  // here and below: empty when it was the person
};

// First given, or changed; the key of who was named before is destroyed in the same commit.
struct ContactGiven {
    static constexpr std::string_view type = "contact-given";
    BookingKey booking;
    PersonName person;
    std::string contact;
    std::vector<std::string> marks;
    bool is_exempt = false;
    std::uint32_t epoch = 0;
    Instant until{};  // to confirm; nothing to be confirmed: the beginning of time
    ClerkKey by;
};

struct BookingConfirmed {
    static constexpr std::string_view type = "booking-confirmed";
    BookingKey booking;
    ClerkKey by;
};

// The two halves of a move, in one commit.
struct BookingMovedAway {
    static constexpr std::string_view type = "booking-moved-away";
    BookingKey booking;
    model::SiteKey site;  // where to
    Instant start{};
    Instant blocked_until{};
    ClerkKey by;
};

struct BookingMovedHere {
    static constexpr std::string_view type = "booking-moved-here";
    BookingKey booking;
    Placed what;
    model::SiteKey site;  // where from
    Instant start{};
    Instant made{};
    PersonName note_person;
    std::string note;
    int moves = 0;    // with this one
    int namings = 0;  // by the person, before
    ClerkKey by;
};

enum class CancelReason : std::uint8_t { person_asked, site_closed, too_few_staff, booked_twice, other };

// The keys of its person and its note are destroyed in the same commit. Where letters are written the contact
// goes into `contact` once more, sealed for a `person` who lives no longer than the letter that tells of it.
struct BookingCancelled {
    static constexpr std::string_view type = "booking-cancelled";
    BookingKey booking;
    CancelReason reason = CancelReason::person_asked;
    Instant blocked_until{};
    PersonName person;
    std::string contact;
    ClerkKey by;
};

struct LinkRenewed {
    static constexpr std::string_view type = "link-renewed";
    BookingKey booking;
    std::uint32_t epoch = 0;
};

struct CheckedIn {
    static constexpr std::string_view type = "checked-in";
    BookingKey booking;
    ClerkKey by;
};

struct CheckInUndone {
    static constexpr std::string_view type = "check-in-undone";
    BookingKey booking;
    ClerkKey by;
};

struct BookingMissed {
    static constexpr std::string_view type = "booking-missed";
    BookingKey booking;
};

struct ReminderHandedOut {
    static constexpr std::string_view type = "reminder-handed-out";
    BookingKey booking;
};

// Sealed with a key of its own, which goes with the next note.
struct NoteWritten {
    static constexpr std::string_view type = "note-written";
    BookingKey booking;
    PersonName note_person;
    std::string note;
    ClerkKey by;
};

// Who it was for: the keys are destroyed in the same commit.
struct PersonForgotten {
    static constexpr std::string_view type = "person-forgotten";
    BookingKey booking;
};

using BookEvent = std::variant<BookingHeld,
                               ContactGiven,
                               BookingConfirmed,
                               BookingMovedAway,
                               BookingMovedHere,
                               BookingCancelled,
                               LinkRenewed,
                               CheckedIn,
                               CheckInUndone,
                               BookingMissed,
                               ReminderHandedOut,
                               NoteWritten,
                               PersonForgotten>;

// The booking that it happened to.
const BookingKey& booking_of(const BookEvent& event);

// A person has this booking from here on, there and then; a hold until `until`, a confirmed one with the
// beginning of time there.
struct BookingTaken {
    static constexpr std::string_view type = "booking-taken";
    BookingKey booking;
    model::SiteKey site;
    Instant start{};
    Instant until{};
};

struct BookingLeft {
    static constexpr std::string_view type = "booking-left";
    BookingKey booking;
};

using BookerEvent = std::variant<BookingTaken, BookingLeft>;

// As the journal keeps them.
journal::Draft encode(const BookEvent& event);
journal::Draft encode(const BookerEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<BookEvent> decode_book(const journal::Event& event);
Result<BookerEvent> decode_booker(const journal::Event& event);

}  // namespace balcao::booking
