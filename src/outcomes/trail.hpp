#pragma once
// What became of one case, step by step, as far as figures need it: what was asked for when, how it ended
// when, and how long it waited for its citizen. The fold of the case's events without anything sealed or
// anybody's name. Used by the figures and the logs of this room.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cases/case_event.hpp"

namespace balcao::outcomes {

enum class Fate : std::uint8_t {
    open,     // also what is being undone
    had,      // concluded: the person has what was asked for
    denied,   // by its entity
    dropped,  // not sent, undone, or standing though it was withdrawn
};

// "open", "had", "denied", "dropped".
std::string_view name_of(Fate fate);

struct StepTrail {
    cases::StepKey step;
    model::ServiceKey service;
    model::EntityKey entity;
    Fate fate = Fate::open;
    Instant ended{};                            // of a fate that is not open
    std::chrono::milliseconds with_citizen{0};  // asked for something and not answered yet
    std::optional<Instant> asks_since{};        // the citizen, now
    friend bool operator==(const StepTrail&, const StepTrail&) = default;
};

struct Trail {
    cases::CaseNumber number{};
    Instant opened{};
    model::LifeEventKey life_event{};
    std::vector<StepTrail> steps{};

    // The next event of the case's stream. What speaks of a step that the case has not is left out.
    void hear(const cases::CaseEvent& event, Instant at);

    // No step is open any more; nothing is done to such a case.
    [[nodiscard]] bool is_over() const;
    [[nodiscard]] const StepTrail* find(const cases::StepKey& step) const;
};

}  // namespace balcao::outcomes
