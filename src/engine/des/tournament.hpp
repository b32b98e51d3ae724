#pragma once
// The earliest of a fixed set of next times, one per source: who arrives next. Changing one source costs
// log2(n) comparisons. Equal times go to the source with the smaller number. Used by `sim` for arrivals, so
// that they need not pass through the event heap.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "des/time.hpp"

namespace balcao::des {

class Tournament {
public:
    // `sources` may be zero; every source begins at `never`.
    explicit Tournament(std::size_t sources = 0) { reset(sources); }

    void reset(std::size_t sources) {
        leaves_ = std::bit_ceil(sources == 0 ? std::size_t{1} : sources);
        times_.assign(leaves_, never);
        winners_.assign(leaves_, 0);
        for (std::size_t node = leaves_ - 1; node >= 1; --node)
            winners_[node] =
                static_cast<std::uint32_t>(2 * node >= leaves_ ? 2 * node - leaves_ : winners_[2 * node]);
    }

    void set(std::uint32_t source, Time time) {
        times_[source] = time;
        for (std::size_t node = (leaves_ + source) / 2; node >= 1; node /= 2) {
            const std::uint32_t left = player(2 * node);
            const std::uint32_t right = player(2 * node + 1);
            winners_[node] = times_[right] < times_[left] ? right : left;
        }
    }

    [[nodiscard]] std::uint32_t first() const { return leaves_ == 1 ? 0 : winners_[1]; }

    [[nodiscard]] Time time() const { return times_[first()]; }

private:
    [[nodiscard]] std::uint32_t player(std::size_t node) const {
        return node >= leaves_ ? static_cast<std::uint32_t>(node - leaves_) : winners_[node];
    }

    std::size_t leaves_ = 1;
    std::vector<Time> times_;
    std::vector<std::uint32_t> winners_;
};

}  // namespace balcao::des
