#include "cases/inspect_case.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "cases/step_now.hpp"

namespace balcao::cases {
namespace {

constexpr int top_level = 3;

// What has to come next, since the event before it announces it.
struct Announced {
    StepKey step;
    std::vector<std::string_view> types;
};

// Reads one case event by event; each fault is a sentence with its version.
class Reading {
public:
    Reading(const CaseNumber& number, const std::optional<Zone>& zone) : zone_{zone} {
        whole_.number = number;
    }

    // False once nothing more can be made of the case.
    bool see(const journal::Event& event) {
        event_ = &event;
        const auto before = found.size();
        if (event.version != whole_.end.version + 1)
            say("comes where version " + std::to_string(whole_.end.version + 1) + " should");
        if (event.at < whole_.last) say("happened before the event in front of it");
        const auto decoded = decode_case(event);
        if (!decoded) {
            say(decoded.error().what);
            return false;
        }
        hear_announced(*decoded);
        std::visit([this](const auto& one) { check(one); }, *decoded);
        if (apply(whole_, *decoded, event)) return true;
        if (found.size() == before) say("does not follow from those before it");
        return false;
    }

    // After the last event: what should have followed from it.
    void finish() {
        if (announced_) say("announces what came of " + named(announced_->step) + ", and nothing follows");
        for (const auto& step : whole_.steps) {
            const std::string name = named(step.asked.step);
            if (whole_.cancelled && (waits_to_be_sent(step) || was_taken_up(step)))
                say(name + " goes on, though the case was withdrawn");
            else if (whole_.erased && waits_to_be_sent(step) && step.reference.empty())
                say(name + " is still to be sent, though its person was erased");
            else if (!whole_.cancelled && waits_to_be_sent(step) && hindered(step))
                say(name + " waits for what will never be");
        }
    }

    std::vector<std::string> found;

private:
    void say(const std::string& what) {
        found.push_back("event " + std::to_string(event_->version) + ": " + what);
    }

    static std::string named(const StepKey& step) { return "the step " + step.text(); }

    void say(const StepKey& step, const std::string& what) { say(named(step) + " " + what); }

    // Null, and said, when the case has no such step.
    const Step* find(const StepKey& key) {
        const Step* step = whole_.find(key);
        if (step == nullptr) say(key, "is none of this case");
        return step;
    }

    // The same of an incident.
    const Incident* find(std::uint32_t incident) {
        const Incident* found_one = whole_.find(incident);
        if (found_one == nullptr) say("there is no incident " + std::to_string(incident));
        return found_one;
    }

    void hear_announced(const CaseEvent& event) {
        is_announced_ = false;
        if (!announced_) return;
        std::visit(
            [&](const auto& one) {
                if constexpr (requires { one.step; })
                    is_announced_ = one.step == announced_->step &&
                                    std::find(announced_->types.begin(), announced_->types.end(),
                                              std::string_view{one.type}) != announced_->types.end();
            },
            event);
        if (!is_announced_) say("stands where it should be said what came of " + named(announced_->step));
        announced_.reset();
    }

    void announce(const StepKey& step, std::initializer_list<std::string_view> types) {
        announced_ = Announced{step, types};
    }

    [[nodiscard]] bool hindered(const Step& step) const {
        return std::any_of(step.asked.after.begin(), step.asked.after.end(), [&](const StepKey& before) {
            const Step* other = whole_.find(before);
            return other != nullptr && has_failed(*other);
        });
    }

    void check_effect(const StepKey& step, const std::string& effect, const EffectName& name) {
        if (effect != key_of(name)) say(step, "has an effect whose key is not the one of its name");
    }

