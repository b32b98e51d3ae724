// Targets, people and life events.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("a measure that there is not is told") {
    CHECK(mistakes_in(SmallModel{.tail = "targets: [{measure: wiat, at_most: 5 min}]\n"}.text()) ==
          "m.yaml:10:21: wiat is no measure; did you mean wait?");
}

TEST_CASE("served_within needs a limit") {
    CHECK(mistakes_in(SmallModel{.tail = "targets: [{measure: served_within, at_least: 80 %}]\n"}.text()) ==
          "m.yaml:10:11: served_within needs a limit, such as limit: 20 min");
}

TEST_CASE("a limit is for served_within alone") {
    CHECK(mistakes_in(
              SmallModel{.tail = "targets: [{measure: wait, limit: 20 min, at_most: 5 min}]\n"}.text()) ==
          "m.yaml:10:34: limit is for served_within: wait has none");
}

TEST_CASE("a target has one bound") {
    CHECK(mistakes_in(SmallModel{.tail = "targets: [{measure: wait}]\n"}.text()) ==
          "m.yaml:10:11: expected either at_least or at_most");
}

TEST_CASE("a bound has the unit of its measure") {
    CHECK(
        mistakes_in(SmallModel{
            .tail = "targets: [{measure: wait, at_most: 5 %}, {measure: abandoned_share, at_most: 5 min}]\n"}
                        .text()) ==
        "m.yaml:10:36: expected a length of time such as 6 min, found the share 5 %\nm.yaml:10:78: expected "
        "a share such as 13 % or 0.13, found the length of time 5 min");
}

TEST_CASE("a target of a site that there is not is told") {
    CHECK(mistakes_in(SmallModel{.tail = "targets: [{measure: wait, at_most: 5 min, site: shp}]\n"}.text()) ==
          "m.yaml:10:49: there is no site named shp; did you mean shop?");
}

TEST_CASE("an entry of which everybody must come again is told: nobody would ever be done") {
    const auto told_with = [](const std::string& share) {
        return mistakes_in(
            SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per "
                                 "hour}, missing_document: " +
                                 share + "}"}
                .text());
    };
    CHECK(told_with("100 %") == "m.yaml:9:89: 100 % must come again: nobody is ever done");
    CHECK(told_with("99 %").find("100 %") == std::string::npos);
}

TEST_CASE("a distance to a site that there is not is told") {
    CHECK(mistakes_in(SmallModel{.tail = "people: {older: {size: 100, distance: {spot: 2 km}}}\n"}.text()) ==
          "m.yaml:10:40: there is no site named spot; expected one of: shop");
}

TEST_CASE("a distance without its unit is told") {
    CHECK(mistakes_in(SmallModel{.tail = "people: {older: {size: 100, distance: {shop: 2}}}\n"}.text()) ==
          "m.yaml:10:46: expected a distance such as 2.5 km, found the number 2");
}

TEST_CASE("a speed without its unit is told") {
    CHECK(mistakes_in(SmallModel{.tail = "travel: {speed: 15}\n"}.text()) ==
          "m.yaml:10:17: expected a speed such as 15 km/h, found the number 15");
}

TEST_CASE("a life event of services that there are not is told") {
    CHECK(mistakes_in(
              SmallModel{.tail = "life_events: {birth: {services: [identity, registration]}}\n"}.text()) ==
          "m.yaml:10:44: there is no service named registration; expected one of: identity");
}

TEST_CASE("an entity that there is not is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 6 min, entity: irn}"}.text()) ==
          "m.yaml:5:39: there is no entity named irn");
}

TEST_CASE("a language that is not the model's is warned of") {
    CHECK(mistakes_in(
              SmallModel{.service = "identity: {name: {en: Card, pt: Cartão}, duration: 6 min}"}.text()) ==
          "m.yaml:5:31: warning: the language pt is not in the model's languages");
}

}  // namespace
}  // namespace balcao::model
