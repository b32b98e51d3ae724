// Who comes, when, how often and by which channel.
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"

using namespace balcao::sim;

namespace {

// Nobody waits at this site; the arrivals are the matter.
balcao::model::Model arriving(const std::string& arrivals,
                              const std::string& open = "{every day: \"08-20\"}") {
    return model_of(
        "services: {x: {duration: 1 min}}\nsites: {s: {open: " + open +
        ", desks: {a: {count: unlimited, serves: [x]}}}}\ndemand: [{service: x, site: s, arrivals: " +
        arrivals + "}]\n");
}

double arrivals_a_day(const std::string& arrivals,
                      int days,
                      const std::string& open = "{every day: \"08-20\"}") {
    return mean_of(run(arriving(arrivals, open), {.days = days, .replications = 30}), Measure::arrivals);
}

// How long a person of that booking was at the site and how she was served, in a site of 10 to 12.
balcao::model::Model booking(const std::string& more,
                             const std::string& desks = "a: {count: 1, serves: [x]}",
                             const std::string& demand = "") {
    return model_of(
        "services: {x: {duration: 5 min}}\nsites: {s: {open: {every day: \"10-12\"}, "
        "queue: [booked_due, arrival], desks: {" +
        desks +
        "}}}\n"
        "demand:\n  - {service: x, site: s, bookings: {per_day: 60, slot: 20 min, per_slot: 1" +
        more + "}}\n" + demand);
}

}  // namespace

TEST_CASE("people come at the rate of the hour, and none in hours not named") {
    const auto model = arriving(R"({per_hour: {"09-11": 20, "13": 40}})");
    const auto results = run(model, {.days = 20, .replications = 30});
    CHECK(holds(results, Measure::arrivals, 80));
    CHECK(holds(results, Measure::arrivals, 20, {.hour = 10}));
    CHECK(holds(results, Measure::arrivals, 40, {.hour = 13}));
    CHECK(results.find(Measure::arrivals, {.hour = 12}) == nullptr);
}

TEST_CASE("whoever is expected when the site is closed does not come") {
    const auto model = arriving(R"({per_hour: {"09-11": 20, "13-15": 40}})", R"({every day: "08-14"})");
    CHECK(holds(run(model, {.days = 20, .replications = 30}), Measure::arrivals, 80));
    const auto closed = arriving(R"({per_hour: {"09-11": 20, "15": 40}})", R"({every day: "08-14"})");
    CHECK(holds(run(closed, {.days = 20, .replications = 30}), Measure::arrivals, 40));
}

TEST_CASE("a half-open hour brings the people of its open part") {
    CHECK(arrivals_a_day(R"({per_hour: {"08": 60, "12": 60}})", 20, R"({every day: "08:30-12:15"})") ==
          doctest::Approx(45).epsilon(0.02));
}

TEST_CASE("each weekday has its own rate") {
    const auto visits = visits_of(
        arriving("{by_weekday: {mon: {poisson: 40 per hour}, tue-fri: {poisson: 10 per hour}}}"), 70);
    std::map<int, double> by_weekday;
    for (const auto& visit : visits)
        by_weekday[static_cast<int>(visit.arrived / balcao::des::day % 7)] += 0.1;
    CHECK(by_weekday[0] == doctest::Approx(480).epsilon(0.06));
    CHECK(by_weekday[2] == doctest::Approx(120).epsilon(0.12));
    CHECK_FALSE(by_weekday.contains(5));
}

TEST_CASE("season, growth and single dates multiply the rate") {
    CHECK(arrivals_a_day("{poisson: 10 per hour, season: {jan: 1.5}}", 20) ==
          doctest::Approx(180).epsilon(0.02));
    // 100 % a year over the first year's days: the mean of 2^t is 1/ln 2.
    CHECK(arrivals_a_day("{poisson: 10 per hour, growth: 100 % per year}", 365) ==
          doctest::Approx(120 / 0.693147).epsilon(0.01));
    CHECK(arrivals_a_day("{poisson: 10 per hour, dates: {2026-01-06: 3}}", 2) ==
          doctest::Approx(240).epsilon(0.02));
}

