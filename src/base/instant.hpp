#pragma once
// A moment of the world's clock, and the clock that tells it. Whoever needs to know the time is handed a
// clock, so that a test or a rehearsal can set it; nothing below `main` asks the system.
#include <chrono>

namespace balcao {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace balcao
