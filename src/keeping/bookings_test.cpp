// What `verify` says of appointments: a fault in their streams is found with its place.
#include <doctest/doctest.h>

#include "booking/booking_event.hpp"
#include "booking/look.hpp"
#include "keeping/journal_test.hpp"
#include "model/read.hpp"

using namespace balcao;
using namespace balcao::keeping;

namespace {

constexpr const char* town = R"(balcao: 1
name: {pt: Vila}
languages: [pt]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {name: {pt: Cartão}, duration: 6 min}
sites:
  shop:
    name: {pt: Loja}
    open: {mon-fri: "09:00-17:00"}
    appointments:
      windows:
        every: {days: mon-fri, hours: "09-17", slot: 30 min, places: 1, services: [identity]}
    desks:
      all: {name: {pt: Balcão}, count: 2, serves: [identity]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
)";

const std::string book = "book/shop/2026-01-06";

model::Model offer() {
    const model::MemoryFiles files{{{"town.yaml", town}}};
    auto read = model::read_model("town.yaml", files, {});
    REQUIRE(read.value.has_value());
    return *std::move(read.value);
}

Instant at(int hour) {
    return Instant{parse_date("2026-01-06")->time_since_epoch() + std::chrono::hours{hour}};
}

// Confirmed at once, by a clerk; nobody's, so that no list of a person speaks of it.
booking::BookEvent booked(const std::string& name, int hour) {
    booking::BookingHeld held;
    held.booking = booking::BookingKey{"shop.2026-01-06." + name};
    held.what.start = at(hour);
    held.what.minutes = 30;
    held.what.window = model::WindowKey{"every"};
    held.what.channel = model::ChannelKey{"counter"};
    held.what.services = {model::ServiceKey{"identity"}};
    held.what.code = name;
    held.what.person = booking::PersonName{"p-" + name};
    held.by = booking::ClerkKey{"clerk"};
    return held;
}

Report checked(const Journal& journal, const model::Model* model = nullptr) {
    const auto kinds = known_kinds(model);
    REQUIRE(kinds);
    const auto report = verify({journal.store, journal.store, journal.log.verifier()}, {}, *kinds);
    REQUIRE(report);
    return *report;
}

}  // namespace

TEST_CASE("a book of appointments in order is read event by event") {
    Journal journal;
    journal.write({booking::encode(booked("AAAA", 9)), booking::encode(booked("BBBB", 10))}, book);
    journal.take();
    const auto model = offer();
    const auto report = checked(journal, &model);
    CHECK_MESSAGE(report.is_sound(), told(report));
    CHECK(tells(report, "1 appointment stream read event by event"));
}

TEST_CASE("an appointment confirmed twice, or that came in from nowhere, is found with its place") {
    Journal journal;
    journal.write({booking::encode(booked("AAAA", 9)),
                   booking::encode(booking::BookEvent{
                       booking::BookingConfirmed{booking::BookingKey{"shop.2026-01-06.AAAA"}, {}}}),
                   booking::encode(booking::BookEvent{
                       booking::CheckedIn{booking::BookingKey{"shop.2026-01-06.CCCC"}, {}}})},
                  book);
    journal.take();
    const auto report = checked(journal);
    CHECK(tells(report, "wrong: stream " + book + ": event 2: shop.2026-01-06.AAAA was confirmed twice"));
    CHECK(tells(report,
                "wrong: stream " + book + ": event 3: shop.2026-01-06.CCCC was checked in but is not there"));
    CHECK(report.findings.size() == 2);
}

TEST_CASE("more people than places are counted where the offer is known, and only there") {
    Journal journal;
    journal.write({booking::encode(booked("AAAA", 9)), booking::encode(booked("BBBB", 9))}, book);
    journal.take();
    CHECK(checked(journal).is_sound());
    const auto model = offer();
    const auto report = checked(journal, &model);
    CHECK_FALSE(report.is_sound());
    CHECK(tells(report, "stream " + book + ": event 2: 2 people for 1 places at 2026-01-06 09:00"));
    CHECK(tells(report, "Name that one with --model"));
}

TEST_CASE("a person's list that says otherwise than the books is found") {
    Journal journal;
    journal.write({booking::encode(booked("AAAA", 9))}, book);
    const booking::BookingTaken taken{
        booking::BookingKey{"shop.2026-01-06.AAAA"}, model::SiteKey{"shop"}, at(9), {}};
    journal.write({booking::encode(booking::BookerEvent{taken})}, "booker/mark");
    journal.take();
    const auto report = checked(journal);
    CHECK(tells(report, "wrong: appointment streams together: booker/mark: is not what the books say"));
}

TEST_CASE("an appointment that moved away and never came is found") {
    Journal journal;
    booking::BookingMovedAway away;
    away.booking = booking::BookingKey{"shop.2026-01-06.AAAA"};
    away.site = model::SiteKey{"shop"};
    away.start = at(24 + 9);
    journal.write({booking::encode(booked("AAAA", 9)), booking::encode(booking::BookEvent{away})}, book);
    journal.take();
    CHECK(tells(checked(journal), "appointment streams together: what moved away is not what came"));
}

TEST_CASE("a look that stands with another booking is found") {
    Journal journal;
    booking::PersonSeen seen;
    seen.booking = booking::BookingKey{"shop.2026-01-06.BBBB"};
    seen.role = "attendant";
    seen.by = booking::ClerkKey{"clerk"};
    seen.site = model::SiteKey{"shop"};
    journal.write({booking::encode(booking::LookEvent{seen})}, "looks/shop.2026-01-06.AAAA");
    journal.take();
    const auto report = checked(journal);
    CHECK(tells(report, "event 1 is of another booking"));
}