TEST_CASE("a day factor makes whole days busy or quiet, with its mean and spread") {
    const auto visits =
        visits_of(arriving("{poisson: 100 per hour, day_factor: {gamma: {mean: 1, cv: 0.3}}}"), 1000);
    std::map<std::int64_t, double> days;
    for (const auto& visit : visits)
        ++days[visit.arrived / balcao::des::day];
    double sum = 0;
    double squares = 0;
    for (const auto& [day, count] : days) {
        sum += count;
        squares += count * count;
    }
    const double mean = sum / 1000;
    CHECK(mean == doctest::Approx(1200).epsilon(0.04));
    CHECK((squares / 1000 - mean * mean) / (mean * mean) == doctest::Approx(0.09 + 1 / 1200.0).epsilon(0.2));
}

TEST_CASE("a batch brings its people at one moment") {
    const auto visits = visits_of(arriving("{batch: {size: 3, poisson: 2 per hour}}"), 20);
    std::map<std::int64_t, int> together;
    for (const auto& visit : visits)
        ++together[visit.arrived];
    for (const auto& [time, count] : together)
        CHECK(count == 3);
    CHECK(static_cast<double>(together.size()) == doctest::Approx(480).epsilon(0.2));
}

TEST_CASE("gaps of a renewal begin anew when the doors open") {
    const auto visits = visits_of(arriving("{renewal: 50 min}", R"({every day: ["08-10", "11-13"]})"));
    std::vector<double> times;
    times.reserve(visits.size());
    for (const auto& visit : visits)
        times.push_back(minutes(visit.arrived));
    CHECK(times == std::vector<double>{530, 580, 710, 760});
}

TEST_CASE("gaps of a renewal go on over midnight where the doors stay open") {
    const auto visits = visits_of(arriving("{renewal: 7 h}", "always"), 3);
    REQUIRE(visits.size() == 10);
    for (std::size_t number = 0; number < visits.size(); ++number)
        CHECK(minutes(visits[number].arrived) == 420 * (static_cast<double>(number) + 1));
}

TEST_CASE("on a date with hours of its own people come within these, and desks close with them") {
    const auto visits = visits_of(
        arriving("{poisson: 30 per hour}", R"({every day: "08-20", dates: {2026-01-06: "09-12"}})"), 2);
    constexpr double day = 24 * 60;
    std::size_t on_that_day = 0;
    for (const auto& visit : visits) {
        if (minutes(visit.arrived) < day) continue;
        ++on_that_day;
        CHECK(minutes(visit.arrived) >= day + 9 * 60);
        CHECK(minutes(visit.arrived) < day + 12 * 60);
    }
    CHECK(on_that_day > 50);
    CHECK(visits.size() > on_that_day + 250);
}

TEST_CASE("a site closed on a date or a holiday has nobody on it") {
    CHECK(arrivals_a_day("{poisson: 10 per hour}", 1, R"({every day: "08-20", closed: [2026-01-06]})") > 100);
    const auto visits =
        visits_of(arriving("{poisson: 10 per hour}", R"({every day: "08-20", closed: [2026-01-06]})"), 3);
    for (const auto& visit : visits)
        CHECK(visit.arrived / balcao::des::day != 1);
}

