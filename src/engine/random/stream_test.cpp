#include "random/stream.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace balcao::random;  // NOLINT(google-build-using-namespace): the test speaks of nothing else

namespace {

// (X - k) / sqrt(2k) for chi-square X of k degrees of freedom: nearly standard normal for large k.
double chi_square_score(const std::vector<std::uint64_t>& counts, double expected) {
    double sum = 0;
    for (const std::uint64_t count : counts) {
        const double distance = static_cast<double>(count) - expected;
        sum += distance * distance / expected;
    }
    const double freedom = static_cast<double>(counts.size()) - 1;
    return (sum - freedom) / std::sqrt(2 * freedom);
}

// Correlation of two sequences of words seen as uniforms, times sqrt(n): standard normal if independent.
template <class First, class Second>
double correlation_score(First first, Second second, int count) {
    double sum = 0;
    for (int i = 0; i < count; ++i)
        sum += (static_cast<double>(first(i)) * 0x1p-64 - 0.5) *
               (static_cast<double>(second(i)) * 0x1p-64 - 0.5);
    return sum * 12 / std::sqrt(static_cast<double>(count));
}

}  // namespace

TEST_CASE(
    "the same seed, replication, entity, purpose and index give the same word, today and in ten years") {
    const Stream stream = Stream::of({.seed = 7, .replication = 3}, hash_text("laranjeiras"), 2);
    CHECK(stream == Stream::of({.seed = 7, .replication = 3}, hash_text("laranjeiras"), 2));
    // The words themselves are part of what a seed promises: whoever changes them changes every published
    // result.
    CHECK(hash_text("laranjeiras") == 0x99AA80C3CF6E982DULL);
    CHECK(stream.at(0) == 0x20BA8F29D97BF806ULL);
    CHECK(stream.at(1'000'000) == 0x1E764673683EF061ULL);
    Draws draws{stream, 1'000'000};
    CHECK(draws.next() == stream.at(1'000'000));
    CHECK(draws.next() == 0x6E0AA902A1EDE160ULL);
}

TEST_CASE("a word does not depend on what was drawn before it") {
    const Stream stream = Stream::of({}, 1, 1);
    const std::uint64_t expected = stream.at(41);
    Draws other{stream, 40};
    for (int i = 0; i < 1000; ++i)
        static_cast<void>(other.next());
    CHECK(stream.at(41) == expected);
    CHECK(Draws{stream, 41}.next() == expected);
}

