#pragma once
// What is to be given back of a payment because it was not delivered, by item. A pure function: whoever joins
// the rooms says what became of each item (a step of a case that was refused, cancelled, or undone again),
// and knows nothing of payments; this knows nothing of cases.
#include <vector>

#include "pay/payment.hpp"
#include "pay/settings.hpp"

namespace balcao::pay {

// `why` is refused, cancelled or compensated. An item that was delivered is not named.
struct NotDelivered {
    ItemKey item;
    Because why = Because::refused;
    friend bool operator==(const NotDelivered&, const NotDelivered&) = default;
};

struct Owed {
    ItemKey item;
    Because why = Because::refused;
    std::int64_t cents = 0;  // above nothing
    friend bool operator==(const Owed&, const Owed&) = default;
};

// What no refund gives back yet, by the city's rule (Settings::returned_permille). Nothing of a payment that
// is not paid, of items that it does not have, and of those that were given back before. An item that is
// named twice counts once, by what is said of it first.
std::vector<Owed> owed_back(const Payment& payment,
                            const std::vector<NotDelivered>& items,
                            const Settings& settings);

}  // namespace balcao::pay
