#include "stats/interval.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "random/variates.hpp"
#include "stats/ratio.hpp"
#include "stats/student.hpp"

using namespace balcao::stats;  // NOLINT(google-build-using-namespace): the test speaks of nothing else
using balcao::random::Draws;
using balcao::random::Stream;

namespace {

Draws draws_of_trial(std::uint64_t trial, std::uint64_t purpose) {
    return Draws{Stream::of({.seed = 21}, 0, purpose), trial};
}

// The probability of `from` to `to` hits, by the recursion from one count to the one below (p near 1).
double binomial_probability(std::int64_t trials, double p, std::int64_t from, std::int64_t to) {
    double probability = std::pow(p, static_cast<double>(trials));
    double sum = 0;
    for (std::int64_t k = trials; k >= from; --k) {
        if (k <= to) sum += probability;
        probability *= static_cast<double>(k) / static_cast<double>(trials - k + 1) * (1 - p) / p;
    }
    return sum;
}

}  // namespace

TEST_CASE("quantiles agree with the printed tables") {
    CHECK(t_factor(0.95, 9) == doctest::Approx(2.262157).epsilon(1e-6));
    CHECK(t_factor(0.99, 29) == doctest::Approx(2.756386).epsilon(1e-6));
    CHECK(t_quantile(0.05, 4) == doctest::Approx(-2.131847).epsilon(1e-6));
    CHECK(normal_quantile(0.975) == doctest::Approx(1.959964).epsilon(1e-6));
    CHECK(t_two_sided_p(2.262157, 9) == doctest::Approx(0.05).epsilon(1e-6));
    CHECK(chi_square_p(18.307038, 10) == doctest::Approx(0.05).epsilon(1e-6));
}

TEST_CASE("binomial bounds leave out no more than they say, and one step closer would leave out more") {
    for (const std::int64_t trials : {10, 200, 1000}) {
        const CountBounds bounds = binomial_bounds(trials, 0.95, 0.999);
        CHECK(binomial_probability(trials, 0.95, 0, bounds.low - 1) <= 0.0005);
        CHECK(binomial_probability(trials, 0.95, 0, bounds.low) > 0.0005);
        CHECK(binomial_probability(trials, 0.95, bounds.high + 1, trials) <= 0.0005);
        CHECK(binomial_probability(trials, 0.95, bounds.high, trials) > 0.0005);
    }
    CHECK(binomial_bounds(10, 0, 0.95).high == 0);
    CHECK(binomial_bounds(10, 1, 0.95).low == 10);
}

TEST_CASE("the interval of a mean is that of the textbook") {
    const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
    const auto estimate = mean_interval(values, 0.95);
    REQUIRE(estimate);
    CHECK(estimate->mean == 5);
    CHECK(estimate->units == 8);
    CHECK(*estimate->half_width == doctest::Approx(2.364624 * std::sqrt(32.0 / 7 / 8)).epsilon(1e-6));
    CHECK(!mean_interval({}, 0.95));
    CHECK(!mean_interval(std::vector<double>{3}, 0.95)->half_width);
}

TEST_CASE("nineteen in twenty intervals of a mean of normals hold it") {
    constexpr int trials = 2000;
    int hits = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of_trial(trial, 1);
        std::vector<double> values(8);
        for (double& value : values)
            value = 3 + 2 * balcao::random::normal(draws);
        const auto estimate = mean_interval(values, 0.95);
        hits += std::abs(estimate->mean - 3) <= *estimate->half_width ? 1 : 0;
    }
    const CountBounds bounds = binomial_bounds(trials, 0.95, 0.999);
    CHECK(hits >= bounds.low);
    CHECK(hits <= bounds.high);
}

TEST_CASE("a ratio is that of the sums, not the mean of the ratios") {
    const std::vector<double> waits{10, 1000};
    const std::vector<double> served{10, 100};
    CHECK(jackknife_ratio(waits, served, 0.95)->mean == doctest::Approx(1010.0 / 110));
    CHECK(delta_ratio(waits, served, 0.95)->mean == doctest::Approx(1010.0 / 110));
}

TEST_CASE("the jackknife's pseudo-values are those of the definition") {
    const std::vector<double> x{3, 5, 4, 8, 1};
    const std::vector<double> y{2, 2, 3, 4, 0};
    const double ratio = 21.0 / 11;
    std::vector<double> pseudo;
    for (std::size_t i = 0; i < 5; ++i)
        pseudo.push_back(5 * ratio - 4 * (21 - x[i]) / (11 - y[i]));
    const auto direct = mean_interval(pseudo, 0.9);
    const auto estimate = jackknife_ratio(x, y, 0.9);
    CHECK(estimate->mean == doctest::Approx(ratio));
    CHECK(*estimate->half_width ==
          doctest::Approx(*direct->half_width + std::abs(direct->mean - ratio)).epsilon(1e-12));
}

