#pragma once
// A clock that stands until somebody sets it: the time of tests, benchmarks and days that are lived through.
// Any thread may ask it while another one sets it.
#include <atomic>
#include <cstdint>

#include "base/instant.hpp"

namespace balcao {

class SetClock final : public Clock {
public:
    explicit SetClock(Instant begin = {}) : time_{begin.time_since_epoch().count()} {}

    [[nodiscard]] Instant now() const override { return Instant{std::chrono::milliseconds{time_.load()}}; }

    void set(Instant time) { time_ = time.time_since_epoch().count(); }

    void pass(std::chrono::milliseconds length) { time_ += length.count(); }

private:
    std::atomic<std::int64_t> time_;
};

}  // namespace balcao