    // Its turn, by the events before.
    void check_turn(const Step& step, Errand errand) {
        const StepKey key = step.asked.step;
        if (errand == Errand::undo) {
            for (const auto& follower : followers_of(whole_, key)) {
                const Step& other = *whole_.find(follower);
                if (errand_of(other.state) || is_one_of<Accepted>(other))
                    say(key, "was to be undone before " + follower.text() + ", which came after it");
            }
            return;
        }
        if (whole_.cancelled) {
            if (!may_be_there(step)) say(key, "was sent after the case was withdrawn");
            return;
        }
        for (const auto& before : step.asked.after) {
            const Step* other = whole_.find(before);
            if (other != nullptr && !is_one_of<Concluded>(*other))
                say(key, "was sent before " + before.text() + ", after which it comes");
        }
        if (step.asked.effect_class != EffectClass::point_of_no_return) return;
        for (const auto& other : whole_.steps)
            if (is_one_of<Owed, UnderWay>(other) && errand_of(other.state) == Errand::deliver &&
                !beyond_.contains(other.asked.step))
                say(key, "was sent beyond return before " + other.asked.step.text() + " was sent");
    }

    // Those that can be had only after a point of no return, and those points.
    void find_beyond(const CaseOpened& opened) {
        for (bool grows = true; grows;) {
            grows = false;
            for (const auto& asked : opened.steps) {
                const bool is_beyond =
                    asked.effect_class == EffectClass::point_of_no_return ||
                    std::any_of(asked.after.begin(), asked.after.end(),
                                [&](const StepKey& before) { return beyond_.contains(before); });
                if (is_beyond && beyond_.insert(asked.step).second) grows = true;
            }
        }
    }

    // Each step once, each after steps that are there, none after itself.
    void check_order(const CaseOpened& opened) {
        std::set<StepKey> names;
        for (const auto& asked : opened.steps)
            if (!names.insert(asked.step).second) say(asked.step, "was asked for twice");
        std::set<StepKey> free;
        for (std::size_t round = 0; round < opened.steps.size(); ++round)
            for (const auto& asked : opened.steps)
                if (std::all_of(asked.after.begin(), asked.after.end(),
                                [&](const StepKey& before) { return free.contains(before); }))
                    free.insert(asked.step);
        for (const auto& asked : opened.steps) {
            for (const auto& before : asked.after)
                if (!names.contains(before))
                    say(asked.step, "comes after " + before.text() + ", which is none");
            if (!free.contains(asked.step)) say(asked.step, "can never have its turn");
        }
    }

    void check(const CaseOpened& opened) {
        if (whole_.end.version > 0) return say("opens a case of this number a second time");
        const auto year = [&] {
            return static_cast<int>(std::chrono::year_month_day{zone_->at(event_->at).date}.year());
        };
        if (zone_ && year() != whole_.number.year)
            say("was opened in the year " + std::to_string(year()) + ", which is not that of its number");
        check_order(opened);
        find_beyond(opened);
        for (const auto& asked : opened.steps)
            check_effect(asked.step, asked.effect,
                         {whole_.number, asked.step, Errand::deliver, asked.protocol, 0});
    }

    void check(const EffectTaken& taken) {
        const Step* step = find(taken.step);
        if (step == nullptr) return;
        if (!is_one_of<Owed, UnderWay>(*step)) return say(taken.step, "was sent, though it was not to be");
        const bool is_lost = is_one_of<UnderWay>(*step);
        const bool is_unknown = is_lost || may_be_there(*step);
        const auto& asked = step->asked;
        const Errand errand = *errand_of(step->state);
        if (taken.attempt != attempts_now(*step) + 1)
            say(taken.step, "was sent as attempt " + std::to_string(taken.attempt) + ", after " +
                                std::to_string(attempts_now(*step)));
        if (is_task(*step)) say(taken.step, "was sent, though a person does it");
        if (is_unknown && asked.kind == ConnectorKind::none)
            say(taken.step, "was sent again blindly: it may be there, and its entity can tell nobody");
        if (is_unknown && whole_.cancelled && asked.kind == ConnectorKind::idempotent_key &&
            asked.effect_class == EffectClass::point_of_no_return)
            say(taken.step, "was sent again beyond return, though the case was withdrawn");
        const bool is_look = is_unknown && asked.kind == ConnectorKind::lookup_by_reference;
        if (whole_.erased && errand == Errand::deliver && !is_look)
            say(taken.step, "was sent after its person was erased");
        if (!is_lost) check_turn(*step, errand);
    }

