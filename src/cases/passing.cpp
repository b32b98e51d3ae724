// What time alone brings about.
#include <algorithm>

#include "cases/decide.hpp"
#include "cases/retry.hpp"

namespace balcao::cases {
namespace {

constexpr int levels = 3;

bool is_task(const Step& step, const Owed& owed) {
    return step.asked.kind == ConnectorKind::human ||
           (owed.errand == Errand::undo && step.asked.is_undone_by_hand);
}

// When something passes for a step, and what is then to be said.
struct Deadline {
    Instant when{};
    CaseEvent event;
};

bool was_told(const Case& whole, const Step& step, IncidentKind kind) {
    return std::any_of(whole.incidents.begin(), whole.incidents.end(), [&](const Incident& one) {
        if (one.step != step.asked.step || one.kind != kind) return false;
        // A term passes once; a task or a question of the citizen's may come again.
        return kind == IncidentKind::term_passed || !one.settled;
    });
}

IncidentOpened incident_of(const Step& step, IncidentKind kind) {
    return {0, step.asked.step, kind, {}, {}, {}, false, false};
}

void add_deadlines(std::vector<Deadline>& all, const Case& whole, const Step& step) {
    if (const auto* owed = std::get_if<Owed>(&step.state);
        owed != nullptr && owed->since != Instant{} && is_its_turn(whole, step)) {
        if (is_task(step, *owed)) {
            all.push_back({owed->since, TaskMade{step.asked.step, {}}});
        } else {
            auto incident = incident_of(step, IncidentKind::budget_spent);
            incident.why = owed->why;
            incident.is_holding = true;
            incident.is_unknown = owed->is_unknown;
            all.push_back({owed->since + budget_of(step.asked.haste), incident});
        }
    }
    const auto* task = std::get_if<WithPerson>(&step.state);
    if (task != nullptr && !was_told(whole, step, IncidentKind::task_overdue))
        all.push_back({task->due, incident_of(step, IncidentKind::task_overdue)});
    const auto* awaited = std::get_if<AwaitsCitizen>(&step.state);
    if (awaited != nullptr && !was_told(whole, step, IncidentKind::citizen_silent))
        all.push_back({awaited->until, incident_of(step, IncidentKind::citizen_silent)});
    if (step.asked.term != Instant{} && is_open(step) && !whole.cancelled &&
        !was_told(whole, step, IncidentKind::term_passed))
        all.push_back({step.asked.term, incident_of(step, IncidentKind::term_passed)});
}

std::vector<Deadline> deadlines_of(const Case& whole) {
    std::vector<Deadline> all;
    for (const auto& step : whole.steps)
        add_deadlines(all, whole, step);
    for (const auto& incident : whole.incidents)
        if (!incident.settled && incident.level < levels)
            all.push_back({incident.promised, IncidentEscalated{incident.id, {}, {}}});
    return all;
}

void say(Draft& draft, const Settings& settings, CaseEvent event) {
    if (auto* opened = std::get_if<IncidentOpened>(&event)) return open_incident(draft, settings, *opened);
    if (auto* made = std::get_if<TaskMade>(&event)) {
        const Step& step = *draft.whole().find(made->step);
        made->due = draft.now() + std::chrono::minutes{step.asked.task_minutes};
    }
    if (auto* escalated = std::get_if<IncidentEscalated>(&event)) {
        const Incident& incident = *draft.whole().find(escalated->incident);
        const Rung& rung = settings.ladder.at(static_cast<std::size_t>(incident.level));
        escalated->owner = rung.owner;
        escalated->promised = draft.now() + rung.promise;
    }
    draft.record(event);
}

}  // namespace

void let_time_pass(Draft& draft, const Settings& settings) {
    for (;;) {
        auto all = deadlines_of(draft.whole());
        const auto passed = std::find_if(all.begin(), all.end(),
                                         [&](const Deadline& one) { return one.when <= draft.now(); });
        if (passed == all.end()) break;
        say(draft, settings, std::move(passed->event));
        draw_consequences(draft, settings);
    }
}

std::optional<Instant> next_time(const Case& whole) {
    std::optional<Instant> next;
    for (const auto& one : deadlines_of(whole))
        next = next ? std::min(*next, one.when) : one.when;
    return next;
}

}  // namespace balcao::cases
