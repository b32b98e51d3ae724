#include "base/zone.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;
using namespace std::chrono_literals;

namespace {

Zone zone(const char* name) { return *Zone::find(name); }

Date day(const char* text) { return *parse_date(text); }

}  // namespace

TEST_CASE("the clocks of Lisbon and of the Azores leave out an hour in spring and show one twice in autumn") {
    const Zone lisbon = zone("Europe/Lisbon");
    CHECK(lisbon.instants_of({day("2026-03-29"), 1h + 30min}).empty());
    CHECK(lisbon.instants_of({day("2026-10-25"), 1h + 30min}).size() == 2);
    const Zone azores = zone("Atlantic/Azores");
    CHECK(azores.instants_of({day("2026-03-29"), 30min}).empty());
    CHECK(azores.instants_of({day("2026-10-25"), 30min}).size() == 2);
    const auto twice = azores.instants_of({day("2026-10-25"), 30min});
    CHECK(twice[1] - twice[0] == 1h);
    CHECK(lisbon.offset_minutes(lisbon.midnight(day("2026-07-01"))) == 60);
    CHECK(azores.offset_minutes(azores.midnight(day("2026-01-01"))) == -60);
}

TEST_CASE("in the Azores midnight of the day in spring is there, and the day has 23 hours") {
    const Zone azores = zone("Atlantic/Azores");
    const Instant begin = azores.midnight(day("2026-03-29"));
    CHECK(azores.at(begin - 1ms).date == day("2026-03-28"));
    CHECK(azores.at(begin).date == day("2026-03-29"));
    CHECK(azores.midnight(day("2026-03-30")) - begin == 23h);
    CHECK(azores.midnight(day("2026-10-26")) - azores.midnight(day("2026-10-25")) == 25h);
}

TEST_CASE("what the clocks show at an instant leads back to it") {
    for (const char* name : {"Europe/Lisbon", "Atlantic/Azores", "UTC"}) {
        const Zone here = zone(name);
        CHECK(rc::check([&] {
            const Instant instant{
                std::chrono::milliseconds{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)}};
            const auto back = here.instants_of(here.at(instant));
            RC_ASSERT(std::find(back.begin(), back.end(), instant) != back.end());
        }));
    }
}

TEST_CASE("a zone that nobody knows is refused with its name") {
    const auto found = Zone::find("Europe/Lisboa");
    REQUIRE_FALSE(found);
    CHECK(found.error().what.find("Europe/Lisboa") != std::string::npos);
}
