#pragma once
// One decision under way: the case as it will be with what was decided so far, and the commit that says so.
// Internal to `cases`. What is decided is applied at once, so that the next part of the decision sees it.
#include <string>
#include <utility>

#include "base/check.hpp"
#include "cases/case.hpp"
#include "journal/store.hpp"

namespace balcao::cases {

class Draft {
public:
    // Nothing is decided before what has happened already: another server's clock may be ahead.
    Draft(Case whole, Instant clock) : whole_{std::move(whole)}, now_{std::max(clock, whole_.last)} {}

    [[nodiscard]] const Case& whole() const { return whole_; }

    [[nodiscard]] Case take() { return std::move(whole_); }

    [[nodiscard]] Instant now() const { return now_; }

    [[nodiscard]] bool is_empty() const { return commit.writings.empty(); }

    void record(const CaseEvent& event) {
        const std::string stream = stream_of(whole_.number);
        if (commit.writings.empty()) begin_ = whole_.end;
        journal::append(commit, stream, begin_, encode(event), now_);
        BALCAO_CHECK(apply(whole_, event, commit.writings.front().events.back()).has_value());
    }

    journal::Commit commit{};

private:
    Case whole_;
    Instant now_;
    journal::StreamEnd begin_{};
};

}  // namespace balcao::cases
