// Ways through the steps that do not end.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("a step that nobody comes to is told") {
    CHECK(
        mistakes_in(SmallModel{
            .service = "identity: {steps: [{at: a, duration: 2 min, next: leave}, {at: b, duration: 5 min}]}",
            .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}, b: {}}}"}
                        .text()) == "m.yaml:5:61: nobody comes to the step b: no next leads to it");
}

TEST_CASE("a circle that nobody leaves is told") {
    CHECK(mistakes_in(SmallModel{
              .service = "identity: {steps: [{at: a, duration: 2 min}, {at: b, duration: 5 min, next: a}]}",
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}, b: {}}}"}
                          .text()) ==
          "m.yaml:5:22: from the step a nobody ever leaves: no way leads to leave\nm.yaml:5:48: from the "
          "step b nobody ever leaves: no way leads to leave");
}

TEST_CASE("a step that is not there is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {steps: [{at: a, duration: 2 min, next: {bb: 50 %, "
                                            "leave: 50 %}}, {at: b, duration: 5 min}]}",
                                 .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}, b: {}}}"}
                          .text()) == "m.yaml:5:54: there is no step named bb; did you mean b?");
}

TEST_CASE("shares of next that do not add up are told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {steps: [{at: a, duration: 2 min, next: {b: 50 %, "
                                            "leave: 40 %}}, {at: b, duration: 5 min}]}",
                                 .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}, b: {}}}"}
                          .text()) == "m.yaml:5:53: the shares of next add up to 90 %: expected 100 %");
}

TEST_CASE("two steps of one name are told") {
    CHECK(mistakes_in(
              SmallModel{.service = "identity: {steps: [{at: a, duration: 2 min}, {at: a, duration: 5 min}]}",
                         .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}}}"}
                  .text()) == "m.yaml:5:48: two steps are named a: give one another id");
}

TEST_CASE("desks that no site has are told") {
    CHECK(mistakes_in(SmallModel{
              .service = "identity: {steps: [{at: recption, duration: 2 min}]}",
              .site = "shop: {open: {every day: \"08-20\"}, desks: {reception: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:5:27: no site has desks named recption; did you mean reception?");
}

TEST_CASE("duration and steps exclude each other") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 5 min, steps: [{at: a, duration: 2 min}]}",
                                 .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}}}"}
                          .text()) == "m.yaml:5:38: duration and steps together: expected one of them");
}

TEST_CASE("a step cannot be named leave") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {steps: [{id: leave, at: a, duration: 2 min}]}",
                                 .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}}}"}
                          .text()) == "m.yaml:5:27: a step cannot be named leave: that ends the visit");
}

}  // namespace
}  // namespace balcao::model
