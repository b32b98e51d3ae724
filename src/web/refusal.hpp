#pragma once
// Why a command was refused, in a person's words: what is true now and what to do about it.
#include <string>

#include "office/command.hpp"
#include "office/layout.hpp"
#include "web/language.hpp"

namespace balcao::web {

std::string refusal_text(const office::Refusal& refusal, const office::Layout& layout, const Words& words);

// The HTTP status that says the same to a program: 404 for what does not exist, 422 for what was asked
// wrongly, 409 for what is not so now.
int status_of(const office::Refusal& refusal);

}  // namespace balcao::web
