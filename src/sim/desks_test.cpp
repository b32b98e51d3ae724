// Desks: who serves, when, and how busy.
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"

using namespace balcao::sim;

namespace {

// People of one service by a log, one desk group `a` at a site; what is given stands in the place's YAML.
struct Scene {
    std::string open = "{every day: \"08-20\"}";
    std::string desk = "{count: 1, serves: [x]}";
    std::string site{};
    std::string log{};
    std::string entry{};
    std::string service = "{duration: 5 min}";

    [[nodiscard]] balcao::model::Model model() const {
        return model_of("services: {x: " + service + "}\nsites:\n  s: {open: " + open +
                            ", desks: {a: " + desk + "}" + site +
                            "}\ndemand:\n  - {service: x, site: s, arrivals: {log: l.csv}" + entry + "}\n",
                        {{"l.csv", log}});
    }

    [[nodiscard]] std::vector<TracedVisit> visits(int days = 1) const { return visits_of(model(), days); }
};

double started(const TracedVisit& visit) { return minutes(visit.legs.front().started); }

double left(const TracedVisit& visit) { return minutes(visit.left); }

}  // namespace

TEST_CASE("a desk that closes at one finishes the person it serves, and no other") {
    Scene scene;
    scene.desk = "{count: {every day: {\"08-13\": 2, \"13-15\": 1, \"15-20\": 2}}, serves: [x]}";
    scene.log = "time,duration_min\n12:50,60\n12:51,60\n12:52,60\n";
    const auto visits = scene.visits();
    REQUIRE(visits.size() == 3);
    CHECK(left(visits[0]) == 830);
    CHECK(left(visits[1]) == 831);
    CHECK(started(visits[2]) == 830);
    CHECK(visits[2].legs.front().desk == "a 1");
}

TEST_CASE("a desk that opens at nine takes who waits since eight") {
    Scene scene;
    scene.desk = "{count: {every day: {\"09-20\": 1}}, serves: [x]}";
    scene.log = "time,duration_min\n08:10,5\n08:20,5\n";
    const auto visits = scene.visits();
    CHECK(started(visits.at(0)) == 540);
    CHECK(started(visits.at(1)) == 545);
}

TEST_CASE("a break begins when the desk is free and lasts as long as it says") {
    Scene scene;
    scene.desk = "{count: 1, serves: [x], breaks: [{\"10:30\": 15 min}]}";
    SUBCASE("when someone is being served, afterwards") {
        scene.log = "time,duration_min\n10:20,20\n10:25,5\n";
        const auto visits = scene.visits();
        CHECK(left(visits.at(0)) == 640);
        CHECK(started(visits.at(1)) == 655);
    }
    SUBCASE("at once when the desk is idle") {
        scene.log = "time,duration_min\n10:31,5\n";
        CHECK(started(scene.visits().at(0)) == 645);
    }
}

TEST_CASE("a skill's factor stretches the duration at that desk only") {
    Scene scene;
    scene.desk = "{count: 1, skills: {x: 1.5}}, b: {count: 1, serves: [x]}";
    scene.log = "time\n10:00\n10:01\n";
    scene.service = "{duration: 10 min}";
    const auto visits = scene.visits();
    CHECK(left(visits.at(0)) == 615);
    CHECK(left(visits.at(1)) == 611);
}

TEST_CASE("after-work keeps the desk and counts as busy") {
    Scene scene;
    scene.desk = "{count: 1, serves: [x], after_work: 2 min}";
    scene.log = "time,duration_min\n10:00,5\n10:01,5\n";
    const auto visits = scene.visits();
    CHECK(left(visits.at(0)) == 605);
    CHECK(started(visits.at(1)) == 607);
    RunOptions options{.days = 1, .replications = 1};
    CHECK(mean_of(run(scene.model(), options), Measure::utilisation) == doctest::Approx(14.0 / 720));
}

TEST_CASE("a desk of three chats serves three people at once") {
    Scene scene;
    scene.desk = "{count: 1, serves: [x], concurrent: 3}";
    scene.log = "time,duration_min\n10:00,30\n10:00,30\n10:00,30\n10:00,30\n";
    const auto visits = scene.visits();
    CHECK(started(visits.at(2)) == 600);
    CHECK(started(visits.at(3)) == 630);
}

TEST_CASE("unlimited desks let nobody wait") {
    Scene scene;
    scene.desk = "{count: unlimited, serves: [x]}";
    scene.log = "time,duration_min\n";
    for (int person = 0; person < 200; ++person)
        scene.log += "10:00,30\n";
    for (const auto& visit : scene.visits())
        REQUIRE(visit.waited == 0);
}

