// Moving a booking, and what happens when hours change.
#include <doctest/doctest.h>

#include "booking/town_test.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;
using Clocks = std::vector<std::string>;

TEST_CASE("a booking moves to another site and day whole, with its name, its link and its receipt") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    const auto moved =
        good(town.bookings->move(ByLink{slip.link}, {hall, town.time("2026-11-26 10:00"), {}}, "key"));
    CHECK(good(town.bookings->move(ByLink{slip.link}, {hall, town.time("2026-11-26 10:00"), {}}, "key")) ==
          moved);
    CHECK(moved.booking == slip.booking);
    CHECK(moved.link == slip.link);
    const auto seen = good(town.bookings->see(slip.link));
    CHECK(seen.site == hall);
    CHECK(seen.start == town.time("2026-11-26 10:00"));
    CHECK(seen.contact == ana());
    CHECK(good(town.bookings->on_day(shop, day_of("2026-11-24"), People::left_out)).empty());
    // The place that it had is not yet the public's again.
    CHECK(town.free_on("2026-11-24").front() == "09:00 1");
    CHECK(town.free_on("2026-11-24", rules::Who::staff).front() == "09:00 2");
    town.clock.pass(hours{1});
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    CHECK(town.faults().empty());
}

TEST_CASE("a booking that moves within its day, away and back again keeps its name and takes one place") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    const ByLink hand{slip.link};
    const auto move = [&](const std::string& start) {
        return refused(town.bookings->move(hand, {shop, town.time(start), {}}, ""));
    };
    CHECK(move("2026-11-24 09:00") == "nothing");  // where it is
    CHECK(town.free_on("2026-11-24").front() == "09:00 1");
    CHECK(move("2026-11-24 09:20") == "nothing");
    CHECK(town.free_on("2026-11-24")[0] == "09:00 1");
    CHECK(town.free_on("2026-11-24")[1] == "09:20 1");
    CHECK(move("2026-11-25 09:00") == "nothing");
    CHECK(move("2026-11-24 11:40") == "nothing");
    CHECK(good(town.bookings->see(slip.link)).start == town.time("2026-11-24 11:40"));
    town.clock.pass(hours{1});
    CHECK(town.free_on("2026-11-24").back() == "11:40 1");
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    CHECK(town.free_on("2026-11-25").front() == "09:00 2");
    CHECK(town.faults().empty());
}

TEST_CASE("a booking is not in its own way when it moves to where it overlaps itself") {
    auto model = city();
    site_of(model, shop).appointments.windows.front().places = 1;
    Town town{model};
    auto wish = town.wish("2026-11-24 09:00");
    wish.services = {works};
    wish.by = clerk;
    const auto slip = good(town.bookings->book(wish, ana(), ""));
    good(town.bookings->move(ByClerk{slip.booking, clerk}, {shop, town.time("2026-11-24 09:20"), {}}, ""));
    CHECK(town.free_on("2026-11-24", rules::Who::staff) ==
          Clocks{"09:00 1", "10:00 1", "10:20 1", "10:40 1", "11:00 1", "11:20 1", "11:40 1"});
    CHECK(town.faults().empty());
}

TEST_CASE("a move to where there is no place is refused with the next one, and the booking stays") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    good(town.hold("2026-11-25 09:00", hall));
    good(town.hold("2026-11-25 09:00", hall));
    const auto answer = town.bookings->move(ByLink{slip.link}, {hall, town.time("2026-11-25 09:00"), {}}, "");
    CHECK(refused(answer) == "full");
    REQUIRE(std::get<Refusal>(answer).next);
    CHECK(std::get<Refusal>(answer).next->start == town.time("2026-11-25 09:20"));
    CHECK(good(town.bookings->see(slip.link)).start == town.time("2026-11-24 09:00"));
    CHECK(refused(town.bookings->move(ByLink{slip.link}, {model::SiteKey{"moon"}, {}, {}}, "")) ==
          "no-such-site");
    const auto held = good(town.hold("2026-11-26 09:00"));
    CHECK(refused(town.bookings->move(ByLink{held.link}, {shop, town.time("2026-11-26 10:00"), {}}, "")) ==
          "not-confirmed");
    town.clock.set(town.time("2026-11-24 09:00"));
    CHECK(refused(town.bookings->move(ByLink{slip.link}, {shop, town.time("2026-11-26 10:00"), {}}, "")) ==
          "is-over");
    CHECK(refused(town.bookings->cancel(ByLink{slip.link}, CancelReason::person_asked, "")) == "is-over");
    good(town.bookings->move(ByClerk{slip.booking, clerk}, {shop, town.time("2026-11-26 10:00"), {}}, ""));
    CHECK(town.faults().empty());
}

