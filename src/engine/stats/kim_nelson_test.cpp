#include "stats/kim_nelson.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "random/variates.hpp"
#include "stats/student.hpp"

using namespace balcao::stats;  // NOLINT(google-build-using-namespace): the test speaks of nothing else
using balcao::random::Draws;
using balcao::random::Stream;

namespace {

struct Outcome {
    std::size_t chosen;
    std::int64_t replications;
};

// Normal systems of standard deviation 1 with the given means and correlation between any two.
Outcome select(const std::vector<double>& means,
               double correlation,
               const Selection& selection,
               std::uint64_t trial) {
    Draws draws{Stream::of({.seed = 23}, means.size(), 0), trial};
    KimNelson race{means.size(), selection};
    std::vector<double> values(means.size());
    while (!race.is_decided()) {
        const double common = balcao::random::normal(draws);
        for (std::size_t i = 0; i < means.size(); ++i)
            values[i] = means[i] + std::sqrt(correlation) * common +
                        std::sqrt(1 - correlation) * balcao::random::normal(draws);
        race.add(values);
    }
    return {race.best(), race.replications()};
}

}  // namespace

TEST_CASE(
    "the best is chosen at least as often as promised, also where all others are just as good as allowed") {
    constexpr int trials = 600;
    const std::vector<double> slippage{0, 0, 0.5, 0, 0};  // the hardest case: each is exactly δ behind
    for (const double correlation : {0.0, 0.6}) {
        int right = 0;
        for (int trial = 0; trial < trials; ++trial)
            right += select(slippage, correlation,
                            {.indifference = 0.5, .confidence = 0.9, .better = Better::larger}, trial)
                                 .chosen == 2
                         ? 1
                         : 0;
        CHECK(right >= binomial_bounds(trials, 0.9, 0.999).low);
        CHECK(right < trials);  // a promise of 90 % that never fails would be a waste of replications
    }
}

TEST_CASE("common random numbers and clear differences save replications") {
    double independent = 0;
    double common = 0;
    double clear = 0;
    const Selection selection{.indifference = 0.3, .confidence = 0.95, .better = Better::smaller};
    for (int trial = 0; trial < 100; ++trial) {
        independent += static_cast<double>(select({0, 0.3, 0.3}, 0, selection, trial).replications);
        common += static_cast<double>(select({0, 0.3, 0.3}, 0.8, selection, trial).replications);
        clear += static_cast<double>(select({0, 2, 2}, 0, selection, trial).replications);
    }
    CHECK(common < 0.5 * independent);
    CHECK(clear < 0.5 * independent);
}

TEST_CASE("those that fall are told with their replication, and their values are not asked for again") {
    KimNelson race{3, {.indifference = 0.2, .better = Better::smaller, .first_replications = 10}};
    Draws draws{Stream::of({.seed = 24}, 0, 0), 0};
    double third = 50;
    while (!race.is_decided()) {
        race.add(std::vector<double>{5 + balcao::random::normal(draws), 5.4 + balcao::random::normal(draws),
                                     third});
        if (race.survivors().size() < 3) third = std::nan("");
    }
    CHECK(race.best() == 0);
    CHECK(race.survivors() == std::vector<std::size_t>{0});
    REQUIRE(race.eliminated().size() == 2);
    CHECK(race.eliminated()[0].system == 2);
    CHECK(race.eliminated()[0].at_replication == 10);
    CHECK(race.eliminated()[1].system == 1);
    CHECK(race.eliminated()[1].at_replication == race.replications());
    CHECK(race.replications() > 10);
}

TEST_CASE("equal systems are decided at the bound and not later") {
    KimNelson race{2, {.indifference = 1, .first_replications = 10}};
    Draws draws{Stream::of({.seed = 25}, 0, 0), 0};
    std::vector<double> differences;
    for (int i = 0; i < 10; ++i) {
        const double first = 3 * balcao::random::normal(draws);
        race.add(std::vector<double>{first, first + (i % 2 == 0 ? 2.0 : -2.0)});
    }
    // S² = 40/9, η = ½·(0.1^(-2/9) - 1), h² = 18η.
    const double eta = (std::pow(0.1, -2.0 / 9) - 1) / 2;
    const double bound = std::floor(18 * eta * 40 / 9);
    while (!race.is_decided())
        race.add(std::vector<double>{1, 1});
    CHECK(race.replications() == static_cast<std::int64_t>(bound) + 1);
    CHECK(race.survivors().size() == 1);
}

TEST_CASE("systems that do not vary are decided after the first replications") {
    KimNelson race{2, {.indifference = 0.1, .better = Better::larger, .first_replications = 12}};
    for (int i = 0; i < 12; ++i) {
        CHECK(!race.is_decided());
        race.add(std::vector<double>{1, 2});
    }
    CHECK(race.is_decided());
    CHECK(race.best() == 1);
}
