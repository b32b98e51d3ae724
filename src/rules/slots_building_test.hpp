#pragma once
// What the tests of free slots share: a site with windows to vary, instants as people write them, and
// bookings.
#include <string>
#include <vector>

#include "rules/slots.hpp"

namespace balcao::rules {

Date date_of(const char* text);

// "2026-03-02 09:00", the clocks of the place; the first of two in the hour that comes twice.
balcao::Instant at(const Zone& zone, const std::string& text);

// "09:00" of a start, by the clocks of the place.
std::string clock_of(const Zone& zone, balcao::Instant instant);
std::vector<std::string> clocks_of(const Zone& zone, const std::vector<FreeStart>& starts);

Zone lisbon();

// A site with one service, "identity", and one more, "works", both at three desks; open every day from 8 to
// 20. One window, "day", of one place from 9 to 12 with slots of 20 minutes, unless a test says otherwise.
struct Fixture {
    Fixture();

    model::Model model;
    Zone zone = lisbon();
    std::vector<Booking> bookings;
    Asked asked;

    model::Site& site() { return model.sites.front(); }

    model::AppointmentWindow& window() { return site().appointments.windows.front(); }

    model::AppointmentWindow& add_window(const char* key);

    [[nodiscard]] SlotPlan plan() const;

    // Confirmed by a citizen in that window, at that time.
    Booking& book(const std::string& start, int minutes = 20, const char* window_key = "day");

    void ask_at(const std::string& now) { asked.now = at(zone, now); }

    [[nodiscard]] std::vector<FreeStart> free(const char* first, const char* last) const;
    // The clocks of the free starts of one day.
    [[nodiscard]] std::vector<std::string> clocks(const char* date) const;
    // May it be booked, within sixty days of now?
    [[nodiscard]] BookingDecision decide(const std::string& start) const;
};

}  // namespace balcao::rules
