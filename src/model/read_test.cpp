// The reader as a whole: the example of the language page, what is given by default, files in folders.
#include "model/read.hpp"

#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

TEST_CASE("the five-class shop of the language page is read as it is written") {
    const auto read = read_model(shipped_model("five-class-shop.yaml"), DiskFiles{}, options_of_test());
    CHECK(told_beside_notes(read.remarks) == "");
    REQUIRE(read.value.has_value());
    const Model& model = *read.value;
    CHECK(model.key == "five-class-shop");
    CHECK(model.time_zone == "Europe/Lisbon");
    CHECK(format_date(model.first_day) == "2026-01-05");
    CHECK(name_of(model.services[0], "en") == "Citizen card");
    REQUIRE(model.services.size() == 5);
    CHECK(model.services[0].duration.all == Distribution{Exponential{360e6}});
    REQUIRE(model.sites.size() == 1);
    const Site& shop = model.sites[0];
    CHECK(shop.at_closing == AtClosing::serve);
    CHECK(shop.queue.criteria == std::vector{Criterion::priority, Criterion::arrival});
    REQUIRE(shop.desks.size() == 3);
    CHECK(shop.desks[1].serves == std::vector{Skill{ServiceKey{"social"}, 1}, Skill{ServiceKey{"tax"}, 1}});
    CHECK(std::get<int>(shop.desks[2].count) == 4);
    REQUIRE(model.demand.size() == 5);
    const Demand& identity = model.demand[0];
    CHECK(identity.key.text() == "identity");
    CHECK(identity.priority == 1);
    const auto& hours = std::get<HourlyArrivals>(identity.arrivals->pattern).per_hour;
    REQUIRE(hours.size() == 12);
    CHECK(hours[3] == std::pair{TimeRange{660, 720}, 30.0});
    CHECK(identity.patience.all == Distribution{Exponential{1800e6}});
    CHECK_FALSE(model.is_steady_state());
}

TEST_CASE("a hall that never closes makes the model one of steady state") {
    const auto read = read_model(shipped_model("mm20.yaml"), DiskFiles{}, options_of_test());
    CHECK(told_beside_notes(read.remarks) == "");
    REQUIRE(read.value.has_value());
    CHECK(read.value->is_steady_state());
    CHECK(std::get<PoissonArrivals>(read.value->demand[0].arrivals->pattern).per_hour ==
          doctest::Approx(1140));
}

TEST_CASE("a model without a first day begins on the Monday after today, and says so") {
    std::string text = SmallModel{}.text();
    text.erase(text.find("first_day"), std::string_view{"first_day: 2026-01-05\n"}.size());
    const auto read = read_text_model(text);
    REQUIRE(read.value.has_value());
    CHECK(format_date(read.value->first_day) == "2026-01-12");
    CHECK(told(read.remarks) ==
          "note: no first_day is given: the first simulated day is the Monday after today, 2026-01-12");
}

TEST_CASE("invented figures are counted in a note") {
    const auto read =
        read_text_model(SmallModel{.service = "identity: {duration: 6 min, source: demonstration}"}.text());
    CHECK(told(read.remarks) == "note: 1 part is marked as a demonstration: those figures are invented");
}

TEST_CASE("a folder's files are merged key by key and its lists joined") {
    const auto read =
        read_folder({{"m/model.yaml",
                      "balcao: 1\nname: Folder\nfirst_day: 2026-01-05\ninclude: [parts/a.yaml, b.yaml]\n"
                      "services: {one: {duration: 1 min}}\n"},
                     {"m/parts/a.yaml",
                      "services: {two: {duration: 2 min}}\n"
                      "demand: [{service: one, site: s, arrivals: {poisson: 1 per hour}}]\n"},
                     {"m/b.yaml",
                      "sites: {s: {open: {mon: \"08-12\"}, desks: {d: {serves: [one, two]}}}}\n"
                      "demand: [{service: two, site: s, arrivals: {poisson: 2 per hour}}]\n"}});
    CHECK(told(read.remarks) == "");
    REQUIRE(read.value.has_value());
    CHECK(read.value->key == "m");
    CHECK(read.value->services.size() == 2);
    REQUIRE(read.value->demand.size() == 2);
    CHECK(read.value->demand[1].service.text() == "two");
}

