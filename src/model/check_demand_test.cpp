// Demand that nobody can serve.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("a service that there is not is told with the near one") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identiti, site: shop, arrivals: {poisson: 10 per hour}}"}
                  .text()) == "m.yaml:9:15: there is no service named identiti; did you mean identity?");
}

TEST_CASE("a site that there is not is told") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shoop, arrivals: {poisson: 10 per hour}}"}
                  .text()) == "m.yaml:9:31: there is no site named shoop; did you mean shop?");
}

TEST_CASE("a group that there is not is told") {
    CHECK(mistakes_in(SmallModel{
              .demand = "- {service: identity, site: shop, group: older, arrivals: {poisson: 10 per hour}}"}
                          .text()) == "m.yaml:9:44: there is no group of people named older");
}

TEST_CASE("a service that no desk of the site serves is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {duration: 6 min}\n  tax: {duration: 5 min}",
                                 .demand = "- {service: tax, site: shop, arrivals: {poisson: 10 per hour}}"}
                          .text()) == "m.yaml:10:15: no desk of shop serves tax at the counter");
}

TEST_CASE("a service that no desk serves and nobody asks for is warned of") {
    CHECK(
        mistakes_in(SmallModel{.service = "identity: {duration: 6 min}\n  tax: {duration: 5 min}"}.text()) ==
        "m.yaml:6:3: warning: no desk serves tax, and nobody asks for it");
}

TEST_CASE("a service without a duration is told") {
    CHECK(mistakes_in(SmallModel{.service = "identity: {}"}.text()) ==
          "m.yaml:9:15: identity has no duration at the counter: expected duration or steps in the service, "
          "or duration here");
}

TEST_CASE("an entry in which nobody comes is told") {
    CHECK(mistakes_in(SmallModel{.demand = "- {service: identity, site: shop}"}.text()) ==
          "m.yaml:9:5: nobody comes: expected arrivals, bookings or both");
}

TEST_CASE("two patterns of arrivals are told") {
    CHECK(
        mistakes_in(SmallModel{
            .demand =
                "- {service: identity, site: shop, arrivals: {poisson: 10 per hour, per_hour: {\"08\": 3}}}"}
                        .text()) == "m.yaml:9:47: poisson and per_hour together: expected one pattern");
}

TEST_CASE("arrivals without a pattern are told") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shop, arrivals: {growth: 3 % per year}}"}
                  .text()) ==
          "m.yaml:9:47: no pattern of arrivals: expected one of poisson, per_hour, by_weekday, renewal, "
          "batch and log");
}

TEST_CASE("arrivals while the site is closed are told") {
    CHECK(mistakes_in(SmallModel{
              .demand = "- {service: identity, site: shop, arrivals: {per_hour: {\"07\": 3, \"19-21\": 5}}}"}
                          .text()) ==
          "m.yaml:9:59: warning: shop is closed at 07:00-08:00: whoever is expected then does not come");
}

TEST_CASE("arrivals on days on which the site is closed are told") {
    CHECK(
        mistakes_in(SmallModel{.site = "shop: {open: {mon-fri: \"08-20\"}, desks: {a: {serves: identity}}}",
                               .demand = "- {service: identity, site: shop, arrivals: {by_weekday: {mon-fri: "
                                         "{per_hour: {\"09\": 5}}, sat: {per_hour: {\"09\": 2}}}}}"}
                        .text()) ==
        "m.yaml:9:93: warning: shop is closed on sat: whoever is expected then does not come");
}

TEST_CASE("a plain number per hour is told with the cure") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shop, arrivals: {per_hour: 20}}"}.text()) ==
          "m.yaml:9:58: expected a number for each range of hours, such as {\"09-12\": 20}; for the same "
          "rate all day, poisson: 20 per hour");
}

TEST_CASE("a month that is none is told") {
    CHECK(
        mistakes_in(SmallModel{
            .demand =
                "- {service: identity, site: shop, arrivals: {poisson: 10 per hour, season: {january: 1.2}}}"}
                        .text()) ==
        "m.yaml:9:79: january is no month; expected one of: jan, feb, mar, apr, may, jun, jul, aug, sep, "
        "oct, nov, dec");
}

TEST_CASE("a growth without its year is told") {
    CHECK(mistakes_in(SmallModel{
              .demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per hour, growth: 3 %}}"}
                          .text()) ==
          "m.yaml:9:78: expected a growth such as 3 % per year, found the share 3 %");
}

