// What an entity is spared, and when an effect is tried again.
#include "cases/gate.hpp"

#include <doctest/doctest.h>

#include "cases/retry.hpp"

using namespace balcao::cases;
using namespace std::chrono_literals;

namespace {

GateTerms terms() {
    GateTerms terms;
    terms.at_once = 3;
    terms.per_minute = 60;
    terms.failures = 2;
    terms.pause_first = 5s;
    terms.pause_most = 12s;
    return terms;
}

}  // namespace

TEST_CASE("no more are inside at once than agreed") {
    Gate gate{terms()};
    for (int number = 0; number < 3; ++number) {
        CHECK_FALSE(gate.is_full());
        gate.enter(0ms);
    }
    CHECK(gate.is_full());
    gate.leave(1s, true);
    CHECK_FALSE(gate.is_full());
}

TEST_CASE("no more a minute go than agreed, however quickly they come back") {
    Gate gate{terms()};
    std::chrono::milliseconds now{};
    int gone = 0;
    for (; now <= 60s; now += 10ms)
        if (gate.opens_at(now) == now) {
            gate.enter(now);
            gate.leave(now, true);
            ++gone;
        }
    CHECK(gone <= 63);  // three at once, then one a second
    CHECK(gone >= 62);
}

TEST_CASE("an entity that does not answer is left alone, longer each time, then asked by one") {
    Gate gate{terms()};
    gate.enter(0ms);
    gate.leave(0ms, false);
    CHECK_FALSE(gate.is_broken());
    gate.enter(0ms);
    gate.leave(0ms, false);
    CHECK(gate.is_broken());
    CHECK(gate.opens_at(1ms) == 5s);
    gate.enter(5s);
    CHECK(gate.is_full());
    gate.leave(6s, false);
    CHECK(gate.opens_at(6s) == 16s);
    gate.enter(16s);
    gate.leave(16s, false);
    CHECK(gate.opens_at(16s) == 28s);  // no longer than the longest
    gate.enter(28s);
    gate.leave(28s, true);
    CHECK_FALSE(gate.is_broken());
    CHECK(gate.opens_at(28s) == 28s);
}

TEST_CASE("failures that were under way when the breaker opened do not open it again") {
    Gate gate{terms()};
    for (int number = 0; number < 3; ++number)
        gate.enter(0ms);
    for (int number = 0; number < 3; ++number)
        gate.leave(1s, false);
    CHECK(gate.opens_at(1s) == 6s);
}

TEST_CASE("a request that was not sent says nothing of its entity") {
    Gate gate{terms()};
    for (int number = 0; number < 9; ++number) {
        gate.enter(std::chrono::seconds{number});
        gate.turn_back();
    }
    CHECK_FALSE(gate.is_broken());
    CHECK_FALSE(gate.is_full());
}

TEST_CASE("pauses double from a second to a quarter of an hour, and are drawn evenly below that") {
    CHECK(pause_ceiling(1) == 1s);
    CHECK(pause_ceiling(2) == 2s);
    CHECK(pause_ceiling(10) == 512s);
    CHECK(pause_ceiling(11) == 15min);
    CHECK(pause_ceiling(1000) == 15min);
    double sum = 0;
    constexpr int draws = 4000;
    for (int number = 0; number < draws; ++number) {
        const auto pause = pause_after(3, std::to_string(number), 1);
        CHECK(pause >= 0ms);
        CHECK(pause < 4s);
        sum += static_cast<double>(pause.count());
    }
    // The mean of a uniform draw, within five standard errors.
    CHECK(sum / draws == doctest::Approx(2000).epsilon(5 * 4000 / 3.4641 / 63.2 / 2000));
    CHECK(pause_after(3, "e", 1) == pause_after(3, "e", 1));
    CHECK(pause_after(3, "e", 1) != pause_after(3, "e", 2));
}
