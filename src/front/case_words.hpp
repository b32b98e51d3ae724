#pragma once
// A case in its citizen's words: what is true of it, what happened to each step, who has to do what next.
// Used by pages, letters and the API; it says what the view says and decides nothing.
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "cases/cases.hpp"
#include "model/model.hpp"
#include "text/words.hpp"

namespace balcao::front {

// "Under way."
std::string state_text(cases::CaseState state, const text::Words& words);

// What happened to a step: "Somebody at IRN works on it." `steps` are all of the case.
std::string progress_text(const cases::StepView& step,
                          const std::vector<cases::StepView>& steps,
                          const model::Model& city,
                          const text::Words& words);

// Who does something next, and by when: "IRN, by Friday, 4 December 2026"; empty where nothing is to come.
std::string next_text(const cases::StepView& step,
                      const model::Model& city,
                      const Zone& zone,
                      const text::Words& words);

// "It is not sure that it arrived": what an incident is about.
std::string incident_text(cases::IncidentKind kind, const text::Words& words);

// "To do what was asked for".
std::string reason_text(cases::LookReason reason, const text::Words& words);

// The names of the model, or the key of what is in it no more.
// "Friday, 9 January 2026" for a term that ends with that day, else with the time of day.
std::string deadline_text(const Zone& zone, Instant at, const text::Words& words);

std::string name_of(const model::ServiceKey& service, const model::Model& city, const text::Words& words);
std::string name_of(const model::EntityKey& entity, const model::Model& city, const text::Words& words);

// What a name of data means to people: the label of a detail, or the question of a fact.
std::string datum_text(const std::string& name, const model::Model& city, const text::Words& words);
// What was said, as people write it.
std::string datum_value(const cases::Datum& datum, const model::Model& city, const text::Words& words);

std::string refusal_text(const cases::Refusal& refusal, const Zone& zone, const text::Words& words);
// 404, 409, 422 or 503.
int status_of(const cases::Refusal& refusal);

}  // namespace balcao::front
