// Appointments that the site, its desks or the services cannot keep; what demand takes over from them.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/offering.hpp"

namespace balcao::model {
namespace {

using namespace std::chrono_literals;

SmallModel shop(const std::string& windows) {
    return {
        .service = "identity: {duration: 6 min}\n  tax: {duration: 9 min}",
        .site =
            "shop: {open: {mon-fri: \"08-20\"}, desks: {a: {count: 2, serves: [identity]}, b: {serves: tax, "
            "takes: walk_in}},\n    appointments: {windows: {" +
            windows + "}}}"};
}

std::string wrong(const std::string& windows) { return mistakes_in(shop(windows).text()); }

TEST_CASE("a window outside of the hours of the site is warned of, unless it is made for one day") {
    CHECK(
        wrong("w: {days: fri-sat, hours: \"18-22\", slot: 20 min}") ==
        "m.yaml:9:56: warning: w has hours on fri, sat at 18:00-22:00, not all of which shop is open: slots "
        "outside are not offered");
    CHECK(wrong("w: {hours: \"18-22\", slot: 20 min, from: 2026-01-10, until: 2026-01-10}") == "");
}

TEST_CASE("a service that no desk serves to booked people is told") {
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, services: [identity, tax]}") ==
          "m.yaml:9:96: no desk of shop serves tax to booked people at the counter");
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, services: {taxi: 20 min}}") ==
          "m.yaml:9:86: there is no service named taxi; did you mean tax?");
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, channels: phone}") ==
          "m.yaml:9:30: nothing can be had in w: no desk of shop serves booked people by phone");
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, channels: [counter, video]}") ==
          "m.yaml:9:95: no desk of shop serves booked people by video");
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, most: {tax: 1}}") ==
          "m.yaml:9:82: tax is no service of w; expected one of: identity");
}

TEST_CASE("more places than desks are warned of, and unlimited desks need a number") {
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, places: 3}") ==
          "m.yaml:9:83: warning: 3 places in w, where at most 2 desks serve booked people at once");
    auto model = shop("w: {days: mon, hours: \"09-12\", slot: 20 min}");
    model.site.replace(model.site.find("count: 2"), 8, "count: unlimited");
    CHECK(mistakes_in(model.text()) == "m.yaml:9:30: w has unlimited desks: expected places, a number");
}

TEST_CASE("a series that never comes and a day that is closed are warned of") {
    CHECK(wrong("w: {days: mon, hours: \"09-12\", slot: 20 min, from: 2026-01-06, until: 2026-01-11}") ==
          "m.yaml:9:100: warning: w never comes between 2026-01-06 and 2026-01-11");
    auto model = shop("w: {hours: \"09-12\", slot: 20 min, from: 2026-01-10, until: 2026-01-10}");
    model.site.replace(model.site.find("desks"), 0, "closed: 2026-01-10, ");
    CHECK(mistakes_in(model.text()) == "m.yaml:9:70: warning: w is on 2026-01-10, when shop is closed");
}

TEST_CASE("bookings without a slot have that of the window with their service") {
    auto model = shop("w: {days: mon-fri, hours: \"09-12\", slot: 20 min, places: 2}");
    model.demand = "- {service: identity, site: shop, bookings: {per_day: 4}}";
    const auto read = read_text_model(model.text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(read.value->demand.front().bookings->slot == 20min);
    CHECK(read.value->demand.front().bookings->per_slot == 2);
    model.demand = "- {service: identity, site: shop, bookings: {per_day: 4, slot: 15 min}}";
    CHECK(mistakes_in(model.text()) ==
          "m.yaml:11:66: warning: no window of shop has slots of 15 min for identity: leave slot out, and it "
          "is "
          "the window's");
}

TEST_CASE("bookings without a slot and without a window are told") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shop, bookings: {per_day: 4}}"}.text()) ==
          "m.yaml:9:47: the key slot is missing: the length of a slot");
}

TEST_CASE("desks for booked people are counted hour by hour, each contact of a desk") {
    auto model = shop("w: {days: mon, hours: \"09-12\", slot: 20 min}");
    model.site.replace(model.site.find("count: 2"), 8, "count: {\"08-12\": 1, \"12-20\": 3}, concurrent: 2");
    const auto read = read_text_model(model.text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const Site& site = read.value->sites.front();
    const auto desks = desks_for_window(*read.value, site, site.appointments.windows.front(), 0);
    REQUIRE(desks.has_value());
    CHECK(*desks == PlacesByHour{{TimeRange{0, 480}, 0},
                                 {TimeRange{480, 720}, 2},
                                 {TimeRange{720, 1200}, 6},
                                 {TimeRange{1200, 1440}, 0}});
}

}  // namespace
}  // namespace balcao::model
