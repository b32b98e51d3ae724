// What is simulated is what runs: a simulated day, taken to the live office ticket by ticket. Whenever a
// simulated desk began to serve somebody, the live desk asks who is next and must be given the same person.
#include <string>

#include <doctest/doctest.h>

#include "replay.hpp"

using namespace balcao;

namespace {

void replays(const std::string& name, int days, int at_least) {
    const auto model = replay::example(name);
    const auto run = replay::simulated(*model, days);
    int called = 0;
    int same = 0;
    for (int day = 0; day < days; ++day) {
        replay::Day live{model, run.visits, day};
        for (const auto& moment : replay::moments_of(run.visits, day))
            live.replay(moment);
        called += live.called();
        same += live.same();
    }
    CHECK(called > at_least);
    CHECK(same == called);
}

}  // namespace

TEST_CASE(
    "the live office calls whom the simulated one called: five classes, five priorities, three groups of "
    "desks") {
    replays("five-class-shop", 5, 3000);
}

TEST_CASE("the live office calls whom the simulated one called: a passport that goes from desk to desk") {
    replays("passport-two-desks", 5, 300);
}
