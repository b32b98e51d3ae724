// Distributions that cannot be.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("a distribution that is not known is told with the near one") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {exponental: 6 min}}"}.text()) ==
          "m.yaml:5:25: exponental is no distribution; did you mean exponential?");
}

TEST_CASE("two distributions in one place are told") {
    CHECK(mistakes_in(
              SmallModel{.service = "identity: {duration: {exponential: 6 min, constant: 6 min}}"}.text()) ==
          "m.yaml:5:24: expected one distribution, found 2 keys");
}

TEST_CASE("a hyperexponential of little spread is told") {
    CHECK(
        mistakes_in(SmallModel{.service = "identity: {duration: {hyperexponential: {mean: 6 min, cv: 0.8}}}"}
                        .text()) == "m.yaml:5:61: cv 0.8 is too small: a hyperexponential has 1 or more");
}

TEST_CASE("an Erlang of no phases is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {erlang: {mean: 6 min, k: 0}}}"}.text()) ==
          "m.yaml:5:50: 0 is too small: expected 1 or more");
}

TEST_CASE("a gamma without a spread is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {gamma: {mean: 6 min}}}"}.text()) ==
          "m.yaml:5:32: the key cv is missing: the standard deviation divided by the mean");
}

TEST_CASE("a negative spread is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {gamma: {mean: 6 min, cv: -1}}}"}.text()) ==
          "m.yaml:5:50: -1 is too small: expected 0 or more");
}

TEST_CASE("the ends of a uniform go up") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {uniform: [9 min, 3 min]}}"}.text()) ==
          "m.yaml:5:34: expected values that go up, the lowest first");
}

TEST_CASE("a triangular has three points") {
    CHECK(
        mistakes_in(SmallModel{.service = "identity: {duration: {triangular: [2 min, 5 min]}}"}.text()) ==
        "m.yaml:5:37: expected a list of the lowest, the likeliest and the highest value, found a list of 2");
}

TEST_CASE("the shares of a mixture add up") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {mixture: [{share: 70 %, exponential: 2 "
                                            "min}, {share: 20 %, exponential: 9 min}]}}"}
                          .text()) == "m.yaml:5:34: the shares add up to 90 %: expected 100 %");
}

TEST_CASE("a branch of a mixture has one distribution") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {mixture: [{share: 100 %}]}}"}.text()) ==
          "m.yaml:5:35: expected a share and one distribution, found 0 distributions");
}

TEST_CASE("a file of values that is not there is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {empirical: nowhere.csv}}"}.text()) ==
          "m.yaml:5:36: the file nowhere.csv cannot be read: there is no such file");
}

TEST_CASE("an unknown channel among durations is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: {counter: 6 min, fone: 3 min}}"}.text()) ==
          "m.yaml:5:41: no desk serves a channel named fone; expected one of: chat, counter, email, online, "
          "phone, video");
}

}  // namespace
}  // namespace balcao::model
