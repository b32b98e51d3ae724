#include "cases/gate.hpp"

#include <algorithm>
#include <cmath>

namespace balcao::cases {
namespace {

constexpr double minute_milliseconds = 60'000;

}  // namespace

double Gate::allowance_at(Elapsed now) const {
    const auto passed = static_cast<double>((now - counted_at_).count());
    return std::min(burst(), allowance_ + passed * terms_.per_minute / minute_milliseconds);
}

// While the breaker tries whether the entity is back, one goes at a time.
bool Gate::is_full() const { return inside_ >= (is_broken() ? 1 : terms_.at_once); }

Gate::Elapsed Gate::opens_at(Elapsed now) const {
    Elapsed opens = std::max(now, broken_until_);
    const double lacking = 1 - allowance_at(now);
    if (lacking > 0) {
        const double wait = lacking * minute_milliseconds / terms_.per_minute;
        opens = std::max(opens, now + Elapsed{static_cast<Elapsed::rep>(std::ceil(wait))});
    }
    return opens;
}

void Gate::enter(Elapsed now) {
    allowance_ = allowance_at(now) - 1;
    counted_at_ = now;
    ++inside_;
}

void Gate::leave(Elapsed now, bool is_answered) {
    --inside_;
    if (is_answered) {
        failures_ = 0;
        pause_ = {};
        broken_until_ = {};
        return;
    }
    ++failures_;
    if (!is_broken() && failures_ < terms_.failures) return;
    // Those that were inside when it broke say nothing new.
    if (is_broken() && now < broken_until_) return;
    pause_ = is_broken() ? std::min(pause_ * 2, terms_.pause_most) : terms_.pause_first;
    broken_until_ = now + pause_;
}

}  // namespace balcao::cases
