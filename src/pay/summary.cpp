#include "pay/summary.hpp"

#include <algorithm>
#include <utility>

namespace balcao::pay {
namespace {

using MoneyKey = std::pair<SettledLine::Kind, std::string>;

struct OurMoney {
    std::int64_t cents = 0;
    std::string currency;
    PaymentNumber payment;
    bool is_of_period = false;
};

// What a provider moved for us, as our payments say.
std::map<MoneyKey, OurMoney> money_of(const ProviderKey& provider,
                                      const std::vector<Payment>& payments,
                                      const Period& period) {
    std::map<MoneyKey, OurMoney> ours;
    const auto is_in = [&](Instant at) { return period.from <= at && at < period.to; };
    for (const auto& payment : payments) {
        const auto& currency = payment.asked.currency;
        for (const auto& taking : payment.takings)
            if (taking.what.provider == provider)
                ours[{SettledLine::Kind::came_in, taking.what.transaction}] = {
                    taking.what.cents, currency, payment.number, is_in(taking.what.paid)};
        for (const auto& refund : payment.refunds) {
            const auto* made = std::get_if<Made>(&refund.state);
            const auto* taking = payment.taking(refund.what.taking);
            if (made == nullptr || made->till || taking->what.provider != provider) continue;
            ours[{SettledLine::Kind::went_out, made->transaction}] = {refund.what.cents, currency,
                                                                      payment.number, is_in(made->paid)};
        }
    }
    return ours;
}

void add_paid(DaySummary& day, const Payment& payment, const Taking& taking) {
    day.surplus_taken -= taking.pays;
    for (const auto& item : payment.asked.items) {
        day.by_entity[item.entity].collected += item.cents;
        ++day.by_entity[item.entity].items;
    }
}

void add_refund(DaySummary& day, const Payment& payment, const Refund& refund) {
    day.returned += refund.what.cents;
    if (refund.what.parts.empty()) day.surplus_returned += refund.what.cents;
    for (const auto& part : refund.what.parts)
        day.by_entity[payment.find(part.item)->entity].returned += part.cents;
}

}  // namespace

DaySummary sum_up(const std::vector<Payment>& payments,
                  Date date,
                  const Zone& zone,
                  const std::optional<model::SiteKey>& site) {
    DaySummary day;
    day.date = date;
    const auto is_of_day = [&](Instant at) { return zone.at(at).date == date; };
    for (const auto& payment : payments) {
        if (site && payment.asked.site != *site) continue;
        const auto* paid = std::get_if<Paid>(&payment.stage);
        for (const auto& taking : payment.takings) {
            if (is_of_day(taking.at)) {
                day.taken[taking.what.means] += taking.what.cents;
                day.surplus_taken += taking.what.cents;
            }
            // Late money may pay on another day than it came.
            if (paid != nullptr && paid->taking == taking.what.taking && is_of_day(paid->at))
                add_paid(day, payment, taking);
        }
        for (const auto& refund : payment.refunds)
            if (const auto* made = std::get_if<Made>(&refund.state); made != nullptr && is_of_day(made->at))
                add_refund(day, payment, refund);
    }
    return day;
}

std::vector<Difference> reconcile(const ProviderKey& provider,
                                  const std::vector<Payment>& payments,
                                  const std::vector<SettledLine>& list,
                                  const Period& period) {
    const auto ours = money_of(provider, payments, period);
    std::map<MoneyKey, std::vector<SettledLine>> theirs;
    for (const auto& line : list)
        theirs[{line.kind, line.transaction}].push_back(line);
    std::vector<Difference> found;
    for (const auto& [key, lines] : theirs) {
        const auto known = ours.find(key);
        const auto& first = lines.front();
        Difference difference{Difference::Kind::not_here, key.first, key.second, 0, first.amount.cents, {}};
        if (known != ours.end()) {
            difference.ours = known->second.cents;
            difference.payment = known->second.payment;
            difference.kind = Difference::Kind::other_amount;
        }
        if (known == ours.end() || first.amount != Money{known->second.cents, known->second.currency})
            found.push_back(difference);
        if (lines.size() > 1) {
            difference.kind = Difference::Kind::twice_there;
            found.push_back(difference);
        }
    }
    for (const auto& [key, money] : ours)
        if (money.is_of_period && !theirs.contains(key))
            found.push_back(
                {Difference::Kind::not_there, key.first, key.second, money.cents, 0, money.payment});
    std::ranges::stable_sort(found, {}, [](const Difference& one) {
        return std::pair{one.way, one.transaction};
    });
    return found;
}

}  // namespace balcao::pay
