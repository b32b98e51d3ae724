#include "stats/goodness.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "random/variates.hpp"
#include "stats/student.hpp"

using namespace balcao::stats;  // NOLINT(google-build-using-namespace): the test speaks of nothing else
using balcao::random::Draws;
using balcao::random::Stream;

namespace {

Draws draws_of(std::uint64_t trial, std::uint64_t purpose) {
    return Draws{Stream::of({.seed = 26}, 0, purpose), trial};
}

// Times below 1 of arrivals with such gaps.
template <class Gap>
std::vector<double> renewals(Gap gap) {
    std::vector<double> times;
    double time = gap();
    while (time < 1) {
        times.push_back(time);
        time += gap();
    }
    return times;
}

// A check of a test: under the null hypothesis it rejects at 5 % five times in a hundred.
void check_level(int rejected, int trials, double slack = 0) {
    CHECK(rejected >= binomial_bounds(trials, 0.05 - slack, 0.999).low);
    CHECK(rejected <= binomial_bounds(trials, 0.05 + slack, 0.999).high);
}

}  // namespace

TEST_CASE(
    "the Kolmogorov-Smirnov test rejects what is true five times in a hundred, what is false nearly always") {
    constexpr int trials = 2000;
    int rejected = 0;
    int caught = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of(trial, 1);
        std::vector<double> values(60);
        for (double& value : values)
            value = draws.uniform();
        std::sort(values.begin(), values.end());
        rejected += kolmogorov_smirnov(values, [](double x) { return x; }).p < 0.05 ? 1 : 0;
        caught += kolmogorov_smirnov(values, [](double x) { return x * x; }).p < 0.05 ? 1 : 0;
    }
    check_level(rejected, trials, 0.003);
    CHECK(caught > trials * 0.9);
    CHECK(kolmogorov_smirnov({}, [](double x) { return x; }).p == 1);
}

TEST_CASE("Poisson arrivals pass the test of Brown and others whatever their rate, regular ones fail it") {
    constexpr int trials = 1000;
    int rejected = 0;
    int caught = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of(trial, 2);
        std::vector<double> scores;
        std::vector<double> regular;
        for (const double rate : {12.0, 30.0, 7.0}) {
            poisson_scores(renewals([&] { return balcao::random::exponential(draws) / rate; }), 1, scores);
            poisson_scores(renewals([&] { return balcao::random::gamma(8, draws) / 8 / rate; }), 1, regular);
        }
        rejected += poisson_test(scores).p < 0.05 ? 1 : 0;
        caught += poisson_test(regular).p < 0.05 ? 1 : 0;
    }
    check_level(rejected, trials, 0.003);
    CHECK(caught > trials * 0.95);
}

TEST_CASE("days that differ more than Poisson counts do are found overdispersed") {
    constexpr int trials = 1000;
    int rejected = 0;
    int caught = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of(trial, 3);
        std::vector<double> counts(40);
        for (double& count : counts)
            count = static_cast<double>(balcao::random::poisson(80, draws));
        rejected += dispersion_test(counts).p < 0.05 ? 1 : 0;
        for (double& count : counts) {
            const double factor = balcao::random::gamma(25, draws) / 25;  // a day factor of cv 0.2
            count = static_cast<double>(balcao::random::poisson(80 * factor, draws));
        }
        caught += dispersion_test(counts).p < 0.05 ? 1 : 0;
    }
    check_level(rejected, trials, 0.003);
    CHECK(caught > trials * 0.95);
}
