#pragma once
// A case as programs read it: its shapes and their writers. Inside `api`; what is true is `cases`'.
#include "api/call.hpp"
#include "cases/cases.hpp"

namespace balcao::api {

namespace shape {
const SchemaRef& person_case();  // as its citizen sees it
const SchemaRef& handed_over();
const SchemaRef& case_state();  // the state alone
}  // namespace shape

// "2026-000123.…" is the link of its citizen.
void write_case(text::JsonWriter& json, const Shared& rooms, const Words& words, const cases::CaseView& view);
void write_handed_over(text::JsonWriter& json, const Call& call, const cases::HandedOver& handed);

// Answers with the state that a command left behind, or with why it was refused.
void answer_state(const CallRef& call, const cases::Answer<cases::CaseState>& done);

}  // namespace balcao::api
