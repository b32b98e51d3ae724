#pragma once
// What a city has agreed with its entities, and who answers for what goes wrong: plain values that whoever
// joins the rooms fills in, and may change while they work (Cases::agree). Used by all of `cases`; a case
// copies what it needs when it is accepted, so that a change binds new cases alone (but for gates, leases and
// the ladder, which belong to the machinery).
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/zone.hpp"
#include "cases/case_event.hpp"
#include "cases/gate.hpp"

namespace balcao::cases {

// How an entity is reached.
struct EntityTerms {
    ConnectorKind kind = ConnectorKind::none;
    bool is_undone_by_hand = false;
    Eyes eyes = Eyes::two;               // of tasks in its inbox
    std::chrono::minutes task{48 * 60};  // until such a task is due
    std::uint32_t protocol = 1;
    GateTerms gate{};
    // Its connector gives up after so long.
    std::chrono::milliseconds timeout = std::chrono::seconds{30};
    // For so long after the connector gave up a request may still arrive there: what it does not have before
    // that it may yet get.
    std::chrono::milliseconds settles = std::chrono::minutes{2};
};

// What was agreed with each entity, as it is now: it may change while cases go on. From any thread.
class Agreements {
public:
    using All = std::map<model::EntityKey, EntityTerms>;

    Agreements() = default;

    Agreements(const Agreements& other) : all_{other.all()} {}

    Agreements& operator=(const Agreements& other) {
        replace(other.all());
        return *this;
    }

    ~Agreements() = default;

    // Nothing for an entity of which nothing was agreed, or nothing any more.
    [[nodiscard]] std::optional<EntityTerms> find(const model::EntityKey& entity) const {
        const std::lock_guard lock{mutex_};
        const auto found = all_.find(entity);
        return found == all_.end() ? std::nullopt : std::optional{found->second};
    }

    // The same; the usual terms for such an entity, of which there may still be cases.
    [[nodiscard]] EntityTerms of(const model::EntityKey& entity) const {
        return find(entity).value_or(EntityTerms{});
    }

    [[nodiscard]] All all() const {
        const std::lock_guard lock{mutex_};
        return all_;
    }

    void set(const model::EntityKey& entity, const EntityTerms& terms) {
        const std::lock_guard lock{mutex_};
        all_[entity] = terms;
    }

    void replace(All all) {
        const std::lock_guard lock{mutex_};
        all_ = std::move(all);
    }

private:
    mutable std::mutex mutex_;
    All all_;
};

// One rung of the ladder: who answers for an incident, and within what time.
struct Rung {
    std::string owner;
    std::chrono::minutes promise{};
};

struct Settings {
    explicit Settings(const Zone& city) : zone{city} {}

    Zone zone;  // in which a year begins
    Agreements entities{};
    std::array<Rung, 3> ladder{{{"case-workers", std::chrono::hours{48}},
                                {"coordinator", std::chrono::hours{24}},
                                {"management", std::chrono::hours{24}}}};
    std::string server = "server";  // its name among those that share a journal
    std::uint64_t seed = 1;         // of the pauses between attempts
    // What another server wrote last is left to it for so long, and up to twice that.
    std::chrono::milliseconds patience = std::chrono::seconds{2};
    std::uint32_t numbers_at_once =
        50;  // serials that a server takes in one go; those it does not use are gaps
};

// Nobody else takes up what a server carries before so long has passed on their own stopwatch; whoever
// carries it has begun to send by then or leaves it alone.
inline std::chrono::milliseconds lease_of(const EntityTerms& terms) {
    return 2 * terms.timeout + std::chrono::seconds{30};
}

}  // namespace balcao::cases
