// Targets that no run can answer are told before the run.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

// Two sites, two channels, one group.
std::string told_of(std::string_view target, std::string_view second_site = "") {
    return told_beside_notes(read_text_model(fmt::format(R"(balcao: 1
name: Targets
first_day: 2026-01-05
people: {{older: {{size: 100}}}}
services: {{x: {{duration: 6 min}}}}
sites:
  s: {{open: {{every day: "08-20"}}, desks: {{a: {{count: 2, serves: [x], channels: [counter, phone]}}}}}}
{}
demand: [{{service: x, site: s, group: older, channels: {{counter: 60 %, phone: 40 %}}, arrivals: {{poisson: 1 per hour}}}}]
targets: [{}]
)",
                                                         second_site, target))
                                 .remarks);
}

const char* const spot = "  t: {open: {every day: \"08-20\"}, desks: {a: {count: 1, serves: [x]}}}";

}  // namespace

TEST_CASE("a measure is promised only of a part of the city that it is known of") {
    CHECK(told_of("{measure: wait, at_most: 5 min, site: s, group: older}") ==
          "m.yaml:10:11: wait is not known of site and group together: expected one of them, a service with "
          "one "
          "of the others, or a group with a channel");
    CHECK(told_of("{measure: wait, at_most: 5 min, site: s, channel: phone}").find("site and channel") !=
          std::string::npos);
    CHECK(told_of("{measure: wait, at_most: 5 min, service: x, group: older, channel: phone}")
              .find("service, group and channel together") != std::string::npos);
    CHECK(told_of("{measure: utilisation, at_most: 90 %, service: x}").find("utilisation is of desks") !=
          std::string::npos);
    CHECK(told_of("{measure: queue_length, at_most: 4, group: older}")
              .find("queue_length is known of a site") != std::string::npos);
    CHECK(told_of("{measure: number_in_system, at_most: 4}", spot).find("name the site") !=
          std::string::npos);
}

TEST_CASE("a measure of a part that it is known of is no mistake") {
    for (const char* target :
         {"{measure: wait, at_most: 5 min}", "{measure: wait, at_most: 5 min, site: s, service: x}",
          "{measure: wait, at_most: 5 min, service: x, group: older}",
          "{measure: wait, at_most: 5 min, group: older, channel: phone}",
          "{measure: served_within, limit: 5 min, at_least: 80 %, service: x, channel: counter}",
          "{measure: utilisation, at_most: 90 %, site: s}", "{measure: queue_length, at_most: 4}",
          "{measure: queue_length, at_most: 4, site: s, service: x}",
          "{measure: visits_per_need, at_most: 2, group: older}"})
        CHECK_MESSAGE(told_of(target) == "", target);
    CHECK(told_of("{measure: number_in_system, at_most: 4, site: t}", spot) == "");
}

TEST_CASE("a target that nobody of this model can answer is warned of, as a scenario may answer it") {
    CHECK(told_of("{measure: wait, at_most: 5 min, channel: video}")
              .find("warning: nobody comes by video, so this target stays undecided") != std::string::npos);
    CHECK(told_of("{measure: no_show_share, at_most: 5 %}").find("warning: nobody has an appointment") !=
          std::string::npos);
}

}  // namespace balcao::model
