#pragma once
// Counter-based random streams: every draw is a pure function of (seed, replication, entity, purpose, index).
// The simulator keeps one Stream per entity and purpose and asks it by index (the number of the customer), so
// the same citizen draws the same service time in every scenario, in any order of events and on any number of
// threads. Nothing here keeps a global state, allocates, or looks at a clock. Why this generator and not
// another: docs/adr/0001-random-streams.md.
#include <cstdint>
#include <string_view>

namespace balcao::random {

// A bijection of 64-bit words in which every input bit changes every output bit with probability 1/2: two
// multiplications, three xor-shifts. Constants "moremur" (Pelle Evensen 2019), a successor of the finaliser
// of MurmurHash3 as searched by Stafford ("mix13") for SplitMix64 (Steele, Lea & Flood 2014).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t word) {
    word ^= word >> 27;
    word *= 0x3C79AC492BA7B653ULL;
    word ^= word >> 33;
    word *= 0x1C69B3F74AC4AE35ULL;
    word ^= word >> 27;
    return word;
}

// 64 bits for a name (the key of a demand entry, of a desk): FNV-1a, then mixed so that near names lie far
// apart. The same on every machine and in every version: results depend on it.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char letter : text) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x00000100000001B3ULL;
    }
    return mix(hash ^ mix(text.size()));
}

// What the user chose (`--seed`) and the number of the replication. Never the number of a thread.
struct Seed {
    std::uint64_t seed = 1;
    std::uint64_t replication = 0;
};

// One sequence of random words that can be read at any index. Eight bytes, copied freely.
class Stream {
public:
    Stream() = default;

    // The stream of one entity (hash_text of its key, or a number) for one purpose (an enumerator of the
    // caller). With the other three fixed, different words of any one argument always give different streams.
    [[nodiscard]] static constexpr Stream of(Seed seed, std::uint64_t entity, std::uint64_t purpose) {
        std::uint64_t key = mix(seed.seed ^ 0x243F6A8885A308D3ULL);      // digits of pi, so that no
        key = mix(key + mix(seed.replication ^ 0x13198A2E03707344ULL));  // two places of the key are
        key = mix(key + mix(entity ^ 0xA4093822299F31D0ULL));            // treated alike
        key = mix(key + mix(purpose ^ 0x082EFA98EC4E6C89ULL));
        return Stream{key};
    }

    // The word at that index. Within a stream no two indices give the same word.
    [[nodiscard]] constexpr std::uint64_t at(std::uint64_t index) const { return mix(place(index)); }

    friend constexpr bool operator==(const Stream&, const Stream&) = default;

private:
    friend class Draws;

    explicit constexpr Stream(std::uint64_t key) : key_{key} {}

    // The key enters by xor and not by addition: were it added, all streams would be pieces of one sequence
    // and two of them might run along each other, shifted.
    [[nodiscard]] constexpr std::uint64_t place(std::uint64_t index) const {
        return key_ ^ (index * 0x9E3779B97F4A7C15ULL);
    }

    std::uint64_t key_ = 0;
};

// The independent sub-draws that belong to one index of a stream: as many as one customer's variate happens
// to need (a rejected try, three Erlang phases), without touching the draws of the next customer. The first
// word is stream.at(index).
class Draws {
public:
    constexpr Draws(Stream stream, std::uint64_t index) : state_{stream.place(index)} {}

    [[nodiscard]] constexpr std::uint64_t next() {
        const std::uint64_t word = mix(state_);
        state_ = word + 0xD1B54A32D192ED03ULL;
        return word;
    }

    // Uniform in the open interval (0, 1): one of the 2^52 odd multiples of 2^-53, so neither 0 nor 1 ever
    // comes, and u and 1 - u are equally likely to the last bit.
    [[nodiscard]] constexpr double uniform() {
        return static_cast<double>(static_cast<std::int64_t>((next() >> 11) | 1)) * 0x1p-53;
    }

    // Uniform among 0, 1, …, count - 1, for 1 <= count < 2^32 (the bias, below 2^-32, is not measurable).
    [[nodiscard]] constexpr std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
    }

    // True with that probability.
    [[nodiscard]] constexpr bool chance(double probability) { return uniform() < probability; }

private:
    std::uint64_t state_;
};

}  // namespace balcao::random