TEST_CASE("a log of arrivals that is not there is told") {
    CHECK(
        mistakes_in(
            SmallModel{.demand = "- {service: identity, site: shop, arrivals: {log: nowhere.csv}}"}.text()) ==
        "m.yaml:9:53: the file nowhere.csv cannot be read: there is no such file");
}

TEST_CASE("shares of channels that do not add up are told") {
    CHECK(mistakes_in(SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per "
                                           "hour}, channels: {counter: 50 %, phone: 40 %}}"}
                          .text()) ==
          "m.yaml:9:81: the shares of the channels add up to 90 %: expected 100 %\nm.yaml:9:97: no desk of "
          "shop serves identity by phone");
}

TEST_CASE("a channel that no desk serves is told") {
    CHECK(mistakes_in(SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per "
                                           "hour}, channels: {counter: 50 %, phone: 50 %}}"}
                          .text()) == "m.yaml:9:97: no desk of shop serves identity by phone");
}

TEST_CASE("a channel of nobody's is told with the near one") {
    CHECK(mistakes_in(SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per "
                                           "hour}, channels: {counter: 50 %, fone: 50 %}}"}
                          .text()) ==
          "m.yaml:9:97: no desk serves a channel named fone; expected one of: chat, counter, email, online, "
          "phone, video");
}

TEST_CASE("bookings that no desk takes are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, takes: walk_in}}}",
              .demand = "- {service: identity, site: shop, bookings: {per_day: 10, slot: 20 min}}"}
                          .text()) ==
          "m.yaml:9:47: no desk of shop that serves identity takes booked people");
}

TEST_CASE("walk-ins that no desk takes are told") {
    CHECK(mistakes_in(SmallModel{
              .site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, takes: booked}}}"}
                          .text()) ==
          "m.yaml:9:47: no desk of shop that serves identity takes walk-in people");
}

TEST_CASE("a slot longer than the day is told") {
    CHECK(mistakes_in(
              SmallModel{.demand = "- {service: identity, site: shop, bookings: {per_day: 1, slot: 13 h}}"}
                  .text()) == "m.yaml:9:66: a slot of 13 h is longer than shop is ever open");
}

TEST_CASE("more bookings than places are warned of") {
    CHECK(mistakes_in(SmallModel{
              .demand = "- {service: identity, site: shop, bookings: {per_day: 100, slot: 20 min}}"}
                          .text()) ==
          "m.yaml:9:57: warning: 100 a day ask for 36 places: the next free one moves ever further away");
}

TEST_CASE("two entries of one id are told") {
    CHECK(mistakes_in(SmallModel{
              .demand = "- {id: x, service: identity, site: shop, arrivals: {poisson: 10 per hour}}\n  - "
                        "{id: x, service: identity, site: shop, arrivals: {poisson: 10 per hour}}"}
                          .text()) == "m.yaml:10:10: two entries have the id x");
}

TEST_CASE("a rate of zero is warned of") {
    CHECK(
        mistakes_in(SmallModel{.demand = "- {service: identity, site: shop, arrivals: {poisson: 0 per hour}}"}
                        .text()) == "m.yaml:9:47: warning: nobody comes: the rate is zero");
}

// The load that is warned of, "" where there is no warning.
std::string warned_load(std::string_view services, std::string_view site, std::string_view demand) {
    const std::string found = mistakes_in(
        fmt::format("balcao: 1\nname: t\nfirst_day: 2026-01-05\nservices: {}\nsites: {}\ndemand: {}\n",
                    services, site, demand));
    const auto at = found.find("the load of ");
    return at == std::string::npos ? found : found.substr(at + 12, found.find(':', at) - at - 12);
}

constexpr std::string_view five_minutes = "{a: {duration: 5 min}}";

TEST_CASE("a queue that cannot drain is warned of") {
    CHECK(mistakes_in(
              SmallModel{.site = "shop: {open: always, desks: {a: {count: 2, serves: [identity]}}}",
                         .demand = "- {service: identity, site: shop, arrivals: {poisson: 25 per hour}}"}
                  .text()) ==
          "m.yaml:7:3: warning: the load of a at shop is 1.25: 2.50 desk-hours of work an hour come with "
          "identity, of which 2.00 can be done, and nobody gives up; the site never closes, so the queue "
          "grows as long "
          "as the run lasts and a longer run gives larger figures: add desks, patience or room");
}