TEST_CASE("a ratio without data has no estimate, with too little data no interval") {
    const std::vector<double> zeros{0, 0, 0};
    const std::vector<double> x{1, 2, 0};
    CHECK(!jackknife_ratio(x, zeros, 0.95));
    CHECK(!delta_ratio(x, zeros, 0.95));
    CHECK(!jackknife_ratio({}, {}, 0.95));
    const std::vector<double> only_one_day{0, 4, 0};
    CHECK(jackknife_ratio(x, only_one_day, 0.95)->mean == 0.75);
    CHECK(!jackknife_ratio(x, only_one_day, 0.95)->half_width);
    CHECK(!jackknife_ratio(std::vector<double>{5}, std::vector<double>{2}, 0.95)->half_width);
    CHECK(*jackknife_ratio(zeros, std::vector<double>{5, 0, 7}, 0.95)->half_width == 0);
}

TEST_CASE("the estimate of a share never leaves 0 and 1, however few days have data") {
    const std::vector<double> left{1, 0, 0, 0};
    const std::vector<double> arrived{1, 9, 0, 0};
    const auto estimate = jackknife_ratio(left, arrived, 0.95);
    CHECK(estimate->mean == doctest::Approx(0.1));
    CHECK(*estimate->half_width > 0.9);
}

TEST_CASE("nineteen in twenty jackknife intervals of a ratio hold it, and the delta method agrees") {
    // Sums and counts exponential and independent: a hard case for 40 days, with the ratio 100.
    constexpr int trials = 2000;
    int jackknife_hits = 0;
    int delta_hits = 0;
    double agreement = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of_trial(trial, 2);
        std::vector<double> x(40);
        std::vector<double> y(40);
        for (std::size_t day = 0; day < x.size(); ++day) {
            y[day] = balcao::random::exponential(draws);
            x[day] = 100 * balcao::random::exponential(draws);
        }
        const auto jackknife = jackknife_ratio(x, y, 0.95);
        const auto delta = delta_ratio(x, y, 0.95);
        jackknife_hits += std::abs(jackknife->mean - 100) <= *jackknife->half_width ? 1 : 0;
        delta_hits += std::abs(delta->mean - 100) <= *delta->half_width ? 1 : 0;
        agreement += *jackknife->half_width / *delta->half_width / trials;
    }
    CHECK(jackknife_hits >= binomial_bounds(trials, 0.95, 0.999).low);
    CHECK(jackknife_hits <= binomial_bounds(trials, 0.95, 0.999).high);
    CHECK(delta_hits >= binomial_bounds(trials, 0.935, 0.999).low);
    CHECK(delta_hits <= jackknife_hits);
    CHECK(agreement == doctest::Approx(1.08).epsilon(0.05));
}

TEST_CASE("where waits grow with the square of the crowd, the intervals hold once there are days enough") {
    // A day: N people (gamma, mean 40, variance 400), each waits in proportion to N: E[x]/E[y] = 2·2000/40 =
    // 100. The sums are so skewed that 10 days give 87 % and 100 days 93 %; with 400 the promise is nearly
    // kept.
    constexpr int trials = 1000;
    int hits = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of_trial(trial, 5);
        std::vector<double> x(400);
        std::vector<double> y(400);
        for (std::size_t day = 0; day < x.size(); ++day) {
            y[day] = 10 * balcao::random::gamma(4, draws);
            x[day] = 2 * y[day] * y[day] * (0.5 + draws.uniform());
        }
        const auto jackknife = jackknife_ratio(x, y, 0.95);
        hits += std::abs(jackknife->mean - 100) <= *jackknife->half_width ? 1 : 0;
    }
    CHECK(hits >= binomial_bounds(trials, 0.943, 0.999).low);
    CHECK(hits <= binomial_bounds(trials, 0.95, 0.999).high);
}

TEST_CASE(
    "a difference under common random numbers is held nineteen times in twenty, by a narrower interval") {
    constexpr int trials = 2000;
    int hits = 0;
    double correlation = 0;
    double saved = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of_trial(trial, 3);
        std::vector<double> y(30);
        std::vector<double> before(30);
        std::vector<double> after(30);
        for (std::size_t day = 0; day < y.size(); ++day) {
            y[day] = 50 + 10 * draws.uniform();
            const double common = balcao::random::gamma(5, draws);
            before[day] = y[day] * (common + balcao::random::normal(draws));
            after[day] = y[day] * (common + balcao::random::normal(draws) - 1);
        }
        const auto result = jackknife_difference({before, y}, {after, y}, 0.95);
        hits += std::abs(result->difference.mean + 1) <= *result->difference.half_width ? 1 : 0;
        correlation += *result->correlation / trials;
        saved += *result->variance_ratio / trials;
    }
    CHECK(hits >= binomial_bounds(trials, 0.945, 0.999).low);
    CHECK(hits <= binomial_bounds(trials, 0.955, 0.999).high);
    CHECK(correlation == doctest::Approx(5.0 / 6).epsilon(0.05));  // variances 5 + 1 and 5 + 1, covariance 5
    CHECK(saved == doctest::Approx(6).epsilon(0.15));              // (6 + 6) / (1 + 1)
}

TEST_CASE("a scenario compared with itself differs by exactly nothing") {
    const std::vector<double> x{3, 5, 4, 8, 1};
    const std::vector<double> y{2, 2, 3, 4, 1};
    const auto result = jackknife_difference({x, y}, {x, y}, 0.95);
    CHECK(result->difference.mean == 0);
    CHECK(*result->difference.half_width == 0);
    CHECK(*result->correlation == doctest::Approx(1));
    CHECK(!result->variance_ratio);
}
