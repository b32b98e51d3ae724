// Who gets in, who gives up, and in what order people are called.
#include <algorithm>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"

using namespace balcao::sim;

TEST_CASE("who has waited as long as she would, gives up unserved") {
    const auto model =
        model_of(R"(
services: {x: {duration: 5 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {log: l.csv}}]
)",
                 {{"l.csv", "time,duration_min,patience_min\n10:00,5,3\n10:01,5,3\n10:02,5,6\n"}});
    const auto visits = visits_of(model);
    CHECK(visits.at(1).outcome == Outcome::abandoned);
    CHECK(minutes(visits.at(1).left) == 604);
    CHECK(visits.at(2).outcome == Outcome::served);
    CHECK(minutes(visits.at(2).legs.at(0).started) == 605);
}

TEST_CASE("a full room turns people away, and a place is free once someone has left") {
    const auto model = model_of(R"(
services: {x: {duration: 10 min}}
sites: {s: {open: {every day: "08-20"}, capacity: 2, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {log: l.csv}}]
)",
                                {{"l.csv", "time\n10:00\n10:01\n10:02\n10:10\n"}});
    const auto visits = visits_of(model);
    CHECK(visits.at(1).outcome == Outcome::served);
    CHECK(visits.at(2).outcome == Outcome::balked);
    CHECK(visits.at(3).outcome == Outcome::served);
}

TEST_CASE("a line of two takes two calls, the one being served too, and does not count the counter") {
    const auto model = model_of(R"(
services: {x: {duration: 10 min}}
sites:
  s:
    open: {every day: "08-20"}
    lines: {phone: 2}
    desks: {a: {count: 1, serves: [x], channels: [phone]}, b: {count: 1, serves: [x]}}
demand:
  - {id: calls, service: x, site: s, channels: {phone: 100 %}, arrivals: {log: l.csv}}
  - {id: visits, service: x, site: s, arrivals: {log: l.csv}}
)",
                                {{"l.csv", "time\n10:00\n10:01\n10:02\n"}});
    int balked = 0;
    for (const auto& visit : visits_of(model)) {
        if (visit.outcome != Outcome::balked) continue;
        ++balked;
        CHECK(visit.channel == "phone");
        CHECK(minutes(visit.arrived) == 602);
    }
    CHECK(balked == 1);
}

TEST_CASE("half of those who see twenty waiting turn away") {
    const auto model = model_of(R"(
services: {x: {duration: 11 h}}
sites: {s: {open: {every day: "08-20"}, at_closing: send_away, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {renewal: 1 min}, balking: {at_length: 20, share: 50 %}}]
)");
    const auto visits = visits_of(model, 4);
    double balked = 0;
    double could = 0;
    std::map<std::int64_t, int> number_of_day;
    for (const auto& visit : visits) {
        const int number = number_of_day[visit.arrived / balcao::des::day]++;
        if (number <= 20)
            CHECK(visit.outcome != Outcome::balked);
        else
            ++could;
        balked += visit.outcome == Outcome::balked ? 1 : 0;
    }
    CHECK(balked / could == doctest::Approx(0.5).epsilon(0.06));
}

namespace {

// The letters of the entries in the order in which they were called, by one desk that was busy until noon.
std::string called(const std::string& queue, const std::string& one, const std::string& two) {
    const auto model = model_of(
        "services: {x: {duration: 1 min}, y: {duration: 2 min}, busy: {duration: 1 min}}\n"
        "sites: {s: {open: {every day: \"08-20\"}, queue: " +
            queue +
            ", desks: {a: {count: 1, serves: [x, y, busy]}}}}\n"
            "demand:\n  - {service: busy, site: s, arrivals: {log: b.csv}}\n"
            "  - {service: x, site: s, arrivals: {log: x.csv}, priority: 2}\n"
            "  - {service: y, site: s, arrivals: {log: y.csv}, priority: 1}\n",
        {{"b.csv", "time,duration_min\n10:00,120\n"}, {"x.csv", one}, {"y.csv", two}});
    std::map<std::int64_t, std::string> by_start;
    for (const auto& visit : visits_of(model))
        if (visit.service != "busy") by_start[visit.legs.at(0).started] = visit.service;
    std::string all;
    for (const auto& [start, service] : by_start)
        all += service;
    return all;
}

}  // namespace

TEST_CASE("an idle desk picks in the order that the site's queue names") {
    const std::string one = "time\n11:00\n11:10\n";
    const std::string two = "time\n11:05\n11:15\n";
    CHECK(called("[arrival]", one, two) == "xyxy");
    CHECK(called("[priority, arrival]", one, two) == "yyxx");
    CHECK(called("[shortest_mean, arrival]", one, two) == "xxyy");
    CHECK(called("[last_arrival]", one, two) == "yxyx");
    CHECK(called("[priority, last_arrival]", one, two) == "yyxx");
}