    void check(const EffectDeferred& deferred) {
        const Step* step = find(deferred.step);
        if (step == nullptr) return;
        if (!is_one_of<UnderWay>(*step)) return say(deferred.step, "was put off, and nobody carried it");
        if (may_be_there(*step) && !deferred.is_unknown &&
            step->asked.kind != ConnectorKind::lookup_by_reference)
            say(deferred.step, "is said not to be there, and nobody looked");
    }

    void check(const EffectDelivered& delivered) {
        const Step* step = find(delivered.step);
        if (step == nullptr) return;
        if (was_taken_up(*step)) return say(delivered.step, "was delivered twice");
        if (errand_of(step->state) != Errand::deliver)
            return say(delivered.step, "was delivered, though it was not to be");
        const bool is_sent = !is_one_of<WithPerson>(*step) && attempts_now(*step) > 0;
        if (!is_sent && !is_announced_) say(delivered.step, "was delivered without having been sent");
    }

    void check(const StepDenied& denied) {
        const Step* step = find(denied.step);
        if (step == nullptr) return;
        const bool is_carried = is_one_of<UnderWay>(*step) && errand_of(step->state) == Errand::deliver;
        if (!is_carried && !is_at_its_entity(*step) && !is_announced_)
            say(denied.step, "was denied, and nobody was asked");
    }

    void check(const StepConcluded& concluded) {
        const Step* step = find(concluded.step);
        if (step == nullptr || is_at_its_entity(*step)) return;
        if (is_one_of<Concluded>(*step)) return say(concluded.step, "was concluded twice");
        say(concluded.step, step->reference.empty() ? "was concluded without having been sent"
                                                    : "was concluded, though its entity has it no more");
    }

    void check(const StepStopped& stopped) {
        const Step* step = find(stopped.step);
        if (step == nullptr) return;
        if (errand_of(step->state) == Errand::deliver && may_be_there(*step))
            return say(stopped.step, "is said not to be sent, though it may be there");
        if (!waits_to_be_sent(*step)) return say(stopped.step, "was stopped, though it was not to be sent");
        const auto& after = step->asked.after;
        const Step* cause = whole_.find(StepKey{stopped.why});
        const bool is_cause = cause != nullptr && has_failed(*cause) &&
                              std::find(after.begin(), after.end(), cause->asked.step) != after.end();
        const bool is_withdrawn = whole_.cancelled && stopped.why == "cancelled";
        const bool is_erased = whole_.erased && stopped.why == "person-erased";
        if (!is_cause && !is_withdrawn && !is_erased)
            say(stopped.step, "was stopped for what did not happen: " + stopped.why);
    }

    void check(const UndoOwed& owed) {
        const Step* step = find(owed.step);
        if (step == nullptr) return;
        if (!whole_.cancelled) say(owed.step, "is to be undone, and nobody withdrew");
        if (!was_taken_up(*step)) say(owed.step, "is to be undone, and was not delivered");
        if (step->asked.effect_class == EffectClass::point_of_no_return)
            say(owed.step, "is to be undone, and cannot be");
        check_effect(owed.step, owed.effect,
                     {whole_.number, owed.step, Errand::undo, step->asked.protocol, step->round});
    }

    void check(const StepUndone& undone) {
        const Step* step = find(undone.step);
        if (step == nullptr) return;
        if (is_one_of<Undone>(*step)) return say(undone.step, "was undone twice");
        const bool is_sent = !is_one_of<WithPerson>(*step) && attempts_now(*step) > 0;
        if (errand_of(step->state) != Errand::undo || (!is_sent && !is_announced_))
            say(undone.step, "was undone, and nobody was asked to");
    }

