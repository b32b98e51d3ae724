// Who gets a slot: places, lengths, holds, people's limits, other sites.
#include <algorithm>

#include <doctest/doctest.h>

#include "rules/slots_building_test.hpp"

using namespace balcao;
using namespace balcao::rules;
using namespace std::chrono_literals;
using Clocks = std::vector<std::string>;
using model::ServiceKey;

namespace {

// A shop with slots from 12:30 to 13:10 by ten minutes; works takes so many minutes.
Fixture ten_minutes(int works_minutes) {
    Fixture shop;
    shop.window().hours = {TimeRange{750, 790}};
    shop.window().slot = 10min;
    shop.window().services = {{ServiceKey{"identity"}}, {ServiceKey{"works"}, 1min * works_minutes}};
    shop.asked.services = {ServiceKey{"works"}};
    return shop;
}

}  // namespace

TEST_CASE("S068 what needs two slots takes two that follow each other") {
    Fixture shop = ten_minutes(20);
    shop.book("2026-03-02 12:40", 10);
    CHECK(shop.clocks("2026-03-02") == Clocks{"12:50"});
    const auto decision = shop.decide("2026-03-02 12:50");
    CHECK_FALSE(decision.refusal);
    CHECK(decision.slot.minutes == 20);
}

TEST_CASE("S069 what needs three slots does not fit in the two that are left") {
    Fixture shop = ten_minutes(30);
    CHECK(shop.clocks("2026-03-02") == Clocks{"12:30", "12:40"});
    const auto decision = shop.decide("2026-03-02 12:50");
    CHECK(decision.refusal == Refusal::does_not_fit);
    REQUIRE(decision.next);
    CHECK(decision.next->start == at(shop.zone, "2026-03-03 12:30"));
}

TEST_CASE("several services are one longer appointment, rounded up to whole slots") {
    Fixture shop = ten_minutes(15);
    shop.asked.services = {ServiceKey{"works"}, ServiceKey{"identity"}};
    CHECK(shop.free("2026-03-02", "2026-03-02").front().minutes == 30);
}

TEST_CASE("S071 no place for the public and nine at all: a citizen gets none, a clerk gets one") {
    Fixture shop;
    shop.window().places = 9;
    shop.window().for_public = 0;
    CHECK(shop.free("2026-03-02", "2026-03-02").empty());
    CHECK(shop.decide("2026-03-02 09:00").refusal == Refusal::full);
    shop.asked.who = Who::staff;
    CHECK(shop.free("2026-03-02", "2026-03-02").front().left == 9);
    CHECK_FALSE(shop.decide("2026-03-02 09:00").refusal);
}

TEST_CASE("what staff keep for themselves is not given to the public, and the other way round") {
    Fixture shop;
    shop.window().places = 3;
    shop.window().for_public = 2;
    shop.book("2026-03-02 09:00").who = Who::staff;
    CHECK(shop.free("2026-03-02", "2026-03-02").front().left == 2);
    shop.book("2026-03-02 09:00").who = Who::staff;
    CHECK(shop.free("2026-03-02", "2026-03-02").front().left == 1);
    shop.bookings.clear();
    shop.book("2026-03-02 09:00");
    shop.book("2026-03-02 09:00");
    CHECK(shop.clocks("2026-03-02").front() == "09:20");
    shop.asked.who = Who::staff;
    CHECK(shop.free("2026-03-02", "2026-03-02").front().left == 1);
}

TEST_CASE("S072 a slot without a place is full, for staff too") {
    Fixture shop;
    shop.window().places = 0;
    shop.asked.who = Who::staff;
    CHECK(shop.decide("2026-03-02 09:00").refusal == Refusal::full);
}

TEST_CASE("S073 S129 the third booking of a slot of two is refused with the next one that is free") {
    Fixture shop;
    shop.window().places = 2;
    shop.book("2026-03-02 09:00");
    CHECK_FALSE(shop.decide("2026-03-02 09:00").refusal);
    shop.book("2026-03-02 09:00");
    const auto decision = shop.decide("2026-03-02 09:00");
    CHECK(decision.refusal == Refusal::full);
    REQUIRE(decision.next);
    CHECK(decision.next->start == at(shop.zone, "2026-03-02 09:20"));
}

