#include "rules/answers.hpp"

#include <algorithm>
#include <set>

namespace balcao::rules {
namespace {

bool is_in(const model::Condition& condition, int number) {
    return condition.least.value_or(number) <= number && number <= condition.most.value_or(number);
}

}  // namespace

Truth holds(const model::Condition& condition, const Answers& answers) {
    const auto found = answers.find(condition.fact);
    if (found == answers.end()) return Truth::unknown;
    const Answer& answer = found->second;
    const bool is_so =
        condition.answers.empty()
            ? answer.number && is_in(condition, *answer.number)
            : std::ranges::any_of(answer.chosen, [&](const model::AnswerKey& chosen) {
                  return std::ranges::find(condition.answers, chosen) != condition.answers.end();
              });
    return is_so ? Truth::yes : Truth::no;
}

Truth holds(const model::When& when, const Answers& answers) {
    Truth truth = Truth::yes;
    for (const model::Condition& condition : when)
        truth = std::min(truth, holds(condition, answers));
    return truth;
}

bool fits(const model::Fact& fact, const Answer& answer) {
    const bool is_number = answer.number.has_value();
    const bool is_date = answer.date.has_value();
    const auto is_own = [&](const model::AnswerKey& chosen) {
        if (fact.kind == model::FactKind::yes_no) return chosen.text() == "yes" || chosen.text() == "no";
        return std::ranges::find(fact.answers, chosen, &model::FactAnswer::key) != fact.answers.end();
    };
    switch (fact.kind) {
        case model::FactKind::number:
            return is_number && !is_date && answer.chosen.empty() && *answer.number >= 0;
        case model::FactKind::date:
            return is_date && !is_number && answer.chosen.empty();
        case model::FactKind::yes_no:
        case model::FactKind::one_of:
            if (answer.chosen.size() != 1) return false;
            break;
        case model::FactKind::any_of:
            break;
    }
    const std::set<model::AnswerKey> once{answer.chosen.begin(), answer.chosen.end()};
    return !is_number && !is_date && !once.empty() && once.size() == answer.chosen.size() &&
           std::ranges::all_of(once, is_own);
}

Quote quote(const model::Service& service, const Answers& answers) {
    for (const model::ServiceTerms& line : service.terms) {
        const Truth truth = holds(line.when, answers);
        if (truth == Truth::no) continue;
        if (truth == Truth::unknown) return {service.fee, service.takes, Truth::unknown};
        return {line.fee.value_or(service.fee), line.takes ? line.takes : service.takes, Truth::yes};
    }
    return {service.fee, service.takes, Truth::yes};
}

Date end_of(model::Term term, Date from, std::string_view country) {
    if (!term.is_working) return from + std::chrono::days{term.days};
    int year = 0;
    std::vector<Date> holidays;
    const auto is_free = [&](Date date) {
        if (weekday_index(date) > 4) return true;
        const int now = static_cast<int>(std::chrono::year_month_day{date}.year());
        if (!country.empty() && now != year) holidays = public_holidays(country, year = now);
        return std::ranges::find(holidays, date) != holidays.end();
    };
    Date date = from;
    for (int left = term.days; left > 0;) {
        date += std::chrono::days{1};
        if (!is_free(date)) --left;
    }
    return date;
}

}  // namespace balcao::rules
