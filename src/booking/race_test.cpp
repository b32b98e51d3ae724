#include "booking/race_test.hpp"

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

TEST_CASE("S075 of many who want the last place at the same time, on two servers, one gets it") {
    for (int round = 0; round < 30; ++round) {
        Town town;
        const auto other = open(town.store, town.clock, town.model);
        good(town.hold("2026-11-24 09:00"));
        const auto wish = town.wish("2026-11-24 09:00");
        const int got = race(8, [&](int number) {
            auto& server = number % 2 == 0 ? *town.bookings : *other;
            const auto held = server.hold(wish, "");
            if (std::holds_alternative<Refusal>(held)) CHECK(refused(held) == "full");
            return std::holds_alternative<Slip>(held);
        });
        CHECK(got == 1);
        CHECK(town.faults().empty());
    }
}

TEST_CASE("S075 two servers move two bookings to one place at the same time, and one stays where it was") {
    for (int round = 0; round < 30; ++round) {
        Town town;
        const auto other = open(town.store, town.clock, town.model);
        good(town.hold("2026-11-26 09:00", hall));
        const std::vector<Slip> slips{town.booked("2026-11-24 09:00"),
                                      town.booked("2026-11-25 09:00", person("rui"))};
        const Place place{hall, town.time("2026-11-26 09:00"), {}};
        const int moved = race(2, [&](int number) {
            auto& server = number == 0 ? *town.bookings : *other;
            const auto& slip = slips[static_cast<std::size_t>(number)];
            return std::holds_alternative<Slip>(server.move(ByLink{slip.link}, place, ""));
        });
        CHECK(moved == 1);
        CHECK(town.faults().empty());
    }
}

TEST_CASE("S075 one booking moved to two places by two servers at the same time is at one of them") {
    for (int round = 0; round < 30; ++round) {
        Town town;
        const auto other = open(town.store, town.clock, town.model);
        const auto slip = town.booked("2026-11-24 09:00");
        race(2, [&](int number) {
            auto& server = number == 0 ? *town.bookings : *other;
            const Place place{number == 0 ? shop : hall, town.time("2026-11-26 09:00"), {}};
            good(server.move(ByLink{slip.link}, place, ""));
            return true;
        });
        const auto start = town.time("2026-11-26 09:00");
        CHECK(good(town.bookings->see(slip.link)).start == start);
        CHECK(good(town.bookings->see(slip.link)).site == good(other->see(slip.link)).site);
        CHECK(town.faults().empty());
    }
}

TEST_CASE("S075 one person who books everywhere at the same time gets no more than one may have") {
    for (int round = 0; round < 30; ++round) {
        Town town;
        const auto other = open(town.store, town.clock, town.model);
        const int got = race(6, [&](int number) {
            auto& server = number % 2 == 0 ? *town.bookings : *other;
            const auto start = town.time("2026-11-24 09:00") + hours{24 * number};
            const auto held = good(server.hold(
                {number < 3 ? shop : hall, {identity}, model::ChannelKey{"counter"}, start, {}, {}}, ""));
            const auto named = server.give_contact(ByLink{held.link}, ana(), "");
            if (std::holds_alternative<Refusal>(named)) CHECK(refused(named) == "too-many-open");
            return std::holds_alternative<Slip>(named);
        });
        CHECK(got == 2);
        CHECK(town.faults().empty());
    }
}

TEST_CASE("S075 people on two servers book the same places, cancel and move: never double, none lost") {
    journal::MemoryStore store;
    check_race({&store, &store}, {8, 60});
}

TEST_CASE("one command sent to two servers at the same time is done once, and both get its answer") {
    for (int round = 0; round < 30; ++round) {
        Town town;
        const auto other = open(town.store, town.clock, town.model);
        const auto wish = town.wish("2026-11-24 09:00");
        std::vector<Slip> slips(4);
        race(4, [&](int number) {
            auto& server = number % 2 == 0 ? *town.bookings : *other;
            slips[static_cast<std::size_t>(number)] = good(server.hold(wish, "one key"));
            return true;
        });
        for (const auto& slip : slips)
            CHECK(slip == slips.front());
        CHECK(good(town.bookings->day(shop, day_of("2026-11-24"))).records.size() == 1);
    }
}