TEST_CASE("the load counts how fast desks are, what is written down afterwards, and who comes again") {
    const auto at = [](std::string_view desk) {
        return warned_load(five_minutes,
                           fmt::format("{{s: {{open: always, desks: {{d: {{count: 2, {}}}}}}}}}", desk),
                           "[{service: a, site: s, arrivals: {poisson: 20 per hour}}]");
    };
    CHECK(at("serves: [a]").empty());
    CHECK(at("skills: {a: 1.5}") == "d at s is 1.25");
    CHECK(at("serves: [a], after_work: 2 min") == "d at s is 1.17");
    CHECK(at("serves: [a], absence: 50 %") == "d at s is 1.67");
    CHECK(at("serves: [a], breaks: [{\"12:00\": 8 h}]") == "d at s is 1.25");
    CHECK(warned_load(five_minutes, "{s: {open: always, desks: {d: {count: 2, serves: [a]}}}}",
                      "[{service: a, site: s, arrivals: {poisson: 20 per hour}, missing_document: 30 %}]") ==
          "d at s is 1.19");
    CHECK(warned_load(five_minutes, "{s: {open: always, desks: {d: {count: 2, skills: {a: 0.5}}}}}",
                      "[{service: a, site: s, arrivals: {poisson: 30 per hour}}]")
              .empty());
    CHECK(warned_load(five_minutes, "{s: {open: always, desks: {d: {count: unlimited, serves: [a]}}}}",
                      "[{service: a, site: s, arrivals: {poisson: 30 per hour}}]")
              .empty());
}

TEST_CASE("who gives up, or finds no room, drains a queue") {
    const auto with = [](std::string_view service, std::string_view site, std::string_view demand) {
        return warned_load(
            fmt::format("{{a: {{duration: 5 min{}}}, b: {{duration: 5 min}}}}", service),
            fmt::format("{{s: {{open: always, desks: {{d: {{count: 2, serves: [a, b]}}}}{}}}}}", site),
            fmt::format("[{{service: a, site: s, arrivals: {{poisson: 30 per hour}}{}}}, {{service: b, "
                        "site: s, arrivals: {{poisson: 6 per hour}}}}]",
                        demand));
    };
    CHECK(with("", "", "") == "d at s is 1.50");
    CHECK(with(", patience: 10 min", "", "").empty());
    CHECK(with("", ", capacity: 30", "").empty());
    CHECK(with("", "", ", balking: {at_length: 10}").empty());
    CHECK(with("", "", ", balking: {at_length: 10, share: 20 %}") == "d at s is 1.25");
}

TEST_CASE("desks that share their work only in part are looked at together") {
    // Neither a (17 an hour at 5 min on d and e) nor b (11 at 10 min on e and f) is too much alone.
    CHECK(warned_load(
              "{a: {duration: 5 min}, b: {duration: 10 min}, c: {duration: 1 min}}",
              "{s: {open: always, desks: {d: {serves: [a]}, e: {serves: [a, b]}, f: {serves: [b]}, g: "
              "{count: 10, serves: [c]}}}}",
              "[{service: a, site: s, arrivals: {poisson: 17 per hour}}, {service: b, site: s, "
              "arrivals: {poisson: 11 per hour}}, {service: c, site: s, arrivals: {poisson: 1 per hour}}]") ==
          "d, e and f at s is 1.08");
}

TEST_CASE("each step brings its work to its own desks") {
    CHECK(warned_load("{a: {steps: [{at: front, duration: 2 min}, {at: back, duration: 6 min, next: {back: "
                      "25 %, leave: 75 %}}]}}",
                      "{s: {open: always, desks: {front: {count: 1}, back: {count: 2}}}}",
                      "[{service: a, site: s, arrivals: {poisson: 20 per hour}}]") == "back at s is 1.33");
}

TEST_CASE("a site that closes is warned of only when its desks cannot empty it day and night") {
    const auto at = [](std::string_view per_hour, std::string_view closing) {
        return warned_load(
            five_minutes,
            fmt::format("{{s: {{open: {{mon-fri: \"09-17\"}}, desks: {{d: {{serves: [a]}}}}{}}}}}", closing),
            fmt::format("[{{service: a, site: s, arrivals: {{poisson: {} per hour}}}}]", per_hour));
    };
    CHECK(at("30", "").empty());
    CHECK(at("60", "") == "d at s is 1.19");
    CHECK(at("60", ", at_closing: send_away").empty());
}