TEST_CASE("a desk that goes away when idle is back only at the end of its absence") {
    Scene scene;
    scene.desk = "{count: 1, serves: [x], away_when_idle: 7 min}";
    scene.log = "time,duration_min\n08:10,5\n08:11,1\n";
    const auto visits = scene.visits();  // away 08:00-08:07, 08:07-08:14
    CHECK(started(visits.at(0)) == 494);
    CHECK(started(visits.at(1)) == 499);
}

TEST_CASE("absence takes its share of the desks' days away") {
    const auto model = model_of(R"(
services: {x: {duration: 30 s}}
sites:
  s: {open: {every day: "08-20"}, desks: {a: {count: 40, serves: [x], absence: 25 %}}}
demand:
  - {service: x, site: s, arrivals: {renewal: 1 min}}
)");
    // 720 people of half a minute a day over the minutes of the desks that are there: 30 of 40.
    const auto results = run(model, {.days = 20, .replications = 20});
    CHECK(mean_of(results, Measure::utilisation) == doctest::Approx(0.5 / 30).epsilon(0.02));
}

TEST_CASE("desks of a site that never closes are away and back again day by day") {
    const auto model = model_of(R"(
services: {x: {duration: 4 min}}
sites:
  s: {open: always, desks: {a: {count: 4, serves: [x], absence: 30 %}}}
demand:
  - {service: x, site: s, arrivals: {poisson: 6 per hour}, patience: 2 h}
)");
    RunOptions options{.days = 200, .warm_up = 1, .replications = 5};
    const auto results = run(model, options);
    CHECK(mean_of(results, Measure::abandoned_share) < 0.03);
    CHECK(mean_of(results, Measure::utilisation) == doctest::Approx(6 * 4 / 60.0 / 2.8).epsilon(0.05));
}

TEST_CASE("no desk is busier than it is there, with rosters, breaks, lunch and work after closing") {
    const auto model = model_of(R"(
services: {x: {duration: {exponential: 25 min}}}
sites:
  s:
    open: {every day: ["08-12", "12:30-16"]}
    desks:
      a: {count: {every day: {"08-09": 1, "09-11": 3, "11-14": 1, "14-16": 2}}, serves: [x], after_work: 1 min,
          breaks: [{"10:30": 20 min}]}
demand:
  - {service: x, site: s, arrivals: {poisson: 30 per hour}, patience: 40 min}
)");
    const auto results = run(model, {.days = 10, .replications = 10});
    for (const auto& row : results.rows)
        if (row.measure == Measure::utilisation) CHECK(row.mean <= 1);
    CHECK(mean_of(results, Measure::utilisation) > 0.9);
}

TEST_CASE("at a closing that sends away, those waiting leave unserved and the served one ends") {
    Scene scene;
    scene.log = "time,duration_min\n19:50,30\n19:55,5\n";
    SUBCASE("send_away") {
        scene.site = ", at_closing: send_away";
        const auto visits = scene.visits();
        CHECK(visits.at(0).outcome == Outcome::served);
        CHECK(left(visits.at(0)) == 1220);
        CHECK(visits.at(1).outcome == Outcome::sent_away);
        CHECK(left(visits.at(1)) == 1200);
    }
    SUBCASE("serve") {
        const auto visits = scene.visits();
        CHECK(visits.at(1).outcome == Outcome::served);
        CHECK(started(visits.at(1)) == 1220);
    }
}

TEST_CASE("those inside at lunch are served on, and the doors open again") {
    Scene scene;
    scene.open = "{every day: [\"08-12\", \"13-20\"]}";
    scene.log = "time,duration_min\n11:50,20\n11:55,10\n13:00,5\n";
    const auto visits = scene.visits();
    CHECK(started(visits.at(1)) == 730);
    CHECK(started(visits.at(2)) == 780);
}

TEST_CASE("an arriving person of the first priority interrupts, and the interrupted resumes where she was") {
    const auto model = model_of(R"(
services: {x: {duration: 10 min}, y: {duration: 4 min}}
sites:
  s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x, y]}}, queue: [priority, arrival], preempt: true}
demand:
  - {service: x, site: s, priority: 2, arrivals: {log: x.csv}}
  - {service: y, site: s, priority: 1, arrivals: {log: y.csv}}
)",
                                {{"x.csv", "time\n10:00\n"}, {"y.csv", "time\n10:03\n"}});
    const auto visits = visits_of(model);
    CHECK(left(visits.at(1)) == 607);
    CHECK(left(visits.at(0)) == 614);
    CHECK(minutes(visits.at(0).waited) == 4);
}

