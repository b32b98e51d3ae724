// Values that are not of their type or unit.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("a duration where a rate is due is told") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: 6 min}}"}.text()) ==
          "m.yaml:9:57: expected a rate such as 19 per hour, found the length of time 6 min");
}

TEST_CASE("a rate where a duration is due is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 10 per hour}"}.text()) ==
          "m.yaml:5:24: expected a length of time such as 6 min, found the rate 10 per hour");
}

TEST_CASE("a bare number where a duration is due is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 6}"}.text()) ==
          "m.yaml:5:24: expected a length of time such as 6 min, found the number 6");
}

TEST_CASE("a share above one is told with the cure") {
    CHECK(mistakes_in(SmallModel{
              .demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per hour}, learns: 12}"}
                          .text()) ==
          "m.yaml:9:79: 12 is no share: expected 0 to 1, or with a sign as in 12 %");
}

TEST_CASE("money without a currency is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 6 min, fee: 7.50}"}.text()) ==
          "m.yaml:5:36: expected an amount of money such as 7.50 EUR, found the number 7.50");
}

TEST_CASE("a negative length of time is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: -6 min}"}.text()) ==
          "m.yaml:5:24: -6 min is negative: expected a length of time above zero");
}

TEST_CASE("a mean of zero is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {exponential: 0 min}}"}.text()) ==
          "m.yaml:5:38: 0 min is zero: expected a length of time above zero");
}

TEST_CASE("a count that is not whole is told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 2.5, serves: [identity]}}}"}
                          .text()) == "m.yaml:7:57: expected a whole number, found the number 2.5");
}

TEST_CASE("a count of zero is told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 0, serves: [identity]}}}"}
                          .text()) == "m.yaml:7:57: 0 is too small: expected 1 or more");
}

TEST_CASE("a misspelt unlimited is told") {
    CHECK(mistakes_in(SmallModel{
              .site =
                  "shop: {open: {every day: \"08-20\"}, desks: {a: {count: unlimeted, serves: [identity]}}}"}
                          .text()) ==
          "m.yaml:7:57: unlimeted is no number of desks; did you mean unlimited?");
}

TEST_CASE("a negative rate is told") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: -1 per hour}}"}
                  .text()) == "m.yaml:9:57: -1 per hour is negative: expected a rate of zero or more");
}

TEST_CASE("a capacity must be a whole number") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, capacity: many, desks: {a: {serves: identity}}}"}
                          .text()) == "m.yaml:7:48: expected a whole number, found \"many\"");
}

TEST_CASE("a place on earth has two numbers") {
    CHECK(
        mistakes_in(SmallModel{
            .site = "shop: {open: {every day: \"08-20\"}, location: [38.7], desks: {a: {serves: identity}}}"}
                        .text()) == "m.yaml:7:48: expected latitude and longitude, found a list of 1");
}

}  // namespace
}  // namespace balcao::model
