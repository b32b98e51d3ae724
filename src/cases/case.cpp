#include "cases/case.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace balcao::cases {
namespace {

// One event on its way into a case. What an event says that its case cannot be told of is not the journal's.
struct Folding {
    Case& whole;
    const journal::Event& event;

    Step& step(const StepKey& name) { return *whole.find(name); }

    void enter(const StepKey& name, StepState state) {
        Step& found = step(name);
        found.state = std::move(state);
        found.changed = event.at;
        found.changed_by = event.salt;
    }

    void operator()(const CaseOpened& opened) {
        whole.opened = event.at;
        whole.person = opened.person;
        whole.contact = opened.contact;
        whole.life_event = opened.life_event;
        whole.edition = opened.edition;
        whole.by = opened.by;
        for (const auto& asked : opened.steps)
            whole.steps.push_back({asked, Owed{}, asked.effect, {}, 0, event.at, event.salt});
    }

    void operator()(const EffectTaken& taken) {
        UnderWay now{Errand::deliver, taken.attempt, event.at, taken.until, false};
        const StepState& before = step(taken.step).state;
        if (const auto* owed = std::get_if<Owed>(&before)) {
            now.errand = owed->errand;
            now.since = owed->since;
            now.is_unknown = owed->is_unknown;
        } else if (const auto* lost = std::get_if<UnderWay>(&before)) {
            now.errand = lost->errand;
            now.since = lost->since;
            now.is_unknown = true;
        }
        enter(taken.step, now);
    }

    void operator()(const EffectDeferred& deferred) {
        Owed now;
        if (const auto* carried = std::get_if<UnderWay>(&step(deferred.step).state)) {
            now.errand = carried->errand;
            now.attempts = carried->attempt;
            now.since = carried->since;
        }
        now.not_before = deferred.again;
        now.is_unknown = deferred.is_unknown;
        now.why = deferred.why;
        enter(deferred.step, now);
    }

    void operator()(const EffectDelivered& delivered) {
        Step& found = step(delivered.step);
        found.reference = delivered.reference;
        found.asked.data.clear();
        if (delivered.is_concluded)
            enter(delivered.step, Concluded{});
        else
            enter(delivered.step, Accepted{});
    }

    void operator()(const StepDenied& denied) { enter(denied.step, Denied{denied.why}); }

    void operator()(const StepConcluded& concluded) { enter(concluded.step, Concluded{}); }

    void operator()(const StepStopped& stopped) { enter(stopped.step, Stopped{stopped.why}); }

    void operator()(const UndoOwed& owed) {
        step(owed.step).effect = owed.effect;
        Owed now;
        now.errand = Errand::undo;
        enter(owed.step, now);
    }

    void operator()(const StepUndone& undone) { enter(undone.step, Undone{}); }

    void operator()(const StepStands& stands) { enter(stands.step, Stands{}); }

    void operator()(const EffectOwedAgain& again) {
        Owed now;
        if (const auto* held = std::get_if<Held>(&step(again.step).state)) {
            now.errand = held->errand;
            now.attempts = held->attempts;
        }
        now.not_before = event.at;
        now.is_unknown = again.is_unknown;
        enter(again.step, now);
    }

    void operator()(const CitizenAsked& asked) { enter(asked.step, AwaitsCitizen{asked.what, asked.until}); }

    void operator()(const CitizenAnswered& answered) {
        Step& found = step(answered.step);
        found.asked.data = answered.data;
        found.asked.consents.insert(found.asked.consents.end(), answered.consents.begin(),
                                    answered.consents.end());
        found.effect = answered.effect;
        ++found.round;
        enter(answered.step, Owed{});
    }

    void operator()(const TaskMade& made) {
        const auto* owed = std::get_if<Owed>(&step(made.step).state);
        WithPerson now;
        if (owed != nullptr) now.errand = owed->errand;
        now.due = made.due;
        enter(made.step, now);
    }

    void operator()(const TaskClaimed& claimed) {
        if (auto* task = std::get_if<WithPerson>(&step(claimed.step).state)) task->claimed_by = claimed.by;
    }

    void operator()(const TaskReleased& released) {
        auto* task = std::get_if<WithPerson>(&step(released.step).state);
        if (task == nullptr) return;
        task->claimed_by = released.to;
        if (!released.is_disputed) return;
        task->vouched_by = {};
        task->verdict.clear();
    }

    void operator()(const TaskVouched& vouched) {
        auto* task = std::get_if<WithPerson>(&step(vouched.step).state);
        if (task == nullptr) return;
        task->claimed_by = {};
        task->vouched_by = vouched.by;
        task->verdict = vouched.verdict;
    }

    void operator()(const TaskFinished&) {}  // what came of it is said by the next event of the same commit

