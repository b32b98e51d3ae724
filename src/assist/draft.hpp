#pragma once
// One decision under way: the session as it will be with what was decided so far, and the commit that says
// so. Internal to `assist`. What is decided is applied at once, so that the next part of the decision sees
// it.
#include <algorithm>
#include <string>
#include <utility>

#include "assist/session.hpp"
#include "base/check.hpp"
#include "journal/store.hpp"

namespace balcao::assist {

class Draft {
public:
    // Nothing is decided before what has happened already: another server's clock may be ahead.
    Draft(Session whole, Instant clock)
        : whole_{std::move(whole)}, begin_{whole_.end}, now_{std::max(clock, whole_.last)} {}

    [[nodiscard]] const Session& whole() const { return whole_; }

    [[nodiscard]] Instant now() const { return now_; }

    void record(const SessionEvent& event) {
        const std::string stream = stream_of(whole_.key);
        journal::append(commit, stream, begin_, encode(event), now_);
        const auto writing = std::find_if(commit.writings.begin(), commit.writings.end(),
                                          [&](const auto& one) { return one.stream == stream; });
        BALCAO_CHECK(apply(whole_, event, writing->events.back()).has_value());
    }

    journal::Commit commit{};

private:
    Session whole_;
    journal::StreamEnd begin_;
    Instant now_;
};

}  // namespace balcao::assist
