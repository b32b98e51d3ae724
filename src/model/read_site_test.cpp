// Hours, days and rosters that cannot be.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

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

TEST_CASE("a date has hours of its own, whatever its weekday, and though it is a public holiday") {
    const auto read = read_text_model(SmallModel{
        .site = "shop: {open: {mon-fri: \"08-20\", holidays: PT, dates: {2026-12-25: \"10-12\", 2026-12-24: "
                "{name: "
                "{pt: Véspera, en: Eve}, hours: [\"09-12\", \"14-15\"]}}}, desks: {a: {serves: identity}}}",
        .tail = "languages: [pt, en]\n"}
                                          .text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const OpeningHours& open = read.value->sites[0].open;
    const auto on = [&](const char* date) { return open.on(*parse_date(date)); };
    CHECK(on("2026-12-24") == std::vector<TimeRange>{{540, 720}, {840, 900}});
    CHECK(on("2026-12-25") == std::vector<TimeRange>{{600, 720}});
    CHECK(on("2026-12-08").empty());  // a holiday without hours of its own
    CHECK(on("2026-12-23") == std::vector<TimeRange>{{480, 1200}});
    CHECK(open.find(*parse_date("2026-12-24"))->name.in("en", "") == "Eve");
    // As it is printed it reads back the same.
    const auto again = read_text_model(print_canonical(*read.value));
    REQUIRE_MESSAGE(again.value.has_value(), told(again.remarks));
    CHECK(*again.value == *read.value);
}

TEST_CASE("mistakes in the hours of a date are told at their place") {
    const auto told_of = [](const std::string& dates) {
        return mistakes_in(
            SmallModel{.site = "shop: {open: {mon-fri: \"08-20\", closed: 2026-06-12, dates: " + dates +
                               "}, desks: {a: {serves: identity}}}"}
                .text());
    };
    CHECK(told_of("{24 December: \"09-12\"}") ==
          "m.yaml:7:63: 24 December is no date: expected one such as 2026-12-24");
    CHECK(told_of("{2026-12-24: \"9am\"}") ==
          "m.yaml:7:75: 9am are no hours: expected hours such as \"08\", \"08-12\" or \"08:30-12:15\"");
    CHECK(told_of("{2026-12-24: {nam: Eve, hours: \"09-12\"}}") ==
          "m.yaml:7:76: unknown key nam; did you mean name?");
    CHECK(told_of("{2026-12-24: {name: Eve}}") ==
          "m.yaml:7:75: the key hours is missing: the hours on this day");
    CHECK(told_of("{2026-06-12: \"09-12\"}") ==
          "m.yaml:7:63: 2026-06-12 is under closed as well: a day has hours or is closed");
    CHECK(told_of("{2026-12-24: []}") ==
          "m.yaml:7:75: the list of hours is empty: to be closed, write the date under closed");
    CHECK(told_of("{2026-12-24: [\"09-12\", \"11-13\"]}") ==
          "m.yaml:7:85: these hours overlap with hours named above");
    CHECK(told_of("none").starts_with("m.yaml:7:62: expected hours of single days"));
}

TEST_CASE("a date on whose weekday no desk works is warned of") {
    CHECK(mistakes_in(
              SmallModel{.site = "shop: {open: {mon-fri: \"08-20\", dates: {2026-12-26: \"10-12\"}}, desks: "
                                 "{a: {serves: identity, count: {mon-fri: 2}}}}"}
                  .text()) ==
          "m.yaml:7:43: warning: shop is open on 2026-12-26 at 10:00-12:00, when none of its desks works on "
          "a sat");
}

TEST_CASE("what differs in the hours of a date is said in words") {
    const auto model = [](const std::string& dates) {
        return *read_text_model(SmallModel{.site = "shop: {open: {mon-fri: \"08-20\"" + dates +
                                                   "}, desks: {a: {serves: identity}}}"}
                                    .text())
                    .value;
    };
    const auto usual = model("");
    const auto eve = model(", dates: {2026-12-24: \"09-12\"}");
    CHECK(differences(usual, eve) ==
          std::vector<std::string>{"sites.shop.open: dates added: {\"2026-12-24\": \"09:00-12:00\"}"});
    CHECK(differences(eve, model(", dates: {2026-12-24: \"09-13\"}")) ==
          std::vector<std::string>{"sites.shop.open.dates: 2026-12-24 \"09:00-12:00\" → \"09:00-13:00\""});
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
