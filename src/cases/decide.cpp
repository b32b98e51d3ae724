#include "cases/decide.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "cases/retry.hpp"

namespace balcao::cases {
namespace {

bool has_open_incident(const Case& whole, const StepKey& step, IncidentKind kind) {
    return std::any_of(whole.incidents.begin(), whole.incidents.end(), [&](const Incident& one) {
        return one.step == step && one.kind == kind && !one.settled;
    });
}

// The matter came right; how it was is in the incident.
void note_astray(Draft& draft, const Settings& settings, const StepKey& step, const std::string& why) {
    if (has_open_incident(draft.whole(), step, IncidentKind::astray)) return;
    open_incident(draft, settings, {0, step, IncidentKind::astray, why, {}, {}, false, false});
}

void hold(Draft& draft, const Settings& settings, IncidentOpened incident) {
    incident.is_holding = true;
    open_incident(draft, settings, std::move(incident));
}

// One attempt that came to an end, read against the step as it is now.
class Ending {
public:
    Ending(Draft& draft, const Settings& settings, const Came& came)
        : draft_{draft}, settings_{settings}, came_{came} {
        const StepState& state = step().state;
        if (const auto* carried = std::get_if<UnderWay>(&state);
            carried != nullptr && carried->attempt == came.attempt)
            carried_ = *carried;
    }

    void operator()(const Delivered& delivered) {
        if (delivered.key != came_.effect) return unsure("answer-astray");
        if (!is_fit_reference(delivered.reference)) return unsure("reference-unfit");
        const StepState& state = step().state;
        const auto errand = errand_of(state);
        if (errand == Errand::undo) return draft_.record(StepUndone{came_.step});
        if (errand == Errand::deliver && !std::holds_alternative<WithPerson>(state))
            return draft_.record(EffectDelivered{came_.step, delivered.reference, delivered.is_concluded});
        if (step().reference != delivered.reference)
            note_astray(draft_, settings_, came_.step, "another-reference");
    }

    void operator()(const Refused& refused) {
        if (!carried_) return;
        const std::string why = cut(refused.why, why_bytes_most);
        if (carried_->errand == Errand::undo)
            return hold(draft_, settings_, incident(IncidentKind::undo_failed, why));
        // What was sent before may still arrive, and be taken: asked again then, it says the truth.
        if (refused.is_final && carried_->is_unknown && came_.settles > Milliseconds{})
            return again(why, std::max(came_.pause, came_.settles), true);
        if (refused.is_final) return draft_.record(StepDenied{came_.step, why});
        hold(draft_, settings_, incident(IncidentKind::refused, why));
    }

    void operator()(const TryLater& later) {
        if (!carried_) return;
        const auto asked = std::clamp(later.after.value_or(Milliseconds{}), Milliseconds{}, after_most);
        again(cut(later.why, why_bytes_most), std::max(came_.pause, asked), carried_->is_unknown);
    }

    void operator()(const Unknown& unknown) { unsure(cut(unknown.why, why_bytes_most)); }

    void operator()(const Absent&) {
        if (!carried_) return;
        if (came_.settles > Milliseconds{})
            return again("absent-yet", std::max(came_.pause, came_.settles), true);
        again("absent", Milliseconds{}, false);
    }

private:
    [[nodiscard]] const Step& step() const { return *draft_.whole().find(came_.step); }

    [[nodiscard]] IncidentOpened incident(IncidentKind kind, const std::string& why) const {
        return {0, came_.step, kind, why, {}, {}, true, carried_->is_unknown};
    }

    void unsure(const std::string& why) {
        if (!carried_) return;
        carried_->is_unknown = true;
        if (step().asked.kind == ConnectorKind::none)
            return hold(draft_, settings_, incident(IncidentKind::outcome_unknown, why));
        again(why, came_.pause, true);
    }

    void again(const std::string& why, Milliseconds pause, bool is_unknown) {
        const Instant when = draft_.now() + pause;
        carried_->is_unknown = is_unknown;
        if (when > carried_->since + budget_of(step().asked.haste))
            return hold(draft_, settings_, incident(IncidentKind::budget_spent, why));
        draft_.record(EffectDeferred{came_.step, why, when, is_unknown});
    }

