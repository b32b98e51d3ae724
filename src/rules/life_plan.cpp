#include "rules/life_plan.hpp"

#include <algorithm>
#include <set>

namespace balcao::rules {
namespace {

using model::EventStep;
using model::FactKey;

// Those of which one is given.
std::vector<model::AnswerKey> answers_of(const model::Fact& fact) {
    std::vector<model::AnswerKey> answers;
    if (fact.kind == model::FactKind::yes_no) answers = {model::AnswerKey{"yes"}, model::AnswerKey{"no"}};
    if (fact.kind == model::FactKind::one_of)
        for (const model::FactAnswer& answer : fact.answers)
            answers.push_back(answer.key);
    return answers;
}

class Planner {
public:
    Planner(const model::Model& model,
            const model::LifeEvent& event,
            const Answers& answers,
            const PlanDay& day)
        : model_{model}, event_{event}, answers_{answers}, day_{day} {}

    LifePlan plan() {
        choose();
        LifePlan plan;
        for (const EventStep* step : in_order())
            plan.services.push_back(planned(*step, plan));
        ask_begin(plan);
        for (const model::Fact& fact : model_.facts)
            if (open_.contains(fact.key)) plan.to_ask.push_back(fact.key);
        if (event_.at_least) {
            const auto found = answers_.find(event_.at_least->fact);
            plan.is_too_few = found != answers_.end() &&
                              found->second.chosen.size() < static_cast<std::size_t>(event_.at_least->count);
        }
        return plan;
    }

private:
    // What a condition still needs to know, where it is not decided.
    Truth ask(const model::When& when) {
        const Truth truth = holds(when, answers_);
        if (truth == Truth::unknown)
            for (const model::Condition& condition : when)
                if (!answers_.contains(condition.fact)) open_.insert(condition.fact);
        return truth;
    }

    void choose() {
        if (event_.at_least && !answers_.contains(event_.at_least->fact)) open_.insert(event_.at_least->fact);
        for (const EventStep& step : event_.steps)
            if (ask(step.when) == Truth::yes) chosen_.push_back(&step);
    }

    // The first of the model's order that waits for nothing that is left, again and again.
    [[nodiscard]] std::vector<const EventStep*> in_order() const {
        std::vector<const EventStep*> left = chosen_;
        std::vector<const EventStep*> ordered;
        const auto waits = [&](const EventStep* step) {
            return std::ranges::any_of(step->after, [&](const model::ServiceKey& service) {
                return std::ranges::find(left, event_.find(service)) != left.end();
            });
        };
        while (!left.empty()) {
            auto next = std::ranges::find_if_not(left, waits);
            if (next == left.end()) next = left.begin();  // a circle, which no checked model has
            ordered.push_back(*next);
            left.erase(next);
        }
        return ordered;
    }

    // The services of the plan so far that are had before this one.
    [[nodiscard]] std::vector<Before> before(const EventStep& step, const LifePlan& plan) const {
        std::vector<Before> befores;
        for (const PlannedService& earlier : plan.services) {
            if (earlier.refused) continue;
            const auto names = [&](const std::vector<model::ServiceKey>& list,
                                   const model::ServiceKey& service) {
                return std::ranges::find(list, service) != list.end();
            };
            if (names(step.after, earlier.service))
                befores.push_back({earlier.service, WaitsFor::order});
            else if (names(step.not_with, earlier.service) ||
                     names(event_.find(earlier.service)->not_with, step.service))
                befores.push_back({earlier.service, WaitsFor::apart});
        }
        return befores;
    }

    PlannedService planned(const EventStep& step, const LifePlan& plan) {
        const model::Service& service = *model_.find(step.service);
        PlannedService made;
        made.service = step.service;
        for (const model::Condition& condition : step.when)
            made.because.push_back(condition.fact);
        const Truth is_refused = refuse(service, made);
        if (is_refused == Truth::yes) return made;
        made.quote = quote(service, answers_);
        // What it costs and asks for matters to who can have it.
        if (is_refused == Truth::no) ask_terms(service);
        made.documents = documents_of(service, is_refused == Truth::no);
        made.waits_for = before(step, plan);
        date(step, plan, made);
        return made;
    }

    // By the first line that holds, as far as that is known; what the next one says decides nothing before.
    Truth refuse(const model::Service& service, PlannedService& made) {
        for (std::size_t i = 0; i < service.refused.size(); ++i) {
            const Truth truth = ask(service.refused[i].when);
            if (truth == Truth::yes) made.refused = i;
            if (truth != Truth::no) return truth;
        }
        return Truth::no;
    }

    void ask_terms(const model::Service& service) {
        for (const model::ServiceTerms& line : service.terms)
            if (ask(line.when) != Truth::no) return;
    }

