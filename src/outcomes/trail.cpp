#include "outcomes/trail.hpp"

#include <algorithm>
#include <array>

namespace balcao::outcomes {
namespace {

using namespace balcao::cases;

// What an event makes of its step; nothing where it leaves it as it was.
struct FateAfter {
    std::optional<Fate> operator()(const EffectDelivered& delivered) const {
        return delivered.is_concluded ? Fate::had : Fate::open;
    }

    std::optional<Fate> operator()(const StepConcluded&) const { return Fate::had; }

    std::optional<Fate> operator()(const StepDenied&) const { return Fate::denied; }

    std::optional<Fate> operator()(const StepStopped&) const { return Fate::dropped; }

    std::optional<Fate> operator()(const StepUndone&) const { return Fate::dropped; }

    std::optional<Fate> operator()(const StepStands&) const { return Fate::dropped; }

    std::optional<Fate> operator()(const IncidentOpened& opened) const {
        return opened.is_holding ? std::optional{Fate::open} : std::nullopt;
    }

    // Work on it begins, or goes on.
    std::optional<Fate> operator()(const EffectTaken&) const { return Fate::open; }

    std::optional<Fate> operator()(const EffectDeferred&) const { return Fate::open; }

    std::optional<Fate> operator()(const UndoOwed&) const { return Fate::open; }

    std::optional<Fate> operator()(const EffectOwedAgain&) const { return Fate::open; }

    std::optional<Fate> operator()(const CitizenAsked&) const { return Fate::open; }

    std::optional<Fate> operator()(const CitizenAnswered&) const { return Fate::open; }

    std::optional<Fate> operator()(const TaskMade&) const { return Fate::open; }

    template <class Other>
    std::optional<Fate> operator()(const Other&) const {
        return std::nullopt;
    }
};

struct Hearing {
    Trail& trail;
    Instant at;

    void operator()(const CaseOpened& opened) const {
        trail.opened = at;
        trail.life_event = opened.life_event;
        for (const auto& asked : opened.steps)
            trail.steps.push_back({.step = asked.step, .service = asked.service, .entity = asked.entity});
    }

    template <class Event>
    void operator()(const Event& event) const {
        if constexpr (requires { event.step; }) {
            const auto found = std::ranges::find(trail.steps, event.step, &StepTrail::step);
            if (found != trail.steps.end()) change(*found, event);
        }
    }

    template <class Event>
    void change(StepTrail& step, const Event& event) const {
        const auto fate = FateAfter{}(event);
        if (!fate) return;
        if (step.asks_since) step.with_citizen += at - *step.asks_since;
        step.asks_since.reset();
        if constexpr (std::is_same_v<Event, CitizenAsked>) step.asks_since = at;
        step.fate = *fate;
        step.ended = *fate == Fate::open ? Instant{} : at;
    }
};

}  // namespace

std::string_view name_of(Fate fate) {
    static constexpr std::array<std::string_view, 4> names{"open", "had", "denied", "dropped"};
    return names.at(static_cast<std::size_t>(fate));
}

void Trail::hear(const cases::CaseEvent& event, Instant at) { std::visit(Hearing{*this, at}, event); }

bool Trail::is_over() const {
    return std::ranges::none_of(steps, [](const StepTrail& step) { return step.fate == Fate::open; });
}

const StepTrail* Trail::find(const cases::StepKey& step) const {
    const auto found = std::ranges::find(steps, step, &StepTrail::step);
    return found == steps.end() ? nullptr : &*found;
}

}  // namespace balcao::outcomes
