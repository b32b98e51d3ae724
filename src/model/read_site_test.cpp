// Hours, days and rosters that cannot be.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("hours that are none are told") {
    CHECK(mistakes_in(
              SmallModel{.site = "shop: {open: {every day: \"8am-8pm\"}, desks: {a: {serves: identity}}}"}
                  .text()) ==
          "m.yaml:7:28: 8am-8pm are no hours: expected hours such as \"08\", \"08-12\" or \"08:30-12:15\"");
}

TEST_CASE("a day that is none is told") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {mon-fry: \"08-20\"}, desks: {a: {serves: identity}}}"}
                          .text()) == "m.yaml:7:17: unknown key mon-fry; did you mean mon-fri?");
}

TEST_CASE("a day named twice is told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {mon-fri: \"08-20\", fri: \"08-12\"}, desks: {a: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:7:35: a day of the week is named twice: it is named above already");
}

TEST_CASE("hours that overlap are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: [\"08-13\", \"12-20\"]}, desks: {a: {serves: identity}}}"}
                          .text()) == "m.yaml:7:38: these hours overlap with hours named above");
}

TEST_CASE("a country whose holidays are not known is told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\", holidays: XX}, desks: {a: {serves: identity}}}"}
                          .text()) == "m.yaml:7:47: the public holidays of XX are not known: expected PT");
}

TEST_CASE("a site that is always open has no closed days") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: always, holidays: PT, desks: {a: {serves: identity}}}"}
                          .text()) ==
          "m.yaml:7:34: a site that is always open has no closed days: write every day: always");
}

TEST_CASE("closed days in two places are told") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {every day: \"08-20\", closed: [2026-05-01]}, closed: "
                                         "[2026-06-01], desks: {a: {serves: identity}}}"}
                          .text()) == "m.yaml:7:68: closed is given twice: in open and beside it");
}

TEST_CASE("a word that is not always is told") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: allways, desks: {a: {serves: identity}}}"}.text()) ==
          "m.yaml:7:16: expected always, or hours for days such as {mon-fri: \"09:00-18:00\"}, found "
          "\"allways\"");
}

TEST_CASE("a break at no time of day is told") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, "
                                         "breaks: [{\"25:30\": 15 min}]}}}"}
                          .text()) ==
          "m.yaml:7:78: \"25:30\" is no time of day: expected one such as \"10:30\"");
}

TEST_CASE("a desk that steps away for no time at all is told") {
    const auto told_with = [](const std::string& time) {
        return mistakes_in(
            SmallModel{.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, "
                               "away_when_idle: " +
                               time + "}}}"}
                .text());
    };
    CHECK(told_with("0 s") == "m.yaml:7:84: the mean time away is zero: expected more, or no away_when_idle");
    CHECK(told_with("1 s").empty());
}

TEST_CASE("a roster of neither days nor hours is told") {
    CHECK(
        mistakes_in(SmallModel{
            .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, count: {noon: 2}}}}"}
                        .text()) ==
        "m.yaml:7:76: noon are neither days nor hours: expected days such as mon-fri, or hours such as "
        "\"09-13\" for every day");
}

TEST_CASE("desks that are never there while the site is open are told") {
    CHECK(
        mistakes_in(SmallModel{
            .site =
                "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, count: {\"20-22\": 2}}}}"}
                        .text()) == "m.yaml:7:75: a never has a desk while shop is open");
}

TEST_CASE("desks while the site is closed are warned of") {
    CHECK(mistakes_in(SmallModel{.site = "shop: {open: {mon-fri: \"08-20\"}, desks: {a: {serves: identity, "
                                         "count: {mon-fri: {\"08-20\": 2}, sat: {\"09-13\": 1}}}}}"}
                          .text()) ==
          "m.yaml:7:73: warning: a has desks on sat at 09:00-13:00, when shop is closed");
}

TEST_CASE("the numbers of a day are read, and those that end before they begin are told") {
    const auto with = [](const std::string& tickets) {
        return SmallModel{
            .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity}}, tickets: " +
                    tickets + "}"}
            .text();
    };
    const auto read = read_text_model(with("{first: 100, last: 399, calls: 2, pause: 90 s}"));
    REQUIRE(read.value.has_value());
    CHECK(read.value->sites.front().tickets == Tickets{100, 399, 2, std::chrono::seconds{90}});
    CHECK(read_text_model(with("{first: 5000}")).value->sites.front().tickets.last == 5998);
    CHECK(mistakes_in(with("{first: 400, last: 399}")) ==
          "m.yaml:7:98: the last number, 399, comes before the first, 400");
    CHECK(mistakes_in(with("{first: 1, last: 9, cals: 2}")) ==
          "m.yaml:7:99: unknown key cals; did you mean calls?");
}

}  // namespace
}  // namespace balcao::model
