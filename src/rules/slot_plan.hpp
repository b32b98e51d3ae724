#pragma once
// The fixed part of what one site offers by appointment: its windows with their places, services and
// channels, and the hours they must lie in. Made once from a model by whoever keeps a site's bookings; it
// holds no bookings.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "model/offering.hpp"

namespace balcao::rules {

using WindowIndex = std::uint16_t;
inline constexpr WindowIndex no_window = 0xFFFF;  // one that the model in force does not have

// A service in a window: by which channels, and how long an appointment for it is.
struct OfferedService {
    model::ServiceKey service;
    int minutes = 0;
    std::vector<model::ChannelKey> channels;
};

struct WindowPlan {
    model::AppointmentWindow window;
    int slot_minutes = 0;
    std::vector<OfferedService> services;
    std::array<model::PlacesByHour, 7> places;  // people at once, by weekday and hour of the clock
};

struct SlotPlan {
    static constexpr std::size_t most_max = 64;  // services with a limit of their own, in one window

    std::vector<WindowPlan> windows;
    std::array<std::vector<TimeRange>, 7> open;  // of an ordinary week, ranges that touch made one
    std::vector<Date> closed;                    // in order
    std::vector<std::pair<Date, std::vector<TimeRange>>> dates;  // with hours of their own, in order
    std::string holidays;        // a country known to `public_holidays`, or empty
    model::Appointments limits;  // what holds for all windows

    // The site's hours on that date, public holidays apart; of a date of its own these are all there is.
    [[nodiscard]] const std::vector<TimeRange>& open_on(Date date) const;
    [[nodiscard]] bool has_own_hours(Date date) const;

    // `no_window` when there is none of that name.
    [[nodiscard]] WindowIndex find(const model::WindowKey& wanted) const;

    // Which of the services have a limit of their own in that window, as bits: for `Booking::limited`.
    [[nodiscard]] std::uint64_t limited_of(WindowIndex window,
                                           std::span<const model::ServiceKey> services) const;
};

// Unavailable when the public holidays of the site's country are not known: closed days that nobody knows of
// are not open days. Invalid beyond 64 limits in a window.
Result<SlotPlan> make_slot_plan(const model::Model& model, const model::Site& site);

// When a cancelled slot comes back to the public, for a draw of 0 to 1.
balcao::Instant comes_back_at(const model::Appointments& limits, balcao::Instant cancelled, double draw);

}  // namespace balcao::rules