TEST_CASE("who cannot use online alone takes the next channel named, and who learns can") {
    const auto model = [](const std::string& digital, const std::string& more) {
        return model_of(
            "services: {x: {duration: 1 min}}\npeople: {older: {size: 1000, digital: " + digital +
            "}}\nsites: {s: {open: {every day: \"08-20\"}, desks: {a: {count: unlimited, serves: [x], "
            "channels: [counter, online, phone]}}}}\ndemand: [{service: x, site: s, group: older, "
            "channels: {online: 50 %, phone: 30 %, counter: 20 %}, arrivals: {poisson: 20 per hour}" +
            more + "}]\n");
    };
    const auto share = [](const Results& results, const std::string& channel) {
        return mean_of(results, Measure::arrivals, {.channel = channel}) /
               mean_of(results, Measure::arrivals);
    };
    const auto half = run(model("40 %", ""), {.days = 20, .replications = 10});
    CHECK(share(half, "online") == doctest::Approx(0.2).epsilon(0.03));
    CHECK(share(half, "phone") == doctest::Approx(0.6).epsilon(0.03));
    CHECK(share(half, "counter") == doctest::Approx(0.2).epsilon(0.03));
    const auto learning = run(model("40 %", ", learns: 50 %"), {.days = 20, .replications = 10});
    CHECK(share(learning, "online") > 0.35);
}

TEST_CASE("the unserved come again in their share, and not more often than said") {
    // A desk that is busy all day with its first person: everybody else gives up at once.
    const auto model = model_of(R"(
services: {x: {duration: 11 h}}
sites: {s: {open: {every day: "08-20"}, at_closing: send_away, desks: {a: {count: 1, serves: [x]}}}}
demand:
  - {service: x, site: s, arrivals: {renewal: 1 min}, patience: 0 s, if_unserved: {retry_after: 10 s, share: 50 %, at_most: 3}}
)");
    const auto results = run(model, {.days = 10, .replications = 10});
    CHECK(mean_of(results, Measure::visits_per_need) == doctest::Approx(1.875).epsilon(0.01));
    CHECK(mean_of(results, Measure::arrivals) == doctest::Approx(719 * 1.875).epsilon(0.02));
    CHECK(mean_of(results, Measure::solved_share) == doctest::Approx(1.0 / 719).epsilon(0.05));
}

TEST_CASE(
    "a missing document makes a served person come again, and each visit costs its trip and the need one "
    "fee") {
    const auto model = model_of(R"(
services: {x: {duration: 1 min, fee: 10 EUR}}
people: {all: {size: 1000, digital: 100 %, distance: {s: 3 km}}}
travel: {speed: 12 km/h, per_km: 0.20 EUR}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: unlimited, serves: [x]}}}}
demand:
  - {service: x, site: s, group: all, arrivals: {poisson: 20 per hour}, missing_document: 20 %, if_unserved: {retry_after: 1 s, share: 0 %, at_most: 1}}
)");
    const auto results = run(model, {.days = 20, .replications = 20});
    CHECK(holds(results, Measure::visits_per_need, 1.25));
    CHECK(holds(results, Measure::cost_per_need, 10 + 1.25 * 6 * 0.20));
    CHECK(holds(results, Measure::travel_per_need, 1.25 * 30));
}

TEST_CASE("booked people stay away in their share, and come at their time") {
    const auto model = booking(", no_show: 13 %");
    const auto results = run(model, {.days = 50, .replications = 20});
    CHECK(holds(results, Measure::no_show_share, 0.13));
    // 60 people ask for the 6 slots of a day: all are taken.
    CHECK(mean_of(results, Measure::arrivals) == doctest::Approx(6 * 0.87).epsilon(0.03));
    for (const auto& visit : visits_of(model, 5)) {
        CHECK(visit.is_booked);
        CHECK(std::fmod(minutes(visit.arrived), 20) == 0);
        CHECK(visit.waited == 0);
    }
}

TEST_CASE("each slot is given to as many as it holds, the first free one first") {
    const auto model = model_of(R"(
services: {x: {duration: 1 min}}
sites: {s: {open: {every day: "10-12"}, desks: {a: {count: unlimited, serves: [x]}}}}
demand: [{service: x, site: s, bookings: {per_day: 7, slot: 20 min, per_slot: 2}}]
)");
    std::map<std::int64_t, std::map<double, int>> days;
    for (const auto& visit : visits_of(model, 60))
        ++days[visit.arrived / balcao::des::day][std::fmod(minutes(visit.arrived), 1440)];
    for (const auto& [day, slots] : days) {
        double expected = 600;
        std::size_t number = 0;
        for (const auto& [time, count] : slots) {
            CHECK(time == expected);
            CHECK(count <= 2);
            if (++number < slots.size()) CHECK(count == 2);
            expected += 20;
        }
    }
}

