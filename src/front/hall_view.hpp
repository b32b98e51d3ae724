#pragma once
// What anybody may see of a hall and of a ticket, taken while the hall is looked at and shown afterwards.
// Used by the citizens' pages, the displays and the API; it holds nothing personal.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "office/hall.hpp"

namespace balcao::front {

// A number and the desk to which it was called.
struct Call {
    office::Number number;
    office::DeskId desk;
    Instant at{};
    bool is_waited_for = false;  // called, and not come yet
    friend bool operator==(const Call&, const Call&) = default;
};

// How long single tickets for one service took at the desks today.
struct ServiceTime {
    office::ServiceKey service;
    std::chrono::milliseconds mean{};
    int count = 0;
    friend bool operator==(const ServiceTime&, const ServiceTime&) = default;
};

struct HallView {
    Date date{};
    bool is_open = false;  // by the model's hours, now
    bool has_numbers = true;
    bool has_ended = false;
    std::size_t waiting = 0;
    std::size_t desks_open = 0;
    std::vector<Call> calls;                               // the last first
    std::optional<std::chrono::milliseconds> last_wait{};  // of who was served last
    std::vector<ServiceTime> times{};  // in the order of the model; of who was served for one alone
    friend bool operator==(const HallView&, const HallView&) = default;
};

HallView view_of(const office::Hall& hall, const CivilTime& now);

struct TicketView {
    office::Number number;
    std::string state;  // as office::name_of says
    std::optional<office::DeskId> desk;
    std::vector<office::ServiceKey> services;
    std::size_t services_done = 0;
    std::size_t ahead = 0;  // people who wait for a desk that serves both, and go before by law or arrival
    office::Standing standing = office::Standing::ordinary;
    Instant arrived{};
    std::optional<Instant> appointment;
    std::optional<office::Promise> promise{};
    friend bool operator==(const TicketView&, const TicketView&) = default;
};

// Nothing for a number that was not given out.
std::optional<TicketView> view_of(const office::Hall& hall, office::Number number);

// "Counter 3": the group's name for people, and its place where the group has several desks.
std::string desk_name(const office::Layout& layout, const office::DeskId& desk, std::string_view language);

// "Finanças", or "Finanças · conferência" for a step of it.
std::string leg_name(const office::Layout& layout, const office::Leg& leg, std::string_view language);

// The hours of a date, "08:30–19:30", and why where they are of this date alone: "09:00–12:00 (Christmas
// Eve)"; empty when it is closed.
std::string hours_on(const model::Site& site, Date date, std::string_view language);

}  // namespace balcao::front