    Draft& draft_;
    const Settings& settings_;
    const Came& came_;
    std::optional<UnderWay> carried_;  // by who asks
};

// To be delivered, and nothing of it can be at its entity.
bool is_unsent(const Step& step) {
    if (const auto* owed = std::get_if<Owed>(&step.state))
        return owed->errand == Errand::deliver && !owed->is_unknown;
    if (const auto* held = std::get_if<Held>(&step.state))
        return held->errand == Errand::deliver && !held->is_unknown;
    const auto* task = std::get_if<WithPerson>(&step.state);
    return task != nullptr && task->errand == Errand::deliver;
}

// Of a step of a case that the citizen withdrew; whether something was decided.
bool withdraw(Draft& draft, const Settings& settings, const Step& step) {
    const StepKey key = step.asked.step;
    const bool is_irreversible = step.asked.effect_class == EffectClass::point_of_no_return;
    if (is_unsent(step)) {
        draft.record(StepStopped{key, "cancelled"});
        return true;
    }
    if (const auto* owed = std::get_if<Owed>(&step.state);
        owed != nullptr && owed->errand == Errand::deliver) {
        // Sent again it might be done only now, for good.
        if (!is_irreversible || step.asked.kind != ConnectorKind::idempotent_key) return false;
        hold(draft, settings, {0, key, IncidentKind::outcome_unknown, "cancelled", {}, {}, true, true});
        return true;
    }
    if (!std::holds_alternative<Accepted>(step.state) && !std::holds_alternative<AwaitsCitizen>(step.state) &&
        !std::holds_alternative<Concluded>(step.state))
        return false;
    if (is_irreversible)
        draft.record(StepStands{key});
    else
        draft.record(UndoOwed{
            key, key_of({draft.whole().number, key, Errand::undo, step.asked.protocol, step.round})});
    return true;
}

// Why a step that is owed will never have its turn; nothing when it may.
std::optional<std::string> hindrance_of(const Case& whole, const Step& step) {
    const auto* owed = std::get_if<Owed>(&step.state);
    if (owed == nullptr || owed->errand != Errand::deliver) return std::nullopt;
    for (const auto& before : step.asked.after) {
        const Step* found = whole.find(before);
        if (found != nullptr && !is_open(*found) && !std::holds_alternative<Concluded>(found->state))
            return before.text();
    }
    return std::nullopt;
}

bool withdraw_next(Draft& draft, const Settings& settings) {
    if (!draft.whole().cancelled) return false;
    const auto& steps = draft.whole().steps;
    return std::any_of(steps.begin(), steps.end(),
                       [&](const Step& step) { return withdraw(draft, settings, step); });
}

bool stop_next(Draft& draft) {
    const Case& whole = draft.whole();
    for (const auto& step : whole.steps) {
        std::optional<std::string> why;
        // What the entity wanted more and does not get: it still has the rest.
        if (whole.erased && is_unsent(step) && step.reference.empty())
            why = "person-erased";
        else if (!whole.cancelled)
            why = hindrance_of(whole, step);
        if (!why) continue;
        draft.record(StepStopped{step.asked.step, *why});
        return true;
    }
    return false;
}

bool holds(const Step& step, std::uint32_t incident) {
    const auto* held = std::get_if<Held>(&step.state);
    return held != nullptr && held->incident == incident;
}

// Whether the matter of an incident has come right.
bool is_past(const Case& whole, const Incident& incident) {
    const Step& step = *whole.find(incident.step);
    switch (incident.kind) {
        case IncidentKind::outcome_unknown:
        case IncidentKind::budget_spent:
        case IncidentKind::refused:
        case IncidentKind::undo_failed:
            return !holds(step, incident.id);
        case IncidentKind::term_passed:
            return !is_open(step);
        case IncidentKind::task_overdue:
            return !std::holds_alternative<WithPerson>(step.state);
        case IncidentKind::citizen_silent:
            return !std::holds_alternative<AwaitsCitizen>(step.state);
        case IncidentKind::astray:
            return false;
    }
    return false;
}

bool settle_past(Draft& draft) {
    for (const auto& incident : draft.whole().incidents) {
        if (incident.settled || !is_past(draft.whole(), incident)) continue;
        draft.record(IncidentSettled{incident.id, Settlement::moved_on, {}});
        return true;
    }
    return false;
}

}  // namespace

std::string cut(std::string_view text, std::size_t bytes_most) {
    if (find_invalid_utf8(text)) return "not-text";
    if (text.size() <= bytes_most) return std::string{text};
    std::size_t end = bytes_most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string{text.substr(0, end)};
}

bool is_fit_reference(std::string_view reference) {
    return !reference.empty() && reference.size() <= reference_bytes_most && !find_invalid_utf8(reference) &&
           std::none_of(reference.begin(), reference.end(),
                        [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
}

void open_incident(Draft& draft, const Settings& settings, IncidentOpened incident) {
    incident.incident = static_cast<std::uint32_t>(draft.whole().incidents.size()) + 1;
    incident.owner = settings.ladder.front().owner;
    incident.promised = draft.now() + settings.ladder.front().promise;
    draft.record(incident);
}

std::optional<Doing> doing_of(const Case& whole, const Step& step) {
    const ConnectorKind kind = step.asked.kind;
    if (kind == ConnectorKind::human) return std::nullopt;
    bool is_unknown = false;
    Errand errand = Errand::deliver;
    if (const auto* owed = std::get_if<Owed>(&step.state)) {
        if (owed->errand == Errand::undo && step.asked.is_undone_by_hand) return std::nullopt;
        if (!is_its_turn(whole, step)) return std::nullopt;
        is_unknown = owed->is_unknown;
        errand = owed->errand;
    } else if (const auto* lost = std::get_if<UnderWay>(&step.state)) {
        is_unknown = true;  // who took it was not heard of again
        errand = lost->errand;
    } else {
        return std::nullopt;
    }
    // Sent again it might be done only now, for good, and nobody wants it any more.
    if (is_unknown && whole.cancelled && step.asked.effect_class == EffectClass::point_of_no_return &&
        kind == ConnectorKind::idempotent_key)
        return Doing::ask_person;
    // Nobody can say any more what was to be done.
    const bool can_be_looked_up = is_unknown && kind == ConnectorKind::lookup_by_reference;
    if (whole.erased && errand == Errand::deliver && !can_be_looked_up) return Doing::ask_person;
    if (!is_unknown || kind == ConnectorKind::idempotent_key) return Doing::send;
    return kind == ConnectorKind::lookup_by_reference ? Doing::look_up : Doing::ask_person;
}

void take_outcome(Draft& draft, const Settings& settings, Came came) {
    const Step* step = draft.whole().find(came.step);
    if (step == nullptr || step->effect != came.effect) return;  // of something sent before, and settled
    // Whoever destroyed the key left it unsaid.
    if (came.is_person_erased && !draft.whole().erased) draft.record(PersonErased{});
    Ending ending{draft, settings, came};
    std::visit([&](const auto& what) { std::visit(ending, what); }, came.what);
    draw_consequences(draft, settings);
}

void give_to_person(Draft& draft, const Settings& settings, const StepKey& step) {
    hold(draft, settings, {0, step, IncidentKind::outcome_unknown, "lost-in-sending", {}, {}, true, true});
    draw_consequences(draft, settings);
}

void give_up(Draft& draft, const Settings& settings, const StepKey& step) {
    hold(draft, settings, {0, step, IncidentKind::budget_spent, "lost-in-sending", {}, {}, true, true});
    draw_consequences(draft, settings);
}

void erase_person(Draft& draft) {
    draft.record(PersonErased{});
    while (stop_next(draft) || settle_past(draft)) {
    }
}

void draw_consequences(Draft& draft, const Settings& settings) {
    while (withdraw_next(draft, settings) || stop_next(draft) || settle_past(draft)) {
    }
}

}  // namespace balcao::cases
