#pragma once
// A visit: one person (or family) at one site on one day, under one number, from the ticket to the door. What
// it is doing now is one of eight states, each with only what is true in it. Used by the hall that folds it
// out of events and by who shows it; it decides nothing.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/key.hpp"
#include "model/keys.hpp"
#include "rules/outlook.hpp"

namespace balcao::office {

using model::DeskKey;
using model::ServiceKey;
using model::StepKey;
using StaffKey = Key<struct StaffTag>;
using PersonName = Key<struct PersonTag>;  // as journal::Persons gave it; says nothing about who it is

// The number on the ticket: one of a site and day, never given twice.
struct Number {
    std::uint32_t value = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Number&, const Number&) = default;
};

// "A desk of group a, the second": a-2.
struct DeskId {
    DeskKey group;
    int place = 1;  // from 1
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const DeskId&, const DeskId&) = default;
};

std::string to_string(const DeskId& desk);
// Nothing for what is not of that form.
std::optional<DeskId> parse_desk(std::string_view text);

// One service (or one of its steps) that the visit needs.
struct Leg {
    ServiceKey service;
    StepKey step;                // empty where the service has no steps
    std::optional<DeskId> only;  // sent to this desk and no other
    friend bool operator==(const Leg&, const Leg&) = default;
};

struct Waiting {
    std::optional<Instant> paused_until{};  // called and not come: not offered before
    std::optional<DeskId> sent_by{};        // transferred, and the transfer can still be undone
    friend bool operator==(const Waiting&, const Waiting&) = default;
};

struct Called {
    DeskId desk;
    Instant at{};
    friend bool operator==(const Called&, const Called&) = default;
};

struct InService {
    DeskId desk;
    Instant since{};
    friend bool operator==(const InService&, const InService&) = default;
};

struct Parked {
    DeskId by;
    Instant since{};
    friend bool operator==(const Parked&, const Parked&) = default;
};

// Served, but comes back for what is not ready yet.
struct Collecting {
    Instant since{};
    friend bool operator==(const Collecting&, const Collecting&) = default;
};

// Called and never came. Who comes back takes the old place again.
struct Missed {
    Instant at{};
    friend bool operator==(const Missed&, const Missed&) = default;
};

struct Done {
    Instant at{};
    friend bool operator==(const Done&, const Done&) = default;
};

struct Left {
    Instant at{};
    friend bool operator==(const Left&, const Left&) = default;
};

using State = std::variant<Waiting, Called, InService, Parked, Collecting, Missed, Done, Left>;

// "waiting", "called", "served", "parked", "collecting", "missed", "done", "left".
std::string_view name_of(const State& state);

// The visit is over: nothing more is done under its number.
bool is_over(const State& state);

// The desk that a visit occupies: where it is called to or served.
const DeskId* desk_of(const State& state);

enum class Standing : std::uint8_t {
    ordinary,
    priority,  // by law; which of its conditions holds is not asked and not kept
};

// By when the first call was promised, and the range that was shown with it. Whole minutes.
struct Promise {
    Instant from{};
    Instant to{};
    Instant at_latest{};
    rules::WaitBasis basis = rules::WaitBasis::simulated;
    Instant made{};
    bool was_moved = false;  // to an earlier time, as it may be once
    friend bool operator==(const Promise&, const Promise&) = default;
};

struct Visit {
    Number number;
    Instant arrived{};                   // never changed, whatever happens
    std::optional<Instant> appointment;  // for whoever has one
    int rank = 0;                        // the model's priority number of who comes; the smallest goes first
    Standing standing = Standing::ordinary;
    std::string channel;    // how the ticket was taken: "kiosk", "phone", "reception", "sms"
    PersonName person;      // empty for who gave no name
    std::vector<Leg> legs;  // in order; done ones too
    std::size_t leg = 0;    // the one that it is at; legs.size() when all are done
    Instant joined{};       // the queue of this leg
    State state;
    int calls = 0;                        // of this leg, without having come
    std::optional<Instant> first_called;  // what ends the wait of the whole visit
    std::optional<Promise> promise{};
    std::chrono::milliseconds served{0};      // at desks up to now, the parts added
    std::chrono::milliseconds on_the_way{0};  // from the call to the desk, the parts added
    friend bool operator==(const Visit&, const Visit&) = default;
};

// What counts as arrival where people are called in its order: for who has an appointment not before that.
Instant counts_from(const Visit& visit);

// From then to the first call; up to `now` for who was never called. Never negative.
std::chrono::milliseconds waited(const Visit& visit, Instant now);

}  // namespace balcao::office
