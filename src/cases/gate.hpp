#pragma once
// What one entity is spared by one server: no more at once than agreed (the bulkhead), no more a minute than
// agreed (the rate), and nothing while it does not answer (the breaker). Time is a stopwatch's, never the
// clock's. Used by the agenda, under its lock; it knows no effect.
#include <chrono>

namespace balcao::cases {

struct GateTerms {
    int at_once = 4;
    double per_minute = 600;
    int failures = 5;  // in a row, after which the breaker opens
    std::chrono::milliseconds pause_first = std::chrono::seconds{5};
    std::chrono::milliseconds pause_most = std::chrono::minutes{2};
};

class Gate {
public:
    using Elapsed = std::chrono::milliseconds;

    explicit Gate(GateTerms terms) : terms_{terms}, allowance_{burst()} {}

    // When one more may go at the earliest, as far as is known now: `now` if at once; nothing is promised of
    // a full bulkhead, which opens when something comes back.
    [[nodiscard]] Elapsed opens_at(Elapsed now) const;
    [[nodiscard]] bool is_full() const;

    // Other bounds from now on; who is inside stays counted, and a breaker as it is.
    void agree(GateTerms terms) { terms_ = terms; }

    void enter(Elapsed now);
    // `is_answered`: the entity said something that makes sense, be it no.
    void leave(Elapsed now, bool is_answered);

    // Who had come in went without asking anything.
    void turn_back() { --inside_; }

    [[nodiscard]] bool is_broken() const { return pause_ != Elapsed{}; }

private:
    [[nodiscard]] double burst() const { return terms_.at_once; }

    [[nodiscard]] double allowance_at(Elapsed now) const;

    GateTerms terms_;
    int inside_ = 0;
    double allowance_;
    Elapsed counted_at_{};
    int failures_ = 0;
    Elapsed pause_{};  // 0: the breaker is closed
    Elapsed broken_until_{};
};

}  // namespace balcao::cases
