#pragma once
// Free slots: which starts a person or a clerk can have, whether one booking may be made, which bookings no
// longer fit what is offered, and where they could go. Pure functions of a site's plan, its bookings and the
// time, asked by the live office; nothing is kept, so there is no table of slots that could be wrong. Hours
// are those of the site's clocks, bookings are instants.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rules/local_days.hpp"
#include "rules/slot_plan.hpp"

namespace balcao::rules {

enum class Who : unsigned char { citizen, staff };

enum class Standing : unsigned char {
    confirmed,
    held,     // until `until`, then as if it had never been
    blocked,  // cancelled; the public does not see the place again until `until`
};

// What takes a place. Cancelled, moved and finished ones are not handed in.
struct Booking {
    std::uint64_t number = 0;  // the keeper's, above zero, growing in the order in which bookings were made
    balcao::Instant start{};   // on a whole minute
    int minutes = 0;           // > 0
    WindowIndex window = no_window;
    Standing standing = Standing::confirmed;
    Who who = Who::citizen;     // whose place it took
    balcao::Instant until{};    // of held and blocked
    std::uint64_t limited = 0;  // SlotPlan::limited_of its services
};

// Whether a booking still takes its place.
inline bool takes_place(const Booking& booking, balcao::Instant now) {
    return booking.standing == Standing::confirmed || booking.until > now;
}

// A hold can be confirmed as long as it lasts.
inline bool may_confirm(const Booking& booking, balcao::Instant now) {
    return booking.standing == Standing::held && booking.until > now;
}

// Who asks, and for what. A service may be named more than once.
struct Asked {
    Who who = Who::citizen;
    model::ChannelKey channel{"counter"};
    std::vector<model::ServiceKey> services;
    balcao::Instant now{};
    std::uint64_t instead_of = 0;  // the person's booking that would be moved: it is not in the way
};

struct FreeStart {
    balcao::Instant start{};
    int minutes = 0;  // of the whole appointment
    WindowIndex window = no_window;
    int left = 0;            // places that are free during all of it, for who asks
    int offset_minutes = 0;  // of the clocks ahead of UTC: tells the two hours of the same name apart
    friend bool operator==(const FreeStart&, const FreeStart&) = default;
};

// The starts on these days, in order of time and then of window. `bookings` are the site's, in order of
// start. The public gets days within `bookable`, staff any from today to its last; nobody gets the past.
std::vector<FreeStart> free_starts(const SlotPlan& plan,
                                   const LocalDays& days,
                                   std::span<const Booking> bookings,
                                   const Asked& asked);

// Why a booking may not be made; the later ones are nearer to a booking.
enum class Refusal : unsigned char {
    not_offered,        // no window has all these services by that channel
    too_many_open,      // the person has as many bookings as one may have
    too_many_that_day,  // likewise on that day at this site
    no_such_slot,       // no slot begins then: outside of hours, closed, or between two starts
    past,
    too_many_slots,    // longer than one appointment may be
    too_soon,          // the public books further ahead
    not_yet_released,  // the day cannot be booked yet
    does_not_fit,      // the window ends before the appointment would
    full,              // the first slot has no place left
    following_full,    // the first has, a later one that is needed has not
};

// One of the person's bookings, at whatever site.
struct OwnBooking {
    std::uint64_t number = 0;
    balcao::Instant start{};
    bool is_here = true;  // at this site
};

struct Wish {
    balcao::Instant start{};
    WindowIndex window = no_window;   // `no_window`: any
    std::span<const OwnBooking> own;  // that still stand, held ones too
};

// `slot` when nothing speaks against it; else the reason and what is free now: the first start from the wish
// on, or else the first at all, within `days` (from today to the last
// day that can be booked; a wish outside of them is no slot).
struct BookingDecision {
    std::optional<Refusal> refusal;
    FreeStart slot;
    std::optional<FreeStart> next;
};

BookingDecision may_book(const SlotPlan& plan,
                         const LocalDays& days,
                         std::span<const Booking> bookings,
                         const Asked& asked,
                         const Wish& wish);

enum class ConflictKind : unsigned char {
    outside_hours,  // of its window, or the window is gone
    overbooked,     // more people at once than places
};

struct Conflict {
    std::size_t booking = 0;  // its place in `bookings`
    ConflictKind kind = ConflictKind::outside_hours;
    friend bool operator==(const Conflict&, const Conflict&) = default;
};

// The bookings on these days, not over yet, that what is offered now has no place for, in order of start.
// Where there are too many, those are named that were made last.
std::vector<Conflict> conflicts(const SlotPlan& plan,
                                const LocalDays& days,
                                std::span<const Booking> bookings,
                                balcao::Instant now);

// The free starts nearest to an instant, the nearest first; of two equally near ones the earlier.
std::vector<FreeStart> nearest_free(std::vector<FreeStart> free, balcao::Instant near, std::size_t count);

// One start for each time that several calendars offer, the calendars taking turns: which calendar, and the
// place of the start in it. In order of time; each calendar is in order.
struct Turn {
    std::size_t calendar = 0;
    std::size_t place = 0;
    friend bool operator==(const Turn&, const Turn&) = default;
};

std::vector<Turn> in_turn(std::span<const std::vector<FreeStart>> calendars);

}  // namespace balcao::rules
