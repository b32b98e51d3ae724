// What is known of a run that was stopped before its end.
#include <atomic>

#include <doctest/doctest.h>

#include "sim/running_test.hpp"

using namespace balcao::sim;

namespace {

// Asks for an end once it has seen that many visits, as Ctrl-C would.
struct StopAfter final : Trace {
    StopAfter(std::atomic<bool>& stop, int visits) : stop_{stop}, left_{visits} {}

    void visit(const TracedVisit& /*visit*/) override {
        ++seen_;
        if (--left_ == 0) stop_ = true;
    }

    [[nodiscard]] int seen() const { return seen_; }

private:
    std::atomic<bool>& stop_;
    int left_;
    int seen_ = 0;
};

Results stopped_after(const balcao::model::Model& model, RunOptions options, int visits) {
    std::atomic<bool> stop = false;
    StopAfter trace{stop, visits};
    options.trace = &trace;
    options.stop = &stop;
    return run(model, options);
}

}  // namespace

TEST_CASE("one long run that is stopped tells what its batches so far say, with their interval") {
    const auto model = model_of(R"(
services: {x: {duration: {exponential: 1 min}}}
sites: {s: {open: always, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 30 per hour}}]
)");
    RunOptions options;
    options.days = 640;  // as many as there are slices
    options.replications = 1;
    options.warm_up = 1;
    const auto results = stopped_after(model, options, 100 * 24 * 30);
    CHECK(results.replications == 1);
    CHECK(results.days > 90);
    CHECK(results.days < 110);
    CHECK(results.units >= 20);
    CHECK(holds(results, Measure::wait, 1.0));  // M/M/1 at a load of 0.5: rho / (mu - lambda)
    REQUIRE(results.notes.size() == 1);
    CHECK(results.notes.front().starts_with("Stopped early, after "));
}

TEST_CASE("days of one long run of a shop are kept as well") {
    const auto model = model_of(R"(
services: {x: {duration: {exponential: 5 min}}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 2, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 15 per hour}}]
)");
    RunOptions options;
    options.days = 700;
    options.replications = 1;
    const auto results = stopped_after(model, options, 210 * 12 * 15);
    CHECK(results.replications == 1);
    CHECK(results.days % 7 == 0);
    CHECK(results.days > 190);
    CHECK(results.days < 230);
    CHECK(results.find(Measure::wait)->half_width > 0);
}

TEST_CASE("replications that were not finished are not counted") {
    const auto model = model_of(R"(
services: {x: {duration: {exponential: 5 min}}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 2, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 15 per hour}}]
)");
    RunOptions options;
    options.days = 10;
    options.replications = 50;
    const auto results = stopped_after(model, options, 105 * 12 * 15);
    CHECK(results.replications >= 9);
    CHECK(results.replications <= 11);
    CHECK(results.days == 10);
}

TEST_CASE("a long replication is stopped in its midst") {
    const auto model = model_of(R"(
services: {x: {duration: {exponential: 1 min}}}
sites: {s: {open: always, desks: {a: {count: 1, serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {poisson: 30 per hour}}]
)");
    std::atomic<bool> stop = false;
    StopAfter trace{stop, 1000};
    RunOptions options;
    options.days = 1000;
    options.replications = 2;
    options.warm_up = 1;
    options.trace = &trace;
    options.stop = &stop;
    const auto results = run(model, options);
    CHECK(results.replications == 0);
    CHECK(trace.seen() < 100'000);  // of 720,000 in each
}