    void check(const StepStands& stands) {
        const Step* step = find(stands.step);
        if (step == nullptr || is_announced_) return;
        if (!whole_.cancelled || !was_taken_up(*step) ||
            step->asked.effect_class != EffectClass::point_of_no_return)
            say(stands.step, "is said to stand, though it could be undone");
    }

    void check(const EffectOwedAgain& again) {
        const Step* step = find(again.step);
        if (step == nullptr) return;
        if (!is_announced_) return say(again.step, "is to be sent again, and nobody said so");
        if (again.is_unknown != (may_be_there(*step) && step->asked.kind != ConnectorKind::none))
            say(again.step, "is to be sent again by what nobody knows");
    }

    void check(const CitizenAsked& asked) {
        const Step* step = find(asked.step);
        if (step != nullptr && !is_at_its_entity(*step))
            say(asked.step, "needs more of the citizen, and its entity does not have it");
    }

    void check(const CitizenAnswered& answered) {
        const Step* step = find(answered.step);
        if (step == nullptr) return;
        if (!is_one_of<AwaitsCitizen>(*step)) say(answered.step, "was answered, and nothing was asked");
        if (whole_.erased) say(answered.step, "was answered by who was erased");
        check_effect(answered.step, answered.effect,
                     {whole_.number, answered.step, Errand::deliver, step->asked.protocol, step->round + 1});
    }

    static bool is_task(const Step& step) {
        return step.asked.kind == ConnectorKind::human ||
               (errand_of(step.state) == Errand::undo && step.asked.is_undone_by_hand);
    }

    void check(const TaskMade& made) {
        const Step* step = find(made.step);
        if (step == nullptr) return;
        if (!is_one_of<Owed>(*step) || !is_task(*step)) return say(made.step, "is no person's task");
        check_turn(*step, *errand_of(step->state));
    }

    // The task of a step; null, and said, when there is none.
    const WithPerson* task_of(const StepKey& key) {
        const Step* step = find(key);
        if (step == nullptr) return nullptr;
        const auto* task = std::get_if<WithPerson>(&step->state);
        if (task == nullptr) say(key, "is in no inbox");
        return task;
    }

    const WithPerson* task_of(const StepKey& key, const ClerkKey& by) {
        const auto* task = task_of(key);
        if (task != nullptr && (by.empty() || task->claimed_by != by)) {
            say(key, "is the task of somebody else");
            return nullptr;
        }
        return task;
    }

    [[nodiscard]] bool needs_four_eyes(const StepKey& step) const {
        return whole_.find(step)->asked.eyes == Eyes::four;
    }

    void check(const TaskClaimed& claimed) {
        const auto* task = task_of(claimed.step);
        if (task == nullptr) return;
        if (claimed.by.empty() || !task->claimed_by.empty()) say(claimed.step, "was claimed twice");
        if (task->vouched_by == claimed.by) say(claimed.step, "was claimed by the same eyes");
    }

    void check(const TaskReleased& released) {
        const auto* task = task_of(released.step, released.by);
        if (task != nullptr && !released.to.empty() && task->vouched_by == released.to)
            say(released.step, "was handed to the same eyes");
    }

    void check(const TaskVouched& vouched) {
        const auto* task = task_of(vouched.step, vouched.by);
        if (task != nullptr && (!needs_four_eyes(vouched.step) || !task->vouched_by.empty()))
            say(vouched.step, "was vouched for, and needs nobody to");
    }

    void check(const TaskFinished& finished) {
        const auto* task = task_of(finished.step, finished.by);
        if (task == nullptr) return;
        if (needs_four_eyes(finished.step) && (task->vouched_by.empty() || task->vouched_by == finished.by))
            say(finished.step, "was finished by two eyes, and needs four");
        if (task->errand == Errand::undo)
            announce(finished.step, {StepUndone::type, IncidentOpened::type});
        else
            announce(finished.step, {EffectDelivered::type, StepDenied::type});
    }

