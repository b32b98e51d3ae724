#pragma once
// Time that only goes forward, for measuring how long something has lasted: leases, pauses, rates. The clock
// of the wall (base/instant.hpp) may jump; this one may not. It says nothing that another process
// understands.
#include <chrono>

namespace balcao {

class Stopwatch {
public:
    virtual ~Stopwatch() = default;
    // Since some moment before the first call. From any thread.
    [[nodiscard]] virtual std::chrono::milliseconds elapsed() const = 0;
};

class SteadyStopwatch final : public Stopwatch {
public:
    [[nodiscard]] std::chrono::milliseconds elapsed() const override {
        return std::chrono::floor<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    }
};

}  // namespace balcao
