#pragma once
// Why a command was refused, in a person's words: what is true now and what to do about it; and the HTTP
// status that says the same to a program. Used by pages and API alike; it decides nothing.
#include <string>

#include "base/zone.hpp"
#include "booking/refusal.hpp"
#include "device/refusal.hpp"
#include "office/command.hpp"
#include "office/layout.hpp"
#include "staff/refusal.hpp"
#include "text/words.hpp"

namespace balcao::front {

using text::Words;

std::string refusal_text(const office::Refusal& refusal, const office::Layout& layout, const Words& words);
std::string refusal_text(const booking::Refusal& refusal, const Zone& zone, const Words& words);
std::string refusal_text(const staff::Refusal& refusal, const Zone& zone, const Words& words);
std::string refusal_text(const device::Refusal& refusal, const Words& words);

// 404 for what does not exist, 422 for what was asked wrongly, 409 for what is not so now.
int status_of(const office::Refusal& refusal);
// 404, 409, 422 or 503.
int status_of(const booking::Refusal& refusal);
// 503, 403, 429 or 422.
int status_of(const staff::Refusal& refusal);
// 503, 403, 404, 409 or 422.
int status_of(const device::Refusal& refusal);

}  // namespace balcao::front