TEST_CASE("weights of two to one call two of the one to one of the other") {
    std::string one = "time\n";
    std::string two = "time\n";
    for (int minute = 10; minute < 40; ++minute) {
        one += "11:" + std::to_string(minute) + "\n";
        two += "11:" + std::to_string(minute) + "\n";
    }
    const auto order = called("[{weights: {x: 2, y: 1, busy: 1}}]", one, two).substr(0, 30);
    CHECK(std::count(order.begin(), order.end(), 'x') == 20);
}

TEST_CASE("each step queues anew at its desk, and the visit's wait is the sum") {
    const auto model = model_of(R"(
services:
  x:
    steps:
      - {id: in, at: reception, duration: 2 min}
      - {id: examine, at: counter, duration: 10 min}
sites: {s: {open: {every day: "08-20"}, desks: {reception: {count: 1}, counter: {count: 1}}}}
demand: [{service: x, site: s, arrivals: {log: l.csv}}]
)",
                                {{"l.csv", "time\n10:00\n10:01\n"}});
    const auto visits = visits_of(model);
    REQUIRE(visits.at(1).legs.size() == 2);
    CHECK(minutes(visits.at(1).legs[0].started) == 602);
    CHECK(minutes(visits.at(1).legs[1].started) == 612);
    CHECK(minutes(visits.at(1).waited) == 1 + 8);
    CHECK(minutes(visits.at(1).left) == 622);
}

TEST_CASE("steps lead where `next` says, with its shares") {
    const auto model = model_of(R"(
services:
  x:
    steps:
      - {id: examine, at: counter, duration: 1 min, next: {pay: 30 %, examine: 50 %, leave: 20 %}}
      - {id: pay, at: cashier, duration: 1 min}
sites: {s: {open: {every day: "08-20"}, desks: {counter: {count: unlimited}, cashier: {count: unlimited}}}}
demand: [{service: x, site: s, arrivals: {poisson: 60 per hour}}]
)");
    const auto results = run(model, {.days = 20, .replications = 20});
    const Breakdown whole{.site = "s", .service = "x"};
    auto examine = whole;
    examine.step = "examine";
    auto pay = whole;
    pay.step = "pay";
    const double served = mean_of(results, Measure::served);
    CHECK(mean_of(results, Measure::served, examine) / served == doctest::Approx(2).epsilon(0.01));
    CHECK(mean_of(results, Measure::served, pay) / served == doctest::Approx(0.6).epsilon(0.02));
}

TEST_CASE(
    "with arrival who came first to the site goes first at a later step, with leg_arrival who came first "
    "there") {
    const auto order = [](const std::string& queue) {
        const auto model = model_of(
            "services:\n"
            "  x: {steps: [{id: in, at: r, duration: 30 min}, {id: out, at: c, duration: 1 min}]}\n"
            "  y: {steps: [{id: only, at: c, duration: 1 min}]}\n"
            "  busy: {steps: [{id: all, at: c, duration: 60 min}]}\n"
            "sites: {s: {open: {every day: \"08-20\"}, queue: " +
                queue +
                ", desks: {r: {count: 1}, c: {count: 1}}}}\n"
                "demand:\n  - {service: x, site: s, arrivals: {log: x.csv}}\n"
                "  - {service: y, site: s, arrivals: {log: y.csv}}\n"
                "  - {service: busy, site: s, arrivals: {log: b.csv}}\n",
            {{"x.csv", "time\n10:00\n"}, {"y.csv", "time\n10:10\n"}, {"b.csv", "time\n10:00\n"}});
        double x = 0;
        double y = 0;
        for (const auto& visit : visits_of(model)) {
            if (visit.service == "x") x = minutes(visit.legs.at(1).started);
            if (visit.service == "y") y = minutes(visit.legs.at(0).started);
        }
        return x < y;
    };
    CHECK(order("[arrival]"));
    CHECK_FALSE(order("[leg_arrival]"));
}

TEST_CASE("calls take no room: visitors come in while the line is full") {
    const auto model = model_of(R"(
services: {x: {duration: 60 min}}
sites:
  s:
    open: {every day: "08-20"}
    capacity: 3
    desks: {a: {count: 1, serves: [x], channels: [phone]}, b: {count: 4, serves: [x]}}
demand:
  - {id: calls, service: x, site: s, channels: {phone: 100 %}, arrivals: {log: calls.csv}}
  - {id: visits, service: x, site: s, arrivals: {log: visits.csv}}
)",
                                {{"calls.csv", "time\n10:00\n10:01\n10:02\n10:08\n"},
                                 {"visits.csv", "time\n10:04\n10:05\n10:06\n10:07\n"}});
    for (const auto& visit : visits_of(model)) {
        CAPTURE(visit.channel);
        CAPTURE(minutes(visit.arrived));
        const bool is_fourth_visitor = visit.channel == "counter" && minutes(visit.arrived) == 607;
        CHECK(visit.outcome == (is_fourth_visitor ? Outcome::balked : Outcome::served));
    }
}