TEST_CASE("S074 a long booking across a later slot that is full is refused") {
    Fixture shop = ten_minutes(30);
    shop.book("2026-03-02 12:50", 10);
    CHECK(shop.decide("2026-03-02 12:30").refusal == Refusal::following_full);
    CHECK(shop.clocks("2026-03-02").empty());
}

TEST_CASE("S077 no appointment has more than 25 slots, however much is asked for") {
    Fixture shop = ten_minutes(20);
    shop.window().hours = {TimeRange{540, 1140}};
    shop.asked.services.assign(40, ServiceKey{"works"});
    CHECK(shop.decide("2026-03-02 09:00").slot.minutes == 250);
}

TEST_CASE("S078 more slots than one appointment may have are refused") {
    Fixture shop = ten_minutes(30);
    shop.window().slots_at_most = 2;
    CHECK(shop.decide("2026-03-02 12:30").refusal == Refusal::too_many_slots);
    CHECK(shop.clocks("2026-03-02").empty());
    shop.window().slots_at_most = 3;
    CHECK_FALSE(shop.decide("2026-03-02 12:30").refusal);
}

TEST_CASE("S089 a hold keeps its slot until it expires, and can be confirmed no longer") {
    Fixture shop;
    auto& hold = shop.book("2026-03-02 09:00");
    hold.standing = Standing::held;
    hold.until = at(shop.zone, "2026-03-01 10:10");
    shop.ask_at("2026-03-01 10:09");
    CHECK(shop.decide("2026-03-02 09:00").refusal == Refusal::full);
    CHECK(may_confirm(hold, shop.asked.now));
    shop.ask_at("2026-03-01 10:10");
    CHECK_FALSE(may_confirm(hold, shop.asked.now));
    CHECK_FALSE(shop.decide("2026-03-02 09:00").refusal);
}

TEST_CASE("a cancelled slot is kept from the public for a while, and not from staff") {
    Fixture shop;
    shop.site().appointments.blocked_after_cancel = {1h, 6h};
    const auto cancelled = at(shop.zone, "2026-03-01 10:00");
    const auto& limits = shop.site().appointments;
    CHECK(comes_back_at(limits, cancelled, 0) == cancelled + 1h);
    CHECK(comes_back_at(limits, cancelled, 1) == cancelled + 6h);
    CHECK(comes_back_at(limits, cancelled, 0.5) == cancelled + 3h + 30min);
    auto& block = shop.book("2026-03-02 09:00");
    block.standing = Standing::blocked;
    block.until = comes_back_at(limits, cancelled, 0.5);
    shop.asked.now = block.until - 1ms;
    CHECK(shop.clocks("2026-03-02").front() == "09:20");
    shop.asked.who = Who::staff;
    CHECK(shop.clocks("2026-03-02").front() == "09:00");
    shop.asked.who = Who::citizen;
    shop.asked.now = block.until;
    CHECK(shop.clocks("2026-03-02").front() == "09:00");
}

TEST_CASE("S124 a service with a limit of its own has what is left of both") {
    Fixture shop;
    shop.window().places = 3;
    shop.window().most = {{ServiceKey{"works"}, 2}};
    const auto left = [&](const char* service) {
        shop.asked.services = {ServiceKey{service}};
        const auto starts = shop.free("2026-03-02", "2026-03-02");
        return starts.front().start == at(shop.zone, "2026-03-02 09:00") ? starts.front().left : 0;
    };
    CHECK(left("works") == 2);
    CHECK(left("identity") == 3);
    const std::vector works{ServiceKey{"works"}};
    shop.book("2026-03-02 09:00").limited = shop.plan().limited_of(0, works);
    CHECK(left("works") == 1);
    CHECK(left("identity") == 2);
    shop.book("2026-03-02 09:00");
    shop.book("2026-03-02 09:00");
    CHECK(left("works") == 0);
    shop.bookings.pop_back();
    shop.bookings.back().limited = shop.plan().limited_of(0, works);
    CHECK(left("works") == 0);
    CHECK(left("identity") == 1);
}

