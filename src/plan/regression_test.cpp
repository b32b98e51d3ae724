#include <cmath>

#include <doctest/doctest.h>

#include "plan/robust_regression.hpp"
#include "plan/sample_test.hpp"
#include "plan/shop_regression.hpp"

namespace balcao::plan {
namespace {}  // namespace

TEST_CASE("a system with a known solution is solved") {
    LowerMatrix a{3};  // [[4, 2, 0.6], [2, 5, 1], [0.6, 1, 3]] times (1, -2, 3)
    a.at(0, 0) = 4;
    a.at(1, 0) = 2;
    a.at(1, 1) = 5;
    a.at(2, 0) = 0.6;
    a.at(2, 1) = 1;
    a.at(2, 2) = 3;
    const std::vector<double> x = solve_positive(a, {4 - 4 + 1.8, 2 - 10 + 3, 0.6 - 2 + 9});
    CHECK(x[0] == doctest::Approx(1));
    CHECK(x[1] == doctest::Approx(-2));
    CHECK(x[2] == doctest::Approx(3));
}

TEST_CASE("quantiles lie between the values as in the usual definition") {
    CHECK(median_of({3, 1, 2}) == 2);
    CHECK(median_of({4, 1, 2, 3}) == 2.5);
    CHECK(quantile_of({10, 20, 30, 40, 50}, 0.1) == doctest::Approx(14));
    CHECK(median_of({}) == 0);
}

TEST_CASE("a line through points of which a fifth are wild is the line of the others") {
    SparseRows rows;
    std::vector<double> response;
    for (int k = 0; k < 100; ++k) {
        rows.add(0, 1);
        rows.add(1, k / 100.0);
        rows.end_row();
        response.push_back(k % 5 == 0 ? 50.0 : 2 + 3 * k / 100.0 + 0.01 * wobble(k));
    }
    const std::vector<double> weights(100, 1.0);
    LowerMatrix penalty{2};
    penalty.at(0, 0) = penalty.at(1, 1) = 1e-9;
    const std::vector<double> none(2, 0.0);
    const std::vector<double> found = fit_robust({.rows = rows,
                                                  .response = response,
                                                  .weights = weights,
                                                  .penalty = penalty,
                                                  .centre = none,
                                                  .smallest_residual = 0.01,
                                                  .iterations = 60});
    CHECK(found[0] == doctest::Approx(2).epsilon(0.02));
    CHECK(found[1] == doctest::Approx(3).epsilon(0.02));
}

TEST_CASE("weekday effects and a shop's answer to its tickets are found again") {
    const Date until = day("2025-07-31");
    const CalendarTable calendar{day("2023-08-01"), until};
    const std::array<double, 5> effects{0.30, -0.05, -0.10, -0.15, 0.0};
    std::vector<RegressionDay> days;
    for (int shop = 0; shop < 3; ++shop)
        for (Date date = day("2023-08-01"); date <= until; date += std::chrono::days{1}) {
            const int weekday = weekday_index(date);
            if (weekday > 4) continue;
            const int k = static_cast<int>(days.size());
            const double load = 0.2 * wobble(3 * k + 1);
            days.push_back(
                {shop, date,
                 4 + shop + effects[static_cast<std::size_t>(weekday)] + 0.7 * load + 0.05 * wobble(k),
                 load});
        }
    const std::vector<double> weights{1, 1, 1};
    const TargetFit fit = fit_target({.days = days,
                                      .shops = 4,
                                      .shop_weights = weights,
                                      .until = until,
                                      .has_tickets = true,
                                      .calendar = calendar},
                                     {});
    for (std::size_t shop = 0; shop < 3; ++shop) {
        const ShopCoefficients& found = fit.shops[shop];
        REQUIRE(found.is_fitted);
        CHECK(found.weekdays[0] - found.weekdays[3] == doctest::Approx(0.45).epsilon(0.03));
        CHECK(found.weekdays[1] - found.weekdays[2] == doctest::Approx(0.05).epsilon(0.3));
        CHECK(found.tickets == doctest::Approx(0.7).epsilon(0.05));
        CHECK(std::abs(found.at(4, {}, 0) - (4.0 + static_cast<double>(shop))) < 0.03);
    }
    CHECK_FALSE(fit.shops[3].is_fitted);  // a shop without a day
    CHECK(fit.pooled.tickets == doctest::Approx(0.7).epsilon(0.05));
}

}  // namespace balcao::plan
