#pragma once
// A life event as a conversation: what somebody answered, read by the names of fields, and what is said of it
// in words. Used by pages and by the API; it draws nothing, keeps nothing and decides nothing (`rules` does).
#include <optional>
#include <string>

#include "http/fields.hpp"
#include "model/model.hpp"
#include "rules/life_plan.hpp"
#include "text/words.hpp"

namespace balcao::front {

// The field of a fact's answer: "fact.lost".
std::string field_of(const model::FactKey& fact);

// What was sent for a fact, where it is an answer that the fact can have.
std::optional<rules::Answer> answer_in(const http::Fields& fields, const model::Fact& fact);

// All facts of the model that were answered.
rules::Answers answers_in(const http::Fields& fields, const model::Model& city);

// The same as fields, for the next form: those of `answers` whose fact is in `facts`.
http::Fields fields_of(const rules::Answers& answers, const std::vector<model::FactKey>& facts);

// The public holidays of the city: those of its first site that keeps any.
rules::PlanDay plan_day(const model::Model& city, Date today);

// "Citizen Card and driving licence", "Friday, 20 November 2026", "Yes".
std::string answer_text(const model::Fact& fact, const rules::Answer& answer, const text::Words& words);

// "3 days", "8 working days", "the same day".
std::string term_text(model::Term term, const text::Words& words);

// Whom the entity of that step tells of it by itself, so that nobody tells them again; empty where it tells
// nobody.
std::string informs_text(const model::EventStep& step, const model::Model& city, const text::Words& words);

// "18.00 EUR" as the language writes it; "no charge" for none.
std::string money_text(const Money& amount, const text::Words& words);

}  // namespace balcao::front
