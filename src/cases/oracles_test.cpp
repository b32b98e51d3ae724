// What must hold, however a rehearsal went: by the journal and by what was really done at the entities.
#include <algorithm>

#include <doctest/doctest.h>

#include "cases/erasing_test.hpp"
#include "cases/inspect_test.hpp"
#include "cases/rehearsal_test.hpp"

namespace balcao::cases::stage {
namespace {

bool needs_none_of_no_return(const Case& whole, const Step& step) {
    if (step.asked.effect_class == EffectClass::point_of_no_return) return false;
    return std::all_of(step.asked.after.begin(), step.asked.after.end(), [&](const StepKey& before) {
        return needs_none_of_no_return(whole, *whole.find(before));
    });
}

template <class State>
bool is(const Step& step) {
    return std::holds_alternative<State>(step.state);
}

std::string where(const Case& whole, const Step& step) {
    return to_text(whole.number) + " " + step.asked.step.text() + " (" +
           std::string{name_of(step.asked.kind)} + ")";
}

}  // namespace

// What must be true at the moment in which something is done at an entity, by the journal alone.
void Rehearsal::look_before_done(const Effect& effect) {
    const Case whole = on_disk(effect.number);
    const Step& step = *whole.find(effect.step);
    if (step.asked.entity != effect.entity) fault(where(whole, step) + ": sent to another entity");
    if (effect.errand == Errand::undo) {
        if (!whole.cancelled) fault(where(whole, step) + ": undone though nobody withdrew");
        if (effect.reference.empty()) fault(where(whole, step) + ": undone without a reference");
        if (step.asked.effect_class == EffectClass::point_of_no_return)
            fault(where(whole, step) + ": undone what cannot be undone");
        for (const auto& key : followers_of(whole, effect.step)) {
            const Step& follower = *whole.find(key);
            if (errand_of(follower.state) || is<Accepted>(follower))
                fault(where(whole, step) + ": undone before what came after it");
        }
        return;
    }
    if (effect.data.empty()) fault(where(whole, step) + ": sent without its data");
    for (const auto& before : step.asked.after) {
        const auto& state = whole.find(before)->state;
        const bool was_concluded = std::holds_alternative<Concluded>(state) || whole.cancelled;
        if (!was_concluded) fault(where(whole, step) + ": sent before what it comes after");
    }
    if (step.asked.effect_class != EffectClass::point_of_no_return || effect.attempt > 1) return;
    for (const auto& other : whole.steps)
        if ((is<Owed>(other) || is<UnderWay>(other)) && errand_of(other.state) == Errand::deliver &&
            needs_none_of_no_return(whole, other) && !whole.cancelled)
            fault(where(whole, step) + ": beyond return before " + other.asked.step.text() + " was sent");
}

void Rehearsal::check_end(const Case& whole, const Step& step) {
    const std::string deliver =
        key_of({whole.number, step.asked.step, Errand::deliver, step.asked.protocol, step.round});
    const std::string undo =
        key_of({whole.number, step.asked.step, Errand::undo, step.asked.protocol, step.round});
    if (is_open(step)) return fault(where(whole, step) + ": still open at the end");
    if (step.asked.kind == ConnectorKind::human) return;
    Entity& entity = entity_of(step);
    const int done = entity.done(deliver);
    const int undone = entity.done(undo);
    const bool is_done = is<Concluded>(step) || is<Undone>(step) || is<Stands>(step);
    // What was denied may have been taken up first.
    const bool is_at_entity = is<Denied>(step) && !step.reference.empty();
    if (!is_at_entity && done != (is_done ? 1 : 0))
        fault(where(whole, step) + ": done " + std::to_string(done) + " times, and the case says otherwise");
    if (is<Stopped>(step) && done != 0) fault(where(whole, step) + ": said not to be sent, and is there");
    if (is_done && step.round == 0 && step.reference != entity.reference(deliver))
        fault(where(whole, step) + ": the reference is not the entity's");
    if (undone > (is<Undone>(step) ? 1 : 0))
        fault(where(whole, step) + ": undone, and the case says otherwise");
    if (is<Undone>(step) && undone == 0 && !step.asked.is_undone_by_hand)
        fault(where(whole, step) + ": said to be undone, and is not");
    if (is<Undone>(step)) ++tally_.undone;
}

void Rehearsal::check_ends() {
    static const std::set<CaseState> ends{CaseState::concluded, CaseState::concluded_in_part,
                                          CaseState::not_concluded, CaseState::cancelled};
    const auto found = faults_in(world_.disk);
    for (const auto& what : found)
        fault(what);
    for (const auto& number : erased_)
        if (has_key(world_, number)) fault(to_text(number) + ": who was erased is back");
    for (const auto& number : numbers_on_disk()) {
        const Case whole = on_disk(number);
        ++tally_.states[std::string{name_of(state_of(whole))}];
        if (!ends.contains(state_of(whole)))
            fault(to_text(number) + " ends as " + std::string{name_of(state_of(whole))});
        for (const auto& step : whole.steps)
            check_end(whole, step);
        check_eyes(whole);
        tally_.incidents += whole.incidents.size();
        for (const auto& incident : whole.incidents)
            if (incident.level > 1) ++tally_.escalated;
        for (auto& server : servers_) {
            const auto seen = server->cases->see(number);
            if (!std::holds_alternative<CaseView>(seen) || !(std::get<CaseView>(seen) == view_of(whole)))
                fault(to_text(number) + ": the citizen sees something else than the journal says");
        }
    }
}

// By the events alone: who finished a task of four eyes is not who vouched for it.
void Rehearsal::check_eyes(const Case& whole) {
    std::map<StepKey, ClerkKey> vouched;
    const auto events = world_.disk.read(stream_of(whole.number), 0);
    for (const auto& event : *events) {
        const auto decoded = decode_case(event);
        if (const auto* made = std::get_if<TaskMade>(&*decoded)) vouched.erase(made->step);
        if (const auto* first = std::get_if<TaskVouched>(&*decoded)) vouched[first->step] = first->by;
        const auto* finished = std::get_if<TaskFinished>(&*decoded);
        if (finished == nullptr || whole.find(finished->step)->asked.eyes == Eyes::two) continue;
        const auto first = vouched.find(finished->step);
        if (first == vouched.end() || first->second == finished->by) fault("four eyes were two");
    }
}

// One case for each sitting of which somebody was told, none besides, no step lost.
void Rehearsal::check_numbers() {
    std::set<CaseNumber> told;
    for (const auto& handed : handed_) {
        if (!handed.number) {
            fault("a sitting was never accepted");
            continue;
        }
        if (!told.insert(*handed.number).second) fault("a number twice: " + to_text(*handed.number));
        const Case whole = on_disk(*handed.number);
        if (whole.steps.size() != handed.submission.steps.size()) fault("a step was lost");
    }
    const auto numbers = numbers_on_disk();
    if (std::set<CaseNumber>(numbers.begin(), numbers.end()) != told)
        fault("a case of which nobody was told");
    tally_.accepted = told.size();
}

void Rehearsal::check_servers() {
    for (const auto& server : servers_) {
        if (server->cases->waiting() > 0) fault("a server has something to do for cases that are over");
        if (server->cases->open() > 0) fault("a server keeps cases that are over");
    }
}

// The story of the cases that went wrong, for who lives one seed.
void Rehearsal::tell() const {
    for (const auto& number : numbers_on_disk()) {
        const std::string name = to_text(number);
        if (std::none_of(world_.wrong.begin(), world_.wrong.end(),
                         [&](const std::string& what) { return what.find(name) != std::string::npos; }))
            continue;
        const auto events = world_.disk.read(stream_of(number), 0);
        for (const auto& event : *events)
            MESSAGE(name, " ", event.version, " +", (event.at - morning).count(), " ms ", event.type, " ",
                    event.body.substr(0, 160));
    }
}

}  // namespace balcao::cases::stage