TEST_CASE("a booked person who is there before her time waits from it on, and goes before walk-ins then") {
    const auto model = model_of(R"(
services: {x: {duration: 12 min}}
sites: {s: {open: {every day: "10-12"}, queue: [booked_due, arrival], desks: {a: {count: 1, serves: [x]}}}}
demand:
  - {service: x, site: s, bookings: {per_day: 60, slot: 60 min, punctuality: {constant: -5 min}}}
  - {service: x, site: s, arrivals: {log: l.csv}}
)",
                                {{"l.csv", "time\n10:50\n10:51\n"}});
    // 10:00 booked (there at 09:55); 10:50 walk-in until 11:02; booked for 11:00, there at 10:55, before the
    // walk-in of 10:51.
    const auto visits = visits_of(model);
    REQUIRE(visits.size() == 4);
    CHECK(minutes(visits[0].legs.at(0).started) == 600);
    CHECK(visits[0].waited == 0);
    REQUIRE(visits[3].is_booked);
    CHECK(minutes(visits[3].arrived) == 655);
    CHECK(minutes(visits[3].legs.at(0).started) == 662);
    CHECK(minutes(visits[3].waited) == 2);
    CHECK(minutes(visits[2].legs.at(0).started) == 674);
}

TEST_CASE("who is later than she may be is a walk-in") {
    const auto at = [](const std::string& late) {
        return visits_of(booking(", punctuality: {constant: " + late + "}, late_after: 15 min"), 3);
    };
    for (const auto& visit : at("15 min"))
        CHECK(visit.is_booked);
    for (const auto& visit : at("16 min"))
        CHECK_FALSE(visit.is_booked);
}

TEST_CASE("desks for the booked take no walk-ins, and desks for walk-ins none with an appointment") {
    const auto model =
        booking("", "a: {count: 1, serves: [x], takes: booked}, b: {count: 1, serves: [x], takes: walk_in}",
                "  - {service: x, site: s, arrivals: {poisson: 20 per hour}}\n");
    std::set<bool> seen;
    for (const auto& visit : visits_of(model, 5)) {
        if (visit.outcome != Outcome::served) continue;
        CHECK(visit.legs.at(0).desk == (visit.is_booked ? "a 1" : "b 1"));
        seen.insert(visit.is_booked);
    }
    CHECK(seen.size() == 2);
}

TEST_CASE("two scenarios see the same people with the same needs") {
    const auto model = [](const std::string& count) {
        return model_of(
            "services: {x: {duration: {exponential: 6 min}}}\nsites: {s: {open: {every day: \"08-20\"}, "
            "desks: {a: {count: " +
            count +
            ", serves: [x]}}}}\ndemand: [{service: x, site: s, arrivals: "
            "{poisson: 30 per hour}}]\n");
    };
    const auto few = visits_of(model("3"), 5);
    const auto many = visits_of(model("9"), 5);
    REQUIRE(few.size() == many.size());
    for (std::size_t number = 0; number < few.size(); ++number) {
        CHECK(few[number].arrived == many[number].arrived);
        CHECK(few[number].left - few[number].legs.at(0).started ==
              many[number].left - many[number].legs.at(0).started);
    }
}

TEST_CASE("after-work differs from day to day") {
    const auto model = model_of(R"(
services: {x: {duration: 5 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x], after_work: {exponential: 10 min}}}}}
demand: [{service: x, site: s, arrivals: {renewal: 6 h}}, {id: next, service: x, site: s, arrivals: {renewal: 361 min}}]
)");
    std::set<balcao::des::Time> waits;
    for (const auto& visit : visits_of(model, 20))
        if (visit.waited > 0) waits.insert(visit.waited);
    CHECK(waits.size() >= 10);
}