TEST_CASE("a visitor turns round for those who wait in the room, a caller for those who wait on the line") {
    const auto model = model_of(R"(
services: {x: {duration: 60 min}}
sites:
  s:
    open: {every day: "08-20"}
    desks: {a: {count: 1, serves: [x], channels: [phone]}, b: {count: 1, serves: [x]}}
demand:
  - {id: calls, service: x, site: s, channels: {phone: 100 %}, arrivals: {log: calls.csv}, balking: {at_length: 2}}
  - {id: visits, service: x, site: s, arrivals: {log: visits.csv}, balking: {at_length: 2}}
)",
                                {{"calls.csv", "time\n10:00\n10:01\n10:02\n10:03\n"},
                                 {"visits.csv", "time\n10:10\n10:11\n10:12\n10:13\n"}});
    int balked = 0;
    for (const auto& visit : visits_of(model)) {
        if (visit.outcome != Outcome::balked) continue;
        ++balked;
        CHECK(minutes(visit.arrived) == (visit.channel == "phone" ? 603 : 613));
    }
    CHECK(balked == 2);
}

TEST_CASE("the wait for a step is of those whom it served, and wait_all is of everybody") {
    const auto model = model_of(R"(
services: {x: {steps: [{id: in, at: r, duration: 10 min}]}}
sites: {s: {open: {every day: "08-20"}, desks: {r: {count: 1}}}}
demand: [{service: x, site: s, arrivals: {log: l.csv}}]
)",
                                {{"l.csv", "time,patience_min\n10:00,\n10:01,3\n10:02,\n"}});
    const auto results = run(model, {.days = 1, .replications = 1});
    const Breakdown step{.site = "s", .service = "x", .step = "in"};
    CHECK(mean_of(results, Measure::wait) == doctest::Approx(4));  // 0 and 8 minutes
    CHECK(mean_of(results, Measure::wait, step) == doctest::Approx(4));
    CHECK(mean_of(results, Measure::wait_all, step) == doctest::Approx(11.0 / 3));
}

TEST_CASE("the interrupted keeps her place in the queue, also where it is ordered by who came to it first") {
    const auto model = model_of(R"(
services: {x: {duration: 10 min}, y: {duration: 4 min}}
sites:
  s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x, y]}}, queue: [priority, leg_arrival], preempt: true}
demand:
  - {service: x, site: s, priority: 2, arrivals: {log: x.csv}}
  - {service: y, site: s, priority: 1, arrivals: {log: y.csv}}
)",
                                {{"x.csv", "time\n10:00\n10:02\n"}, {"y.csv", "time\n10:03\n"}});
    const auto visits = visits_of(model);
    REQUIRE(visits.size() == 3);
    CHECK(minutes(visits[0].left) == 614);
    CHECK(minutes(visits[1].left) == 624);
}

TEST_CASE("where the shortest goes first, an entry's own duration counts and not its service's") {
    const auto model = model_of(R"(
services: {x: {duration: 30 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x]}}, queue: [shortest_mean, arrival]}}
demand:
  - {id: long, service: x, site: s, arrivals: {log: long.csv}}
  - {id: short, service: x, site: s, duration: 1 min, arrivals: {log: short.csv}}
)",
                                {{"long.csv", "time\n10:00\n10:05\n"}, {"short.csv", "time\n10:10\n"}});
    const auto visits = visits_of(model);
    REQUIRE(visits.size() == 3);
    CHECK(minutes(visits[2].legs.at(0).started) == 630);
    CHECK(minutes(visits[1].legs.at(0).started) == 631);
}

TEST_CASE("a call goes to the site that serves all its steps, and not to one that serves the first of them") {
    const auto model = model_of(R"(
services: {x: {steps: [{id: one, at: first, duration: 2 min}, {id: two, at: second, duration: 3 min}]}}
sites:
  own: {open: {every day: "08-20"}, desks: {first: {channels: [phone]}}}
  centre: {open: {every day: "08-20"}, desks: {first: {channels: [phone]}, second: {channels: [phone]}}}
demand: [{service: x, site: own, channels: {phone: 100 %}, arrivals: {log: l.csv}}]
)",
                                {{"l.csv", "time\n10:00\n"}});
    const auto visits = visits_of(model);
    REQUIRE(visits.size() == 1);
    CHECK(visits[0].site == "centre");
    CHECK(visits[0].outcome == Outcome::served);
    CHECK(minutes(visits[0].left) == 605);
}
