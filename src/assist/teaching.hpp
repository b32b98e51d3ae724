#pragma once
// What a spot teaches: the share of steps that citizens do alone, by site and service. A pure fold over the
// events of sessions, which name no person. Used by `Sessions` for pages, by whoever publishes it, and by who
// checks what was published: the same events give the same figures.
#include <cstdint>
#include <map>
#include <optional>

#include "assist/session.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"

namespace balcao::assist {

struct Spot {
    model::SiteKey site;  // where it ended
    Subject subject;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Spot&, const Spot&) = default;
};

// Sessions that were handed over, and their confirmed steps by who did them.
struct Tally {
    std::int64_t sessions = 0;
    std::int64_t alone = 0;
    std::int64_t with_help = 0;
    std::int64_t by_mediator = 0;

    [[nodiscard]] std::int64_t steps() const { return alone + with_help + by_mediator; }

    // 0 to 1; nothing without steps.
    [[nodiscard]] std::optional<double> share_alone() const {
        if (steps() == 0) return std::nullopt;
        return static_cast<double>(alone) / static_cast<double>(steps());
    }

    friend bool operator==(const Tally&, const Tally&) = default;
};

using Teaching = std::map<Spot, Tally>;

// The confirmed steps of a session, whatever became of it.
Tally tally_of(const Session& session);

// The fold over all events of a journal in their order; those of other streams are passed by. Practice and
// what was not handed over count for nothing.
class TeachingFold {
public:
    // Error: invalid, for a stream of a session that is not as it must be.
    Result<void> take(const journal::Event& event);

    [[nodiscard]] const Teaching& so_far() const { return so_far_; }

private:
    std::map<SessionKey, Session> under_way_;
    Teaching so_far_;
};

}  // namespace balcao::assist
