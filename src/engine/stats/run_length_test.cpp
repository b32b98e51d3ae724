#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "random/variates.hpp"
#include "stats/batch.hpp"
#include "stats/mser.hpp"
#include "stats/sequential.hpp"
#include "stats/student.hpp"

using namespace balcao::stats;  // NOLINT(google-build-using-namespace): the test speaks of nothing else
using balcao::random::Draws;
using balcao::random::Stream;

namespace {

Draws draws_of_run(std::uint64_t trial, std::uint64_t purpose) {
    return Draws{Stream::of({.seed = 22}, 0, purpose), trial};
}

// Mean 10, standard deviation 1, correlation rho from one value to the next, begun `start` above the mean.
std::vector<double> autoregressive(std::size_t count, double rho, double start, Draws draws) {
    std::vector<double> values(count);
    double state = start;
    for (double& value : values) {
        state = rho * state + std::sqrt(1 - rho * rho) * balcao::random::normal(draws);
        value = 10 + state;
    }
    return values;
}

struct Coverage {
    int hits = 0;
    int independent = 0;
    double half_width = 0;
};

Coverage coverage_of_batches(double rho, int trials) {
    Coverage coverage;
    const std::vector<double> y(2000, 2.0);
    for (int trial = 0; trial < trials; ++trial) {
        const auto x = autoregressive(2000, rho, 0, draws_of_run(trial, 3));
        const auto estimate = batch_ratio({x, y}, 0.95);
        coverage.hits += std::abs(estimate->ratio.mean - 5) <= *estimate->ratio.half_width ? 1 : 0;
        coverage.independent += estimate->is_independent ? 1 : 0;
        coverage.half_width += *estimate->ratio.half_width / trials;
    }
    return coverage;
}

}  // namespace

TEST_CASE("MSER-5 finds the end of a start-up that fades") {
    int reliable = 0;
    double left_bias = 0;
    for (int trial = 0; trial < 200; ++trial) {
        const auto series = autoregressive(2000, 0.95, 15, draws_of_run(trial, 1));
        const WarmUp warm_up = mser5(series);
        reliable += warm_up.is_reliable ? 1 : 0;
        CHECK(warm_up.observations % 5 == 0);
        CHECK(warm_up.observations >= 20);
        left_bias += 15 * std::pow(0.95, static_cast<double>(warm_up.observations)) / 200;
    }
    CHECK(reliable >= 190);
    CHECK(left_bias < 1.5);  // of 15 at the start; one standard deviation of the series is 1
}

TEST_CASE("MSER-5 leaves nearly everything of a series that begins where it stays") {
    double left_out = 0;
    for (int trial = 0; trial < 200; ++trial)
        left_out +=
            static_cast<double>(mser5(autoregressive(1000, 0, 0, draws_of_run(trial, 2))).observations) / 200;
    CHECK(left_out < 100);
}

TEST_CASE("MSER-5 says so when the run is too short") {
    std::vector<double> rising(400);
    for (std::size_t i = 0; i < rising.size(); ++i)
        rising[i] = static_cast<double>(i);
    CHECK(!mser5(rising).is_reliable);
    CHECK(!mser5(std::vector<double>(49, 1.0)).is_reliable);
    const WarmUp constant = mser5(std::vector<double>(400, 3.0));
    CHECK(constant.observations == 0);
    CHECK(constant.is_reliable);
}

TEST_CASE("MSER-5 picks the minimum of its definition") {
    std::vector<double> series(120);
    Draws draws = draws_of_run(1, 9);
    for (std::size_t i = 0; i < series.size(); ++i)
        series[i] = (i < 30 ? 5 : 0) + balcao::random::normal(draws);
    std::size_t best = 0;
    double best_score = 1e300;
    for (std::size_t d = 0; d <= 12; ++d) {
        std::vector<double> means;
        for (std::size_t j = d; j < 24; ++j) {
            double sum = 0;
            for (std::size_t i = 0; i < 5; ++i)
                sum += series[5 * j + i];
            means.push_back(sum / 5);
        }
        double mean = 0;
        for (const double z : means)
            mean += z / static_cast<double>(means.size());
        double score = 0;
        for (const double z : means)
            score += (z - mean) * (z - mean);
        score /= static_cast<double>(means.size() * means.size());
        if (score < best_score) {
            best_score = score;
            best = d;
        }
    }
    CHECK(mser5(series).observations == 5 * best);
    CHECK(best == 6);
}

