// A model and its scenarios over the same days, on the same people, by the same limits.
#include "sim/compare.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"

using namespace balcao::sim;

namespace {

// One desk that serves a person in one minute.
balcao::model::Model desk_of_a_minute(const std::string& per_hour,
                                      const std::string& open = "always",
                                      const std::string& more = "",
                                      const std::string& season = "") {
    return model_of("services: {x: {duration: {exponential: 1 min}}}\nsites: {s: {open: " + open +
                    ", desks: {a: {count: 1, serves: [x]}}}}\ndemand: [{service: x, site: s, arrivals: "
                    "{poisson: " +
                    per_hour + " per hour" + season + "}}]\n" + more);
}

Comparison compared(const balcao::model::Model& model,
                    const balcao::model::Model& other,
                    const RunOptions& options) {
    auto comparison = compare(model, {{"other", other}}, {.run = options});
    REQUIRE(comparison);
    return *std::move(comparison);
}

const Difference* find(const Comparison& comparison, Measure measure, std::optional<double> limit = {}) {
    const auto found = std::ranges::find_if(comparison.differences, [&](const Difference& row) {
        return row.measure == measure && row.of == Breakdown{} && row.limit_minutes == limit;
    });
    return found == comparison.differences.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a quiet model and its busy scenario leave out the warm-up that the busy one needs") {
    const RunOptions options{.days = 2, .replications = 4, .threads = 1};
    const auto quiet = run(desk_of_a_minute("20"), options);
    const auto busy = run(desk_of_a_minute("57"), options);
    REQUIRE(busy.warm_up_days > quiet.warm_up_days);
    const auto comparison = compared(desk_of_a_minute("20"), desk_of_a_minute("57"), options);
    CHECK(comparison.base.warm_up_days == busy.warm_up_days);
    CHECK(comparison.scenarios.at(0).warm_up_days == busy.warm_up_days);
}

TEST_CASE("single days and the long run are not compared") {
    const auto refused = compare(desk_of_a_minute("20", "{every day: \"08-20\"}"),
                                 {{"day-and-night", desk_of_a_minute("20")}}, {.run = {}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what.find(
              "day-and-night: the scenario has a site that never closes and the model has none") !=
          std::string::npos);
    CHECK_FALSE(compare(desk_of_a_minute("20"), {{"day", desk_of_a_minute("20", "{every day: \"08-20\"}")}},
                        {.run = {}}));
}

TEST_CASE("a limit is compared with the same limit, and each is measured in model and scenario") {
    const std::string open = "{every day: \"08-20\"}";
    const auto lenient =
        desk_of_a_minute("50", open, "targets: [{measure: served_within, limit: 20 min, at_least: 80 %}]\n");
    const auto strict =
        desk_of_a_minute("50", open, "targets: [{measure: served_within, limit: 1 min, at_least: 80 %}]\n");
    const auto comparison = compared(lenient, strict, {.days = 3, .replications = 4});
    for (const double limit : {1.0, 20.0}) {
        const auto* row = find(comparison, Measure::served_within, limit);
        REQUIRE(row != nullptr);
        CHECK(row->difference == 0);
        CHECK_FALSE(row->better);
    }
    CHECK(find(comparison, Measure::served_within, 1)->base_mean <
          find(comparison, Measure::served_within, 20)->base_mean);
    CHECK(comparison.scenarios.at(0).targets.at(0).mean ==
          doctest::Approx(find(comparison, Measure::served_within, 1)->scenario_mean));
}

TEST_CASE("fewer people who are served because fewer come are neither better nor worse") {
    CHECK(direction_of(Measure::served) == 0);
    const std::string open = "{every day: \"08-20\"}";
    const auto comparison =
        compared(desk_of_a_minute("50", open), desk_of_a_minute("20", open), {.days = 5, .replications = 10});
    const auto* served = find(comparison, Measure::served);
    REQUIRE(served != nullptr);
    CHECK(served->difference < -*served->half_width);
    CHECK_FALSE(served->better);
}

TEST_CASE("one long run of each is paired in batches that are long enough for both, and no row is lost") {
    // Sixty days are paired by three; where February is busier than January they are no longer independent.
    const std::string open = "{every day: \"08-20\"}";
    const RunOptions options{.days = 60, .replications = 1};
    const auto comparison = compared(desk_of_a_minute("20", open),
                                     desk_of_a_minute("20", open, "", ", season: {feb: 2.5}"), options);
    CHECK(comparison.base.units != comparison.scenarios.at(0).units);
    std::set<std::pair<Measure, Breakdown>> rows;
    for (const auto& row : comparison.differences)
        rows.emplace(row.measure, row.of);
    for (const auto& row : comparison.base.rows)
        CHECK_MESSAGE(rows.contains({row.measure, row.of}), name_of(row.measure));
}

TEST_CASE("where the same people made a difference less sure, the scenario's note says so") {
    // Many who come for x make fewer of all wait while nobody waits for x, and more when it has one desk
    // only.
    const auto shop = [](const std::string& count) {
        return model_of(
            "services: {x: {duration: 5 min}, y: {duration: 10 min}}\nsites: {s: {open: {every day: "
            "\"08-20\"}, desks: {a: {count: " +
                count +
                ", serves: [x]}, b: {count: 1, serves: [y]}}}}\ndemand:\n  - {service: x, site: s, arrivals: "
                "{poisson: 9 per hour, day_factor: {gamma: {mean: 1, cv: 0.4}}}}\n  - {service: y, site: s, "
                "arrivals: {log: l.csv}}\n",
            {{"l.csv",
              "time\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n08:00\n"}});
    };
    const auto comparison = compared(shop("unlimited"), shop("1"), {.days = 1, .replications = 100});
    const auto* waited = find(comparison, Measure::waited_share);
    REQUIRE(waited->variance_ratio);
    CHECK(*waited->variance_ratio < 1);
    REQUIRE(comparison.scenarios.at(0).notes.size() == 1);
    const auto& note = comparison.scenarios.at(0).notes.front();
    CHECK(note.starts_with("Common random numbers did harm"));
    CHECK_MESSAGE(note.find("waited_share (1.") != std::string::npos, note);
    CHECK(compared(shop("1"), shop("1"), {.days = 1, .replications = 100}).scenarios.at(0).notes.empty());
}
