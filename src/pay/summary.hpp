#pragma once
// The day of the money: what was collected for which entity, what went back, and what is nobody's yet; and
// whether a provider's own list says the same as our payments. Pure functions of payments, used by who closes
// a day, who pays entities what is theirs, and by auditors. A day is the city's, by when something was
// written down here, so the sum of a day that is over does not change.
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/zone.hpp"
#include "pay/payment.hpp"
#include "pay/provider.hpp"

namespace balcao::pay {

struct EntityDay {
    std::int64_t collected = 0;  // for items that were paid that day
    std::int64_t returned = 0;   // of items, that day
    std::uint32_t items = 0;
    friend bool operator==(const EntityDay&, const EntityDay&) = default;
};

// Cents. taken - returned == what all entities' days come to + surplus_taken - surplus_returned.
struct DaySummary {
    Date date{};
    std::map<model::EntityKey, EntityDay> by_entity;
    std::map<Means, std::int64_t> taken;  // by how it came
    std::int64_t returned = 0;
    std::int64_t surplus_taken = 0;  // what came and paid nothing; less what was accepted later
    std::int64_t surplus_returned = 0;
    friend bool operator==(const DaySummary&, const DaySummary&) = default;
};

// `site`: only payments whose receipts are that site's.
DaySummary sum_up(const std::vector<Payment>& payments,
                  Date date,
                  const Zone& zone,
                  const std::optional<model::SiteKey>& site);

struct Difference {
    enum class Kind : std::uint8_t {
        not_here,      // they moved it, and no payment knows
        not_there,     // a payment says that they moved it, and they do not
        other_amount,  // both know it, and not of the same amount
        twice_there,   // their list has it more than once
    };
    Kind kind = Kind::not_here;
    SettledLine::Kind way = SettledLine::Kind::came_in;
    std::string transaction;
    std::int64_t ours = 0;    // cents; 0 where it is not here
    std::int64_t theirs = 0;  // 0 where it is not there
    std::optional<PaymentNumber> payment{};
    friend bool operator==(const Difference&, const Difference&) = default;
};

struct Period {
    Instant from{};
    Instant to{};  // not included
};

// All differences between a provider's list of a period and our payments (all that may have money of that
// period or of the list), in the order of their transactions. None: both say the same, to the cent.
std::vector<Difference> reconcile(const ProviderKey& provider,
                                  const std::vector<Payment>& payments,
                                  const std::vector<SettledLine>& list,
                                  const Period& period);

}  // namespace balcao::pay