    void operator()(const IncidentOpened& opened) {
        whole.incidents.push_back({opened.incident,
                                   opened.step,
                                   opened.kind,
                                   opened.why,
                                   1,
                                   opened.owner,
                                   {},
                                   event.at,
                                   opened.promised,
                                   {}});
        if (!opened.is_holding) return;
        Held now{Errand::deliver, 0, opened.incident, opened.is_unknown};
        const StepState& before = step(opened.step).state;
        if (const auto* carried = std::get_if<UnderWay>(&before)) {
            now.errand = carried->errand;
            now.attempts = carried->attempt;
        } else if (const auto* owed = std::get_if<Owed>(&before)) {
            now.errand = owed->errand;
            now.attempts = owed->attempts;
        } else if (const auto* task = std::get_if<WithPerson>(&before)) {
            now.errand = task->errand;
        }
        enter(opened.step, now);
    }

    Incident& incident(std::uint32_t id) { return whole.incidents[id - 1]; }

    void operator()(const IncidentEscalated& escalated) {
        Incident& found = incident(escalated.incident);
        ++found.level;
        found.owner = escalated.owner;
        found.promised = escalated.promised;
        found.by = {};
    }

    void operator()(const IncidentPromised& promised) {
        Incident& found = incident(promised.incident);
        found.by = promised.by;
        found.promised = promised.promised;
    }

    void operator()(const IncidentSettled& settled) { incident(settled.incident).settled = settled.how; }

    void operator()(const CancelAsked&) { whole.cancelled = event.at; }

    void operator()(const DataSeen& seen) { whole.looks.push_back({event.at, seen}); }

    void operator()(const PersonErased&) { whole.erased = event.at; }
};

// Whether the event speaks of steps and incidents that the case has.
struct Fits {
    const Case& whole;

    template <class Event>
    bool operator()(const Event& event) const {
        if constexpr (requires { event.steps; }) {
            return whole.end.version == 0;
        } else {
            if (whole.end.version == 0) return false;
            if constexpr (requires { event.incident; }) {
                const auto known = whole.incidents.size();
                if constexpr (requires { event.kind; }) {
                    if (event.incident != known + 1) return false;
                } else if (event.incident == 0 || event.incident > known) {
                    return false;
                }
            }
            if constexpr (requires { event.step; })
                return whole.find(event.step) != nullptr;
            else
                return true;
        }
    }
};

// It is from now on the turn of those that waited for what just happened.
void note_turns(Case& whole, Instant at) {
    for (auto& step : whole.steps)
        if (auto* owed = std::get_if<Owed>(&step.state); owed != nullptr && owed->since == Instant{})
            if (is_its_turn(whole, step)) owed->since = at;
}

// To be sent yet, or being sent.
bool is_being_sent(const Step& step) {
    if (const auto* owed = std::get_if<Owed>(&step.state)) return owed->errand == Errand::deliver;
    const auto* carried = std::get_if<UnderWay>(&step.state);
    return carried != nullptr && carried->errand == Errand::deliver;
}

// It can be had only after a point of no return, or is one.
bool needs_no_return(const Case& whole, const Step& step, std::size_t depth = 0) {
    if (step.asked.effect_class == EffectClass::point_of_no_return) return true;
    return std::any_of(step.asked.after.begin(), step.asked.after.end(), [&](const StepKey& before) {
        const Step* found = whole.find(before);
        return found != nullptr && depth < whole.steps.size() && needs_no_return(whole, *found, depth + 1);
    });
}

bool may_be_delivered(const Case& whole, const Step& step) {
    for (const auto& before : step.asked.after) {
        const Step* found = whole.find(before);
        if (found == nullptr || !std::holds_alternative<Concluded>(found->state)) return false;
    }
    if (step.asked.effect_class != EffectClass::point_of_no_return) return true;
    return std::none_of(whole.steps.begin(), whole.steps.end(), [&](const Step& other) {
        return is_being_sent(other) && !needs_no_return(whole, other);
    });
}

bool may_be_undone(const Case& whole, const Step& step) {
    for (const auto& key : followers_of(whole, step.asked.step)) {
        const Step& follower = *whole.find(key);
        if (errand_of(follower.state) || std::holds_alternative<Accepted>(follower.state)) return false;
    }
    return true;
}

}  // namespace

const Step* Case::find(const StepKey& step) const {
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.asked.step == step; });
    return found == steps.end() ? nullptr : &*found;
}

Step* Case::find(const StepKey& step) {
    const auto found =
        std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.asked.step == step; });
    return found == steps.end() ? nullptr : &*found;
}

const Incident* Case::find(std::uint32_t incident) const {
    return incident == 0 || incident > incidents.size() ? nullptr : &incidents[incident - 1];
}

