#include "front/life_event.hpp"

#include <algorithm>
#include <charconv>

#include "front/moment.hpp"
#include "model/sentence.hpp"
#include "text/number.hpp"

namespace balcao::front {
namespace {

using model::FactKind;

constexpr int number_most = 100'000;

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_read = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return is_read && number <= number_most ? std::optional{number} : std::nullopt;
}

std::string name_in(const model::Fact& fact, const model::AnswerKey& chosen, const text::Words& words) {
    if (fact.kind == FactKind::yes_no) return chosen.text() == "yes" ? words("Yes") : words("No");
    const auto found = std::ranges::find(fact.answers, chosen, &model::FactAnswer::key);
    return found != fact.answers.end() ? model::name_of(*found, words.code()) : chosen.text();
}

}  // namespace

std::string field_of(const model::FactKey& fact) { return "fact." + fact.text(); }

std::optional<rules::Answer> answer_in(const http::Fields& fields, const model::Fact& fact) {
    const std::string name = field_of(fact.key);
    rules::Answer answer;
    if (fact.kind == FactKind::number)
        answer.number = number_in(fields.text(name));
    else if (fact.kind == FactKind::date)
        answer.date = parse_date(fields.text(name));
    else
        for (const auto value : fields.all(name))
            answer.chosen.emplace_back(std::string{value});
    return rules::fits(fact, answer) ? std::optional{answer} : std::nullopt;
}

rules::Answers answers_in(const http::Fields& fields, const model::Model& city) {
    rules::Answers answers;
    for (const auto& fact : city.facts)
        if (auto answer = answer_in(fields, fact)) answers.emplace(fact.key, *std::move(answer));
    return answers;
}

http::Fields fields_of(const rules::Answers& answers, const std::vector<model::FactKey>& facts) {
    http::Fields fields;
    for (const auto& fact : facts) {
        const auto found = answers.find(fact);
        if (found == answers.end()) continue;
        const rules::Answer& answer = found->second;
        for (const auto& chosen : answer.chosen)
            fields.add(field_of(fact), chosen.text());
        if (answer.number) fields.add(field_of(fact), std::to_string(*answer.number));
        if (answer.date) fields.add(field_of(fact), format_date(*answer.date));
    }
    return fields;
}

rules::PlanDay plan_day(const model::Model& city, Date today) {
    for (const auto& site : city.sites)
        if (!site.open.holidays.empty()) return {today, site.open.holidays};
    return {today, {}};
}

std::string answer_text(const model::Fact& fact, const rules::Answer& answer, const text::Words& words) {
    if (answer.number) return std::to_string(*answer.number);
    if (answer.date) return day_text(*answer.date, words);
    std::vector<std::string> names;
    for (const auto& chosen : answer.chosen)
        names.push_back(name_in(fact, chosen, words));
    return model::listed_in(words.code(), names);
}

std::string term_text(model::Term term, const text::Words& words) {
    if (term.days == 0) return words("the same day");
    const std::string count = std::to_string(term.days);
    if (term.is_working)
        return term.days == 1 ? words("one working day") : words("{count} working days", {{"count", count}});
    return term.days == 1 ? words("one day") : words("{count} days", {{"count", count}});
}

std::string informs_text(const model::EventStep& step, const model::Model& city, const text::Words& words) {
    const model::Service* service = city.find(step.service);
    if (step.informs.empty() || service == nullptr || !service->entity) return {};
    std::vector<std::string> names;
    for (const auto& entity : step.informs)
        names.push_back(model::name_of(*city.find(entity), words.code()));
    return words("{entity} tells these itself, and you need not: {others}.",
                 {{"entity", model::name_of(*city.find(*service->entity), words.code())},
                  {"others", model::listed_in(words.code(), names)}});
}

std::string money_text(const Money& amount, const text::Words& words) {
    if (amount.cents == 0) return words("no charge");
    constexpr double cents_each = 100;
    const std::string number =
        text::format_number(static_cast<double>(amount.cents) / cents_each, words.code(), 2);
    return number + " " + (amount.currency == "EUR" ? "€" : amount.currency);
}

}  // namespace balcao::front
