#pragma once
// A letter to somebody outside: what is owed to whom because of what happened, the text it becomes, and what
// came of carrying it. Used by the outbox, by the pages that write the words and by `connect`, which carries
// them. It keeps no text: what a letter says is written anew each time it is carried.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "booking/appointment.hpp"
#include "booking/booking_event.hpp"
#include "cases/case_event.hpp"

namespace balcao::letters {

// The same for one letter on every server and after every start: what stands before the @ of a Message-ID.
using LetterKey = Key<struct LetterTag>;

enum class Kind : std::uint8_t {
    confirm,    // asks to confirm an appointment
    confirmed,  // it stands; with its link, and a file for calendars
    moved,
    cancelled,
    reminder,
    links,        // the links of all appointments of an address, asked for by whoever says it is theirs
    notice,       // so many people are still before a ticket
    case_opened,  // what was asked for came in; with its link, number and code
    case_asked,   // an entity wants something of the person
};

// A ticket, as `office` names it.
struct TicketName {
    model::SiteKey site;
    Date date{};
    std::uint32_t number = 0;
    friend auto operator<=>(const TicketName&, const TicketName&) = default;
};

struct Owed {
    LetterKey id;
    Kind kind = Kind::confirm;
    booking::BookingKey booking;      // empty for `links`, `notice` and those about a case
    model::SiteKey site;              // where it happened; empty for `links` and those about a case
    std::uint32_t epoch = 0;          // confirm: of the links of the booking
    int moves = 0;                    // moved: how often it had been
    std::optional<Instant> before{};  // moved: when it was to be
    bool is_by_staff = false;         // moved, cancelled
    booking::CancelReason reason = booking::CancelReason::person_asked;  // cancelled
    TicketName ticket{};                                                 // notice
    int ahead = 0;                                                       // notice: people before it
    cases::CaseNumber request{};                                         // case_opened, case_asked
    cases::StepKey step{};                                               // case_asked
    Instant at{};                                                        // when what it tells of happened
    Instant until{};                                                     // of no use to anybody after it
    booking::PersonName person;  // who lives no longer than the letter; empty: the booking knows who
    std::string contact;         // of that person, sealed
};

inline bool is_of_case(const Owed& owed) {
    return owed.kind == Kind::case_opened || owed.kind == Kind::case_asked;
}

// A letter in words.
struct Message {
    LetterKey id;
    Instant at{};
    std::string mail;  // to this address, or
    std::string phone;
    std::string language;
    std::string subject;
    std::string text;        // plain, lines end in \n
    std::string short_text;  // of a message to a phone
    std::string calendar;    // an iCalendar file that goes with it; empty: none
    std::string method;      // of that file (RFC 5546): "PUBLISH", "CANCEL"
};

// Nobody needs the letter any more.
struct Unneeded {};

// The words cannot be written now.
struct NotNow {};

using Written = std::variant<Message, Unneeded, NotNow>;

enum class Outcome : std::uint8_t {
    delivered,  // somebody else has it now
    not_now,    // to be tried again
    away,       // nobody can be written to that way now; the others of that way need not be tried
    refused,    // and will be each time
};

// `why` is a word or a number of a protocol ("550", "timeout"), never what was said of a person.
struct Delivery {
    Outcome outcome = Outcome::delivered;
    std::string why{};
};

// Where letters go.
class Carrier {
public:
    virtual ~Carrier() = default;

    // Whether the way of that letter is open: not shortly after nobody was reached on it. Never waits.
    [[nodiscard]] virtual bool is_open_for(const Message&) const { return true; }

    // Waits until it is carried or is not, always for a bounded time. One at a time.
    virtual Delivery carry(const Message& message) = 0;
};

std::string_view name_of(Kind kind);

}  // namespace balcao::letters
