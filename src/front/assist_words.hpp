#pragma once
// The double screen in words: who drives, how it teaches, how a session stands, why something was not done.
// Used by pages and by the API; it says what is so and decides nothing.
#include <string>

#include "assist/refusal.hpp"
#include "text/words.hpp"

namespace balcao::front {

// "Show me".
std::string mode_text(assist::Mode mode, const text::Words& words);
// "Under way."
std::string state_text(assist::State state, const text::Words& words);
std::string reason_text(assist::DisputeReason reason, const text::Words& words);
std::string proxy_text(assist::ProxyKind kind, const text::Words& words);
// "by yourself": who did a step, to the person.
std::string doer_text(assist::Doer doer, const text::Words& words);

std::string refusal_text(const assist::Refusal& refusal, const text::Words& words);
// 403, 404, 409, 422 or 503.
int status_of(const assist::Refusal& refusal);

}  // namespace balcao::front