TEST_CASE("no two of 120,000 streams are the same") {
    std::vector<std::uint64_t> words;
    for (std::uint64_t seed = 0; seed < 10; ++seed)
        for (std::uint64_t replication = 0; replication < 20; ++replication)
            for (std::uint64_t entity = 0; entity < 60; ++entity)
                for (std::uint64_t purpose = 0; purpose < 10; ++purpose)
                    words.push_back(Stream::of({seed, replication}, entity, purpose).at(0));
    std::sort(words.begin(), words.end());
    CHECK(words.size() == 120'000);
    CHECK(std::adjacent_find(words.begin(), words.end()) == words.end());
}

TEST_CASE("seed, replication, entity and purpose are not interchangeable") {
    const std::array<Stream, 5> streams{Stream::of({1, 2}, 3, 4), Stream::of({2, 1}, 3, 4),
                                        Stream::of({1, 3}, 2, 4), Stream::of({1, 2}, 4, 3),
                                        Stream::of({4, 3}, 2, 1)};
    for (std::size_t i = 0; i < streams.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            CHECK(!(streams[i] == streams[j]));
}

TEST_CASE("names that differ by one letter have different hashes, and half of their bits differ") {
    int differing = 0;
    for (char letter = 'b'; letter <= 'z'; ++letter)
        differing += std::popcount(hash_text("balcao-a") ^ hash_text(std::string{"balcao-"} + letter));
    const double share = differing / (25 * 64.0);
    CHECK(std::abs(share - 0.5) < 4 * 0.5 / std::sqrt(25 * 64.0));
    CHECK(hash_text("") != hash_text(std::string_view{"\0", 1}));
}

TEST_CASE("words are uniform in their high and in their low bits, along indices, entities and replications") {
    constexpr int cells = 1024;
    constexpr int count = 200'000;
    const auto score = [](auto word) {
        std::vector<std::uint64_t> high(cells);
        std::vector<std::uint64_t> low(cells);
        for (int i = 0; i < count; ++i) {
            ++high[word(i) >> 54];
            ++low[word(i) & 1023];
        }
        const double expected = static_cast<double>(count) / cells;
        return std::max(std::abs(chi_square_score(high, expected)),
                        std::abs(chi_square_score(low, expected)));
    };
    const Stream stream = Stream::of({.seed = 1}, 5, 0);
    CHECK(score([&](int i) { return stream.at(i); }) < 4);
    CHECK(score([](int i) { return Stream::of({.seed = 1}, i, 0).at(0); }) < 4);
    CHECK(score([](int i) { return Stream::of({.seed = 1, .replication = std::uint64_t(i)}, 5, 0).at(3); }) <
          4);
    CHECK(score([](int i) { return Stream::of({.seed = std::uint64_t(i)}, 5, 0).at(3); }) < 4);
    CHECK(score([&](int i) {
              Draws draws{stream, std::uint64_t(i)};
              static_cast<void>(draws.next());
              return draws.next();
          }) < 4);
}

TEST_CASE("pairs of neighbouring words fill the square evenly") {
    constexpr int side = 64;
    constexpr int count = 400'000;
    const Stream stream = Stream::of({.seed = 99}, hash_text("shop"), 1);
    std::vector<std::uint64_t> counts(side * side);
    for (int i = 0; i < count; ++i)
        ++counts[(stream.at(i) >> 58) * side + (stream.at(i + 1) >> 58)];
    CHECK(std::abs(chi_square_score(counts, static_cast<double>(count) / (side * side))) < 4);
}

TEST_CASE("neighbouring indices, entities, purposes, replications and sub-draws do not correlate") {
    constexpr int count = 200'000;
    const Stream stream = Stream::of({.seed = 3}, 10, 1);
    const auto own = [&](int i) { return stream.at(i); };
    const auto of = [](Stream other) { return [other](int i) { return other.at(i); }; };
    CHECK(std::abs(correlation_score(
              own, [&](int i) { return stream.at(i + 1); }, count)) < 4);
    CHECK(std::abs(correlation_score(
              own, [&](int i) { return stream.at(i + 256); }, count)) < 4);
    CHECK(std::abs(correlation_score(own, of(Stream::of({.seed = 3}, 11, 1)), count)) < 4);
    CHECK(std::abs(correlation_score(own, of(Stream::of({.seed = 3}, 10, 2)), count)) < 4);
    CHECK(std::abs(correlation_score(own, of(Stream::of({.seed = 4}, 10, 1)), count)) < 4);
    CHECK(std::abs(correlation_score(own, of(Stream::of({3, 1}, 10, 1)), count)) < 4);
    const auto second = [&](int i) {
        Draws draws{stream, std::uint64_t(i)};
        static_cast<void>(draws.next());
        return draws.next();
    };
    CHECK(std::abs(correlation_score(own, second, count)) < 4);
    CHECK(std::abs(correlation_score([&](int i) { return stream.at(i + 1); }, second, count)) < 4);
}

TEST_CASE("one changed bit of the index or of the key changes each bit of the word half of the time") {
    constexpr int tries = 4000;
    const Stream stream = Stream::of({.seed = 5}, 77, 6);
    int worst = 0;
    for (int bit = 0; bit < 64; ++bit) {
        std::array<int, 64> by_index{};
        std::array<int, 64> by_entity{};
        for (int i = 0; i < tries; ++i) {
            const std::uint64_t other = std::uint64_t(i) ^ (1ULL << bit);
            const std::uint64_t index_change = stream.at(i) ^ stream.at(other);
            const std::uint64_t entity_change =
                Stream::of({.seed = 5}, i, 6).at(9) ^ Stream::of({.seed = 5}, other, 6).at(9);
            for (int out = 0; out < 64; ++out) {
                by_index[out] += static_cast<int>((index_change >> out) & 1);
                by_entity[out] += static_cast<int>((entity_change >> out) & 1);
            }
        }
        for (int out = 0; out < 64; ++out)
            worst =
                std::max({worst, std::abs(by_index[out] - tries / 2), std::abs(by_entity[out] - tries / 2)});
    }
    // 8,192 binomial counts of standard deviation sqrt(4000)/2 = 31.6: the largest is near 4 deviations, and
    // pairs i, i ^ bit are seen twice for the low bits, which widens them by sqrt(2).
    CHECK(worst < 5.5 * 31.6 * std::sqrt(2.0));
}

TEST_CASE("a uniform lies strictly between 0 and 1") {
    Draws draws{Stream::of({}, 1, 1), 0};
    double low = 1;
    double high = 0;
    double sum = 0;
    constexpr int count = 1'000'000;
    for (int i = 0; i < count; ++i) {
        const double u = draws.uniform();
        low = std::min(low, u);
        high = std::max(high, u);
        sum += u;
    }
    CHECK(low > 0);
    CHECK(low < 2e-5);
    CHECK(high < 1);
    CHECK(high > 1 - 2e-5);
    CHECK(std::abs(sum / count - 0.5) < 4 / std::sqrt(12.0 * count));
}

TEST_CASE("a whole number below a count reaches every value equally often") {
    Draws draws{Stream::of({}, 2, 1), 0};
    std::vector<std::uint64_t> counts(7);
    for (int i = 0; i < 70'000; ++i)
        ++counts[draws.below(7)];
    CHECK(std::abs(chi_square_score(counts, 10'000)) < 4);
}
