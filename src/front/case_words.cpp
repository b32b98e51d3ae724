#include "front/case_words.hpp"

#include <algorithm>

#include "front/life_event.hpp"
#include "front/moment.hpp"
#include "model/sentence.hpp"

namespace balcao::front {
namespace {

using cases::CaseState;
using cases::IncidentKind;
using cases::Progress;
using cases::StepView;
using text::Words;

template <class Name>
std::string name_in_city(const Name& key, const model::Model& city, const Words& words) {
    const auto* found = city.find(key);
    return found != nullptr ? model::name_of(*found, words.code()) : key.text();
}

std::string waiting_text(const StepView& step,
                         const std::vector<StepView>& steps,
                         const model::Model& city,
                         const Words& words) {
    if (step.waits_for.empty())
        return words("It cannot be taken back, so it is sent once all the others were.");
    std::vector<std::string> names;
    for (const auto& before : step.waits_for) {
        const auto found = std::ranges::find(steps, before, &StepView::step);
        names.push_back(found != steps.end() ? name_of(found->service, city, words) : before.text());
    }
    return words("Waits until this is concluded: {services}.",
                 {{"services", model::listed_in(words.code(), names)}});
}

std::string held_text(const StepView& step, const std::string& entity, const Words& words) {
    if (step.what == cases::name_of(IncidentKind::outcome_unknown))
        return words("It is not sure that {entity} has it. Somebody finds out.", {{"entity", entity}});
    if (step.what == cases::name_of(IncidentKind::budget_spent))
        return words("{entity} could not be reached. Somebody looks after it.", {{"entity", entity}});
    if (step.what == cases::name_of(IncidentKind::refused))
        return words("{entity} did not take it as it is. Somebody looks after it.", {{"entity", entity}});
    return words("Something went wrong. Somebody looks after it.");
}

std::string not_sent_text(const StepView& step,
                          const std::vector<StepView>& steps,
                          const model::Model& city,
                          const Words& words) {
    if (step.what == "cancelled") return words("Was not sent, because it was withdrawn.");
    const auto found = std::ranges::find(steps, cases::StepKey{step.what}, &StepView::step);
    if (found == steps.end()) return words("Was not sent, and will not be.");
    return words("Was not sent, because this will not be done: {service}.",
                 {{"service", name_of(found->service, city, words)}});
}

std::string denied_text(const StepView& step, const std::string& entity, const Words& words) {
    if (step.what.empty() || step.what == "given-up") return words("This will not be done.");
    return words("{entity} said no: {why}", {{"entity", entity}, {"why", step.what}});
}

const char* english_of(cases::Reason reason) {
    using cases::Reason;
    switch (reason) {
        case Reason::unavailable:
            return "This cannot be done right now. Nothing was lost; try again in a moment.";
        case Reason::key_missing:
        case Reason::name_unfit:
        case Reason::step_twice:
        case Reason::after_unknown:
        case Reason::in_a_circle:
            return "What was sent is not whole. Begin again.";
        case Reason::key_used_otherwise:
            return "This was handed in before, as {number}, and says something else now. Begin again.";
        case Reason::no_steps:
            return "There is nothing to ask for.";
        case Reason::too_many_steps:
        case Reason::too_much_data:
            return "This is more than can be handed in at once.";
        case Reason::no_such_entity:
            return "This cannot be asked for from here now. Ask at the counter.";
        case Reason::consent_missing:
            return "Without your consent nothing can be asked for there.";
        case Reason::no_such_case:
        case Reason::no_such_step:
            return "There is no such request. The address may not be whole.";
        case Reason::case_over:
            return "This request is over.";
        case Reason::already_cancelled:
            return "This request was withdrawn on {when}.";
        case Reason::no_task:
            return "There is nothing to do here any more.";
        case Reason::claimed_by_other:
            return "Somebody else has this in hand.";
        case Reason::not_claimed:
            return "Take it on first.";
        case Reason::same_eyes:
            return "You have said this already: a second person must see it.";
        case Reason::no_such_incident:
            return "There is nothing of that kind to settle.";
        case Reason::already_settled:
            return "This was settled already.";
        case Reason::not_settled_so:
            return "This cannot be settled in that way.";
        case Reason::too_soon:
            return "What was sent may still arrive there. Look again after {when}.";
        case Reason::reference_unfit:
            return "Write the reference under which it is known there: at most 128 letters.";
        case Reason::other_reference:
            return "The reference is that of something else. It was shown to somebody and changed nothing.";
        case Reason::not_at_entity:
            return "It is not there yet, so nothing can be said of it.";
        case Reason::not_asked:
            return "Nothing is asked of you now.";
        case Reason::not_later:
            return "Choose a day that is still to come.";
        case Reason::forgotten:
            return "What was handed over has been erased.";
    }
    return "";
}

}  // namespace

std::string deadline_text(const Zone& zone, Instant at, const Words& words) {
    const CivilTime civil = zone.at(at);
    const bool is_end_of_day = civil.since_midnight == Duration{};
    return is_end_of_day ? day_text(civil.date - std::chrono::days{1}, words) : moment_text(zone, at, words);
}

std::string state_text(CaseState state, const Words& words) {
    switch (state) {
        case CaseState::accepted:
            return words("Handed in. Nothing was sent yet.");
        case CaseState::under_way:
            return words("Under way.");
        case CaseState::waits_for_citizen:
            return words("Something is asked of you.");
        case CaseState::waits_for_person:
            return words("People work on it.");
        case CaseState::being_cancelled:
            return words("Is being withdrawn.");
        case CaseState::cancelled:
            return words("Withdrawn.");
        case CaseState::concluded:
            return words("All is done.");
        case CaseState::concluded_in_part:
            return words("Over: some was done, some was not.");
        case CaseState::not_concluded:
            return words("Over: nothing was done.");
    }
    return {};
}

std::string progress_text(const StepView& step,
                          const std::vector<StepView>& steps,
                          const model::Model& city,
                          const Words& words) {
    const std::string entity = name_of(step.entity, city, words);
    switch (step.progress) {
        case Progress::waits_for_others:
            return waiting_text(step, steps, city, words);
        case Progress::to_be_sent:
            return words("Is about to be sent.");
        case Progress::being_sent:
            return words("Is being sent.");
        case Progress::to_be_sent_again:
            return words("Did not come through yet, and is tried again.");
        case Progress::with_person:
            return words("Somebody works on it for {entity}.", {{"entity", entity}});
        case Progress::held_up:
            return held_text(step, entity, words);
        case Progress::taken_up:
            return words("{entity} has it.", {{"entity", entity}});
        case Progress::waits_for_you:
            return words("{entity} asks you: {what}", {{"entity", entity}, {"what", step.what}});
        case Progress::concluded:
            return words("Done.");
        case Progress::denied:
            return denied_text(step, entity, words);
        case Progress::not_sent:
            return not_sent_text(step, steps, city, words);
        case Progress::being_undone:
            return words("Is being undone.");
        case Progress::undone:
            return words("Was undone.");
        case Progress::cannot_be_undone:
            return words("Was done, and cannot be undone.");
    }
    return {};
}

std::string next_text(const StepView& step, const model::Model& city, const Zone& zone, const Words& words) {
    if (step.owner == cases::Owner::nobody) return {};
    const std::string who = step.owner == cases::Owner::citizen  ? words("you")
                            : step.owner == cases::Owner::entity ? name_of(step.entity, city, words)
                                                                 : words("the city");
    if (!step.by_when) return who;
    return words("{who}, by {day}", {{"who", who}, {"day", deadline_text(zone, *step.by_when, words)}});
}

std::string incident_text(IncidentKind kind, const Words& words) {
    switch (kind) {
        case IncidentKind::outcome_unknown:
            return words("Nobody knows whether it arrived");
        case IncidentKind::budget_spent:
            return words("Tried for as long as was agreed, without success");
        case IncidentKind::refused:
            return words("Not taken as it is");
        case IncidentKind::undo_failed:
            return words("Could not be undone");
        case IncidentKind::term_passed:
            return words("The legal term is over");
        case IncidentKind::task_overdue:
            return words("Nobody finished the task in time");
        case IncidentKind::citizen_silent:
            return words("The citizen did not answer in time");
        case IncidentKind::astray:
            return words("An answer that does not belong here");
    }
    return {};
}

std::string reason_text(cases::LookReason reason, const Words& words) {
    switch (reason) {
        case cases::LookReason::to_do_it:
            return words("To do what was asked for");
        case cases::LookReason::person_asked:
            return words("The person asked for it");
        case cases::LookReason::to_put_right:
            return words("To clear up a mistake or a complaint");
    }
    return {};
}

std::string name_of(const model::ServiceKey& service, const model::Model& city, const Words& words) {
    return name_in_city(service, city, words);
}

std::string name_of(const model::EntityKey& entity, const model::Model& city, const Words& words) {
    return name_in_city(entity, city, words);
}

std::string datum_text(const std::string& name, const model::Model& city, const Words& words) {
    if (const auto* detail = city.find(model::DetailKey{name})) return model::name_of(*detail, words.code());
    const auto* fact = city.find(model::FactKey{name});
    return fact != nullptr ? fact->ask.in(words.code(), name) : name;
}

std::string datum_value(const cases::Datum& datum, const model::Model& city, const Words& words) {
    const auto* detail = city.find(model::DetailKey{datum.name});
    const auto date = parse_date(datum.text);
    if (detail != nullptr)
        return detail->kind == model::DetailKind::date && date ? day_text(*date, words) : datum.text;
    const auto* fact = city.find(model::FactKey{datum.name});
    if (fact == nullptr) return datum.text;
    if (fact->kind == model::FactKind::date && date) return day_text(*date, words);
    if (fact->kind == model::FactKind::number || fact->kind == model::FactKind::date) return datum.text;
    rules::Answer answer;
    for (std::size_t begin = 0; begin <= datum.text.size();) {
        const auto end = std::min(datum.text.find(',', begin), datum.text.size());
        answer.chosen.emplace_back(datum.text.substr(begin, end - begin));
        begin = end + 1;
    }
    return answer_text(*fact, answer, words);
}

std::string refusal_text(const cases::Refusal& refusal, const Zone& zone, const Words& words) {
    const std::string_view english = english_of(refusal.reason);
    if (english.find("{number}") != std::string_view::npos)
        return words(english, {{"number", refusal.number ? to_text(*refusal.number) : ""}});
    if (english.find("{when}") != std::string_view::npos)
        return words(english, {{"when", refusal.when ? moment_text(zone, *refusal.when, words) : ""}});
    return words(english);
}

int status_of(const cases::Refusal& refusal) {
    using cases::Reason;
    switch (refusal.reason) {
        case Reason::unavailable:
            return 503;
        case Reason::no_such_case:
        case Reason::no_such_step:
        case Reason::no_such_incident:
            return 404;
        case Reason::key_used_otherwise:
        case Reason::case_over:
        case Reason::already_cancelled:
        case Reason::no_task:
        case Reason::claimed_by_other:
        case Reason::not_claimed:
        case Reason::same_eyes:
        case Reason::already_settled:
        case Reason::not_settled_so:
        case Reason::too_soon:
        case Reason::other_reference:
        case Reason::not_at_entity:
        case Reason::not_asked:
        case Reason::forgotten:
            return 409;
        default:
            return 422;
    }
}

}  // namespace balcao::front
