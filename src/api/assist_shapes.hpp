#pragma once
// A session at the double screen as programs read it, and what is common to both of its sides. Inside `api`;
// what is true of a session is `assist`'s, what its steps ask is `front`'s.
#include <optional>

#include "api/call.hpp"
#include "front/table.hpp"

namespace balcao::api {

namespace shape {
const SchemaRef& assistance();   // as its mediator or its citizen sees it
const SchemaRef& screen_code();  // by which a screen joins, or a desk goes on
}  // namespace shape

// The bodies that both sides send.
const SchemaRef& typed_body();
const SchemaRef& shown_body();
const SchemaRef& lesson_body();

front::Sitting sitting_of(const Shared& rooms);

// The session as that hand may see it; of a mediator whose citizen is not there, without what is personal.
void answer_assistance(const CallRef& call, const assist::Call& who);

// The same after a command, or why it was refused.
template <class T>
void answer_after(const CallRef& call, const assist::Call& who, const assist::Answer<T>& done) {
    if (const auto* refusal = std::get_if<assist::Refusal>(&done)) return call->refuse(*refusal);
    answer_assistance(call, {who.session, who.by, {}});
}

// A code that was given out.
void answer_code(const CallRef& call, const assist::Answer<assist::CodeSlip>& slip);

// What either side does.
void type_in(const CallRef& call, const assist::Call& who);
void show_in(const CallRef& call, const assist::Call& who);
void set_lesson_in(const CallRef& call, const assist::Call& who);
void hand_over_in(const CallRef& call, const assist::Call& who);
void abandon_in(const CallRef& call, const assist::Call& who);

}  // namespace balcao::api