TEST_CASE("a key given in two files is told with both places") {
    const auto read = read_folder({{"m/model.yaml",
                                    "balcao: 1\nname: Folder\nfirst_day: 2026-01-05\ninclude: [a.yaml]\n"
                                    "services: {one: {duration: 1 min}}\n"
                                    "sites: {s: {open: {mon: \"08-12\"}, desks: {d: {serves: one}}}}\n"
                                    "demand: [{service: one, site: s, arrivals: {poisson: 1 per hour}}]\n"},
                                   {"m/a.yaml", "name: Again\nservices: {one: {duration: 2 min}}\n"}});
    CHECK(told(read.remarks) ==
          "m/a.yaml:1:1: name is given twice; first at m/model.yaml:2:1\n"
          "m/a.yaml:2:12: one in services is given twice; first at m/model.yaml:5:12");
}

TEST_CASE("a file that includes itself or is not there is told") {
    const auto read = read_folder({{"m/model.yaml", "balcao: 1\ninclude: [model.yaml, nowhere.yaml]\n"}});
    const std::string all = told(read.remarks);
    CHECK(all.find("m/model.yaml:2:11: model.yaml is included twice") != std::string::npos);
    CHECK(all.find("m/model.yaml:2:23: the file m/nowhere.yaml cannot be read: there is no such file") !=
          std::string::npos);
}

TEST_CASE("a file that is not there is told with what may be meant") {
    const MemoryFiles files{
        {{"models/lisbon/model.yaml", "balcao: 1\n"}, {"models/hall.yaml", "balcao: 1\n"}}};
    const auto told_of = [&](const char* path) {
        return told(read_model(path, files, options_of_test()).remarks);
    };
    CHECK(told_of("models/lisbn") ==
          "models/lisbn: the file cannot be read: there is no such file; did you mean models/lisbon?");
    CHECK(told_of("model/hall.yaml") ==
          "model/hall.yaml: the file cannot be read: there is no folder model; did you mean models?");
    CHECK(told_of("models/hal.yaml") ==
          "models/hal.yaml: the file cannot be read: there is no such file; did you mean models/hall.yaml?");
    CHECK(told_of("models") ==
          "models/model.yaml: the file cannot be read: this folder has no model.yaml: name a model file, or "
          "a folder "
          "with one");
    CHECK(told_of("").ends_with("the file cannot be read: no file is named"));
}

TEST_CASE("a scenario in place of a model, and a model in place of a scenario, are told as that") {
    const SmallModel small;
    const MemoryFiles files{{{"m.yaml", small.text()}, {"s.yaml", "changes: [{scale: demand, by: 1}]\n"}}};
    CHECK(told(read_model("s.yaml", files, options_of_test()).remarks) ==
          "s.yaml:1:1: this is a scenario, not a model: name the model first, then its scenarios");
    CHECK(told(read_scenario("m.yaml", "m.yaml", files, options_of_test()).remarks) ==
          "m.yaml:1:1: this is a model, not a scenario: expected a list of changes");
}

TEST_CASE("a log of arrivals is read in order of time, with what it knows of each person") {
    SmallModel small;
    small.demand = "- {service: identity, site: shop, arrivals: {log: log.csv}}";
    const auto read = read_model("m.yaml",
                                 MemoryFiles{{{"m.yaml", small.text()},
                                              {"log.csv",
                                               "time,duration_min,desk\n2026-01-06T09:00:30,2.5,a\n"
                                               "08:10,4,\n9 h 5 min,,a\n"}}},
                                 options_of_test());
    CHECK(told(read.remarks) == "");
    REQUIRE(read.value.has_value());
    const auto& log = std::get<ArrivalLog>(read.value->demand[0].arrivals->pattern).arrivals;
    REQUIRE(log.size() == 3);
    CHECK(log[0].time == *parse_duration("8 h 10 min"));
    CHECK(log[0].duration == *parse_duration("4 min"));
    CHECK_FALSE(log[0].desk.has_value());
    CHECK_FALSE(log[1].duration.has_value());
    CHECK(log[2].time == *parse_duration("33 h 30 s"));
    CHECK(log[2].desk == DeskKey{"a"});
}

TEST_CASE("a wrong row of a log is told with the log's file and line") {
    SmallModel small;
    small.demand = "- {service: identity, site: shop, arrivals: {log: log.csv}}";
    const auto read = read_model(
        "m.yaml", MemoryFiles{{{"m.yaml", small.text()}, {"log.csv", "time,desk\nnoon,a\n08:10,zz\n"}}},
        options_of_test());
    CHECK(told(read.remarks) ==
          "log.csv:2:1: time: noon expected a time such as 09:03:20, 2026-01-05T09:03:20 or 12.5 min\n"
          "m.yaml:9:53: log.csv names the desk zz, which shop does not have; expected one of: a");
}