TEST_CASE("the score of lag-1 correlation is standard normal for independent values") {
    constexpr int trials = 2000;
    double sum = 0;
    double squares = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const double score = lag_one_score(autoregressive(50, 0, 0, draws_of_run(trial, 4)));
        sum += score;
        squares += score * score;
    }
    CHECK(std::abs(sum / trials) < 4 / std::sqrt(trials));
    CHECK(std::abs(squares / trials - 1) < 4 * std::sqrt(2.0 / trials));
    CHECK(lag_one_score(autoregressive(1000, 0.8, 0, draws_of_run(1, 5))) > 10);
    CHECK(lag_one_score(std::vector<double>(9, 2.0)) == 0);
}

TEST_CASE("batches of a correlated run give intervals that hold the mean nineteen times in twenty") {
    constexpr int trials = 1000;
    for (const double rho : {0.0, 0.5, 0.9}) {
        const Coverage coverage = coverage_of_batches(rho, trials);
        CHECK(coverage.hits >= binomial_bounds(trials, 0.935, 0.999).low);
        CHECK(coverage.hits <= binomial_bounds(trials, 0.96, 0.999).high);
        CHECK(coverage.independent >= (rho < 0.9 ? 970 : 800));  // 2,000 values of rho 0.9 are a short run
        // The asymptotic variance of an autoregressive mean is (1 + rho)/(1 - rho)/n; y is 2 everywhere.
        const double exact = std::sqrt((1 + rho) / (1 - rho) / 2000) / 2;
        CHECK(coverage.half_width == doctest::Approx(t_factor(0.95, 20) * exact).epsilon(0.06));
    }
}

TEST_CASE("a run too short for its correlation is called so") {
    const std::vector<double> y(200, 1.0);
    int called = 0;
    for (int trial = 0; trial < 100; ++trial) {
        const auto estimate = batch_ratio({autoregressive(200, 0.995, 0, draws_of_run(trial, 6)), y}, 0.95);
        called += estimate->is_independent ? 0 : 1;
    }
    CHECK(called >= 80);
}

TEST_CASE("there are 20 to 39 batches where there are slices enough") {
    for (const std::size_t slices : {20U, 39U, 57U, 100U, 999U, 1024U}) {
        const std::vector<double> y(slices, 1.0);
        const auto estimate = batch_ratio({autoregressive(slices, 0.6, 0, draws_of_run(slices, 7)), y}, 0.95);
        CHECK(estimate->ratio.units >= 20);
        CHECK(estimate->ratio.units <= 39);
        CHECK(estimate->ratio.units == static_cast<std::int64_t>(slices) / estimate->slices_per_batch);
    }
    const std::vector<double> few(7, 1.0);
    CHECK(batch_ratio({few, few}, 0.95)->ratio.units == 7);
    CHECK(!batch_ratio({few, few}, 0.95)->is_independent);
    CHECK(!batch_ratio({few, std::vector<double>(7, 0.0)}, 0.95));
}

