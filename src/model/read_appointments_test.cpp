// What a site offers by appointment, as it is written; and what is wrong in it, with its place.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/offering.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

using namespace std::chrono_literals;

// The small model with appointments at its shop; the windows stand in line 8 from column 30 on.
std::string with(const std::string& windows, const std::string& more = "") {
    return SmallModel{.site =
                          "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity]}},\n"
                          "    appointments: {windows: {" +
                          windows + "}" + more + "}}"}
        .text();
}

Appointments read(const std::string& windows, const std::string& more = "") {
    const auto read = read_text_model(with(windows, more));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(told(read.remarks) == "");
    return read.value->sites.front().appointments;
}

std::string wrong(const std::string& windows, const std::string& more = "") {
    return mistakes_in(with(windows, more));
}

constexpr const char* full =
    "w: {days: mon-fri, hours: [\"09-12\", \"14-16\"], slot: 20 min, places: 2, public: 1, services: "
    "{identity: 40 min}, most: {identity: 1}, every: 2 weeks, from: 2026-01-07, until: 2026-12-31, bookable: "
    "{from: 1 day, to: 30 days}, slots_at_most: 4}";

TEST_CASE("a window of appointments is read with all that it can say") {
    const auto appointments = read(full,
                                   ", hold: 15 min, remind: 2 h, blocked_after_cancel: [1 h, 6 h], "
                                   "per_person: {open: 3, per_day: 1}");
    CHECK(appointments.hold == 15min);
    CHECK(appointments.remind == 2h);
    CHECK(appointments.blocked_after_cancel == std::pair<Duration, Duration>{1h, 6h});
    CHECK(appointments.open_per_person == 3);
    CHECK(appointments.per_person_and_day == 1);
    REQUIRE(appointments.find(WindowKey{"w"}) != nullptr);
    const AppointmentWindow& window = appointments.windows.front();
    CHECK(format_weekdays(window.days) == "mon-fri");
    CHECK(window.hours == std::vector{TimeRange{540, 720}, TimeRange{840, 960}});
    CHECK(window.slot == 20min);
    CHECK(window.places == 2);
    CHECK(window.for_public == 1);
    CHECK(window.services == std::vector{AppointmentService{ServiceKey{"identity"}, 40min}});
    CHECK(window.most == std::vector{std::pair{ServiceKey{"identity"}, 1}});
    CHECK(window.every_weeks == 2);
    CHECK(window.first_day_ahead == 1);
    CHECK(window.last_day_ahead == 30);
    CHECK(window.slots_at_most == 4);
    CHECK_FALSE(window.is_of_one_day());
}

TEST_CASE("a window of hours and slots is enough; the rest is given by default") {
    const auto appointments = read("w: {hours: \"09-12\", slot: 20 min}");
    AppointmentWindow plain;
    plain.key = WindowKey{"w"};
    plain.hours = {TimeRange{540, 720}};
    plain.slot = 20min;
    CHECK(appointments.windows == std::vector{plain});
    CHECK(appointments.hold == 10min);
    CHECK(appointments.remind == 24h);
    CHECK(appointments.windows.front().slots_at_most == 25);
}

TEST_CASE("windows of appointments print back as they were read") {
    for (const std::string& windows :
         {std::string{full}, std::string{"w: {hours: \"09-12\", slot: 1 h, services: identity}"},
          std::string{
              "w: {days: sat, hours: \"09-10\", slot: 30 min, week_of_month: [1, last], public: 0}, v: "
              "{hours: \"10-11\", slot: 30 min, from: 2026-06-13, until: 2026-06-13, channels: "
              "[counter]}"}}) {
        const auto first =
            read_text_model(with(windows, ", blocked_after_cancel: 2 h, per_person: {open: 2}"));
        REQUIRE_MESSAGE(first.value.has_value(), told(first.remarks));
        const auto again = read_text_model(print_canonical(*first.value));
        REQUIRE_MESSAGE(again.value.has_value(), told(again.remarks));
        CHECK(*again.value == *first.value);
        CHECK(print_canonical(*again.value) == print_canonical(*first.value));
    }
}

