// Bookings that no longer fit what is offered, and where they could go.
#include <doctest/doctest.h>

#include "rules/slots_building_test.hpp"

using namespace balcao;
using namespace balcao::rules;
using namespace std::chrono_literals;
using Found = std::vector<Conflict>;

namespace {

Found conflicts_of(const Fixture& shop) {
    return conflicts(shop.plan(), LocalDays{shop.zone, date_of("2026-03-01"), date_of("2026-03-31")},
                     shop.bookings, shop.asked.now);
}

}  // namespace

TEST_CASE("S084 hours that were shortened list the bookings outside of them") {
    Fixture shop;
    shop.book("2026-03-02 09:00");
    shop.book("2026-03-02 11:40");
    CHECK(conflicts_of(shop).empty());
    shop.site().open.weekly = {{WeekdaySet::every_day(), {TimeRange{480, 710}}}};
    CHECK(conflicts_of(shop) == Found{{1, ConflictKind::outside_hours}});
    shop.site().open.closed = {date_of("2026-03-02")};
    CHECK(conflicts_of(shop) == Found{{0, ConflictKind::outside_hours}, {1, ConflictKind::outside_hours}});
}

TEST_CASE("bookings of a window that is gone are outside of its hours") {
    Fixture shop;
    shop.book("2026-03-02 09:00").window = no_window;
    CHECK(conflicts_of(shop) == Found{{0, ConflictKind::outside_hours}});
}

TEST_CASE("S085 places that were cut list those who booked last") {
    Fixture shop;
    shop.window().places = 3;
    for (int i = 0; i < 3; ++i)
        shop.book("2026-03-02 09:00");
    shop.bookings[0].number = 9;  // the first of the three was the last to book
    CHECK(conflicts_of(shop).empty());
    shop.window().places = 1;
    CHECK(conflicts_of(shop) == Found{{0, ConflictKind::overbooked}, {2, ConflictKind::overbooked}});
}

TEST_CASE("S085 desks that were cut are places that were cut") {
    Fixture shop;
    shop.window().places = std::nullopt;
    for (int i = 0; i < 3; ++i)
        shop.book("2026-03-02 09:00");
    CHECK(conflicts_of(shop).empty());
    shop.site().desks.front().count = 2;
    CHECK(conflicts_of(shop) == Found{{2, ConflictKind::overbooked}});
}

TEST_CASE("bookings that follow each other need one place, and those that are over need none") {
    Fixture shop;
    shop.book("2026-03-02 09:00", 10);
    shop.book("2026-03-02 09:10", 10);
    CHECK(conflicts_of(shop).empty());
    shop.book("2026-03-02 09:05", 10);
    CHECK(conflicts_of(shop) == Found{{1, ConflictKind::overbooked}});
    shop.ask_at("2026-03-02 09:20");
    CHECK(conflicts_of(shop).empty());
}

TEST_CASE("a hold that has expired is in nobody's way") {
    Fixture shop;
    auto& hold = shop.book("2026-03-02 09:00");
    hold.standing = Standing::held;
    hold.until = shop.asked.now;
    shop.book("2026-03-02 09:00");
    CHECK(conflicts_of(shop).empty());
    shop.bookings[0].until += 1min;
    shop.bookings[1].standing = Standing::held;
    shop.bookings[1].until = shop.asked.now + 1min;
    CHECK(conflicts_of(shop).size() == 1);
}

TEST_CASE("a service with fewer places than before lists its bookings") {
    Fixture shop;
    shop.window().places = 3;
    shop.window().most = {{model::ServiceKey{"works"}, 1}};
    const std::vector works{model::ServiceKey{"works"}};
    for (int i = 0; i < 2; ++i)
        shop.book("2026-03-02 09:00").limited = shop.plan().limited_of(0, works);
    CHECK(conflicts_of(shop) == Found{{1, ConflictKind::overbooked}});
}

TEST_CASE("S084 who must move is offered the nearest times that are free") {
    Fixture shop;
    shop.window().hours = {TimeRange{540, 640}};
    auto& stranded = shop.book("2026-03-03 10:40");
    stranded.number = 42;
    shop.book("2026-03-03 10:20");
    shop.asked.instead_of = 42;
    const auto near = at(shop.zone, "2026-03-03 10:40");
    const auto free = nearest_free(shop.free("2026-03-01", "2026-03-10"), near, 4);
    REQUIRE(free.size() == 4);
    CHECK(free[0].start == at(shop.zone, "2026-03-03 10:00"));
    CHECK(free[1].start == at(shop.zone, "2026-03-03 09:40"));
    CHECK(free[3].start == at(shop.zone, "2026-03-03 09:00"));
}

TEST_CASE("of two equally near times the earlier comes first") {
    Fixture shop;
    const auto near = at(shop.zone, "2026-03-02 09:30");
    const auto free = nearest_free(shop.free("2026-03-02", "2026-03-02"), near, 2);
    CHECK(clocks_of(shop.zone, free) == std::vector<std::string>{"09:20", "09:40"});
}
