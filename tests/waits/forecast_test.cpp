// The forecast beside the rules in use, on a few made-up days; the whole comparison is a benchmark
// (bench/bench_forecast.cpp, docs/waits.md).
#include <cmath>

#include <doctest/doctest.h>

#include "rules_compared.hpp"

using namespace balcao;

TEST_CASE("on made-up days, learnt from others, the forecast errs less than every rule in use") {
    const auto compared = waits::compare_on_made_up_days(8, 8, 60);
    REQUIRE(compared.people > 800);
    REQUIRE(compared.rules.size() == 6);
    const auto& best = compared.best_rule();
    MESSAGE("best rule: " << best.name << " " << best.rmse << " min; forecast " << compared.forecast[0].rmse
                          << " min; kept " << compared.promises.share_kept() << ", width "
                          << compared.promises.mean_width() << " min");
    CHECK(compared.forecast[0].rmse < 0.85 * best.rmse);
    CHECK(std::abs(compared.forecast[0].bias) < 0.25 * compared.mean_wait);
}

TEST_CASE("a promise for four cases of five is kept in about as many, and is not bought by width") {
    const auto compared = waits::compare_on_made_up_days(8, 8, 60);
    CHECK(compared.promises.made() > 800);
    CHECK(compared.promises.share_kept() > 0.70);
    CHECK(compared.promises.share_kept() < 0.90);
    CHECK(compared.promises.mean_width() < compared.mean_wait);
}