bool operator==(const Case& a, const Case& b) {
    return a.number == b.number && a.end.version == b.end.version && a.end.salt == b.end.salt &&
           a.opened == b.opened && a.last == b.last && a.person == b.person && a.contact == b.contact &&
           a.life_event == b.life_event && a.edition == b.edition && a.by == b.by && a.steps == b.steps &&
           a.incidents == b.incidents && a.looks == b.looks && a.cancelled == b.cancelled &&
           a.erased == b.erased;
}

Result<void> apply(Case& whole, const CaseEvent& decoded, const journal::Event& event) {
    if (event.version != whole.end.version + 1 || !std::visit(Fits{whole}, decoded))
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) +
                                        ": this event does not follow from those before it"};
    Folding folding{whole, event};
    std::visit(folding, decoded);
    whole.end = {event.version, event.salt};
    whole.last = event.at;
    note_turns(whole, event.at);
    return {};
}

Result<void> apply(Case& whole, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, decode_case(event));
    return apply(whole, decoded, event);
}

Result<Case> fold(const CaseNumber& number, const std::vector<journal::Event>& events) {
    Case whole;
    whole.number = number;
    for (const auto& event : events)
        if (auto applied = apply(whole, event); !applied) return applied.error();
    return whole;
}

std::optional<Errand> errand_of(const StepState& state) {
    return std::visit(
        [](const auto& one) -> std::optional<Errand> {
            if constexpr (requires { one.errand; })
                return one.errand;
            else
                return std::nullopt;
        },
        state);
}

bool is_open(const Step& step) {
    return errand_of(step.state).has_value() || std::holds_alternative<Accepted>(step.state) ||
           std::holds_alternative<AwaitsCitizen>(step.state);
}

bool is_over(const Case& whole) {
    return std::none_of(whole.steps.begin(), whole.steps.end(), is_open) &&
           std::all_of(whole.incidents.begin(), whole.incidents.end(),
                       [](const Incident& one) { return one.settled.has_value(); });
}

bool is_its_turn(const Case& whole, const Step& step) {
    const auto errand = errand_of(step.state);
    if (!errand) return false;
    if (*errand == Errand::undo) return may_be_undone(whole, step);
    // What may be at the entity must be found out, also when nobody wants it any more.
    const auto* owed = std::get_if<Owed>(&step.state);
    if (whole.cancelled) return owed != nullptr && owed->is_unknown;
    return may_be_delivered(whole, step);
}

std::vector<StepKey> followers_of(const Case& whole, const StepKey& step) {
    std::set<StepKey> found{step};
    for (bool grows = true; grows;) {
        grows = false;
        for (const auto& other : whole.steps) {
            const bool follows = std::any_of(other.asked.after.begin(), other.asked.after.end(),
                                             [&](const StepKey& before) { return found.contains(before); });
            if (follows && found.insert(other.asked.step).second) grows = true;
        }
    }
    found.erase(step);
    return {found.begin(), found.end()};
}

CaseState state_of(const Case& whole) {
    const auto any = [&](const auto& holds) {
        return std::any_of(whole.steps.begin(), whole.steps.end(), holds);
    };
    const auto is_with_person = [](const Step& step) {
        return std::holds_alternative<Held>(step.state) || std::holds_alternative<WithPerson>(step.state);
    };
    const auto is_untouched = [](const Step& step) {
        const auto* owed = std::get_if<Owed>(&step.state);
        return owed != nullptr && owed->attempts == 0;
    };
    const auto is_concluded = [](const Step& step) { return std::holds_alternative<Concluded>(step.state); };
    if (whole.cancelled && !any(is_open)) return CaseState::cancelled;
    if (any([](const Step& step) { return std::holds_alternative<AwaitsCitizen>(step.state); }))
        return CaseState::waits_for_citizen;
    if (any(is_with_person)) return CaseState::waits_for_person;
    if (whole.cancelled) return CaseState::being_cancelled;
    if (any(is_open))
        return std::all_of(whole.steps.begin(), whole.steps.end(), is_untouched) ? CaseState::accepted
                                                                                 : CaseState::under_way;
    if (!any(is_concluded)) return CaseState::not_concluded;
    return std::all_of(whole.steps.begin(), whole.steps.end(), is_concluded) ? CaseState::concluded
                                                                             : CaseState::concluded_in_part;
}

std::string_view name_of(CaseState state) {
    static constexpr std::array<std::string_view, 9> names{
        "accepted",  "under-way", "waits-for-citizen", "waits-for-person", "being-cancelled",
        "cancelled", "concluded", "concluded-in-part", "not-concluded"};
    return names.at(static_cast<std::size_t>(state));
}

}  // namespace balcao::cases