    void check(const IncidentOpened& opened) {
        const Step* step = find(opened.step);
        if (step == nullptr) return;
        if (opened.incident != whole_.incidents.size() + 1)
            say("incident " + std::to_string(opened.incident) + " does not come next");
        const bool is_holding = opened.kind <= IncidentKind::undo_failed;
        if (opened.is_holding != is_holding) say(opened.step, "is held by an incident that holds nothing");
        const bool can_be_held = is_one_of<Owed, UnderWay>(*step) || is_announced_;
        if (opened.is_holding && !can_be_held)
            say(opened.step, "is held, and nothing was to be done with it");
        if (opened.kind == IncidentKind::undo_failed && errand_of(step->state) != Errand::undo)
            say(opened.step, "could not be undone, and was not to be");
    }

    const Incident* find_open(std::uint32_t incident, const std::string& what) {
        const Incident* one = find(incident);
        if (one != nullptr && one->settled)
            say("incident " + std::to_string(incident) + " was " + what + " after it was settled");
        return one;
    }

    void check(const IncidentEscalated& escalated) {
        const Incident* one = find_open(escalated.incident, "escalated");
        if (one != nullptr && one->level >= top_level)
            say("incident " + std::to_string(escalated.incident) + " was escalated beyond the top");
    }

    void check(const IncidentPromised& promised) { find_open(promised.incident, "promised"); }

    void check(const IncidentSettled& settled) {
        const Incident* one = find_open(settled.incident, "settled");
        if (one == nullptr) return;
        const Step& step = *whole_.find(one->step);
        const auto* held = std::get_if<Held>(&step.state);
        const bool is_holding = held != nullptr && held->incident == settled.incident;
        const bool is_undo = is_holding && held->errand == Errand::undo;
        const auto unfit = [&] {
            say("incident " + std::to_string(settled.incident) +
                " cannot be settled so: " + std::string{name_of(settled.how)});
        };
        switch (settled.how) {
            case Settlement::noted:
            case Settlement::moved_on:
                if (is_holding) unfit();
                return;
            case Settlement::send_again:
                if (!is_holding) return unfit();
                return announce(one->step, {EffectOwedAgain::type});
            case Settlement::it_is_there:
            case Settlement::give_up:
                if (!is_holding || is_undo) return unfit();
                if (settled.how == Settlement::give_up) return announce(one->step, {StepDenied::type});
                return announce(one->step, {EffectDelivered::type});
            case Settlement::undone_by_hand:
            case Settlement::cannot_be_undone:
                if (!is_undo) return unfit();
                if (settled.how == Settlement::undone_by_hand) return announce(one->step, {StepUndone::type});
                return announce(one->step, {StepStands::type});
        }
    }

    void check(const DataSeen& seen) {
        if (seen.by.empty() || seen.role.empty()) say("nobody knows who looked at what was handed over");
        if (whole_.erased) say("somebody looked at what was handed over after it was erased");
    }

    void check(const CancelAsked&) {
        if (whole_.cancelled) say("the case was withdrawn twice");
        if (std::none_of(whole_.steps.begin(), whole_.steps.end(), [](const Step& step) {
                return errand_of(step.state).has_value() || is_at_its_entity(step);
            }))
            say("the case was withdrawn after it was over");
    }

    void check(const PersonErased&) {
        if (whole_.erased) say("its person was erased twice");
    }

    const std::optional<Zone>& zone_;
    const journal::Event* event_ = nullptr;
    Case whole_;
    std::set<StepKey> beyond_;
    std::optional<Announced> announced_;
    bool is_announced_ = false;
};

}  // namespace

std::vector<std::string> faults_of(const CaseNumber& number,
                                   const std::vector<journal::Event>& stream,
                                   const std::optional<Zone>& zone) {
    Reading reading{number, zone};
    if (std::all_of(stream.begin(), stream.end(), [&](const auto& event) { return reading.see(event); }))
        reading.finish();
    return std::move(reading.found);
}

}  // namespace balcao::cases
