#include "rules/slots_building_test.hpp"

#include <algorithm>

#include <doctest/doctest.h>

namespace balcao::rules {

Date date_of(const char* text) {
    const auto date = parse_date(text);
    REQUIRE(date.has_value());
    return *date;
}

balcao::Instant at(const Zone& zone, const std::string& text) {
    const auto minute = parse_time_of_day(text.substr(11));
    REQUIRE(minute.has_value());
    const auto instants =
        zone.instants_of({date_of(text.substr(0, 10).c_str()), std::chrono::minutes{*minute}});
    REQUIRE_FALSE(instants.empty());
    return instants.front();
}

std::string clock_of(const Zone& zone, balcao::Instant instant) {
    return format_time_of_day(static_cast<int>(zone.at(instant).since_midnight / std::chrono::minutes{1}));
}

std::vector<std::string> clocks_of(const Zone& zone, const std::vector<FreeStart>& starts) {
    std::vector<std::string> clocks;
    clocks.reserve(starts.size());
    for (const FreeStart& start : starts)
        clocks.push_back(clock_of(zone, start.start));
    return clocks;
}

Zone lisbon() {
    const auto zone = Zone::find("Europe/Lisbon");
    REQUIRE(zone);
    return *zone;
}

Fixture::Fixture() {
    for (const char* key : {"identity", "works"}) {
        model::Service service;
        service.key = model::ServiceKey{key};
        model.services.push_back(service);
    }
    model::Site shop;
    shop.key = model::SiteKey{"shop"};
    shop.open.weekly = {{WeekdaySet::every_day(), {TimeRange{480, 1200}}}};
    model::DeskGroup desks;
    desks.key = model::DeskKey{"desks"};
    desks.count = 3;
    desks.serves = {{model::ServiceKey{"identity"}}, {model::ServiceKey{"works"}}};
    shop.desks.push_back(desks);
    model.sites.push_back(shop);
    auto& day = add_window("day");
    day.hours = {TimeRange{540, 720}};
    day.places = 1;
    asked.services = {model::ServiceKey{"identity"}};
    asked.now = at(zone, "2026-03-01 10:00");
}

model::AppointmentWindow& Fixture::add_window(const char* key) {
    auto& added = site().appointments.windows.emplace_back();
    added.key = model::WindowKey{key};
    added.slot = std::chrono::minutes{20};
    return added;
}

SlotPlan Fixture::plan() const {
    const auto plan = make_slot_plan(model, model.sites.front());
    REQUIRE(plan);
    return *plan;
}

Booking& Fixture::book(const std::string& start, int minutes, const char* window_key) {
    Booking booking;
    booking.number = bookings.size() + 1;
    booking.start = at(zone, start);
    booking.minutes = minutes;
    booking.window = plan().find(model::WindowKey{window_key});
    const auto after = std::find_if(bookings.begin(), bookings.end(),
                                    [&](const Booking& other) { return other.start > booking.start; });
    return *bookings.insert(after, booking);
}

std::vector<FreeStart> Fixture::free(const char* first, const char* last) const {
    return free_starts(plan(), LocalDays{zone, date_of(first), date_of(last)}, bookings, asked);
}

std::vector<std::string> Fixture::clocks(const char* date) const { return clocks_of(zone, free(date, date)); }

BookingDecision Fixture::decide(const std::string& start) const {
    const Date today = zone.at(asked.now).date;
    return may_book(plan(), LocalDays{zone, today, today + std::chrono::days{60}}, bookings, asked,
                    {at(zone, start), no_window, {}});
}

}  // namespace balcao::rules
