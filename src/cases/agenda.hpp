#pragma once
// What one server has to do, and when: the effects that are due, a lane for each entity behind its gate, and
// the cases whose time comes. It follows from the cases and is kept nowhere; a lane whose gate is shut costs
// nothing, however long it is. Internal to `cases`; from any thread. It knows no case, only when what of it
// is due.
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "cases/settings.hpp"

namespace balcao::cases {

class Agenda {
public:
    using Elapsed = std::chrono::milliseconds;  // of the stopwatch

    struct Effect {
        Elapsed due{};
        Elapsed heard{};  // since when this server knows of the state that makes it due
        StepKey step;
        model::EntityKey entity;
        std::string changed_by;  // the salt of the event that brought that state
    };

    struct Work {
        CaseNumber number;
        std::optional<Effect> effect{};  // nothing: time has passed for the case
    };

    // How the work on an effect ended, for the gate of its entity.
    enum class Ended : std::uint8_t { not_sent, answered, not_answered };

    // `settings` must outlive it.
    explicit Agenda(const Settings& settings);

    // What was agreed with entities has changed.
    void agree();

    // All that a case has to do, instead of what was said before.
    void set(const CaseNumber& number, std::vector<Effect> effects, std::optional<Elapsed> time);

    // Something that is due, of the entities in turn; in hand until it is said to have ended.
    std::optional<Work> pick(Elapsed now);
    void end(const Work& work, Elapsed now, Ended ended);

    // When something may be due next; nothing: only after something else happens.
    [[nodiscard]] std::optional<Elapsed> next(Elapsed now) const;

    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] bool is_broken(const model::EntityKey& entity) const;

private:
    using Place = std::tuple<Elapsed, CaseNumber, StepKey>;

    struct Lane {
        Gate gate;
        std::set<Place> places{};
    };

    struct Listed {
        std::vector<Effect> effects;
        std::optional<Elapsed> time;
    };

    Lane& lane_of(const model::EntityKey& entity);
    void strike_out(const CaseNumber& number, const Listed& listed);
    std::optional<Work> pick_from(Lane& lane, Elapsed now);

    const Settings& settings_;
    mutable std::mutex mutex_;
    std::map<model::EntityKey, Lane> lanes_;
    std::set<std::pair<Elapsed, CaseNumber>> times_;
    std::map<CaseNumber, Listed> listed_;
    std::set<std::pair<CaseNumber, StepKey>> in_hand_;
    model::EntityKey last_;  // whose turn was last
};

}  // namespace balcao::cases
