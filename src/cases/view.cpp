#include "cases/view.hpp"

#include <algorithm>
#include <array>

namespace balcao::cases {
namespace {

// Says of one step what its state means for the citizen.
struct Telling {
    const Case& whole;
    const Step& step;
    StepView& view;

    void at_entity(Progress progress) {
        view.progress = progress;
        view.owner = Owner::entity;
        view.owner_name = step.asked.entity.text();
    }

    void at_city(Progress progress) {
        view.progress = progress;
        view.owner = Owner::city;
    }

    void operator()(const Owed& owed) {
        if (owed.errand == Errand::undo) return at_city(Progress::being_undone);
        if (owed.attempts > 0) return at_city(Progress::to_be_sent_again);
        if (is_its_turn(whole, step)) return at_city(Progress::to_be_sent);
        at_city(Progress::waits_for_others);
        for (const auto& before : step.asked.after)
            if (!std::holds_alternative<Concluded>(whole.find(before)->state))
                view.waits_for.push_back(before);
    }

    void operator()(const UnderWay& carried) {
        at_city(carried.errand == Errand::undo ? Progress::being_undone : Progress::being_sent);
    }

    void operator()(const WithPerson& task) {
        at_entity(task.errand == Errand::undo ? Progress::being_undone : Progress::with_person);
        view.by_when = task.due;
    }

    void operator()(const Held& held) {
        at_city(Progress::held_up);
        const Incident& incident = *whole.find(held.incident);
        view.owner_name = incident.owner;
        view.by_when = incident.promised;
        view.what = name_of(incident.kind);
    }

    void operator()(const Accepted&) { at_entity(Progress::taken_up); }

    void operator()(const AwaitsCitizen& awaited) {
        view.progress = Progress::waits_for_you;
        view.owner = Owner::citizen;
        view.what = awaited.what;
        view.by_when = awaited.until;
    }

    void end(Progress progress, const std::string& why = {}) {
        view.progress = progress;
        view.what = why;
        view.by_when.reset();
    }

    void operator()(const Concluded&) { end(Progress::concluded); }

    void operator()(const Denied& denied) { end(Progress::denied, denied.why); }

    void operator()(const Stopped& stopped) { end(Progress::not_sent, stopped.why); }

    void operator()(const Undone&) { end(Progress::undone); }

    void operator()(const Stands&) { end(Progress::cannot_be_undone); }
};

std::optional<Money> fees_of(const Case& whole) {
    std::vector<Money> fees;
    for (const auto& step : whole.steps)
        if (const auto& fee = step.asked.fee.amount) fees.push_back(*fee);
    return fees.empty() ? std::nullopt : balcao::sum_of(fees);
}

}  // namespace

CaseView view_of(const Case& whole) {
    CaseView view{whole.number, state_of(whole), whole.opened,  whole.last, whole.life_event, whole.edition,
                  {},           whole.looks,     fees_of(whole)};
    for (const auto& step : whole.steps) {
        StepView& one = view.steps.emplace_back();
        one.step = step.asked.step;
        one.service = step.asked.service;
        one.entity = step.asked.entity;
        one.since = step.changed;
        one.reference = step.reference;
        one.fee = step.asked.fee.amount;
        if (step.asked.term != Instant{}) one.by_when = step.asked.term;
        std::visit(Telling{whole, step, one}, step.state);
    }
    return view;
}

std::string_view name_of(Progress progress) {
    static constexpr std::array<std::string_view, 14> names{
        "waits-for-others", "to-be-sent",   "being-sent",    "to-be-sent-again", "with-person",
        "held-up",          "taken-up",     "waits-for-you", "concluded",        "denied",
        "not-sent",         "being-undone", "undone",        "cannot-be-undone"};
    return names.at(static_cast<std::size_t>(progress));
}

std::string_view name_of(Owner owner) {
    static constexpr std::array<std::string_view, 4> names{"nobody", "citizen", "entity", "city"};
    return names.at(static_cast<std::size_t>(owner));
}

}  // namespace balcao::cases
