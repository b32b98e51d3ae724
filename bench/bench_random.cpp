// What a random draw costs, beside the counter-based generator that most libraries take (Philox4x32-10,
// Salmon et al. 2011) and the standard library's. Each draw is that of a new index, as the simulator asks for
// it.
#include <array>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdint>
#include <random>

#include "random/stream.hpp"
#include "random/variates.hpp"

namespace {

using balcao::random::Draws;
using balcao::random::Sampler;
using balcao::random::Stream;

// Philox4x32 with ten rounds: a block of 128 bits from a counter of 128 bits and a key of 64.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t second = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(first)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

const Stream stream = Stream::of({.seed = 1}, balcao::random::hash_text("bench"), 0);

void word_of_stream(benchmark::State& state) {
    std::uint64_t index = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(stream.at(index++));
}

void word_of_philox(benchmark::State& state) {
    std::uint64_t index = 0;
    for (auto _ : state) {
        const auto block = philox(
            {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32), 5, 7}, {11, 13});
        benchmark::DoNotOptimize(std::uint64_t{block[0]} << 32 | block[1]);
        ++index;
    }
}

void word_of_mersenne_twister(benchmark::State& state) {
    std::mt19937_64 generator{1};
    for (auto _ : state)
        benchmark::DoNotOptimize(generator());
}

void stream_of_entity(benchmark::State& state) {
    std::uint64_t entity = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(Stream::of({.seed = 1}, entity++, 2).at(0));
}

void exponential_ziggurat(benchmark::State& state) {
    std::uint64_t index = 0;
    for (auto _ : state) {
        Draws draws{stream, index++};
        benchmark::DoNotOptimize(balcao::random::exponential(draws));
    }
}

void exponential_by_logarithm(benchmark::State& state) {
    std::uint64_t index = 0;
    for (auto _ : state) {
        Draws draws{stream, index++};
        benchmark::DoNotOptimize(-std::log(draws.uniform()));
    }
}

void exponential_of_std(benchmark::State& state) {
    std::mt19937_64 generator{1};
    std::exponential_distribution<double> distribution{1};
    for (auto _ : state)
        benchmark::DoNotOptimize(distribution(generator));
}

void normal_by_inversion(benchmark::State& state) {
    std::uint64_t index = 0;
    for (auto _ : state) {
        Draws draws{stream, index++};
        benchmark::DoNotOptimize(balcao::random::normal(draws));
    }
}

void sampler(benchmark::State& state, const Sampler& sampler) {
    std::uint64_t index = 0;
    for (auto _ : state) {
        Draws draws{stream, index++};
        benchmark::DoNotOptimize(sampler.draw(draws));
    }
}

BENCHMARK(word_of_stream);
BENCHMARK(word_of_philox);
BENCHMARK(word_of_mersenne_twister);
BENCHMARK(stream_of_entity);
BENCHMARK(exponential_ziggurat);
BENCHMARK(exponential_by_logarithm);
BENCHMARK(exponential_of_std);
BENCHMARK(normal_by_inversion);
BENCHMARK_CAPTURE(sampler, constant, Sampler::constant(6));
BENCHMARK_CAPTURE(sampler, exponential, Sampler::exponential(6));
BENCHMARK_CAPTURE(sampler, erlang_3, Sampler::erlang(6, 3));
BENCHMARK_CAPTURE(sampler, gamma, Sampler::gamma(6, 0.8));
BENCHMARK_CAPTURE(sampler, lognormal, Sampler::lognormal(6, 0.8));
BENCHMARK_CAPTURE(sampler, weibull, Sampler::weibull(6, 0.8));
BENCHMARK_CAPTURE(sampler, hyperexponential, Sampler::hyperexponential(6, 1.5));
BENCHMARK_CAPTURE(sampler, triangular, Sampler::triangular(2, 5, 12));
BENCHMARK_CAPTURE(sampler,
                  mixture,
                  Sampler::mixture({{0.7, Sampler::exponential(2)}, {0.3, Sampler::exponential(9)}}));

}  // namespace

BENCHMARK_MAIN();
