#include "stats/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <rapidcheck.h>
#include <vector>

#include <doctest/doctest.h>

#include "random/variates.hpp"

using namespace balcao::stats;  // NOLINT(google-build-using-namespace): the test speaks of nothing else
using balcao::random::Draws;
using balcao::random::Stream;

TEST_CASE("those who did not wait are exactly zero") {
    Histogram histogram;
    for (int i = 0; i < 60; ++i)
        histogram.add(0);
    for (int i = 0; i < 40; ++i)
        histogram.add(90'000'000);
    CHECK(histogram.count() == 100);
    CHECK(histogram.quantile(0.5) == 0);
    CHECK(histogram.quantile(0.6) == 0);
    CHECK(histogram.quantile(0.9) == doctest::Approx(90'000'000).epsilon(1.0 / 64));
    CHECK(histogram.quantile(1) == 90'000'000);
}

TEST_CASE("one and the same length comes back exactly") {
    Histogram histogram;
    for (int i = 0; i < 10; ++i)
        histogram.add(301'234'567);
    for (const double q : {0.0, 0.1, 0.5, 0.99, 1.0})
        CHECK(histogram.quantile(q) == 301'234'567);
}

TEST_CASE("an empty histogram answers zero") {
    const Histogram histogram;
    CHECK(histogram.count() == 0);
    CHECK(histogram.quantile(0.5) == 0);
}

TEST_CASE("quantiles of exponential waits are right to one percent") {
    Histogram histogram;
    const Stream stream = Stream::of({.seed = 2}, 1, 1);
    constexpr int count = 400'000;
    for (int i = 0; i < count; ++i) {
        Draws draws{stream, std::uint64_t(i)};
        histogram.add(static_cast<std::int64_t>(180e6 * balcao::random::exponential(draws)));
    }
    for (const double q : {0.01, 0.25, 0.5, 0.9, 0.99, 0.999}) {
        const double exact = -180e6 * std::log1p(-q);
        const double standard_error = 180e6 * std::sqrt(q / (1 - q) / count);
        CHECK(std::abs(histogram.quantile(q) - exact) < 4 * standard_error + 0.002 * exact);
    }
}

TEST_CASE("any quantile of any values lies within a bucket of the true one, and merging is adding") {
    CHECK(rc::check("quantiles", [] {
        const auto octave = [] { return rc::gen::inRange(0, 45); };
        const auto octaves = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(octave()));
        std::vector<std::int64_t> values;
        values.reserve(octaves.size());
        for (const int top : octaves)
            values.push_back(*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << top));
        Histogram together;
        Histogram first;
        Histogram second;
        for (std::size_t i = 0; i < values.size(); ++i) {
            together.add(values[i]);
            (i % 3 == 0 ? first : second).add(values[i]);
        }
        Histogram merged;
        merged.merge(first);
        merged.merge(second);
        std::sort(values.begin(), values.end());
        RC_ASSERT(together.count() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double q = (static_cast<double>(i) + 0.5) / static_cast<double>(values.size());
            const double found = together.quantile(q);
            RC_ASSERT(merged.quantile(q) == found);
            const double exact = static_cast<double>(values[i]);
            // Values above 2^42 µs share the last bucket, those from 1 to 1023 µs the first.
            const double tolerance = exact < 1024 ? 1023 : exact < 0x1p42 ? exact / 64 : exact;
            RC_ASSERT(std::abs(found - exact) <= tolerance);
        }
    }));
}

TEST_CASE("what is negative counts as zero, what is longer than the range in the last bucket") {
    Histogram histogram;
    histogram.add(-5);
    CHECK(histogram.quantile(1) == 0);
    histogram.add(std::int64_t{1} << 50);
    CHECK(histogram.count() == 2);
    CHECK(histogram.quantile(1) <= 0x1p50);
    CHECK(histogram.quantile(1) >= 0x1p41);
    histogram.clear();
    CHECK(histogram == Histogram{});
}
