#include "pay/refusal.hpp"

#include <array>

namespace balcao::pay {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 39> names{
        "unavailable",       "name-unfit",       "amount-unfit",       "too-much",        "item-twice",
        "price-unknown",     "no-entity",        "other-currency",     "nothing-to-pay",  "quote-over",
        "no-such-payment",   "no-such-provider", "no-such-collection", "no-such-taking",  "no-such-refund",
        "no-such-item",      "no-such-oddity",   "no-such-stray",      "payment-over",    "not-paid",
        "charge-under-way",  "nothing-owed",     "not-undecided",      "not-acceptable",  "not-for-desk",
        "not-failed",        "not-unclear",      "too-early",          "already-settled", "no-such-till",
        "till-open-already", "till-counted",     "till-closed",        "not-counted",     "not-enough-cash",
        "other-sum",         "why-missing",      "same-person",        "no-second-needed"};
    static_assert(static_cast<std::size_t>(Reason::no_second_needed) + 1 == names.size());
    return names.at(static_cast<std::size_t>(reason));
}

}  // namespace balcao::pay
