// Needs: what becomes of each that begins in a run, however long it lasts.
#include <cmath>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"

using namespace balcao::sim;

namespace {

// Sixty people a day ask for an appointment, nine days ahead on average; each day has room for all of them.
balcao::model::Model asking(const std::string& more = "", const std::string& entry = "") {
    return model_of(
        "services: {x: {duration: 5 min}}\nsites: {s: {open: {every day: \"10-12\"}, desks: {a: {count: "
        "unlimited, serves: [x]}}}}\n"
        "demand:\n  - {service: x, site: s, bookings: {per_day: 60, slot: 2 h, per_slot: 1000, days_ahead: "
        "{exponential: 9 days}" +
        more + "}" + entry + "}\n");
}

// She asks at noon for the end of her wish rounded up to days, comes at ten and is served in five minutes.
const double days_until_served = 1 / (1 - std::exp(-1.0 / 9)) - 2.0 / 24 + 5.0 / 1440;

bool is_told(const Results& results, const std::string& what) {
    for (const auto& note : results.notes)
        if (note.find(what) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("a need that begins on the last day counts as one that begins on the first") {
    CHECK(
        holds(run(asking(), {.days = 5, .replications = 20}), Measure::days_to_solution, days_until_served));
    CHECK(
        holds(run(asking(), {.days = 40, .replications = 5}), Measure::days_to_solution, days_until_served));
}

TEST_CASE("batches of one long run tell of the needs that began in them") {
    const auto results = run(asking(), {.days = 140, .replications = 1});
    CHECK(results.units > 10);
    CHECK(holds(results, Measure::days_to_solution, days_until_served));
}

TEST_CASE("a run that never ends counts the needs that began after its warm-up, and each of them") {
    const auto model = model_of(R"(
services: {x: {duration: 1 min}}
sites: {s: {open: always, desks: {a: {count: unlimited, serves: [x]}}}}
demand:
  - {service: x, site: s, arrivals: {poisson: 10 per hour}, missing_document: 50 %, if_unserved: {retry_after: 3 days}}
)");
    RunOptions options{.days = 2, .warm_up = 1, .replications = 30};
    const auto results = run(model, options);
    CHECK(holds(results, Measure::visits_per_need, 2));
    CHECK(holds(results, Measure::days_to_solution, 3 + 2.0 / 1440));
    CHECK(results.find(Measure::visits_per_need)->count == doctest::Approx(30 * 2 * 240).epsilon(0.03));
}

TEST_CASE("who does not come and does not ask again has a need that is not solved") {
    const auto results = run(asking(", no_show: 13 %"), {.days = 5, .replications = 20});
    CHECK(holds(results, Measure::solved_share, 0.87));
}

TEST_CASE("needs that outlast even the days after the run leave no interval, and are told of") {
    const auto results = run(asking(", no_show: 50 %", ", if_unserved: {retry_after: 500 days}"),
                             {.days = 2, .replications = 3});
    CHECK_FALSE(results.find(Measure::days_to_solution)->half_width);
    CHECK_FALSE(results.find(Measure::solved_share)->half_width);
    CHECK(results.find(Measure::no_show_share)->half_width);
    CHECK(is_told(results, "needs that began in the run had not ended"));
}

TEST_CASE(
    "measures of needs are of all people, also of entries in which nothing costs and nobody comes again") {
    const auto model = model_of(R"(
services: {x: {duration: 1 min, fee: 10 EUR}, y: {duration: 1 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: unlimited, serves: [x, y]}}}}
demand:
  - {service: x, site: s, arrivals: {log: l.csv}}
  - {service: y, site: s, arrivals: {log: l.csv}}
)",
                                {{"l.csv", "time\n10:00\n11:00\n"}});
    const auto results = run(model, {.days = 1, .replications = 1});
    CHECK(results.find(Measure::visits_per_need)->count == 4);
    CHECK(mean_of(results, Measure::cost_per_need) == doctest::Approx(5));
}

TEST_CASE("a run keeps count of six promises, and refuses a seventh") {
    auto model = asking();
    for (int limit = 1; limit <= 7; ++limit) {
        CHECK(simulate(model, {.days = 1, .replications = 2}).has_value());
        balcao::model::Target target;
        target.measure = "served_within";
        target.limit = std::chrono::minutes{limit};
        target.at_least = 0.8;
        model.targets.push_back(target);
    }
    CHECK_FALSE(simulate(model, {.days = 1, .replications = 2}).has_value());
}
