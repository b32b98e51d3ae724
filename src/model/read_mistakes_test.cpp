// Mistakes of keys and of the file itself, each with its place and its cure.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("a key that the language does not know is told with the near one") {
    CHECK(
        mistakes_in(SmallModel{.demand = "- {service: identity, site: shop, arivals: {poisson: 10 per hour}}"}
                        .text()) == "m.yaml:9:37: unknown key arivals; did you mean arrivals?");
}

TEST_CASE("a key far from every other lists what there is") {
    CHECK(mistakes_in(SmallModel{
              .site =
                  "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity]}}, zzz: 1}"}
                          .text()) ==
          "m.yaml:7:82: unknown key zzz; expected one of: name, kind, location, open, closed, holidays, "
          "at_closing, desks, queue, preempt, capacity, lines, tickets, appointments, kiosks, source");
}

TEST_CASE("what is required and missing is told with its meaning") {
    CHECK(mistakes_in("balcao: 1\nname: Empty\nfirst_day: 2026-01-05\n") ==
          "m.yaml:1:1: the key demand is missing: who comes, when; the order here is the order of "
          "ties\nm.yaml:1:1: the key services is missing: what people come for\nm.yaml:1:1: the key sites is "
          "missing: where people are served: shops, spots, phone lines, web pages");
}

TEST_CASE("a key without a value is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 6 min, patience: }"}.text()) ==
          "m.yaml:5:31: the key patience has no value: give one, or leave the key out");
}

TEST_CASE("a key given twice is told with its first place") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 6 min, duration: 7 min}"}.text()) ==
          "m.yaml:5:31: the key duration is given twice; first in line 5, column 14");
}

TEST_CASE("another version of the language is refused") {
    CHECK(mistakes_in("balcao: 2\nname: Next\nfirst_day: 2026-01-05\nservices: {a: {duration: 1 "
                      "min}}\nsites: {s: {open: always, desks: {d: {serves: a}}}}\ndemand: [{service: a, "
                      "site: s, arrivals: {poisson: 1 per hour}}]\n") ==
          "m.yaml:1:9: the number 2 is no version of the language that is known here: expected 1");
}

TEST_CASE("a first day that is no date is told") {
    CHECK(mistakes_in("balcao: 1\nname: Day\nfirst_day: 2026-02-30\nservices: {a: {duration: 1 min}}\nsites: "
                      "{s: {open: always, desks: {d: {serves: a}}}}\ndemand: [{service: a, site: s, "
                      "arrivals: {poisson: 1 per hour}}]\n") ==
          "m.yaml:3:12: expected a date such as 2026-01-05, found \"2026-02-30\"");
}

TEST_CASE("a model that is a list is no model") {
    CHECK(mistakes_in("- balcao\n") ==
          "m.yaml:1:1: expected a model: a map of keys and values, beginning with balcao: 1");
}

TEST_CASE("an empty file is no model") {
    CHECK(mistakes_in("") ==
          "m.yaml:1:1: expected a model: a map of keys and values, beginning with balcao: 1");
}

TEST_CASE("quotes that are never closed are told where the file ends") {
    CHECK(mistakes_in("balcao: 1\nname: \"Never closed\nservices: {}\n") ==
          "m.yaml:4:1: the file ends inside quotes: expected the closing quote (in what begins in line 2, "
          "column 7)");
}

TEST_CASE("a brace that is never closed is told") {
    CHECK(mistakes_in("balcao: 1\nservices: {a: {duration: 6 min}\nsites: {}\n") ==
          "m.yaml:3:1: expected \",\" or \"}\" after an entry of the map in braces (in what begins in line "
          "2, column 11)");
}

TEST_CASE("tabs are told") {
    CHECK(mistakes_in("balcao: 1\nservices:\n\ta: 1\n") ==
          "m.yaml:3:1: this character cannot begin a value: put the text in quotes, and indent with spaces, "
          "never tabs");
}

TEST_CASE("a wrong indent is told") {
    CHECK(mistakes_in("balcao: 1\nservices:\n   a: {duration: 6 min}\n  b: {duration: 6 min}\n") ==
          "m.yaml:4:3: expected a key of the map here: is the line indented as the one above it? (in what "
          "begins in line 1, column 1)");
}

TEST_CASE("two documents in one file are told") {
    CHECK(mistakes_in("balcao: 1\n---\nbalcao: 1\n") ==
          "m.yaml:2:1: a second document begins here: one file holds one");
}

TEST_CASE("a list as a key is told") {
    CHECK(mistakes_in("? [a, b]\n: 1\n") ==
          "m.yaml:1:3: a key must be a text of one line: close the braces, or put the text in quotes");
}

TEST_CASE("a name that was never given is told") {
    CHECK(mistakes_in("balcao: *one\n") == "m.yaml:1:9: *one repeats a value that no &one above has named");
}

}  // namespace
}  // namespace balcao::model
