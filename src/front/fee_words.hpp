#pragma once
// Money in a person's words: what is to be paid and how, what came of it, why something was not done; and
// amounts as people type them. Used by pages and API; it decides nothing.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fees/case_fees.hpp"
#include "pay/refusal.hpp"
#include "text/words.hpp"

namespace balcao::front {

std::string refusal_text(const pay::Refusal& refusal, const text::Words& words);
// 404 for what is not there, 422 for what was asked wrongly, 409 for what is not so now, 503.
int status_of(const pay::Refusal& refusal);

// "46.20 €", also of nothing and of less than nothing.
std::string sum_text(std::int64_t cents, const text::Words& words);

// "46,20", "46.2", "46", "46,20 €": cents; nothing for what is no amount, or above what a till may hold.
std::optional<std::int64_t> cents_in(std::string_view typed);

// "18.00 € go back to you."
std::string refund_text(const pay::Refund& refund, const Zone& zone, const text::Words& words);

std::string means_text(pay::Means means, const text::Words& words);

}  // namespace balcao::front
