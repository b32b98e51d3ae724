#include "plan/estimators.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace balcao::plan {
namespace {

// The weeks of remission of 21 patients on 6-MP (Freireich et al. 1963), the textbook's example of censoring.
std::vector<CensoredWait> remissions() {
    std::vector<CensoredWait> waits;
    for (const double week : {6, 6, 6, 7, 10, 13, 16, 22, 23})
        waits.push_back({week, WaitEnd::left});
    for (const double week : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
        waits.push_back({week, WaitEnd::called});
    return waits;
}

}  // namespace

TEST_CASE("survival is that of the textbook where some are censored") {
    const std::vector<SurvivalStep> steps = survival_of(remissions());
    REQUIRE(steps.size() == 7);
    CHECK(steps[0].length == 6);
    CHECK(steps[0].surviving == doctest::Approx(0.857).epsilon(0.001));
    CHECK(*steps[0].deviation == doctest::Approx(0.0764).epsilon(0.001));
    CHECK(steps[2].surviving == doctest::Approx(0.753).epsilon(0.001));
    CHECK(steps[6].length == 23);
    CHECK(steps[6].surviving == doctest::Approx(0.448).epsilon(0.001));
    CHECK(*steps[6].deviation == doctest::Approx(0.1346).epsilon(0.001));
}

TEST_CASE("exponential patience counts those who left against all the time waited") {
    CHECK(*leaving_rate(remissions()) == doctest::Approx(9.0 / 359));
    CHECK_FALSE(leaving_rate(std::vector<CensoredWait>{}));
}

TEST_CASE("people who left unseen before they would have been called show how long patience is") {
    // Everybody is offered a desk after 5 or 20 minutes and is there or not; patience is exponential of mean
    // 10: the shares gone are 1 - e^-0.5 and 1 - e^-2, to the last of 10,000 people.
    std::vector<CensoredWait> waits;
    for (const double offered : {5.0, 20.0}) {
        const auto gone = static_cast<int>(std::lround(5000 * -std::expm1(-offered / 10)));
        for (int k = 0; k < 5000; ++k)
            waits.push_back({offered, k < gone ? WaitEnd::left_before : WaitEnd::called});
    }
    CHECK(*leaving_rate(waits) == doctest::Approx(0.1).epsilon(0.001));
    const std::vector<SurvivalStep> steps = survival_of(waits);
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].surviving == doctest::Approx(std::exp(-0.5)).epsilon(0.001));
    CHECK(steps[1].surviving == doctest::Approx(std::exp(-2.0)).epsilon(0.001));
    CHECK_FALSE(steps[0].deviation);
}

TEST_CASE("one who left unseen hardly moves what many known waits say") {
    std::vector<CensoredWait> waits = remissions();
    waits.push_back({50, WaitEnd::left_before});
    CHECK(*leaving_rate(waits) == doctest::Approx(10.0 / 359).epsilon(0.08));
    const std::vector<SurvivalStep> steps = survival_of(waits);
    CHECK(steps[0].length == 6);
    CHECK(steps[0].surviving == doctest::Approx(0.857).epsilon(0.02));
}

TEST_CASE("digamma has its known values") {
    CHECK(digamma(1) == doctest::Approx(-0.5772156649).epsilon(1e-9));
    CHECK(digamma(0.5) == doctest::Approx(-1.9635100260).epsilon(1e-9));
    CHECK(digamma(10) == doctest::Approx(2.2517525891).epsilon(1e-9));
}

TEST_CASE("durations whose logarithms are normal are told from gamma ones, with their mean and spread") {
    // Quantiles of a lognormal with σ = 0.8 by a rational approximation of the normal quantile's logistic
    // cousin would not be exact; the mean over a symmetric grid of normal scores is.
    std::vector<double> values;
    for (int k = 0; k < 4000; ++k) {
        const double u = (k + 0.5) / 4000;
        double low = -8;
        double high = 8;
        while (high - low > 1e-10) {
            const double middle = (low + high) / 2;
            (std::erfc(-middle / std::sqrt(2.0)) / 2 < u ? low : high) = middle;
        }
        values.push_back(5 * std::exp(0.8 * low));
    }
    const DurationFit fit = *fit_duration(values);
    CHECK(fit.shape == Shape::lognormal);
    CHECK(fit.mean == doctest::Approx(5 * std::exp(0.32)).epsilon(0.01));
    CHECK(fit.cv == doctest::Approx(std::sqrt(std::expm1(0.64))).epsilon(0.01));
}

TEST_CASE("exponential durations are gamma ones of spread one") {
    std::vector<double> values;
    values.reserve(4000);
    for (int k = 0; k < 4000; ++k)
        values.push_back(-6 * std::log(1 - (k + 0.5) / 4000));
    const DurationFit fit = *fit_duration(values);
    CHECK(fit.shape == Shape::gamma);
    CHECK(fit.mean == doctest::Approx(6).epsilon(0.01));
    CHECK(fit.cv == doctest::Approx(1).epsilon(0.01));
}

TEST_CASE("the likelihood of exponential durations is known, and so is its criterion") {
    // Gamma with k near 1 has -Σ(log m + x/m) as its likelihood; two parameters are paid for.
    std::vector<double> values;
    double sum = 0;
    for (int k = 0; k < 2000; ++k) {
        values.push_back(-6 * std::log(1 - (k + 0.5) / 2000));
        sum += values.back();
    }
    const double likelihood = -2000 * (std::log(sum / 2000) + 1);
    CHECK(fit_gamma(values)->aic == doctest::Approx(4 - 2 * likelihood).epsilon(1e-4));
}

TEST_CASE("a single duration or equal ones have no spread to fit") {
    CHECK_FALSE(fit_duration(std::vector<double>{5}));
    CHECK_FALSE(fit_duration(std::vector<double>{5, 5, 5}));
}

}  // namespace balcao::plan
