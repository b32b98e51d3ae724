// The hours of free slots: windows, weeks, holidays, when a day can be booked, the days of clock change.
#include <doctest/doctest.h>

#include "rules/slots_building_test.hpp"

using namespace balcao;
using namespace balcao::rules;
using namespace std::chrono_literals;
using Clocks = std::vector<std::string>;

namespace {

// Dates of these days on which anything is free.
std::vector<std::string> free_days(const Fixture& shop, const char* first, const char* last) {
    std::vector<std::string> found;
    for (const FreeStart& start : shop.free(first, last)) {
        const std::string date = format_date(shop.zone.at(start.start).date);
        if (found.empty() || found.back() != date) found.push_back(date);
    }
    return found;
}

}  // namespace

TEST_CASE("S052 a window from 12:00 to 18:00 by 90 minutes has four slots, none at its end") {
    Fixture shop;
    shop.window().hours = {TimeRange{720, 1080}};
    shop.window().slot = 90min;
    CHECK(shop.clocks("2026-03-02") == Clocks{"12:00", "13:30", "15:00", "16:30"});
}

TEST_CASE("S122 the last slot ends inside the window, whatever its length") {
    Fixture shop;
    shop.window().hours = {TimeRange{720, 1085}};
    shop.window().slot = 90min;
    const auto starts = shop.free("2026-03-02", "2026-03-02");
    REQUIRE(starts.size() == 4);
    CHECK(starts.back().start + 90min <= at(shop.zone, "2026-03-02 18:05"));
}

TEST_CASE("S054 a slot of no length gives no slots") {
    Fixture shop;
    shop.window().slot = 0min;
    CHECK(shop.clocks("2026-03-02").empty());
}

TEST_CASE("S058 every second week is counted by the calendar, over new year and the change of clocks") {
    Fixture shop;
    auto& window = shop.window();
    window.days = *parse_weekdays("wed");
    window.from = date_of("2019-01-02");
    window.every_weeks = 2;
    window.last_day_ahead = 90;
    shop.ask_at("2019-03-01 10:00");
    CHECK(free_days(shop, "2019-03-12", "2019-04-04") == Clocks{"2019-03-13", "2019-03-27"});
    window.from = date_of("2018-12-26");
    shop.ask_at("2018-12-27 10:00");
    CHECK(free_days(shop, "2018-12-26", "2019-01-24") == Clocks{"2019-01-09", "2019-01-23"});
}

TEST_CASE("S059 the fifth week of a month is its last, with four as with five") {
    Fixture shop;
    shop.window().days = *parse_weekdays("mon");
    shop.window().weeks_of_month = {5};
    CHECK(free_days(shop, "2026-03-02", "2026-04-29") == Clocks{"2026-03-30", "2026-04-27"});
    shop.window().weeks_of_month = {1, 4};
    CHECK(free_days(shop, "2026-03-02", "2026-03-31") == Clocks{"2026-03-02", "2026-03-23"});
}

TEST_CASE("S061 a holiday closes a series, but not a window made for that very day") {
    Fixture shop;
    shop.site().open.holidays = "PT";
    shop.ask_at("2026-04-01 10:00");
    CHECK(free_days(shop, "2026-04-24", "2026-04-26") == Clocks{"2026-04-24", "2026-04-26"});
    shop.window().from = date_of("2026-04-24");
    shop.window().until = date_of("2026-04-26");
    CHECK(free_days(shop, "2026-04-24", "2026-04-26") == Clocks{"2026-04-24", "2026-04-26"});
    shop.window().from = shop.window().until = date_of("2026-04-25");
    CHECK(free_days(shop, "2026-04-24", "2026-04-26") == Clocks{"2026-04-25"});
}

TEST_CASE("a day on which the site is closed has no slots, not even in a window made for it") {
    Fixture shop;
    shop.site().open.closed = {date_of("2026-03-03")};
    CHECK(free_days(shop, "2026-03-02", "2026-03-04") == Clocks{"2026-03-02", "2026-03-04"});
    shop.window().from = shop.window().until = date_of("2026-03-03");
    CHECK(free_days(shop, "2026-03-02", "2026-03-04").empty());
}

TEST_CASE("S062 holidays that nobody knows are an error and not open days") {
    Fixture shop;
    shop.site().open.holidays = "XX";
    const auto plan = make_slot_plan(shop.model, shop.site());
    REQUIRE_FALSE(plan);
    CHECK(plan.error().code == Errc::unavailable);
    CHECK(plan.error().field == "holidays");
}

TEST_CASE("S063 from one day ahead: today cannot be booked, tomorrow can, by staff both") {
    Fixture shop;
    shop.window().first_day_ahead = 1;
    shop.ask_at("2026-03-02 08:00");
    CHECK(free_days(shop, "2026-03-02", "2026-03-03") == Clocks{"2026-03-03"});
    CHECK(shop.decide("2026-03-02 09:00").refusal == Refusal::too_soon);
    shop.asked.who = Who::staff;
    CHECK(free_days(shop, "2026-03-02", "2026-03-03") == Clocks{"2026-03-02", "2026-03-03"});
}

TEST_CASE("S064 from two days ahead to one: nothing can be booked on any day") {
    Fixture shop;
    shop.window().first_day_ahead = 2;
    shop.window().last_day_ahead = 1;
    CHECK(shop.free("2026-03-01", "2026-06-01").empty());
}