TEST_CASE("two sites for one channel are told") {
    CHECK(mistakes_in(
              SmallModel{.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity}}}\n  p: "
                                 "{open: always, desks: {x: {serves: identity, channels: phone}}}\n  q: "
                                 "{open: always, desks: {x: {serves: identity, channels: phone}}}",
                         .demand = "- {service: identity, site: shop, arrivals: {poisson: 10 per hour}, "
                                   "channels: {counter: 50 %, phone: 50 %}}"}
                  .text()) ==
          "m.yaml:11:97: p and q serve identity by phone: expected one of them, as in phone: {share: …, "
          "site: p}");
}

TEST_CASE("logged people who come when the doors do not open any more that day are warned of") {
    const auto remarks_of = [](const std::string& log) {
        return told(read_folder({{"m/model.yaml", SmallModel{.site = "shop: {open: {mon-fri: [\"08-12\", "
                                                                     "\"13-16\"]}, desks: {a: {serves: "
                                                                     "identity}}}",
                                                             .demand = "- {service: identity, site: shop, "
                                                                       "arrivals: {log: l.csv}}"}
                                                      .text()},
                                 {"m/l.csv", "time\n" + log}})
                        .remarks);
    };
    CHECK(remarks_of("07:55\n12:30\n15:59\n").empty());  // they wait until the doors open
    CHECK(remarks_of("15:00\n20:00\n136:00\n") ==
          "m/model.yaml:9:53: warning: 2 of 3 rows of l.csv are of a time when shop has closed for the day, "
          "the first of 2026-01-05 20:00: they leave unserved");
}

TEST_CASE("desks that leave before the site closes are warned of, unless others serve the same") {
    const auto with = [](const std::string& desks, const std::string& open) {
        return mistakes_in(SmallModel{.site = "shop: {open: " + open + ", desks: {" + desks + "}}"}.text());
    };
    const std::string roster = "a: {count: {mon-fri: {\"08-15\": 1}, sat: {\"08-12\": 1}}, serves: identity}";
    const std::string open = "{mon-fri: \"08-16\", sat: \"08-12\"}";
    CHECK(with(roster, open) ==
          "m.yaml:7:69: warning: a has no desk when shop closes on mon-fri: whoever waits for one then "
          "leaves unserved");
    CHECK(with(roster + ", b: {serves: identity}", open).empty());
    CHECK(with(roster, "{mon-fri: \"08-15\", sat: \"08-12\"}").empty());
}

TEST_CASE(
    "people with an appointment who would come again without one, to desks for the booked, are warned of") {
    const auto with = [](const std::string& takes, const std::string& bookings, const std::string& entry) {
        return mistakes_in(SmallModel{
            .site =
                "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: identity, takes: " + takes + "}}}",
            .demand = "- {service: identity, site: shop, bookings: {per_day: 3, slot: 20 min" + bookings +
                      "}" + entry + "}"}
                               .text());
    };
    const std::string nobody =
        " has no appointment, and no desk of shop that serves identity takes walk-in people: nobody serves "
        "her";
    CHECK(with("booked", "", "").empty());
    CHECK(with("both", ", late_after: 15 min", ", missing_document: 9 %").empty());
    CHECK(with("booked", ", late_after: 15 min", "") == "m.yaml:9:86: warning: who comes too late" + nobody);
    CHECK(with("booked", ", no_show: 13 %", ", if_unserved: {retry_after: 2 days}") ==
          "m.yaml:9:103: warning: who tries again" + nobody);
    CHECK(with("booked", "", ", missing_document: 9 %") ==
          "m.yaml:9:93: warning: who must come again" + nobody);
}

TEST_CASE("more promises of different limits than a run keeps count of are told") {
    std::string targets = "targets:\n";
    for (const char* limit : {"5", "10", "15", "20", "25", "30", "30"})
        targets += std::string{"  - {measure: served_within, limit: "} + limit + " min, at_least: 80 %}\n";
    CHECK(mistakes_in(SmallModel{.tail = targets}.text()).empty());
    CHECK(
        mistakes_in(SmallModel{.tail = targets + "  - {measure: served_within, limit: 1 h, at_least: 80 %}\n"}
                        .text()) ==
        "m.yaml:18:37: 1 h is one limit too many: expected at most 6 different limits of served_within");
}

}  // namespace
}  // namespace balcao::model
