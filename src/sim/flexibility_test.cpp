// Situations come true or not as the clock says, and targets break under stress where theory says.
#include <cmath>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"
#include "sim/situations.hpp"
#include "sim/stress.hpp"

using namespace balcao;
using namespace balcao::sim;

namespace {

using model::Must;

// An hour for the permit, and nobody else in the shop but at ten on Tuesdays.
model::Model shop() {
    return model_of(R"(
services:
  permit: {duration: 60 min, fee: 12 EUR}
  card: {duration: 10 min}
sites:
  shop: {open: {mon-fri: "09-17"}, desks: {desk: {count: 1, serves: [permit, card]}}}
demand: [{service: card, site: shop, arrivals: {log: l.csv}}]
)",
                    {{"l.csv", "time\n2026-01-05 09:00\n"}});
}

model::Situation permit_on_tuesday(std::vector<Must> must) {
    model::Situation situation;
    situation.key = "permit";
    situation.wants = model::ServiceKey{"permit"};
    situation.from_weekday = 1;
    situation.from_minute = 10 * 60;
    situation.must = std::move(must);
    return situation;
}

SituationOutcome walked(const model::Model& model, const model::Situation& situation) {
    SituationsOptions options;
    options.run.replications = 5;
    options.weeks = 4;
    const auto outcomes = walk_situations(model, {situation}, options);
    REQUIRE(outcomes);
    return outcomes->at(0);
}

model::Model single_desk() {
    return model_of(R"(
services: {x: {duration: {exponential: 1 min}}}
sites: {s: {open: always, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 30 per hour}}]
targets: [{measure: wait, at_most: 2 min}]
)");
}

}  // namespace

TEST_CASE(
    "a person who finds nobody before her is served once, pays the fee, and needs as long as the service") {
    const auto outcome = walked(shop(), permit_on_tuesday({model::MustBeServed{true}}));
    CHECK(outcome.is_possible);
    CHECK(outcome.walks == 20);
    CHECK(outcome.all_share == 1);
    CHECK(outcome.visits->mean == 1);
    CHECK(outcome.minutes->mean == doctest::Approx(60));
    CHECK(outcome.cost->mean == doctest::Approx(12));
}

TEST_CASE("a need that arises behind closed doors is served when they open") {
    auto situation = permit_on_tuesday({model::MustBeServed{true}});
    SUBCASE("on Saturday: on Monday at nine") {
        situation.from_weekday = 5;
        const auto outcome = walked(shop(), situation);
        CHECK(outcome.all_share == 1);
        CHECK(outcome.visits->mean == 1);
        CHECK(outcome.minutes->mean == doctest::Approx(48 * 60));
    }
    SUBCASE("in the evening: the next morning") {
        situation.from_minute = 20 * 60;
        const auto outcome = walked(shop(), situation);
        CHECK(outcome.all_share == 1);
        CHECK(outcome.minutes->mean == doctest::Approx(14 * 60));
    }
}

TEST_CASE("where all weeks went alike the interval is what as many weeks could still hide") {
    const auto outcome = walked(shop(), permit_on_tuesday({model::MustBeServed{true}}));
    CHECK(*outcome.all_half_width == doctest::Approx(1 - std::pow(0.05, 1.0 / 20)));
    CHECK(*outcome.errands.at(0).served_half_width == *outcome.all_half_width);
}

TEST_CASE("each condition is judged by itself, and all of them together by the worst") {
    const auto outcome =
        walked(shop(), permit_on_tuesday({model::MustBeServed{true}, model::MustTakeVisits{1},
                                          model::MustEndWithin{std::chrono::minutes{59}}}));
    CHECK(outcome.musts.at(0).share == 1);
    CHECK(outcome.musts.at(1).share == 1);
    CHECK(outcome.musts.at(2).share == 0);
    CHECK(outcome.all_share == 0);
}

TEST_CASE("a need that no desk serves by a channel within reach cannot come true") {
    auto situation = permit_on_tuesday({model::MustBeServed{true}});
    situation.can = {model::ChannelKey{"phone"}};
    const auto outcome = walked(shop(), situation);
    CHECK_FALSE(outcome.is_possible);
    CHECK(outcome.refused->text() == "permit");
    CHECK(outcome.walks == 0);
    CHECK(outcome.all_share == 0);
}

