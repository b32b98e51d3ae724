#pragma once
// Durations, counted in steps that grow by a twentieth: how long half of them took, and nine of ten, to
// within five in a hundred, in memory that does not grow with their number. Used by the figures of this room.
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace balcao::outcomes {

class Spread {
public:
    // Each step is so many times as wide as the one before it.
    static constexpr double growth = 1.05;

    void add(std::chrono::milliseconds duration) { ++counts_[place_of(duration)]; }

    // One that was added before.
    void take_back(std::chrono::milliseconds duration);

    void add(const Spread& other);

    [[nodiscard]] std::uint64_t count() const;

    // The least duration that `share` of all (above 0, 1 at most) did not exceed, rounded up to the end of
    // its step: never below the true one, and never more than `growth` times as long, or a second. Nothing
    // where there is none.
    [[nodiscard]] std::optional<std::chrono::milliseconds> within(double share) const;

private:
    static int place_of(std::chrono::milliseconds duration);

    std::map<int, std::uint64_t> counts_;
};

}  // namespace balcao::outcomes
