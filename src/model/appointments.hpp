#pragma once
// What a site offers by appointment: windows of hours cut into slots, who may take how many places of them,
// and when they can be booked. Part of a `Site`; the live office computes free slots from it
// (rules/slots.hpp). How many people ask, and whether they come, stands in `Bookings`. It holds no bookings.
#include <optional>
#include <utility>
#include <vector>

#include "base/civil.hpp"
#include "model/keys.hpp"

namespace balcao::model {

using WindowKey = Key<struct WindowTag>;  // unique within its site

// A service that can be had in a window, and how long an appointment for it is; without a length, one slot.
struct AppointmentService {
    ServiceKey service;
    std::optional<Duration> length{};  // whole minutes
    friend bool operator==(const AppointmentService&, const AppointmentService&) = default;
};

struct AppointmentWindow {
    static constexpr int last_week = 5;       // of a month, with four as with five of that weekday
    static constexpr int slots_at_once = 25;  // of one appointment, whatever the model says

    WindowKey key;
    WeekdaySet days = WeekdaySet::every_day();
    std::vector<TimeRange> hours;   // in order, apart from each other; each a multiple of the slot
    Duration slot{};                // whole minutes, above zero
    std::optional<int> places;      // people at once; none: as many as desks that take booked people
    std::optional<int> for_public;  // places of them that the public may take; none: all
    std::vector<AppointmentService> services;      // none: all that the site serves by appointment
    std::vector<std::pair<ServiceKey, int>> most;  // people at once for one service, below the places
    std::vector<ChannelKey> channels;              // none: the counter
    int every_weeks = 1;                           // counted by calendar week from the week of `from`
    std::vector<int> weeks_of_month;               // 1 to 5, in order; 5 is the last; none: all
    std::optional<Date> from;                      // the first day
    std::optional<Date> until;                     // the last day
    int first_day_ahead = 0;                       // for the public: 0 is today
    int last_day_ahead = 60;                       // released when the window opens, not at midnight
    int slots_at_most = slots_at_once;             // in one appointment
    friend bool operator==(const AppointmentWindow&, const AppointmentWindow&) = default;

    // Made for one very day: neither public holidays nor the site's ordinary hours close it.
    [[nodiscard]] bool is_of_one_day() const { return from && until && *from == *until; }

    // The series comes on that date: its weekday, its week, its first and last day. Closures are not asked.
    [[nodiscard]] bool comes_on(Date date) const;
};

struct Appointments {
    std::vector<AppointmentWindow> windows;
    Duration hold = std::chrono::minutes{10};              // until it is confirmed
    std::pair<Duration, Duration> blocked_after_cancel{};  // from, to: the delay is drawn between them
    Duration remind = std::chrono::hours{24};              // before it begins; 0: nobody is reminded
    std::optional<int> open_per_person;                    // over all sites, still to come
    std::optional<int> per_person_and_day;                 // at this site
    friend bool operator==(const Appointments&, const Appointments&) = default;

    // Null when there is none of that name.
    [[nodiscard]] const AppointmentWindow* find(const WindowKey& wanted) const;
};

}  // namespace balcao::model