TEST_CASE("measured values of a file make an empirical distribution, in the unit of their header") {
    SmallModel small;
    small.service = "identity: {duration: {empirical: times.csv}}";
    const auto read =
        read_model("m.yaml", MemoryFiles{{{"m.yaml", small.text()}, {"times.csv", "minutes\n1.5\n3\n"}}},
                   options_of_test());
    REQUIRE(read.value.has_value());
    CHECK(read.value->services[0].duration.all == Distribution{Empirical{"times.csv", {90e6, 180e6}}});
    CHECK(mean_of(*read.value->services[0].duration.all) == 135e6);
}

TEST_CASE("every kind of desk, queue and pattern of arrivals is read as it is meant") {
    SmallModel small;
    small.site =
        "shop: {open: {mon-fri: [\"08-12\", \"13-17\"], closed: [2026-05-01], holidays: PT}, capacity: 60, "
        "preempt: true,"
        " queue: [priority, {weights: {identity: 2}}], lines: {phone: 30}, desks: {a: {count: {\"08-17\": "
        "2}, skills: "
        "{identity: 1.3}, breaks: [{\"10:30\": 15 min}], absence: 8 %, takes: both}, p: {serves: identity, "
        "channels: "
        "[phone, desk-of-our-own], concurrent: 3, count: unlimited}}}";
    small.demand =
        "- {service: identity, site: shop, priority: 2, arrivals: {by_weekday: {mon: {per_hour: {\"08-12\": "
        "4}}, tue-fri: "
        "{poisson: 0.5 per min}}, growth: 3 % per year, season: {jan: 1.1}, day_factor: {gamma: {mean: 1, "
        "cv: 0.2}}, "
        "dates: {2026-12-24: 0.5}}, bookings: {per_day: 10, slot: 20 min, punctuality: {normal: {mean: -4 "
        "min, sd: 6 "
        "min}}}, channels: {phone: 40 %, counter: 60 %}, if_unserved: {retry_after: 1 days, share: 70 %, "
        "at_most: 3}}";
    const auto read = read_text_model(small.text());
    CHECK(told(read.remarks) == "");
    REQUIRE(read.value.has_value());
    const Site& shop = read.value->sites[0];
    CHECK(shop.open.on(*parse_date("2026-05-01")).empty());
    CHECK(shop.open.on(*parse_date("2026-01-01")).empty());
    CHECK(shop.open.on(*parse_date("2026-01-05")).size() == 2);
    CHECK(shop.open.on(*parse_date("2026-01-10")).empty());
    CHECK(std::get<Roster>(shop.desks[0].count).weekly.front().first == WeekdaySet::every_day());
    CHECK(shop.desks[0].serves[0].factor == 1.3);
    CHECK(shop.desks[0].breaks == std::vector{Break{630, std::chrono::minutes{15}}});
    CHECK(std::holds_alternative<Unlimited>(shop.desks[1].count));
    CHECK(shop.queue.weights.front().second == 2);
    const Demand& demand = read.value->demand[0];
    const auto& days = std::get<WeekdayArrivals>(demand.arrivals->pattern).by_weekday;
    CHECK(std::get<PoissonArrivals>(days[1].second).per_hour == 30);
    CHECK(demand.arrivals->growth_per_year == doctest::Approx(0.03));
    CHECK(demand.arrivals->season[0] == 1.1);
    CHECK(demand.bookings->punctuality == Distribution{Normal{-240e6, 360e6}});
    CHECK(demand.channels[0].share == 0.4);
    CHECK(demand.if_unserved->at_most == 3);
}

TEST_CASE("steps follow one another unless they say where they lead") {
    SmallModel small;
    small.service =
        "identity: {steps: [{at: a, duration: 2 min}, {id: look, at: b, duration: 3 min, next: {a: 10 %, "
        "leave: 20 %, pay: "
        "70 %}}, {id: pay, at: a, duration: 1 min}]}";
    small.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {}, b: {}}}";
    const auto read = read_text_model(small.text());
    CHECK(told(read.remarks) == "");
    REQUIRE(read.value.has_value());
    const auto& steps = read.value->services[0].steps;
    CHECK(steps[0].next == std::vector{Next{StepKey{"look"}, 1}});
    CHECK(steps[1].next ==
          std::vector{Next{StepKey{"a"}, 0.1}, Next{std::nullopt, 0.2}, Next{StepKey{"pay"}, 0.7}});
    CHECK(steps[2].next == std::vector{Next{}});
}

}  // namespace
}  // namespace balcao::model