TEST_CASE("M/M/1 misses its wait where rho / (mu - lambda) passes the bound") {
    // At 30 an hour the mean wait is 1 min; 2 min are passed at rho = 2/3, a third more: so at the step of
    // +40 %.
    StressOptions options;
    options.run.days = 60;
    options.run.replications = 20;
    options.demand_steps = 6;
    const auto result = stress(single_desk(), options);
    REQUIRE(result);
    REQUIRE(result->curves.at(0).axis == Axis::demand);
    const auto& curve = result->curves[0];
    REQUIRE(curve.breaks_at.at(0));
    CHECK(*curve.breaks_at[0] == doctest::Approx(1.4));
    for (const auto& point : curve.points) {
        const double rho = 0.5 * point.level;
        const auto& target = point.targets.at(0);
        CAPTURE(point.label);
        CHECK(std::abs(*target.mean - rho / (1 - rho)) < 2 * *target.half_width);
    }
}

TEST_CASE("desks are taken from each group in its share, and one is always left") {
    const auto model = model_of(R"(
services: {x: {duration: 5 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 10, serves: [x]}, b: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 1 per hour}}]
)");
    const auto fewer = without_desks(model, 0.3);
    CHECK(std::get<int>(fewer.sites.at(0).desks.at(0).count) == 7);
    CHECK(std::get<int>(fewer.sites.at(0).desks.at(1).count) == 1);
}

TEST_CASE(
    "people of a closed site go to the other that serves them, and those whom none serves are counted") {
    const auto model = model_of(R"(
services: {x: {duration: 5 min}, y: {duration: 5 min}}
sites:
  one: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x, y]}}}
  two: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x]}}}
demand:
  - {service: x, site: one, arrivals: {poisson: 3 per hour}}
  - {service: y, site: one, arrivals: {poisson: 1 per hour}}
)");
    const auto reduced = without_site(model, model::SiteKey{"one"});
    CHECK(reduced.lost / reduced.all == doctest::Approx(0.25));
    REQUIRE(reduced.model.demand.size() == 1);
    CHECK(reduced.model.demand[0].site.text() == "two");
}

TEST_CASE("more demand of a log repeats its rows, and less leaves rows out, evenly and within its hours") {
    const auto model = model_of(R"(
services: {x: {duration: 5 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {log: l.csv}}]
)",
                                {{"l.csv",
                                  "time\n2026-01-05 09:00\n2026-01-05 10:00\n2026-01-05 11:00\n"
                                  "2026-01-05 12:00\n2026-01-06 09:00\n"}});
    const auto hours_with = [&](double factor) {
        std::vector<double> hours;
        const auto more = with_demand(model, factor);
        for (const auto& arrival : std::get<model::ArrivalLog>(more.demand.at(0).arrivals->pattern).arrivals)
            hours.push_back(minutes(arrival.time.count()) / 60);
        return hours;
    };
    CHECK(hours_with(1) == std::vector<double>{9, 10, 11, 12, 33});
    CHECK(hours_with(2) == std::vector<double>{9, 9.5, 10, 10.5, 11, 11.5, 11.5, 12, 33, 33});
    CHECK(hours_with(1.5) == std::vector<double>{9, 10, 10.5, 11, 11.5, 12, 33});
    CHECK(hours_with(0.5) == std::vector<double>{10, 12});
    const auto base = run(model, {.days = 2, .replications = 2});
    const auto more = run(with_demand(model, 2), {.days = 2, .replications = 2});
    CHECK(base.customers == 10);
    CHECK(more.customers == 20);
}

TEST_CASE("situations are walked by the week, and days are refused") {
    SituationsOptions options;
    options.run.days = 30;
    const auto refused = walk_situations(shop(), {permit_on_tuesday({model::MustBeServed{true}})}, options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "--days");
    CHECK(refused.error().what.find("--weeks") != std::string::npos);
}

TEST_CASE("nobody is walked through a city that is still empty when it never closes") {
    // Work that piles up for five days: on Tuesday of the first week the desk is free, later it never is.
    const auto model = model_of(R"(
services:
  permit: {duration: 60 min, patience: 0 s}
  card: {duration: 40 days}
sites: {shop: {open: always, desks: {desk: {count: 1, serves: [permit, card]}}}}
demand: [{service: card, site: shop, arrivals: {log: l.csv}}]
)",
                                {{"l.csv", "time\n2026-01-10 09:00\n"}});
    const auto outcome = walked(model, permit_on_tuesday({model::MustBeServed{true}}));
    CHECK(outcome.walks == 20);
    CHECK(outcome.all_share == 0);
}