TEST_CASE("S065 the last bookable day is released when its window opens, and not at midnight") {
    Fixture shop;
    shop.window().last_day_ahead = 7;
    for (const char* early : {"2026-03-02 00:00", "2026-03-02 08:59"}) {
        shop.ask_at(early);
        CHECK(shop.clocks("2026-03-09").empty());
        CHECK(shop.decide("2026-03-09 09:00").refusal == Refusal::not_yet_released);
    }
    shop.ask_at("2026-03-02 09:00");
    CHECK(shop.clocks("2026-03-09").size() == 9);
    CHECK(shop.clocks("2026-03-10").empty());
    CHECK_FALSE(shop.decide("2026-03-09 09:00").refusal);
}

TEST_CASE("S066 without a place there is no slot, without a desk neither") {
    Fixture shop;
    shop.window().places = 0;
    CHECK(shop.free("2026-03-02", "2026-03-31").empty());
    shop.window().places = std::nullopt;
    CHECK(shop.free("2026-03-02", "2026-03-02").front().left == 3);
    shop.site().desks.front().count = 0;
    CHECK(shop.free("2026-03-02", "2026-03-31").empty());
}

TEST_CASE("without a number there are as many places as desks for booked people, hour by hour") {
    Fixture shop;
    shop.window().places = std::nullopt;
    shop.site().desks.front().count =
        model::Roster{{{WeekdaySet::every_day(), {{TimeRange{540, 600}, 2}, {TimeRange{600, 720}, 1}}}}};
    std::vector<int> left;
    for (const FreeStart& start : shop.free("2026-03-02", "2026-03-02"))
        left.push_back(start.left);
    CHECK(left == std::vector{2, 2, 2, 1, 1, 1, 1, 1, 1});
    shop.site().desks.front().takes = model::Takes::walk_in;
    shop.window().services = {{model::ServiceKey{"identity"}}};
    CHECK(shop.free("2026-03-02", "2026-03-02").empty());
}

TEST_CASE("slots lie within the hours of the site as well as of the window, on the window's grid") {
    Fixture shop;
    shop.site().open.weekly = {{WeekdaySet::every_day(), {TimeRange{570, 630}, TimeRange{630, 680}}}};
    CHECK(shop.clocks("2026-03-02") == Clocks{"09:40", "10:00", "10:20", "10:40", "11:00"});
    shop.window().from = shop.window().until = date_of("2026-03-02");
    CHECK(shop.clocks("2026-03-02").size() == 9);
}

TEST_CASE("S080 slots of the past vanish as the clock passes, across the ends of months") {
    Fixture shop;
    shop.ask_at("2026-03-31 10:40");
    CHECK(shop.clocks("2026-03-31") == Clocks{"10:40", "11:00", "11:20", "11:40"});
    CHECK(shop.decide("2026-03-31 10:20").refusal == Refusal::past);
    shop.ask_at("2026-03-31 11:41");
    CHECK(free_days(shop, "2026-03-30", "2026-04-02") == Clocks{"2026-04-01", "2026-04-02"});
    shop.ask_at("2026-12-31 12:00");
    CHECK(free_days(shop, "2026-12-30", "2027-01-01") == Clocks{"2027-01-01"});
}

TEST_CASE("S079 a holiday outside of the days that were asked for changes nothing in them") {
    Fixture shop;
    const auto before = shop.free("2026-03-02", "2026-03-20");
    shop.site().open.closed = {date_of("2026-03-21")};
    CHECK(shop.free("2026-03-02", "2026-03-20") == before);
    CHECK(before.size() == 19 * 9);
}

TEST_CASE("the hour that is left out in spring has no slots") {
    Fixture shop;
    shop.site().open.always = true;
    shop.window().hours = {TimeRange{0, 180}};
    shop.window().slot = 30min;
    CHECK(shop.clocks("2026-03-28").size() == 6);
    CHECK(shop.clocks("2026-03-29") == Clocks{"00:00", "00:30", "02:00", "02:30"});
    shop.window().slot = 60min;
    CHECK(shop.clocks("2026-03-29") == Clocks{"00:00", "02:00"});
    // On the Azores midnight itself is left out.
    shop.zone = *Zone::find("Atlantic/Azores");
    CHECK(shop.clocks("2026-03-29") == Clocks{"01:00", "02:00"});
}

TEST_CASE("the hour that comes twice in autumn has its slots twice, told apart by their offset") {
    Fixture shop;
    shop.site().open.always = true;
    shop.window().hours = {TimeRange{0, 180}};
    shop.window().slot = 30min;
    shop.ask_at("2026-10-01 10:00");
    const auto starts = shop.free("2026-10-25", "2026-10-25");
    CHECK(clocks_of(shop.zone, starts) ==
          Clocks{"00:00", "00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30"});
    CHECK(starts[2].offset_minutes == 60);
    CHECK(starts[4].offset_minutes == 0);
    CHECK(starts[4].start - starts[2].start == 1h);
    shop.book("2026-10-25 01:30", 30);
    CHECK(shop.clocks("2026-10-25") == Clocks{"00:00", "00:30", "01:00", "01:00", "01:30", "02:00", "02:30"});
    shop.bookings.clear();
    shop.zone = *Zone::find("Atlantic/Azores");
    CHECK(shop.clocks("2026-10-25") ==
          Clocks{"00:00", "00:30", "00:00", "00:30", "01:00", "01:30", "02:00", "02:30"});
}
