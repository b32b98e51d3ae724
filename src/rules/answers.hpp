#pragma once
// What somebody answered, and what holds by it. A condition on what has not been answered yet neither holds
// nor fails: three truths, so that only what decides needs to be asked. Pure; used by the planner of life
// events, by who quotes a fee, and by pages and cases.
#include <map>
#include <optional>
#include <vector>

#include "base/civil.hpp"
#include "model/model.hpp"

namespace balcao::rules {

// One of them is given, by the kind of the fact; for yes_no the one answer is "yes" or "no".
struct Answer {
    std::vector<model::AnswerKey> chosen{};
    std::optional<int> number{};
    std::optional<Date> date{};
    friend bool operator==(const Answer&, const Answer&) = default;
};

using Answers = std::map<model::FactKey, Answer>;

enum class Truth : unsigned char { no, unknown, yes };

Truth holds(const model::Condition& condition, const Answers& answers);
// All of them; `yes` where there is none.
Truth holds(const model::When& when, const Answers& answers);

// Whether an answer is one that the fact can have: answers of its own, each once and at least one, or as many
// as its kind asks for.
bool fits(const model::Fact& fact, const Answer& answer);

// What a service costs and takes for somebody: of the lines of its terms the first that holds, in place of
// what it says for all. `unknown` where that is not decided yet.
struct Quote {
    model::PerChannel<Money> fee;
    std::optional<model::Term> takes;
    Truth is_decided = Truth::yes;
    friend bool operator==(const Quote&, const Quote&) = default;
};

Quote quote(const model::Service& service, const Answers& answers);

// The last day of a term that begins on `from`: that day itself for none. Working days are Monday to Friday
// but for the public holidays of `country` (empty: none are known).
Date end_of(model::Term term, Date from, std::string_view country);

}  // namespace balcao::rules
