#include "plan/day_curve.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace balcao::plan {

TEST_CASE("with patience as short as service the hall is a Poisson law around λ/μ, whatever the desks") {
    const DeskHall hall{.desks = 7, .service_minutes = 5, .leaving_rate = 1.0 / 5};
    CHECK(erlang_a(hall, 1.0).in_system == doctest::Approx(5));
    CHECK(erlang_a(hall, 3.0).in_system == doctest::Approx(15));
}

TEST_CASE("with endless patience the queue is Erlang's") {
    // M/M/3, λ = 0.4, μ = 0.2 a minute: P(wait) = 4/9, Lq = P(wait)·ρ/(1-ρ) = 8/9.
    const DeskHall hall{.desks = 3, .service_minutes = 5, .leaving_rate = 1e-9};
    const StationaryQueue queue = erlang_a(hall, 0.4);
    CHECK(queue.waiting == doctest::Approx(8.0 / 9).epsilon(1e-6));
    CHECK(queue.in_system == doctest::Approx(8.0 / 9 + 2).epsilon(1e-6));
}

TEST_CASE("a long even day waits as the steady state does") {
    DayProfile day;
    day.edges = {0, 200};
    day.shares = {1};
    const DeskHall hall{.desks = 4, .service_minutes = 6, .leaving_rate = 0.02};
    const DayCurve curve{hall, day};
    const double load = std::log(0.9);
    const double per_minute = 0.9 * 4 / 6.0;
    CHECK(curve.wait(load) == doctest::Approx(erlang_a(hall, per_minute).waiting / per_minute).epsilon(0.05));
}

TEST_CASE("a wait read off the curve leads back to its load, and more people wait longer") {
    const DayCurve curve{{.desks = 10, .service_minutes = 7, .leaving_rate = 0.01}, DayProfile{}};
    CHECK(curve.capacity() == doctest::Approx(10.0 / 7 * 60 * 7));
    for (int tenths = -6; tenths < 10; ++tenths) {
        const double load = tenths / 10.0;
        CHECK(curve.load(curve.wait(load)) == doctest::Approx(load).epsilon(1e-6));
        CHECK(curve.wait(load + 0.05) > curve.wait(load));
    }
    const DayCurve written{curve.capacity(), curve.log_waits()};
    CHECK(written.wait(0.123) == curve.wait(0.123));
}

}  // namespace balcao::plan
