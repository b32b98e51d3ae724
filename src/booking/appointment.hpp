#pragma once
// A booking as its callers see it: what was booked, in which of seven states it is, and who it is for. Used
// by pages and by whoever lists, reminds or moves appointments; it decides nothing and keeps nothing.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/key.hpp"
#include "model/appointments.hpp"
#include "model/keys.hpp"
#include "rules/slots.hpp"

namespace balcao::booking {

// "baixa.2026-11-24.7K3M9QZT": the site and day for which it was first made, and 40 random bits. It stays the
// same when the booking is moved. It opens nothing: that takes a link.
using BookingKey = Key<struct BookingTag>;
using ClerkKey = Key<struct ClerkTag>;     // somebody who works for the city, as `staff` names them
using PersonName = Key<struct BookerTag>;  // as journal::Persons gave it; says nothing about who it is

// Who a booking is for. Kept only sealed; gone when the booking is cancelled or changed.
struct Contact {
    std::string name;
    std::string mail;      // RFC 5321 address, or empty
    std::string phone;     // as it was typed, or empty
    std::string note;      // of the person, for who serves
    std::string language;  // "pt"
    friend bool operator==(const Contact&, const Contact&) = default;
};

// As it is sealed; and back, nothing for what is none.
std::string write_contact(const Contact& contact);
std::optional<Contact> read_contact(std::string_view text);

// Keeps its place until `until`, for who has its link; then as if it had never been.
struct Held {
    Instant until{};
    friend bool operator==(const Held&, const Held&) = default;
};

// Has a name, waits for the person to confirm; until then it keeps its place and can be called by nobody.
struct Preconfirmed {
    Instant until{};
    friend bool operator==(const Preconfirmed&, const Preconfirmed&) = default;
};

struct Confirmed {
    friend bool operator==(const Confirmed&, const Confirmed&) = default;
};

// The person is there and has (or gets) a ticket of the hall.
struct Arrived {
    Instant at{};
    friend bool operator==(const Arrived&, const Arrived&) = default;
};

// The day went by without the person.
struct Missed {
    Instant at{};
    friend bool operator==(const Missed&, const Missed&) = default;
};

struct Cancelled {
    Instant at{};
    Instant blocked_until{};  // the public does not see the place before
    friend bool operator==(const Cancelled&, const Cancelled&) = default;
};

// No longer on this day: what is left of a booking where it was before.
struct Moved {
    model::SiteKey site;  // where it is now
    Instant start{};
    Instant blocked_until{};
    friend bool operator==(const Moved&, const Moved&) = default;
};

using State = std::variant<Held, Preconfirmed, Confirmed, Arrived, Missed, Cancelled, Moved>;

// "held", "preconfirmed", "confirmed", "arrived", "missed", "cancelled", "moved"; "lapsed" for a hold or a
// booking not confirmed in time.
std::string_view name_of(const State& state, Instant now);

// Until when it must be confirmed; nothing for what need not be.
std::optional<Instant> until_of(const State& state);

// Whether it was not confirmed in time.
bool is_lapsed(const State& state, Instant now);

// The city calls the person then.
bool is_call(const model::ChannelKey& channel);

// One booking, as it is shown.
struct Appointment {
    BookingKey booking;
    model::SiteKey site;
    Instant start{};
    int minutes = 0;
    int offset_minutes = 0;  // of the clocks ahead of UTC at `start`
    model::WindowKey window;
    model::ChannelKey channel;
    std::vector<model::ServiceKey> services;
    std::string code;       // six letters and digits that a person can say; unique at that site on that day
    bool is_staff = false;  // takes a place that staff gave
    State state;
    Instant made{};
    bool is_reminded = false;
    std::optional<Contact> contact;  // where it was asked for, and is there
    std::string note;                // of staff, likewise
    std::string link;                // where it was asked for
    // Where links were asked for and it waits to be confirmed: see Slip.
    std::string confirmation;
    std::uint32_t epoch = 0;  // of its links
    int moves = 0;            // how often it has been moved
};

// What a command on a booking led to.
struct Slip {
    BookingKey booking;
    model::SiteKey site;
    Instant start{};
    int minutes = 0;
    std::string code;
    Instant until{};  // of a hold, or to confirm; else the beginning of time
    std::string
        link;  // to hold on to it, or to see, move and cancel it once it is confirmed; empty when over
    // Proves, once it comes back, that who gave the contact can be reached there: it may be sent to that
    // address and told nowhere else. Empty when there is nothing to be confirmed.
    std::string confirmation;
    friend bool operator==(const Slip&, const Slip&) = default;
};

// What the office needs in order to give a ticket to somebody with an appointment.
struct Arrival {
    BookingKey booking;
    model::SiteKey site;
    Instant start{};  // the appointment: counts as arrival in the order of calling
    std::vector<model::ServiceKey> services;
    model::ChannelKey channel;
    // The idempotency key of the ticket: the same for one check-in however often it is told, another after
    // the check-in was undone.
    std::string ticket;
    friend bool operator==(const Arrival&, const Arrival&) = default;
};

}  // namespace balcao::booking
