// Appointments on the store that a single server has: the race of src/booking/race_test.hpp, and a restart.
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "booking/race_test.hpp"
#include "sqlite/store.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

namespace {

std::unique_ptr<sqlite::Store> store_in(const TemporaryFolder& folder) {
    auto store = sqlite::Store::open({.path = folder.file("journal.db")});
    REQUIRE(store);
    return *std::move(store);
}

}  // namespace

TEST_CASE("S075 on SQLite: people book the same places, cancel and move: never double, none lost") {
    const TemporaryFolder folder;
    const auto store = store_in(folder);
    check_race({store.get(), store.get()}, {8, 30});
}

TEST_CASE("after a restart on SQLite a booking is as it was, with its person and its link") {
    const TemporaryFolder folder;
    SetClock clock;
    const auto model = city();
    const Zone zone = zone_named(model.time_zone);
    clock.set(at(zone, "2026-11-22 10:00"));
    Slip slip;
    {
        const auto store = store_in(folder);
        const auto bookings = open(*store, clock, model);
        const auto held = good(bookings->hold(
            {shop, {identity}, model::ChannelKey{"counter"}, at(zone, "2026-11-24 09:00"), {}, {}}, "a"));
        const auto named = good(bookings->give_contact(ByLink{held.link}, ana(), "b"));
        slip = good(bookings->confirm(ByLink{named.confirmation}, "c"));
        good(bookings->move(ByLink{slip.link}, {hall, at(zone, "2026-11-25 09:00"), {}}, "d"));
    }
    const auto store = store_in(folder);
    const auto bookings = open(*store, clock, model);
    const auto seen = good(bookings->see(slip.link));
    CHECK(seen.contact == ana());
    CHECK(seen.site == hall);
    CHECK(good(bookings->move(ByLink{slip.link}, {hall, at(zone, "2026-11-25 09:00"), {}}, "d")).booking ==
          slip.booking);
}
