#include "pay/owed.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "base/check.hpp"

namespace balcao::pay {
namespace {

// Of an item that is given back in part, the rest is the city's for good: it is not asked for again.
bool is_given_back(const Payment& payment, const ItemKey& item) {
    const auto* found = payment.find(item);
    return found == nullptr || not_given_back(payment, item) != found->cents;
}

std::int64_t share_of(std::int64_t cents, std::int64_t permille) {
    constexpr std::int64_t whole = 1000;
    BALCAO_CHECK(permille >= 0 && permille <= whole);
    return (cents * permille + whole - 1) / whole;
}

std::optional<std::size_t> rule_of(Because why) {
    switch (why) {
        case Because::refused:
            return 0;
        case Because::cancelled:
            return 1;
        case Because::compensated:
            return 2;
        case Because::surplus:
            break;
    }
    return std::nullopt;
}

}  // namespace

std::vector<Owed> owed_back(const Payment& payment,
                            const std::vector<NotDelivered>& items,
                            const Settings& settings) {
    std::vector<Owed> owed;
    if (!std::holds_alternative<Paid>(payment.stage)) return owed;
    for (const auto& one : items) {
        const auto rule = rule_of(one.why);
        const auto is_named = std::ranges::find(owed, one.item, &Owed::item) != owed.end();
        if (!rule || is_named || is_given_back(payment, one.item)) continue;
        const auto cents = share_of(payment.find(one.item)->cents, settings.returned_permille.at(*rule));
        if (cents > 0) owed.push_back({one.item, one.why, cents});
    }
    return owed;
}

}  // namespace balcao::pay