TEST_CASE("two offers of appointments differ in words") {
    const auto from = read_text_model(with("w: {hours: \"09-12\", slot: 20 min}"));
    const auto to = read_text_model(with(
        "w: {days: mon-fri, hours: \"09-12\", slot: 30 min, public: 1}, v: {hours: \"14-15\", slot: 20 min}",
        ", hold: 5 min"));
    REQUIRE(from.value.has_value());
    REQUIRE(to.value.has_value());
    CHECK(differences(*from.value, *to.value) ==
          std::vector<std::string>{
              "sites.shop.appointments.windows.w: slot 20 min → 30 min",
              "sites.shop.appointments.windows.w: days every day → mon-fri",
              "sites.shop.appointments.windows.w: public added: 1",
              "sites.shop.appointments.windows: v added: {hours: \"14:00-15:00\", slot: 20 min}",
              "sites.shop.appointments: hold 10 min → 5 min"});
}

TEST_CASE("S054 a slot of no length is told") {
    CHECK(wrong("w: {hours: \"09-12\", slot: 0 min}") ==
          "m.yaml:8:56: 0 min is zero: expected a length of time above zero");
    CHECK(wrong("w: {hours: \"09-12\", slot: 90 s}") == "m.yaml:8:56: 90 s is no whole number of minutes");
}

TEST_CASE("S055 hours that are no multiple of the slot are told, with the end that would be") {
    CHECK(
        wrong("w: {hours: \"09-12:15\", slot: 20 min}") ==
        "m.yaml:8:41: 09-12:15 is 3 h 15 min, which is no multiple of the slot of 20 min: expected an end at "
        "12:00");
    CHECK(wrong("w: {hours: [\"09-10\", \"11-11:05\"], slot: 20 min}") ==
          "m.yaml:8:51: 11-11:05 is 5 min, which is no multiple of the slot of 20 min: expected an end at "
          "11:20");
}

TEST_CASE("S064 a booking window that ends before it begins is told") {
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, bookable: {from: 2 days, to: 1 day}}") ==
          "m.yaml:8:93: bookable from 2 days ahead to 1: expected from before to");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, bookable: {from: 61 days}}") ==
          "m.yaml:8:74: bookable from 61 days ahead to 60: expected from before to");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, bookable: {to: 36 h}}") ==
          "m.yaml:8:79: 36 h is no whole number of days");
}

TEST_CASE("keys that are near misses are told") {
    CHECK(wrong("w: {hour: \"09-12\", slot: 20 min}") ==
          "m.yaml:8:33: the key hours is missing: the hours, each a multiple of the slot; the last slot ends "
          "with them\nm.yaml:8:34: unknown key hour; did you mean hours?");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min}", ", holt: 5 min") ==
          "m.yaml:8:66: unknown key holt; did you mean hold?");
}

TEST_CASE("more places for the public than there are, are told") {
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, places: 1, public: 2}") ==
          "m.yaml:8:83: 2 places for the public are more than the 1 there are: expected no more than places");
}

TEST_CASE("weeks that nobody can count are told") {
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, every: 2 weeks}") ==
          "m.yaml:8:71: every so many weeks, but from which? expected from: with a date");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, every: 10 days, from: 2026-01-05}") ==
          "m.yaml:8:71: 10 days is no whole number of weeks");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, every: 2 weeks, from: 2026-01-05, week_of_month: 1}") ==
          "m.yaml:8:113: every and week_of_month together: expected one of them");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, week_of_month: [5, last]}") ==
          "m.yaml:8:79: a week of the month is named twice; 5 is the last");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, week_of_month: 6}") ==
          "m.yaml:8:79: 6 is too large: expected 5 or less");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, from: 2026-02-01, until: 2026-01-31}") ==
          "m.yaml:8:89: the last day, 2026-01-31, comes before the first, 2026-02-01");
}

TEST_CASE("delays and lists that cannot be are told") {
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min}", ", blocked_after_cancel: [6 h, 1 h]") ==
          "m.yaml:8:94: the longest delay, 1 h, is below the shortest, 6 h");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min}", ", blocked_after_cancel: [6 h]") ==
          "m.yaml:8:88: expected the shortest and the longest delay, such as [1 h, 6 h], found a list of 1");
    CHECK(wrong("w: {hours: [], slot: 20 min}") == "m.yaml:8:41: the list of hours is empty");
    CHECK(wrong("w: {hours: \"09-12\", slot: 20 min, services: [identity, identity]}") ==
          "m.yaml:8:85: identity is named twice in this list");
    CHECK(wrong("") == "m.yaml:8:29: there are no windows: nothing can be booked");
}

}  // namespace
}  // namespace balcao::model