TEST_CASE("when hours change the bookings that no longer fit are named, with offers, and stay as they are") {
    Town town;
    const auto fits = town.booked("2026-11-24 11:00");
    const auto outside = town.booked("2026-11-24 09:00", person("rui"));
    const auto first = town.booked("2026-11-25 11:00", person("eva"));
    const auto second = town.booked("2026-11-25 11:00", person("ze"));
    CHECK(good(town.bookings->clashes(shop, 3)).empty());
    auto changed = town.model;
    auto& window = site_of(changed, shop).appointments.windows.front();
    window.hours = {TimeRange{600, 720}};
    window.places = 1;
    REQUIRE(town.bookings->adopt(changed));
    const auto clashes = good(town.bookings->clashes(shop, 2));
    REQUIRE(clashes.size() == 2);
    CHECK(clashes[0].appointment.booking == outside.booking);
    CHECK(clashes[0].kind == rules::ConflictKind::outside_hours);
    REQUIRE(clashes[0].offers.size() == 2);
    CHECK(clashes[0].offers[0].start == town.time("2026-11-24 10:00"));
    CHECK(clashes[1].appointment.booking == second.booking);
    CHECK(clashes[1].kind == rules::ConflictKind::overbooked);
    for (const auto& slip : {fits, outside, first, second})
        CHECK(town.state(slip) == "confirmed");
    // Whoever takes an offer is no clash any more.
    good(town.bookings->move(ByLink{outside.link}, {shop, clashes[0].offers[0].start, {}}, ""));
    CHECK(good(town.bookings->clashes(shop, 2)).size() == 1);
    CHECK(refused(town.bookings->clashes(model::SiteKey{"moon"}, 2)) == "no-such-site");
}

TEST_CASE("the bookings of a site or window that is gone are clashes, with their people still there") {
    Town town;
    const auto slip = town.booked("2026-11-24 11:00");
    auto without = town.model;
    std::erase_if(without.sites, [](const model::Site& site) { return site.key == shop; });
    REQUIRE(town.bookings->adopt(without));
    const auto clashes = good(town.bookings->clashes(shop, 2));
    REQUIRE(clashes.size() == 1);
    CHECK(clashes[0].kind == rules::ConflictKind::outside_hours);
    CHECK(clashes[0].offers.empty());
    CHECK(good(town.bookings->see(slip.link)).contact == ana());
    good(town.bookings->move(ByLink{slip.link}, {hall, town.time("2026-11-24 11:00"), {}}, ""));
    CHECK(good(town.bookings->clashes(shop, 2)).empty());
    auto elsewhere = town.model;
    elsewhere.time_zone = "Atlantic/Azores";
    CHECK_FALSE(town.bookings->adopt(elsewhere));
}

TEST_CASE("what an offer that is not in force would clash with is told before, and nothing has changed") {
    Town town;
    const auto slip = town.booked("2026-11-24 11:00");
    auto later = town.model;
    for (auto& window : site_of(later, shop).appointments.windows)
        window.from = day_of("2026-11-25");
    const auto clashes = good(town.bookings->clashes_under(later, shop, 2));
    REQUIRE(clashes.size() == 1);
    CHECK(clashes[0].appointment.booking == slip.booking);
    REQUIRE(clashes[0].offers.size() == 2);
    CHECK(town.bookings->zone().at(clashes[0].offers[0].start).date >= day_of("2026-11-25"));
    CHECK(good(town.bookings->clashes(shop, 2)).empty());
    CHECK(good(town.bookings->clashes_under(town.model, shop, 2)).empty());
    std::erase_if(later.sites, [](const model::Site& site) { return site.key == shop; });
    const auto all = good(town.bookings->clashes_under(later, shop, 2));
    REQUIRE(all.size() == 1);
    CHECK(all[0].offers.empty());
}

TEST_CASE("an appointment at a site that is no longer there hides none of the person's others") {
    Town town;
    town.booked("2026-11-24 11:00");
    const auto other = town.booked("2026-11-25 11:00", ana(), hall);
    auto later = town.model;
    std::erase_if(later.sites, [](const model::Site& site) { return site.key == shop; });
    const auto restarted = open(town.store, town.clock, later, town.settings);
    const auto found = good(restarted->of_person(ana().mail));
    REQUIRE(found.size() == 1);
    CHECK(found[0].booking == other.booking);
    CHECK(good(town.bookings->of_person(ana().mail)).size() == 2);
}

TEST_CASE("a model whose windows limit more services than can be kept is known not to be one to adopt") {
    Town town;
    CHECK(Bookings::can_offer(town.model).has_value());
    auto later = town.model;
    auto& window = site_of(later, hall).appointments.windows.front();
    for (int place = 0; place < 65; ++place)
        window.most.emplace_back(model::ServiceKey{"s" + std::to_string(place)}, 1);
    CHECK_FALSE(Bookings::can_offer(later).has_value());
    CHECK(town.bookings->sites() == std::vector{hall, shop});
}

TEST_CASE("what is free at several sites is told by site, and only for services that exist there") {
    Town town;
    auto changed = town.model;
    site_of(changed, hall).appointments.windows.front().services = {{identity}};
    REQUIRE(town.bookings->adopt(changed));
    const auto date = day_of("2026-11-24");
    Search search{{}, {works}, model::ChannelKey{"counter"}, rules::Who::citizen, date, date};
    const auto found = town.bookings->free_starts(search);
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].site == hall);
    CHECK((*found)[0].starts.empty());
    CHECK((*found)[1].starts.size() == 8);
    search.sites = {model::SiteKey{"moon"}};
    CHECK(town.bookings->free_starts(search).error().code == Errc::not_found);
}

TEST_CASE("the past is not free, and what is released is what the model says") {
    Town town;
    town.clock.set(town.time("2026-11-24 11:30"));
    CHECK(town.free_on("2026-11-24") == Clocks{"11:40 2"});
    CHECK(town.free_on("2026-11-23").empty());
    CHECK(town.free_on("2027-01-23").size() == 9);
    CHECK(town.free_on("2027-01-24").empty());
}
