// Sites and desks that cannot work.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("desks that serve nothing are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity}, b: {count: 2}}}"}
                          .text()) ==
          "m.yaml:7:69: b serves nobody: expected serves or skills, or a step with at: b");
}

TEST_CASE("desks that serve what there is not are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: [identity, identiti]}}}"}
                          .text()) ==
          "m.yaml:7:69: there is no service named identiti; did you mean identity?");
}

TEST_CASE("skills in what there is not are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {skills: {identity: 1, tax: 1.3}}}}"}
                          .text()) ==
          "m.yaml:7:72: there is no service named tax; expected one of: identity");
}

TEST_CASE("serves and skills exclude each other") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, "
                                         "skills: {identity: 1.2}}}}"}
                          .text()) == "m.yaml:7:76: serves and skills together: expected one of them");
}

TEST_CASE("unlimited desks take no breaks") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {count: unlimited, "
                                         "serves: identity, breaks: [{\"10:30\": 15 min}], absence: 5 %}}}"}
                          .text()) ==
          "m.yaml:7:94: breaks with unlimited desks: expected a count that is a number\nm.yaml:7:124: "
          "absence with unlimited desks: expected a count that is a number");
}

TEST_CASE("preemption needs a priority") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, preempt: true, desks: {a: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:7:47: preempt needs priority in the queue: who goes first interrupts");
}

TEST_CASE("a criterion that is not known is told") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {every day: \"08-20\"}, queue: [priorty, arrival], "
                                         "desks: {a: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:7:46: priorty is no criterion of the queue; did you mean priority?");
}

TEST_CASE("weights without numbers are told") {
    CHECK(
        mistakes_in(SmallModel{
            .site = "shop: {open: {every day: \"08-20\"}, queue: [weights], desks: {a: {serves: identity}}}"}
                        .text()) ==
        "m.yaml:7:46: weights needs its numbers: expected {weights: {<service>: 2, …}}");
}

TEST_CASE("lines without a channel that has lines are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, lines: 30, desks: {a: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:7:45: no desk here serves a channel with lines, such as phone: for people inside, write "
          "capacity");
}

TEST_CASE("a kind of desk that is not known is told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, kind: kioks}}}"}
                          .text()) ==
          "m.yaml:7:74: \"kioks\" is none of integrated, multi_service, single, mediator and kiosk; did you "
          "mean kiosk?");
}

TEST_CASE("a source that is not named is told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, source: census, desks: {a: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:7:46: there is no source named census; expected one of: demonstration, "
          "unverified");
}

TEST_CASE("a break while the site is closed is warned of") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, "
                                         "breaks: [{\"21:00\": 15 min}]}}}"}
                          .text()) ==
          "m.yaml:7:76: warning: the break at 21:00 is at a time when shop is never open");
}

}  // namespace
}  // namespace balcao::model
