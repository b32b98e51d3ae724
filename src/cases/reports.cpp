// What comes from outside after a step was sent: reports of entities, what the citizen adds, and what people
// make of incidents.
#include <algorithm>

#include "cases/cases.hpp"

namespace balcao::cases {
namespace {

// Whether an incident that holds a step may end so.
bool may_end_so(const Held& held, Settlement how) {
    switch (how) {
        case Settlement::it_is_there:
        case Settlement::give_up:
            return held.errand == Errand::deliver;
        case Settlement::undone_by_hand:
        case Settlement::cannot_be_undone:
            return held.errand == Errand::undo;
        case Settlement::send_again:
            return true;
        case Settlement::noted:
        case Settlement::moved_on:
            return false;
    }
    return false;
}

// Of kind `none` a person has looked and says that it is not there; what can be looked up or sent again by
// its key may still be there, and nothing is doubled.
bool is_unknown_still(const Step& step, const Held& held) {
    return held.is_unknown && step.asked.kind != ConnectorKind::none;
}

// Until when what may be there can still arrive: nobody who looks before has seen that it is not there.
Instant settled_at(const Incident& incident, const Step& step, const Settings& settings) {
    const EntityTerms now = settings.entities.of(step.asked.entity);
    return incident.opened + lease_of(now) + now.settles;
}

// Whether who settles it so says that it is not there.
bool says_absent(const Step& step, const Held& held, Settlement how) {
    if (!held.is_unknown) return false;
    if (how == Settlement::send_again) return step.asked.kind == ConnectorKind::none;
    return how == Settlement::give_up || how == Settlement::cannot_be_undone;
}

// Of a person who was erased nothing can be sent again; what may be there can still be looked up.
bool can_end_without_data(const Step& step, const Held& held, Settlement how) {
    return how != Settlement::send_again || held.errand == Errand::undo ||
           (held.is_unknown && step.asked.kind == ConnectorKind::lookup_by_reference);
}

void end_so(Draft& draft, const Step& step, const Held& held, const Settling& settling) {
    const StepKey key = step.asked.step;
    switch (settling.how) {
        case Settlement::it_is_there:
            return draft.record(EffectDelivered{key, settling.reference, false});
        case Settlement::give_up:
            return draft.record(StepDenied{key, "given-up"});
        case Settlement::undone_by_hand:
            return draft.record(StepUndone{key});
        case Settlement::cannot_be_undone:
            return draft.record(StepStands{key});
        case Settlement::send_again:
            return draft.record(EffectOwedAgain{key, is_unknown_still(step, held), settling.by});
        case Settlement::noted:
        case Settlement::moved_on:
            return;
    }
}

bool is_at_entity(const Step& step) {
    return std::holds_alternative<Accepted>(step.state) || std::holds_alternative<AwaitsCitizen>(step.state);
}

}  // namespace

// What does not fit is shown to a person; the answer then names the refusal.
std::optional<Refusal> Cases::take_report(Draft& draft, const Step& step, const Report& report) {
    const StepKey key = step.asked.step;
    const bool is_ours = step.reference == report.reference && !report.reference.empty();
    if (!is_ours || !is_at_entity(step)) {
        const Reason reason = is_ours ? Reason::not_at_entity : Reason::other_reference;
        // Said again, as after a reply that was lost.
        if (is_ours && report.word == Report::Word::concluded &&
            std::holds_alternative<Concluded>(step.state))
            return std::nullopt;
        draft.commit.answer = name_of(reason);
        const auto& incidents = draft.whole().incidents;
        const bool is_shown = std::any_of(incidents.begin(), incidents.end(), [&](const Incident& one) {
            return one.step == key && one.kind == IncidentKind::astray && !one.settled;
        });
        if (!is_shown)
            open_incident(draft, settings_,
                          {0, key, IncidentKind::astray, std::string{name_of(reason)}, {}, {}, false, false});
        return std::nullopt;
    }
    const std::string text = cut(report.text, why_bytes_most);
    switch (report.word) {
        case Report::Word::concluded:
            draft.record(StepConcluded{key});
            break;
        case Report::Word::denied:
            draft.record(StepDenied{key, text});
            break;
        case Report::Word::citizen_needed:
            if (text.empty()) return Refusal{Reason::name_unfit, key};
            if (report.until <= draft.now()) return Refusal{Reason::not_later, key};
            draft.record(CitizenAsked{key, text, report.until});
            break;
    }
    return std::nullopt;
}

Answer<CaseState> Cases::report(const StepName& step, const Report& report, const std::string& key) {
    if (!is_fit_reference(report.reference)) return Refusal{Reason::reference_unfit, step.step};
    return command({"report", step.number, key}, [&](Draft& draft) -> std::optional<Refusal> {
        const Step* found = draft.whole().find(step.step);
        if (found == nullptr) return Refusal{Reason::no_such_step, step.step};
        return take_report(draft, *found, report);
    });
}

Answer<CaseState> Cases::answer(const StepName& step,
                                const std::vector<Datum>& data,
                                const std::vector<std::string>& consents,
                                const std::string& key) {
    StepWanted wanted;
    wanted.step = step.step;
    wanted.consents = consents;
    wanted.data = data;
    if (auto fault = fault_of_data(wanted)) return *fault;
    return command({"answer", step.number, key}, [&](Draft& draft) -> std::optional<Refusal> {
        const Step* found = draft.whole().find(step.step);
        if (found == nullptr) return Refusal{Reason::no_such_step, step.step};
        if (!std::holds_alternative<AwaitsCitizen>(found->state))
            return Refusal{Reason::not_asked, step.step};
        if (draft.whole().erased) return Refusal{Reason::forgotten, step.step};
        auto sealed = persons_.seal(draft.whole().person.text(), "data/" + step.step.text(), write_data(data),
                                    draft.commit);
        if (!sealed) return Refusal{Reason::unavailable};
        // The key was made with the case: a new one would bring somebody back who was erased.
        if (!draft.commit.keys.empty()) return Refusal{Reason::forgotten, step.step};
        const auto effect =
            key_of({step.number, step.step, Errand::deliver, found->asked.protocol, found->round + 1});
        draft.record(CitizenAnswered{step.step, consents, *std::move(sealed), effect});
        return std::nullopt;
    });
}

Answer<CaseState> Cases::promise(const IncidentName& incident,
                                 const ClerkKey& by,
                                 Instant until,
                                 const std::string& key) {
    if (!is_fit_name(by.text())) return Refusal{Reason::name_unfit};
    return command({"promise", incident.number, key}, [&](Draft& draft) -> std::optional<Refusal> {
        const Incident* found = draft.whole().find(incident.incident);
        if (found == nullptr) return Refusal{Reason::no_such_incident};
        if (found->settled) return Refusal{Reason::already_settled};
        if (until <= draft.now()) return Refusal{Reason::not_later};
        draft.record(IncidentPromised{incident.incident, by, until});
        return std::nullopt;
    });
}

Answer<CaseState> Cases::settle(const IncidentName& incident,
                                const Settling& settling,
                                const std::string& key) {
    if (!is_fit_name(settling.by.text())) return Refusal{Reason::name_unfit};
    const bool needs_reference = settling.how == Settlement::it_is_there;
    if (needs_reference && !is_fit_reference(settling.reference)) return Refusal{Reason::reference_unfit};
    return command({"settle", incident.number, key}, [&](Draft& draft) -> std::optional<Refusal> {
        const Incident* found = draft.whole().find(incident.incident);
        if (found == nullptr) return Refusal{Reason::no_such_incident};
        if (found->settled) return Refusal{Reason::already_settled};
        const Step step = *draft.whole().find(found->step);
        const auto* held = std::get_if<Held>(&step.state);
        const bool is_holding = held != nullptr && held->incident == incident.incident;
        if (is_holding ? !may_end_so(*held, settling.how) : settling.how != Settlement::noted)
            return Refusal{Reason::not_settled_so, step.asked.step};
        if (is_holding && draft.whole().erased && !can_end_without_data(step, *held, settling.how))
            return Refusal{Reason::forgotten, step.asked.step};
        if (is_holding && says_absent(step, *held, settling.how)) {
            Refusal too_soon{Reason::too_soon, step.asked.step};
            too_soon.when = settled_at(*found, step, settings_);
            if (draft.now() < *too_soon.when) return too_soon;
        }
        draft.record(IncidentSettled{incident.incident, settling.how, settling.by});
        if (is_holding) end_so(draft, step, *held, settling);
        return std::nullopt;
    });
}

}  // namespace balcao::cases
