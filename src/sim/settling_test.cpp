// What a run says of itself: whether it has settled, whether its batches are long enough, and that it counts
// everybody once.
#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sim/experiment_parts.hpp"
#include "sim/running_test.hpp"

using namespace balcao::sim;

namespace {

balcao::model::Model desk_of_minutes(const std::string& per_hour, const std::string& minutes) {
    return model_of("services: {x: {duration: {exponential: " + minutes +
                    " min}}}\nsites: {s: {open: always, desks: {a: {count: 1, serves: [x]}}}}\ndemand: "
                    "[{service: x, site: s, arrivals: {poisson: " +
                    per_hour + " per hour}}]\n");
}

bool has_note(const Results& results, const std::string& words) {
    return std::ranges::any_of(
        results.notes, [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE(
    "a queue that takes months to fill is never shown without a word, and shows its mean when it is run so "
    "long") {
    // M/M/1 at 0.98: 490 minutes. Thirty days from an empty hall are a start and nothing else.
    for (const std::uint64_t seed : {1, 2, 3}) {
        const auto results = run(desk_of_minutes("5.88", "10"), {.seed = seed});
        CHECK((has_note(results, "This city remembers for long") ||
               has_note(results, "No end of the warm-up was found")));
    }
    const auto results = run(desk_of_minutes("5.88", "10"), {.days = 400, .warm_up = 100});
    CHECK(holds(results, Measure::wait, 490, {}, 1.5));
    CHECK(run(desk_of_minutes("30", "1"), {.days = 10}).notes.empty());
}

TEST_CASE("a run whose second half holds more people than its first says that it has not settled") {
    const auto rising = run(desk_of_minutes("5.88", "10"), {.days = 30, .warm_up = 0, .replications = 40});
    CHECK(has_note(rising, "The run has not settled"));
    const auto settled = run(desk_of_minutes("30", "1"), {.days = 10, .warm_up = 1, .replications = 40});
    CHECK(settled.notes.empty());
}

TEST_CASE("halves that differ by chance are told from halves that differ") {
    CHECK(compare_halves({1, 2, 3, 4}, {2, 1, 4, 3}).p == 1);
    const auto rise = compare_halves({1, 2, 3, 4}, {2.1, 3, 3.9, 5});
    CHECK(rise.first == 2.5);
    CHECK(rise.second == doctest::Approx(3.5));
    CHECK(rise.p < 0.001);
    CHECK(compare_halves({1, 1}, {2, 2}).p == 1);  // no spread to judge by
    CHECK(compare_halves({}, {}).p == 1);
}

TEST_CASE("one run that is too short for independent batches says so") {
    const auto results = run(desk_of_minutes("5.88", "10"), {.days = 30, .warm_up = 0, .replications = 1});
    CHECK(has_note(results, "Even the longest batches of this one run depend on each other"));
    CHECK(run(desk_of_minutes("30", "1"), {.days = 30, .warm_up = 1, .replications = 1}).notes.empty());
}

TEST_CASE("no day of a long run is left out of its batches") {
    const auto model = model_of(R"(
services: {x: {duration: {exponential: 5 min}}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 11 per hour, day_factor: {gamma: {mean: 1, cv: 0.2}}}}]
)");
    for (const int days : {23, 41, 59}) {
        VisitList list;
        const auto results = run(model, {.days = days, .replications = 1, .trace = &list});
        CHECK(results.customers == static_cast<std::int64_t>(list.visits.size()));
        CHECK(mean_of(results, Measure::arrivals) ==
              doctest::Approx(static_cast<double>(list.visits.size()) / days));
    }
}

TEST_CASE("days that do not fill a batch make the first one longer") {
    const CityPlan city = *make_city(desk_of_minutes("30", "1"));
    const Breakdowns breakdowns{city};
    std::vector<Unit> units(7);
    for (auto& unit : units) {
        unit.totals = breakdowns.empty_totals();
        unit.time = 1;
    }
    const auto times = [&](std::size_t per_batch) {
        std::vector<balcao::des::Time> found;
        for (const auto& unit : join_units(units, per_batch))
            found.push_back(unit.time);
        return found;
    };
    using Times = std::vector<balcao::des::Time>;
    CHECK(times(1) == Times(7, 1));
    CHECK(times(2) == Times{3, 2, 2});
    CHECK(times(3) == Times{4, 3});
    CHECK(times(7) == Times{7});
    CHECK(times(9) == Times{7});
}

TEST_CASE("a trace has the visits of the run, each with its replication, and none of the warm-up") {
    VisitList list;
    const auto results =
        run(desk_of_minutes("20", "1"), {.days = 2, .warm_up = 3, .replications = 2, .trace = &list});
    std::set<std::uint64_t> replications;
    for (const auto& visit : list.visits) {
        replications.insert(visit.replication);
        CHECK(visit.arrived >= 3 * balcao::des::day);
    }
    CHECK(replications == std::set<std::uint64_t>{0, 1});
    // Those still inside at the end have no visit yet.
    CHECK(static_cast<std::int64_t>(list.visits.size()) <= results.customers);
    CHECK(static_cast<std::int64_t>(list.visits.size()) >= results.customers - 20);
}