TEST_CASE("S125 two short bookings one after the other leave one of two places of the long slot") {
    Fixture shop;
    shop.window().hours = {TimeRange{480, 540}};
    shop.window().slot = 60min;
    shop.window().places = 2;
    shop.book("2026-03-02 08:00", 15);
    shop.book("2026-03-02 08:30", 15);
    CHECK(shop.free("2026-03-02", "2026-03-02").front().left == 1);
    shop.book("2026-03-02 08:40", 10);
    CHECK(shop.free("2026-03-02", "2026-03-02").empty());
}

TEST_CASE("S126 a booking across two slots is decided by who is there at once") {
    Fixture shop;
    shop.window().hours = {TimeRange{480, 600}};
    shop.window().slot = 60min;
    shop.window().places = 2;
    shop.book("2026-03-02 08:30", 45);
    std::vector<int> left;
    for (const FreeStart& start : shop.free("2026-03-02", "2026-03-02"))
        left.push_back(start.left);
    CHECK(left == std::vector{1, 1});
}

TEST_CASE("bookings are half open: one that ends when the next begins is not in its way") {
    Fixture shop;
    shop.book("2026-03-02 09:20");
    CHECK(shop.clocks("2026-03-02") ==
          Clocks{"09:00", "09:40", "10:00", "10:20", "10:40", "11:00", "11:20", "11:40"});
}

TEST_CASE("S128 one booking of a person a day and site, moving it apart") {
    Fixture shop;
    shop.site().appointments.per_person_and_day = 1;
    const OwnBooking own{7, at(shop.zone, "2026-03-02 11:00"), true};
    const LocalDays days{shop.zone, date_of("2026-03-01"), date_of("2026-04-30")};
    const auto refusal_at = [&](const char* start, OwnBooking other) {
        const Wish wish{at(shop.zone, start), no_window, {&other, 1}};
        return may_book(shop.plan(), days, shop.bookings, shop.asked, wish).refusal;
    };
    CHECK(refusal_at("2026-03-02 09:00", own) == Refusal::too_many_that_day);
    CHECK_FALSE(refusal_at("2026-03-03 09:00", own));
    CHECK_FALSE(refusal_at("2026-03-02 09:00", {7, own.start, false}));
    shop.asked.instead_of = 7;
    CHECK_FALSE(refusal_at("2026-03-02 09:00", own));
}

TEST_CASE("a person has no more open bookings over all sites than the model allows; staff may") {
    Fixture shop;
    shop.site().appointments.open_per_person = 2;
    const std::vector<OwnBooking> own{{1, at(shop.zone, "2026-03-05 11:00"), true},
                                      {2, at(shop.zone, "2026-03-06 11:00"), false},
                                      {3, at(shop.zone, "2026-02-06 11:00"), true}};
    const LocalDays days{shop.zone, date_of("2026-03-01"), date_of("2026-04-30")};
    const auto refusal_with = [&](std::size_t count) {
        const Wish wish{at(shop.zone, "2026-03-02 09:00"), no_window, {own.data() + 3 - count, count}};
        return may_book(shop.plan(), days, shop.bookings, shop.asked, wish).refusal;
    };
    CHECK(refusal_with(3) == Refusal::too_many_open);
    CHECK_FALSE(refusal_with(2));
    shop.asked.who = Who::staff;
    CHECK_FALSE(refusal_with(3));
}

TEST_CASE("moving a booking: its own place is not in the way") {
    Fixture shop;
    const auto number = shop.book("2026-03-02 09:00").number;
    CHECK(shop.decide("2026-03-02 09:00").refusal == Refusal::full);
    shop.asked.instead_of = number;
    CHECK_FALSE(shop.decide("2026-03-02 09:00").refusal);
}

TEST_CASE("between two starts, outside of hours and on no day there is no slot") {
    Fixture shop;
    for (const char* none :
         {"2026-03-02 09:10", "2026-03-02 12:00", "2026-03-02 07:00", "2027-03-02 09:00"}) {
        const auto decision = shop.decide(none);
        CHECK(decision.refusal == Refusal::no_such_slot);
        CHECK(decision.next.has_value());
    }
}

