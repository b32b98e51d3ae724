// The two days of a year on which the clocks change, in both zones of Portugal, through everything from what
// is free to who comes in.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "booking/town_test.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

namespace {

struct Night {
    const char* zone;
    const char* date;
    std::vector<std::string> clocks;  // of the half hours from midnight to three
};

// In Lisbon the clocks change at one, in the Azores at midnight: there the day begins at one in spring, and
// its first hour comes twice in autumn.
std::vector<Night> nights() {
    return {{"Europe/Lisbon", "2027-03-28", {"00:00", "00:30", "02:00", "02:30"}},
            {"Europe/Lisbon",
             "2026-10-25",
             {"00:00", "00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30"}},
            {"Atlantic/Azores", "2027-03-28", {"01:00", "01:30", "02:00", "02:30"}},
            {"Atlantic/Azores",
             "2026-10-25",
             {"00:00", "00:30", "00:00", "00:30", "01:00", "01:30", "02:00", "02:30"}}};
}

model::Model night_city(const char* zone) {
    auto model = city(zone);
    for (auto& site : model.sites) {
        auto& window = site.appointments.windows.front();
        window.hours = {TimeRange{0, 180}};
        window.slot = minutes{30};
        window.places = 1;
        window.services = {{identity, minutes{30}}};
    }
    return model;
}

std::string clock_of(const Zone& zone, Instant instant) {
    return format_time_of_day(static_cast<int>(zone.at(instant).since_midnight / minutes{1}));
}

}  // namespace

TEST_CASE(
    "on the days when clocks change each half hour that there is can be booked once, and lets in once") {
    for (const auto& night : nights()) {
        CAPTURE(night.zone);
        CAPTURE(night.date);
        Town town{night_city(night.zone)};
        const Date date = day_of(night.date);
        town.clock.set(town.zone.midnight(date - std::chrono::days{5}));
        const Search search{{shop}, {identity}, model::ChannelKey{"counter"}, rules::Who::citizen,
                            date,   date};
        const auto starts = town.bookings->free_starts(search)->front().starts;
        std::vector<std::string> clocks;
        clocks.reserve(starts.size());
        std::set<Instant> instants;
        for (const auto& start : starts) {
            clocks.push_back(clock_of(town.zone, start.start));
            instants.insert(start.start);
            CHECK(start.offset_minutes == town.zone.offset_minutes(start.start));
        }
        CHECK(clocks == night.clocks);
        CHECK(instants.size() == starts.size());

        std::vector<Slip> slips;
        slips.reserve(starts.size());
        for (const auto& start : starts) {
            const Wanted wish{shop, {identity}, model::ChannelKey{"counter"}, start.start, {}, clerk};
            slips.push_back(good(town.bookings->book(wish, ana(), "")));
            CHECK(refused(town.bookings->book(wish, ana(), "")) == "full");
        }
        CHECK(town.bookings->free_starts(search)->front().starts.empty());
        const auto agenda = good(town.bookings->on_day(shop, date, People::left_out));
        CHECK(agenda.size() == starts.size());
        for (std::size_t place = 0; place + 1 < agenda.size(); ++place)
            CHECK(agenda[place + 1].start - agenda[place].start >= minutes{30});

        for (const auto& slip : slips) {
            town.clock.set(slip.start);
            good(town.bookings->check_in(ByCode{shop, slip.code}, ""));
        }
        CHECK(town.faults().empty());
        CHECK(good(open(town.store, town.clock, town.model)->day(shop, date)) ==
              good(town.bookings->day(shop, date)));
    }
}

TEST_CASE(
    "of an hour that comes twice each has its own bookings, and one moves from the first to the second") {
    for (const char* zone : {"Europe/Lisbon", "Atlantic/Azores"}) {
        CAPTURE(zone);
        Town town{night_city(zone)};
        town.clock.set(town.time("2026-10-20 10:00"));
        const CivilTime twice{day_of("2026-10-25"),
                              std::string{zone} == "Europe/Lisbon" ? minutes{60} : minutes{0}};
        const auto instants = town.zone.instants_of(twice);
        REQUIRE(instants.size() == 2);
        const Wanted wish{shop, {identity}, model::ChannelKey{"counter"}, instants[0], {}, clerk};
        const auto slip = good(town.bookings->book(wish, ana(), ""));
        good(town.bookings->move(ByLink{slip.link}, {shop, instants[1], {}}, ""));
        const auto seen = good(town.bookings->see(slip.link));
        CHECK(seen.start == instants[1]);
        CHECK(seen.offset_minutes + 60 == town.zone.offset_minutes(instants[0]));
        town.clock.set(instants[0]);
        CHECK(refused(town.bookings->check_in(ByLink{slip.link}, "")) == "too-early");
        town.clock.set(instants[1]);
        good(town.bookings->check_in(ByLink{slip.link}, ""));
        CHECK(town.faults().empty());
    }
}

TEST_CASE("the hour that is left out in spring cannot be booked") {
    Town town{night_city("Europe/Lisbon")};
    town.clock.set(town.time("2027-03-25 10:00"));
    CHECK(town.zone.instants_of({day_of("2027-03-28"), minutes{60}}).empty());
    // What a page might make of 01:30 is two in the morning or half past two, and those are what they are.
    const auto two = town.time("2027-03-28 02:00");
    CHECK(two == town.time("2027-03-28 00:30") + minutes{30});
    const auto slip = good(town.bookings->hold(
        {shop, {identity}, model::ChannelKey{"counter"}, town.time("2027-03-28 00:30") + minutes{30}, {}, {}},
        ""));
    CHECK(slip.start == two);
}

TEST_CASE("a reminder for a day of 23 or 25 hours reaches all of the day") {
    for (const auto& night : nights()) {
        CAPTURE(night.zone);
        CAPTURE(night.date);
        Town town{night_city(night.zone)};
        const Date date = day_of(night.date);
        town.clock.set(town.zone.midnight(date - std::chrono::days{5}));
        const auto starts =
            town.bookings
                ->free_starts(
                    {{shop}, {identity}, model::ChannelKey{"counter"}, rules::Who::citizen, date, date})
                ->front()
                .starts;
        for (const auto& start : starts)
            good(town.bookings->book({shop, {identity}, model::ChannelKey{"counter"}, start.start, {}, clerk},
                                     ana(), ""));
        const auto due = good(town.bookings->due_reminders(town.zone.midnight(date),
                                                           town.zone.midnight(date + std::chrono::days{1})));
        CHECK(due.size() == night.clocks.size());
    }
}
