// Scenarios: what each verb changes, and how a mistake names the scenario's line.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

const std::string two_sites =
    SmallModel{.service = "identity: {duration: {gamma: {mean: 10 min, cv: 0.5}}}",
               .site =
                   "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 4, serves: [identity]}}}\n"
                   "  spot: {open: {every day: \"08-20\"}, desks: {a: {count: 1, serves: [identity]}}}",
               .demand =
                   "- {service: identity, site: shop, arrivals: {poisson: 10 per hour}}\n"
                   "  - {id: at_spot, service: identity, site: spot, arrivals: {per_hour: {\"08-12\": 5}}, "
                   "bookings: "
                   "{per_day: 4, slot: 20 min}}"}
        .text();

std::string changed_by(const std::string& scenario) {
    const auto base = read_text_model(two_sites);
    const auto read = read_text_scenario(two_sites, scenario);
    if (!base.value || !read.value) return told(read.remarks);
    std::string all;
    for (const std::string& sentence : differences(*base.value, read.value->model))
        all += sentence + "\n";
    if (!all.empty()) all.pop_back();
    return all;
}

TEST_CASE("a scenario sets, scales, adds and removes") {
    CHECK(changed_by("changes: [{set: sites.shop.desks.a.count, to: 6}]") ==
          "sites.shop.desks.a: count 4 → 6");
    CHECK(changed_by("changes: [{scale: demand.at_spot, by: 1.2}]") ==
          "demand.at_spot.arrivals.per_hour: 08-12 5 → 6\ndemand.at_spot.bookings: per_day 4 → 4.8");
    CHECK(changed_by("changes: [{add: sites.shop.capacity, value: 40}]") == "sites.shop: capacity added: 40");
    CHECK(changed_by("changes: [{remove: demand.at_spot}, {remove: sites.spot}]") ==
          "sites: spot removed (was {open: {every day: \"08:00-20:00\"}, desks: {a: {serves: [identity]}}})\n"
          "demand: at_spot removed");
}

TEST_CASE("an entry of demand is named by its id or by its service, and then means all of that service") {
    CHECK(changed_by("changes: [{scale: demand.identity.arrivals, by: 120 %}]") ==
          "demand.identity.arrivals: poisson 10 per hour → 12 per hour\n"
          "demand.at_spot.arrivals.per_hour: 08-12 5 → 6");
    CHECK(changed_by("changes: [{scale: demand, by: 2}]") ==
          "demand.identity.arrivals: poisson 10 per hour → 20 per hour\n"
          "demand.at_spot.arrivals.per_hour: 08-12 5 → 10\n"
          "demand.at_spot.bookings: per_day 4 → 8");
}

TEST_CASE("a star means all of them") {
    CHECK(changed_by("changes: [{set: sites.*.desks.*.count, to: 3}]") ==
          "sites.shop.desks.a: count 4 → 3\nsites.spot.desks.a: count 1 → 3");
}

TEST_CASE("scaling a distribution scales its length and keeps its shape") {
    CHECK(changed_by("changes: [{scale: services.identity.duration, by: 0.9}]") ==
          "services.identity.duration.gamma: mean 10 min → 9 min");
}

TEST_CASE("what is added to a list stands at its end") {
    const auto read = read_text_scenario(two_sites,
                                         "about: More\nchanges:\n  - add: demand\n    value: {service: "
                                         "identity, site: spot, arrivals: {poisson: 1 per hour}}\n");
    REQUIRE(read.value.has_value());
    CHECK(read.value->key == "s");
    CHECK(read.value->about.in("en") == "More");
    REQUIRE(read.value->model.demand.size() == 3);
    CHECK(read.value->model.demand[2].key.text() == "identity-2");
}

TEST_CASE("a path that leads nowhere is told with the near one") {
    CHECK(changed_by("changes:\n  - {set: sites.shoop.desks.a.count, to: 6}\n") ==
          "s.yaml:2:11: there is no shoop in sites; did you mean shop?");
    CHECK(changed_by("changes: [{scale: demand.tax, by: 2}]") ==
          "s.yaml:1:19: there is no tax in demand; expected one of: identity, at_spot");
    CHECK(changed_by("changes: [{set: sites.shop.capacity, to: 6}]") ==
          "s.yaml:1:17: there is no capacity in sites.shop; expected one of: open, desks; to give it one, "
          "write add and value");
    CHECK(changed_by("changes: [{add: sites.shop.open, value: always}]") ==
          "s.yaml:1:17: sites.shop.open is there already: to change it, write set and to");
    CHECK(changed_by("changes: [{scale: sites.shop.desks.a.serves, by: 2}]") ==
          "s.yaml:1:19: identity is no number and cannot be scaled");
}

TEST_CASE("a change is one verb with what belongs to it") {
    CHECK(changed_by("changes: [{set: sites.spot, by: 2}]") ==
          "s.yaml:1:11: the key to is missing\ns.yaml:1:29: by has no place here: expected to");
    CHECK(changed_by("changes: [{}]") ==
          "s.yaml:1:11: no change: expected one of set, scale, add and remove");
    CHECK(changed_by("chnges: []") ==
          "s.yaml:1:1: the key changes is missing: the changes to the model, made in this order\n"
          "s.yaml:1:1: unknown key chnges; did you mean changes?");
}

TEST_CASE("a value that the model cannot take is told at the scenario's place") {
    CHECK(changed_by("changes: [{set: sites.shop.desks.a.count, to: many}]") ==
          "s.yaml:1:47: expected a whole number, found \"many\"");
    CHECK(changed_by("changes: [{scale: sites.shop.desks.a.count, by: 1.1}]") ==
          "s.yaml:1:49: expected a whole number, found the number 4.4");
}

TEST_CASE("a mistake that a change makes elsewhere in the model is told at that change") {
    CHECK(changed_by("changes:\n  - {set: sites.shop.desks.a.count, to: 6}\n  - {remove: sites.spot}\n") ==
          "s.yaml:3:14: after this change, m.yaml:11:44: there is no site named spot; expected one of: shop");
}

}  // namespace
}  // namespace balcao::model
