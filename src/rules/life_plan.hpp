#pragma once
// What a life event means for somebody: which services, in which order and why, with which documents, at what
// cost and by when; and what is still to be asked. Nothing is asked that decides nothing. Pure functions of
// the model and the answers; used by pages, by the API, and by who files a bundle of services.
#include <optional>
#include <string_view>
#include <vector>

#include "rules/answers.hpp"

namespace balcao::rules {

// Why a service waits for another.
enum class WaitsFor : unsigned char {
    order,  // that one is concluded first
    apart,  // both cannot be asked for in one sitting
};

struct Before {
    model::ServiceKey service;
    WaitsFor why = WaitsFor::order;
    friend bool operator==(const Before&, const Before&) = default;
};

struct PlannedService {
    model::ServiceKey service;
    std::vector<model::FactKey> because;        // the facts for which it is there
    std::vector<Before> waits_for;              // services of the plan
    std::optional<std::size_t> refused;         // by that line of the service's `refused`
    std::vector<model::DocumentKey> documents;  // to bring, or to be fetched
    Quote quote;
    Date begins{};             // on this day at the earliest
    std::optional<Date> ends;  // what comes of it is there; nothing where nobody says how long it takes
    std::optional<Date> by;    // to be asked for until then
    friend bool operator==(const PlannedService&, const PlannedService&) = default;
};

struct LifePlan {
    std::vector<model::FactKey> to_ask;    // the first is the next question; empty: all is known
    std::vector<PlannedService> services;  // those known to belong, in order
    bool is_too_few = false;               // for a bundle: each is a matter of its own
    friend bool operator==(const LifePlan&, const LifePlan&) = default;
};

struct PlanDay {
    Date today{};
    std::string_view country;  // whose public holidays are free; empty: none
};

// For a model that has passed the check. Services are in the model's order but where one waits for another. A
// refused one is in the plan, so that its reason can be told, without anything more, and nothing waits for
// it.
LifePlan plan_of(const model::Model& model,
                 const model::LifeEvent& event,
                 const Answers& answers,
                 const PlanDay& day);

// A conversation: what was asked so far, in that order, and what follows from it.
struct Conversation {
    std::vector<model::FactKey> asked;  // and answered
    Answers answers;                    // to those
    LifePlan plan;
    friend bool operator==(const Conversation&, const Conversation&) = default;
};

// Asks one question after the other, as far as `answers` go. What they say beside that decides nothing for
// this person, and is left out: an answer that was given before another was changed, say.
Conversation converse(const model::Model& model,
                      const model::LifeEvent& event,
                      const Answers& answers,
                      const PlanDay& day);

// What an answer comes to.
struct Outcome {
    model::AnswerKey answer;
    std::vector<std::pair<model::ServiceKey, Quote>> quotes;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

// For each answer to a question of the kind yes_no or one_of: what those services would cost and take that
// belong whichever answer is given, and differ by it. None: the answer decides something else.
std::vector<Outcome> outcomes_of(const model::Model& model,
                                 const model::LifeEvent& event,
                                 const Conversation& so_far,
                                 const model::Fact& fact,
                                 const PlanDay& day);

// Documents of all services, each once, in the order in which they are first needed.
std::vector<model::DocumentKey> documents_of(const LifePlan& plan);

// What all services that are not refused cost by that channel; nothing where one of them says nothing for it,
// or speaks of another currency.
std::optional<Money> total_by(const LifePlan& plan, const model::ChannelKey& channel);

}  // namespace balcao::rules
