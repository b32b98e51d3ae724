// Appointments on the store that a single server has: the race of src/booking/race_test.hpp, and a restart.
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "booking/race_test.hpp"
#include "sqlite/store.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

namespace {

// A folder that goes when the test is over.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "balcao-booking-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }

    ~Folder() { std::filesystem::remove_all(path_); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    [[nodiscard]] std::unique_ptr<sqlite::Store> store() const {
        auto store = sqlite::Store::open({.path = (path_ / "journal.db").string()});
        REQUIRE(store);
        return *std::move(store);
    }

private:
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("S075 on SQLite: people book the same places, cancel and move: never double, none lost") {
    const Folder folder;
    const auto store = folder.store();
    check_race({store.get(), store.get()}, {8, 30});
}

TEST_CASE("after a restart on SQLite a booking is as it was, with its person and its link") {
    const Folder folder;
    SetClock clock;
    const auto model = city();
    const Zone zone = zone_named(model.time_zone);
    clock.set(at(zone, "2026-11-22 10:00"));
    Slip slip;
    {
        const auto store = folder.store();
        const auto bookings = open(*store, clock, model);
        const auto held = good(bookings->hold(
            {shop, {identity}, model::ChannelKey{"counter"}, at(zone, "2026-11-24 09:00"), {}, {}}, "a"));
        const auto named = good(bookings->give_contact(ByLink{held.link}, ana(), "b"));
        slip = good(bookings->confirm(ByLink{named.confirmation}, "c"));
        good(bookings->move(ByLink{slip.link}, {hall, at(zone, "2026-11-25 09:00"), {}}, "d"));
    }
    const auto store = folder.store();
    const auto bookings = open(*store, clock, model);
    const auto seen = good(bookings->see(slip.link));
    CHECK(seen.contact == ana());
    CHECK(seen.site == hall);
    CHECK(good(bookings->move(ByLink{slip.link}, {hall, at(zone, "2026-11-25 09:00"), {}}, "d")).booking ==
          slip.booking);
}