TEST_CASE("the interrupted goes on at another desk that is idle") {
    const auto model = model_of(R"(
services: {x: {duration: 10 min}, y: {duration: 4 min}}
sites:
  s:
    open: {every day: "08-20"}
    desks: {a: {count: 1, serves: [x, y]}, b: {count: 1, serves: [x]}}
    queue: [priority, arrival]
    preempt: true
demand:
  - {service: x, site: s, priority: 2, arrivals: {log: x.csv}}
  - {service: y, site: s, priority: 1, arrivals: {log: y.csv}}
)",
                                {{"x.csv", "time\n10:00\n"}, {"y.csv", "time\n10:03\n"}});
    const auto visits = visits_of(model);
    CHECK(left(visits.at(0)) == 610);
    CHECK(visits.at(0).waited == 0);
}

TEST_CASE("in a run that never ends a shop still closes at night, and its waiting people are served first") {
    const auto model = model_of(R"(
services: {call: {duration: 3 min}, visit: {duration: 40 min}}
sites:
  line: {open: always, desks: {phone: {count: 2, serves: [call], channels: [phone]}}}
  shop: {open: {every day: "09-17"}, desks: {counter: {count: 1, serves: [visit]}}}
demand:
  - {service: call, site: line, channels: {phone: 100 %}, arrivals: {poisson: 10 per hour}}
  - {service: visit, site: shop, arrivals: {poisson: 1 per hour}}
)");
    REQUIRE(model.is_steady_state());
    int visits = 0;
    for (const auto& visit : visits_of(model, 60)) {
        if (visit.site != "shop") continue;
        ++visits;
        const double arrived = std::fmod(minutes(visit.arrived), 1440);
        CHECK(arrived >= 540);
        CHECK(arrived <= 1020);
        CHECK(minutes(visit.left) - minutes(visit.arrived) < 600);
    }
    CHECK(visits == doctest::Approx(480).epsilon(0.2));
    RunOptions options{.days = 60, .warm_up = 1, .replications = 5};
    const auto results = run(model, options);
    CHECK(mean_of(results, Measure::utilisation, {.site = "shop"}) == doctest::Approx(2.0 / 3).epsilon(0.06));
    CHECK(mean_of(results, Measure::utilisation, {.site = "line"}) == doctest::Approx(0.25).epsilon(0.03));
}

TEST_CASE("a priority does not interrupt at a desk that only finishes whom it serves") {
    const auto model = model_of(R"(
services: {x: {duration: 60 min}, y: {duration: 4 min}}
sites:
  s:
    open: {every day: "08-20"}
    desks: {a: {count: {every day: {"08-13": 1}}, serves: [x, y]}, b: {count: {every day: {"14-20": 1}}, serves: [y]}}
    queue: [priority, arrival]
    preempt: true
demand:
  - {service: x, site: s, priority: 2, arrivals: {log: x.csv}}
  - {service: y, site: s, priority: 1, arrivals: {log: y.csv}}
)",
                                {{"x.csv", "time\n12:50\n"}, {"y.csv", "time\n13:10\n"}});
    const auto visits = visits_of(model);
    CHECK(left(visits.at(0)) == 830);
    CHECK(started(visits.at(1)) == 840);
}

TEST_CASE("a desk more in one group disturbs neither the after-work nor the absences of the next group") {
    const auto model = [](const std::string& count) {
        return model_of(
            "services: {x: {duration: {exponential: 6 min}}, y: {duration: 5 min}}\n"
            "sites:\n  s:\n    open: {every day: \"08-20\"}\n    desks:\n      a: {count: " +
            count +
            ", serves: [x]}\n"
            "      b: {count: 2, serves: [y], after_work: {exponential: 4 min}, away_when_idle: "
            "{exponential: "
            "3 min}}\n"
            "demand:\n  - {service: x, site: s, arrivals: {poisson: 20 per hour}}\n"
            "  - {service: y, site: s, arrivals: {poisson: 10 per hour}}\n");
    };
    const auto starts = [](const std::vector<TracedVisit>& visits) {
        std::vector<balcao::des::Time> times;
        for (const auto& visit : visits)
            if (visit.service == "y") times.push_back(visit.legs.front().started);
        return times;
    };
    const auto few = starts(visits_of(model("3"), 3));
    CHECK(few.size() > 200);
    CHECK(few == starts(visits_of(model("4"), 3)));
}

TEST_CASE("whoever is inside when the last desk has gone leaves unserved, is counted and is told of") {
    Scene scene;
    scene.desk = "{count: {every day: {\"08-15\": 1}}, serves: [x]}";
    scene.log = "time\n10:00\n15:10\n15:20\n39:30\n";
    const auto results = run(scene.model(), {.days = 2, .replications = 1});
    CHECK(mean_of(results, Measure::sent_away_share) == doctest::Approx(0.75));
    REQUIRE(results.notes.size() == 1);
    CHECK(results.notes.front().starts_with("3 people were inside when no desk was left to serve them"));
}