TEST_CASE("S083 services together are had only where all of them are") {
    Fixture shop;
    Fixture peer;
    peer.site().desks.front().serves = {{ServiceKey{"identity"}}};
    for (Fixture* one : {&shop, &peer})
        one->asked.services = {ServiceKey{"identity"}, ServiceKey{"works"}};
    CHECK(shop.clocks("2026-03-02").size() == 8);
    CHECK(peer.clocks("2026-03-02").empty());
    const auto decision = peer.decide("2026-03-02 09:00");
    CHECK(decision.refusal == Refusal::not_offered);
    CHECK_FALSE(decision.next.has_value());
}

TEST_CASE("a window is for its channels: a call by video is not had at the counter") {
    Fixture shop;
    shop.window().channels = {model::ChannelKey{"video"}};
    CHECK(shop.clocks("2026-03-02").empty());
    shop.asked.channel = model::ChannelKey{"video"};
    CHECK(shop.clocks("2026-03-02").empty());
    shop.site().desks.front().channels = {model::ChannelKey{"counter"}, model::ChannelKey{"video"}};
    CHECK(shop.clocks("2026-03-02").size() == 9);
}

TEST_CASE("on a date with hours of its own slots lie within these, though it is a public holiday") {
    Fixture shop;
    shop.site().open.holidays = "PT";
    CHECK(shop.clocks("2026-12-25").empty());
    shop.site().open.dates = {{date_of("2026-12-24"), {}, {TimeRange{540, 600}}},
                              {date_of("2026-12-25"), {}, {TimeRange{660, 720}}}};
    shop.ask_at("2026-12-01 08:00");
    CHECK(shop.clocks("2026-12-24") == std::vector<std::string>{"09:00", "09:20", "09:40"});
    CHECK(shop.clocks("2026-12-25") == std::vector<std::string>{"11:00", "11:20", "11:40"});
    CHECK(shop.clocks("2026-12-23").size() == 9);
}

TEST_CASE("a booking after the shorter hours of a date is told, and where it could go") {
    Fixture shop;
    shop.ask_at("2026-12-01 08:00");
    shop.book("2026-12-24 11:00");
    shop.book("2026-12-24 09:20");
    shop.site().open.dates = {{date_of("2026-12-24"), {}, {TimeRange{540, 600}}}};
    const LocalDays days{shop.zone, date_of("2026-12-24"), date_of("2026-12-24")};
    auto bookings = shop.bookings;
    std::ranges::sort(bookings, {}, &Booking::start);
    const auto found = conflicts(shop.plan(), days, bookings, shop.asked.now);
    REQUIRE(found.size() == 1);
    CHECK(bookings[found[0].booking].start == at(shop.zone, "2026-12-24 11:00"));
    CHECK(found[0].kind == ConflictKind::outside_hours);
}

TEST_CASE("windows at the same time have their own places and stand side by side") {
    Fixture shop;
    auto& other = shop.add_window("other");
    other.hours = {TimeRange{540, 580}};
    other.places = 2;
    shop.book("2026-03-02 09:00");
    const auto starts = shop.free("2026-03-02", "2026-03-02");
    REQUIRE(starts.size() == 10);
    CHECK(starts[0].window == 1);
    CHECK(starts[0].left == 2);
    CHECK(starts[1].window == 0);
    CHECK(starts[2].window == 1);
    CHECK(starts[1].start == starts[2].start);
}

TEST_CASE("S081 calendars that offer the same times take turns") {
    Fixture shop;
    const std::vector<std::vector<FreeStart>> calendars(3, shop.free("2026-03-02", "2026-03-02"));
    const auto turns = in_turn(calendars);
    REQUIRE(turns.size() == 9);
    for (std::size_t i = 0; i < turns.size(); ++i)
        CHECK(turns[i] == Turn{i % 3, i});
    auto fewer = calendars;
    fewer[1].erase(fewer[1].begin() + 1);
    CHECK(in_turn(fewer)[1] == Turn{2, 1});
    CHECK(in_turn(fewer)[2] == Turn{0, 2});
}