TEST_CASE("overlapping batches agree with the asymptotic variance") {
    constexpr int trials = 400;
    int hits = 0;
    double half_width = 0;
    const std::vector<double> y(2000, 1.0);
    for (int trial = 0; trial < trials; ++trial) {
        const auto x = autoregressive(2000, 0.8, 0, draws_of_run(trial, 8));
        const auto estimate = overlapping_batch_ratio({x, y}, 100, 0.95);
        hits += std::abs(estimate->mean - 10) <= *estimate->half_width ? 1 : 0;
        half_width += *estimate->half_width / trials;
    }
    CHECK(hits >= binomial_bounds(trials, 0.935, 0.999).low);
    CHECK(half_width == doctest::Approx(t_factor(0.95, 28.5) * std::sqrt(9.0 / 2000)).epsilon(0.07));
}

TEST_CASE("the run goes on until every measure is precise and stays so for the look-ahead") {
    StoppingRule rule{{.relative = 0.1, .at_least = 10, .at_most = 1000}};
    CHECK(rule.confidence_of_one(5) == doctest::Approx(0.99));
    CHECK(rule.wanted_half_width(11) == doctest::Approx(1));
    const auto look = [&](std::int64_t n, double first, double second) {
        const std::vector<Estimate> both{{11, first, n}, {-22, second, n}};
        return rule.look(n, both);
    };
    CHECK(look(5, 0, 0) == Progress::go_on);  // precise, but too few to know
    CHECK(look(20, 0.9, 2.1) == Progress::go_on);
    CHECK(look(21, 0.9, 1.9) == Progress::go_on);  // precise now; five more must agree
    CHECK(look(24, 1.1, 1.9) == Progress::go_on);  // luck
    CHECK(look(30, 0.9, 1.9) == Progress::go_on);
    CHECK(look(34, 0.9, 1.9) == Progress::go_on);
    CHECK(look(35, 0.9, 1.9) == Progress::reached);
}

TEST_CASE("a measure near zero is good enough at the absolute half-width, one without interval never") {
    StoppingRule rule{{.relative = 0.1, .absolute = 0.005, .at_least = 10, .at_most = 20}};
    CHECK(rule.look(10, std::vector<Estimate>{{0.001, 0.004, 10}}) == Progress::go_on);
    CHECK(rule.look(15, std::vector<Estimate>{{0.001, 0.004, 15}}) == Progress::reached);
    CHECK(rule.look(19, std::vector<Estimate>{{5, std::nullopt, 19}}) == Progress::go_on);
    CHECK(rule.look(20, std::vector<Estimate>{{5, std::nullopt, 20}}) == Progress::exhausted);
    CHECK(rule.expected_replications(std::vector<Estimate>{{5, std::nullopt, 19}}) == 20);
}

TEST_CASE("the number of replications that is expected grows with the square of what is missing") {
    const StoppingRule rule{{.relative = 0.1}};
    CHECK(rule.expected_replications(std::vector<Estimate>{{11, 2, 30}}) == 120);
    CHECK(rule.expected_replications(std::vector<Estimate>{{11, 0.1, 30}}) == 10);
    CHECK(rule.expected_replications(std::vector<Estimate>{{0, 0, 30}}) == 10);
    CHECK(rule.expected_replications(std::vector<Estimate>{{0, 1, 30}}) == 10'000);
}

TEST_CASE("the stopped run is as precise as wanted nineteen times in twenty") {
    constexpr int trials = 300;
    int hits = 0;
    for (int trial = 0; trial < trials; ++trial) {
        Draws draws = draws_of_run(trial, 10);
        StoppingRule rule{{.relative = 0.1}};
        std::vector<double> values;
        Progress progress = Progress::go_on;
        double mean = 0;
        while (progress == Progress::go_on) {
            values.push_back(4 + 2 * balcao::random::normal(draws));
            if (values.size() < 10) continue;
            const auto estimate = mean_interval(values, rule.confidence_of_one(1));
            mean = estimate->mean;
            progress = rule.look(static_cast<std::int64_t>(values.size()), {&*estimate, 1});
        }
        CHECK(progress == Progress::reached);
        hits += std::abs(mean - 4) <= 0.4 ? 1 : 0;
    }
    CHECK(hits >= binomial_bounds(trials, 0.94, 0.999).low);
}
