#pragma once
// A streaming histogram of lengths of time: `sim` adds every wait to one and asks it for quantiles, so no
// wait is kept. Buckets grow with the value (64 to the octave), so a quantile is right to 1.6 % at any length
// from a millisecond to 50 days; zero, the smallest and the largest value are exact. It holds no memory of
// its own besides its counts and never throws.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace balcao::stats {

class Histogram {
public:
    // Microseconds. What is negative counts as zero.
    void add(std::int64_t microseconds) {
        const std::int64_t value = std::max<std::int64_t>(microseconds, 0);
        ++counts_[bucket_of(value)];
        smallest_ = std::min(smallest_, value);
        largest_ = std::max(largest_, value);
    }

    void merge(const Histogram& other) {
        for (std::size_t i = 0; i < bucket_count; ++i)
            counts_[i] += other.counts_[i];
        smallest_ = std::min(smallest_, other.smallest_);
        largest_ = std::max(largest_, other.largest_);
    }

    void clear() { *this = Histogram{}; }

    [[nodiscard]] std::uint64_t count() const {
        std::uint64_t sum = 0;
        for (const std::uint64_t count : counts_)
            sum += count;
        return sum;
    }

    // The value in microseconds that a share q (0..1) does not exceed, interpolated inside its bucket; 0 when
    // nothing was added.
    [[nodiscard]] double quantile(double q) const {
        const std::uint64_t total = count();
        if (total == 0) return 0;
        const double wanted = std::clamp(q, 0.0, 1.0) * static_cast<double>(total);
        double below = 0;
        std::size_t bucket = 0;
        for (std::size_t i = 0; i < bucket_count; ++i) {
            if (counts_[i] == 0) continue;
            bucket = i;
            if (below + static_cast<double>(counts_[i]) >= wanted) break;
            below += static_cast<double>(counts_[i]);
        }
        const double part = std::clamp((wanted - below) / static_cast<double>(counts_[bucket]), 0.0, 1.0);
        const double low = lower_edge(bucket);
        const double value = low + part * (lower_edge(bucket + 1) - low);
        return std::clamp(bucket == 0 ? 0 : value, static_cast<double>(smallest_),
                          static_cast<double>(largest_));
    }

    friend bool operator==(const Histogram&, const Histogram&) = default;

private:
    static constexpr int mantissa_bits = 6;
    static constexpr int first_octave =
        10;  // below 2^10 µs = 1.024 ms there is one bucket beside that of zero
    static constexpr int last_octave =
        41;  // up to 2^42 µs = 50.9 days; what is longer counts in the last bucket
    static constexpr std::size_t octave = std::size_t{1} << mantissa_bits;
    static constexpr std::size_t bucket_count = 2 + octave * (last_octave - first_octave + 1);

    // No branch: the compiler makes conditional moves of the choices.
    [[nodiscard]] static std::size_t bucket_of(std::int64_t value) {
        const std::uint64_t word = static_cast<std::uint64_t>(value);
        const int top = 63 - std::countl_zero(word | (std::uint64_t{1} << first_octave));
        const std::size_t octaves = static_cast<std::size_t>(top - first_octave) << mantissa_bits;
        const std::size_t bucket = 2 + octaves + ((word >> (top - mantissa_bits)) & (octave - 1));
        const std::size_t small = word == 0 ? 0 : 1;
        return word < (std::uint64_t{1} << first_octave) ? small : std::min(bucket, bucket_count - 1);
    }

    [[nodiscard]] static double lower_edge(std::size_t bucket) {
        if (bucket < 2) return static_cast<double>(bucket);
        const std::size_t place = bucket - 2;
        const int top = first_octave + static_cast<int>(place >> mantissa_bits);
        return static_cast<double>((octave + (place & (octave - 1))) << (top - mantissa_bits));
    }

    std::array<std::uint64_t, bucket_count> counts_{};
    std::int64_t smallest_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t largest_ = 0;
};

}  // namespace balcao::stats