    // A document that is needed for one reason is asked about for no other.
    std::vector<model::DocumentKey> documents_of(const model::Service& service, bool asks) {
        std::vector<model::DocumentKey> documents;
        const auto is_in = [&](const model::RequiredDocument& required) {
            return std::ranges::find(documents, required.document) != documents.end();
        };
        for (const model::RequiredDocument& required : service.documents)
            if (!is_in(required) && holds(required.when, answers_) == Truth::yes)
                documents.push_back(required.document);
        for (const model::RequiredDocument& required : service.documents)
            if (asks && !is_in(required)) ask(required.when);
        return documents;
    }

    void date(const EventStep& step, const LifePlan& plan, PlannedService& made) const {
        made.begins = day_.today;
        bool is_known = true;
        for (const Before& before : made.waits_for) {
            const auto earlier = std::ranges::find(plan.services, before.service, &PlannedService::service);
            made.begins = std::max(made.begins, earlier->ends.value_or(earlier->begins));
            is_known = is_known && earlier->ends.has_value();
        }
        if (made.quote.takes && is_known) made.ends = end_of(*made.quote.takes, made.begins, day_.country);
        if (!step.within || !event_.begins) return;
        const auto happened = answers_.find(*event_.begins);
        if (happened != answers_.end() && happened->second.date)
            made.by = end_of(*step.within, *happened->second.date, day_.country);
    }

    // The day on which it happened is asked for where a deadline counts from it.
    void ask_begin(const LifePlan& plan) {
        if (!event_.begins || answers_.contains(*event_.begins)) return;
        for (const PlannedService& service : plan.services)
            if (!service.refused && event_.find(service.service)->within) open_.insert(*event_.begins);
    }

    const model::Model& model_;
    const model::LifeEvent& event_;
    const Answers& answers_;
    const PlanDay& day_;
    std::vector<const EventStep*> chosen_{};
    std::set<FactKey> open_{};
};

}  // namespace

LifePlan plan_of(const model::Model& model,
                 const model::LifeEvent& event,
                 const Answers& answers,
                 const PlanDay& day) {
    return Planner{model, event, answers, day}.plan();
}

Conversation converse(const model::Model& model,
                      const model::LifeEvent& event,
                      const Answers& answers,
                      const PlanDay& day) {
    Conversation so_far;
    for (;;) {
        so_far.plan = plan_of(model, event, so_far.answers, day);
        if (so_far.plan.to_ask.empty()) return so_far;
        const auto given = answers.find(so_far.plan.to_ask.front());
        if (given == answers.end()) return so_far;
        so_far.asked.push_back(given->first);
        so_far.answers.insert(*given);
    }
}

std::vector<Outcome> outcomes_of(const model::Model& model,
                                 const model::LifeEvent& event,
                                 const Conversation& so_far,
                                 const model::Fact& fact,
                                 const PlanDay& day) {
    std::vector<Outcome> outcomes;
    std::vector<LifePlan> plans;
    for (const model::AnswerKey& answer : answers_of(fact)) {
        Answers answers = so_far.answers;
        answers[fact.key] = {.chosen = {answer}};
        outcomes.push_back({answer, {}});
        plans.push_back(plan_of(model, event, answers, day));
    }
    if (plans.empty()) return {};
    for (const PlannedService& one : plans.front().services) {
        std::vector<const Quote*> quotes;
        for (const LifePlan& plan : plans) {
            const auto found = std::ranges::find(plan.services, one.service, &PlannedService::service);
            if (found == plan.services.end() || found->refused || found->quote.is_decided != Truth::yes)
                break;
            quotes.push_back(&found->quote);
        }
        const bool is_in_all = quotes.size() == plans.size();
        if (!is_in_all ||
            std::ranges::all_of(quotes, [&](const Quote* quote) { return *quote == *quotes.front(); }))
            continue;
        for (std::size_t place = 0; place < outcomes.size(); ++place)
            outcomes[place].quotes.emplace_back(one.service, *quotes[place]);
    }
    if (outcomes.front().quotes.empty()) return {};
    return outcomes;
}

std::vector<model::DocumentKey> documents_of(const LifePlan& plan) {
    std::vector<model::DocumentKey> documents;
    for (const PlannedService& service : plan.services)
        for (const model::DocumentKey& document : service.documents)
            if (std::ranges::find(documents, document) == documents.end()) documents.push_back(document);
    return documents;
}

std::optional<Money> total_by(const LifePlan& plan, const model::ChannelKey& channel) {
    std::vector<Money> fees;
    for (const PlannedService& service : plan.services) {
        const auto& said = service.quote.fee;
        if (service.refused || (!said.all && said.by_channel.empty())) continue;  // free everywhere
        const Money* fee = said.find(channel);
        if (fee == nullptr) return std::nullopt;
        fees.push_back(*fee);
    }
    return balcao::sum_of(fees);
}

}  // namespace balcao::rules
