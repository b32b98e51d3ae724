#include "pay/payment.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "crypto/hash.hpp"

namespace balcao::pay {
namespace {

constexpr std::size_t mark_bytes = 8;

template <class T>
const T* numbered(const std::vector<T>& all, std::uint32_t number) {
    return number == 0 || number > all.size() ? nullptr : &all[number - 1];
}

template <class T>
T* numbered(std::vector<T>& all, std::uint32_t number) {
    return number == 0 || number > all.size() ? nullptr : &all[number - 1];
}

bool is_cents(std::int64_t cents) { return cents > 0 && cents <= cents_most; }

template <class State>
bool is_under_way(const State& state) {
    return std::holds_alternative<ToSend>(state) || std::holds_alternative<Sending>(state) ||
           std::holds_alternative<Unclear>(state);
}

template <class State>
std::uint32_t attempts_of(const State& state) {
    if (const auto* one = std::get_if<ToSend>(&state)) return one->attempts;
    if (const auto* one = std::get_if<Sending>(&state)) return one->attempts;
    if (const auto* one = std::get_if<Unclear>(&state)) return one->attempts;
    return 0;
}

// The next of what is sent, of a collection and of a refund alike; false where it does not follow.
template <class State>
bool send(State& state, std::uint32_t attempt) {
    if (!std::holds_alternative<ToSend>(state) || attempt != attempts_of(state) + 1) return false;
    state = Sending{attempt};
    return true;
}

template <class State>
bool become_unclear(State& state, const std::string& why) {
    if (!std::holds_alternative<Sending>(state)) return false;
    state = Unclear{attempts_of(state), why};
    return true;
}

template <class State>
bool be_sent_again(State& state) {
    if (!std::holds_alternative<Sending>(state) && !std::holds_alternative<Unclear>(state)) return false;
    state = ToSend{attempts_of(state)};
    return true;
}

// One event onto a payment that is thrown away when false comes back.
class Applying {
public:
    Applying(Payment& payment, Instant at) : payment_{payment}, at_{at} {}

    bool operator()(const PaymentAsked&) const { return false; }  // it is the first, and taken elsewhere

    bool operator()(const CollectionWanted& event) const {
        if (event.collection != payment_.collections.size() + 1 || !is_open()) return false;
        payment_.collections.push_back({event.provider, event.means, event.till, event.by, ToSend{}});
        return true;
    }

    bool operator()(const CollectionSent& event) const {
        auto* found = numbered(payment_.collections, event.collection);
        return found != nullptr && send(found->state, event.attempt);
    }

    bool operator()(const CollectionUnclear& event) const {
        auto* found = numbered(payment_.collections, event.collection);
        return found != nullptr && become_unclear(found->state, event.why);
    }

    bool operator()(const CollectionNotDone& event) const {
        auto* found = numbered(payment_.collections, event.collection);
        return found != nullptr && be_sent_again(found->state);
    }

    bool operator()(const CollectionDeclined& event) const {
        auto* found = numbered(payment_.collections, event.collection);
        if (found == nullptr || !is_under_way(found->state)) return false;
        found->state = Declined{event.why};
        return true;
    }

    bool operator()(const ReferenceGiven& event) const {
        auto* found = numbered(payment_.collections, event.collection);
        if (found == nullptr || !is_under_way(found->state) || event.reference.empty()) return false;
        found->state = Given{event.entity, event.reference};
        return true;
    }

    bool operator()(const MoneyTaken& event) const {
        const bool pays = event.surplus == Surplus::none || event.surplus == Surplus::over;
        if (event.taking != payment_.takings.size() + 1 || !is_cents(event.cents) ||
            event.transaction.empty() || payment_.find(event.provider, event.transaction) != nullptr ||
            event.surplus != surplus_of(payment_, event.cents, event.paid) ||
            pays != event.receipt.has_value())
            return false;
        payment_.takings.push_back({event, at_, pays ? payment_.sum : 0});
        if (pays) payment_.stage = Paid{event.taking, at_, *event.receipt};
        auto* collection = numbered(payment_.collections, event.collection);
        if (event.collection != 0 && collection == nullptr) return false;
        if (collection != nullptr && collection->means == Means::card && is_under_way(collection->state))
            collection->state = Collected{};
        return true;
    }

    bool operator()(const SurplusAccepted& event) const {
        auto* taking = numbered(payment_.takings, event.taking);
        if (taking == nullptr || taking->what.surplus != Surplus::late || taking->pays != 0 ||
            !std::holds_alternative<Lapsed>(payment_.stage) || taking->what.cents < payment_.sum ||
            undecided(payment_, event.taking) != taking->what.cents)
            return false;
        taking->pays = payment_.sum;
        payment_.stage = Paid{event.taking, at_, event.receipt};
        return true;
    }

    bool operator()(const RefundOwed& event) const {
        const auto* taking = payment_.taking(event.taking);
        if (event.refund != payment_.refunds.size() + 1 || taking == nullptr || event.cents <= 0)
            return false;
        if (event.parts.empty()) {
            if (event.cents > undecided(payment_, event.taking)) return false;
        } else {
            if (taking->pays == 0) return false;
            std::int64_t parts = 0;
            std::vector<ItemKey> named;
            for (const auto& part : event.parts) {
                if (part.cents <= 0 || part.cents > not_given_back(payment_, part.item) ||
                    std::ranges::find(named, part.item) != named.end())
                    return false;
                named.push_back(part.item);
                parts += part.cents;
            }
            if (parts != event.cents) return false;
        }
        payment_.refunds.push_back({event, event.way, 1, state_by(event.way)});
        return true;
    }

    bool operator()(const RefundSent& event) const {
        auto* found = numbered(payment_.refunds, event.refund);
        return found != nullptr && send(found->state, event.attempt);
    }

    bool operator()(const RefundUnclear& event) const {
        auto* found = numbered(payment_.refunds, event.refund);
        return found != nullptr && become_unclear(found->state, event.why);
    }

    bool operator()(const RefundNotDone& event) const {
        auto* found = numbered(payment_.refunds, event.refund);
        return found != nullptr && be_sent_again(found->state);
    }

    bool operator()(const RefundMade& event) const {
        auto* found = numbered(payment_.refunds, event.refund);
        if (found == nullptr || std::holds_alternative<Made>(found->state)) return false;
        found->state = Made{event.transaction, event.paid, at_, event.till, event.receipt};
        return true;
    }

    bool operator()(const RefundFailed& event) const {
        auto* found = numbered(payment_.refunds, event.refund);
        if (found == nullptr || !is_under_way(found->state)) return false;
        found->state = Failed{event.why};
        return true;
    }

    // Also of one that waits at a desk, and was never asked of a provider: nobody has made it.
    bool operator()(const RefundAgain& event) const {
        auto* found = numbered(payment_.refunds, event.refund);
        if (found == nullptr ||
            (!std::holds_alternative<Failed>(found->state) && !std::holds_alternative<AtDesk>(found->state)))
            return false;
        found->way = event.way;
        ++found->round;
        found->state = state_by(event.way);
        return true;
    }

    bool operator()(const OddityNoted& event) const {
        payment_.oddities.push_back({event, at_});
        return true;
    }

    bool operator()(const OddityLookedAt& event) const {
        auto* found = numbered(payment_.oddities, event.oddity);
        if (found == nullptr || found->looked_at) return false;
        found->looked_at = event;
        return true;
    }

    bool operator()(const PaymentLapsed&) const {
        if (!is_open()) return false;
        payment_.stage = Lapsed{at_};
        return true;
    }

    bool operator()(const PaymentCancelled&) const {
        if (!is_open()) return false;
        payment_.stage = Cancelled{at_};
        return true;
    }

private:
    [[nodiscard]] bool is_open() const { return std::holds_alternative<Open>(payment_.stage); }

    static RefundState state_by(Way way) {
        return way == Way::desk ? RefundState{AtDesk{}} : RefundState{ToSend{}};
    }

    Payment& payment_;
    Instant at_;
};

// Of a body that names no two items alike, each of an amount that can be.
bool begin(Payment& payment, const PaymentAsked& asked, const journal::Event& event) {
    payment.asked = asked;
    payment.since = event.at;
    for (const auto& item : asked.items) {
        const auto same = [&](const Item& other) { return other.item == item.item; };
        if (!is_cents(item.cents) || std::ranges::count_if(asked.items, same) != 1) return false;
        payment.sum += item.cents;
    }
    const auto hash = crypto::sha256({event.stream, "\n", event.salt});
    payment.mark = crypto::to_hex(crypto::bytes_of(hash).substr(0, mark_bytes));
    return is_cents(payment.sum);
}

}  // namespace

bool operator==(const Taking& a, const Taking& b) {
    return a.what.taking == b.what.taking && a.what.provider == b.what.provider &&
           a.what.transaction == b.what.transaction && a.what.cents == b.what.cents && a.pays == b.pays &&
           a.what.surplus == b.what.surplus && a.at == b.at;
}

bool operator==(const Refund& a, const Refund& b) {
    return a.what.refund == b.what.refund && a.what.cents == b.what.cents && a.what.parts == b.what.parts &&
           a.way == b.way && a.round == b.round && a.state == b.state;
}

const Item* Payment::find(const ItemKey& item) const {
    const auto found = std::ranges::find(asked.items, item, &Item::item);
    return found == asked.items.end() ? nullptr : &*found;
}

const Collection* Payment::collection(std::uint32_t wanted) const { return numbered(collections, wanted); }

const Taking* Payment::taking(std::uint32_t wanted) const { return numbered(takings, wanted); }

const Refund* Payment::refund(std::uint32_t wanted) const { return numbered(refunds, wanted); }

const Taking* Payment::find(const ProviderKey& provider, std::string_view transaction) const {
    const auto found = std::ranges::find_if(takings, [&](const Taking& one) {
        return one.what.provider == provider && one.what.transaction == transaction;
    });
    return found == takings.end() ? nullptr : &*found;
}

Result<void> apply(Payment& payment, const PaymentEvent& decoded, const journal::Event& event) {
    Payment next = payment;
    bool follows = event.version == payment.end.version + 1;
    const auto* asked = std::get_if<PaymentAsked>(&decoded);
    if (event.version == 1)
        follows = follows && asked != nullptr && begin(next, *asked, event);
    else
        follows = follows && std::visit(Applying{next, event.at}, decoded);
    if (!follows)
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) + ": a " + event.type +
                                        " does not follow there"};
    next.end = {event.version, event.salt};
    next.last = event.at;
    payment = std::move(next);
    return {};
}

Result<void> apply(Payment& payment, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, decode_payment(event));
    return apply(payment, decoded, event);
}

Result<Payment> fold(const PaymentNumber& number, const std::vector<journal::Event>& events) {
    Payment payment;
    payment.number = number;
    for (const auto& event : events)
        if (auto applied = apply(payment, event); !applied) return applied.error();
    return payment;
}

Surplus surplus_of(const Payment& payment, std::int64_t cents, Instant paid) {
    const bool is_in_time = std::holds_alternative<Open>(payment.stage) ||
                            (std::holds_alternative<Lapsed>(payment.stage) && paid < payment.asked.until);
    if (std::holds_alternative<Paid>(payment.stage)) return Surplus::twice;
    if (std::holds_alternative<Cancelled>(payment.stage)) return Surplus::cancelled;
    if (cents < payment.sum) return Surplus::too_little;
    if (!is_in_time) return Surplus::late;
    return cents == payment.sum ? Surplus::none : Surplus::over;
}

std::int64_t undecided(const Payment& payment, std::uint32_t taking) {
    const auto* found = payment.taking(taking);
    if (found == nullptr) return 0;
    std::int64_t rest = found->what.cents - found->pays;
    for (const auto& refund : payment.refunds)
        if (refund.what.taking == taking && refund.what.parts.empty()) rest -= refund.what.cents;
    return rest;
}

std::int64_t not_given_back(const Payment& payment, const ItemKey& item) {
    const auto* found = payment.find(item);
    if (found == nullptr) return 0;
    std::int64_t rest = found->cents;
    for (const auto& refund : payment.refunds)
        for (const auto& part : refund.what.parts)
            if (part.item == item) rest -= part.cents;
    return rest;
}

Totals totals_of(const Payment& payment) {
    Totals totals;
    for (const auto& taking : payment.takings) {
        totals.taken += taking.what.cents;
        totals.kept += taking.pays;
        totals.waiting += undecided(payment, taking.what.taking);
    }
    for (const auto& refund : payment.refunds) {
        if (!refund.what.parts.empty()) totals.kept -= refund.what.cents;
        if (std::holds_alternative<Made>(refund.state))
            totals.returned += refund.what.cents;
        else if (std::holds_alternative<Failed>(refund.state))
            totals.waiting += refund.what.cents;
        else
            totals.returning += refund.what.cents;
    }
    return totals;
}

State state_of(const Payment& payment) {
    if (std::holds_alternative<Paid>(payment.stage)) return State::paid;
    if (std::holds_alternative<Lapsed>(payment.stage)) return State::lapsed;
    if (std::holds_alternative<Cancelled>(payment.stage)) return State::cancelled;
    const bool is_payable = std::ranges::any_of(
        payment.collections, [](const Collection& one) { return std::holds_alternative<Given>(one.state); });
    return is_payable ? State::payable : State::open;
}

std::string_view name_of(State state) {
    static constexpr std::array<std::string_view, 5> names{"open", "payable", "paid", "lapsed", "cancelled"};
    return names.at(static_cast<std::size_t>(state));
}

std::string key_of_collection(const Payment& payment, std::uint32_t collection) {
    return to_text(payment.number) + ".c" + std::to_string(collection) + "." + payment.mark;
}

std::string key_of_refund(const Payment& payment, std::uint32_t refund) {
    const auto* found = payment.refund(refund);
    const std::uint32_t round = found == nullptr ? 0 : found->round;
    return to_text(payment.number) + ".r" + std::to_string(refund) + "-" + std::to_string(round) + "." +
           payment.mark;
}

std::optional<PaymentNumber> payment_of_key(std::string_view key) {
    PaymentNumber number;
    const auto dot = key.find('.');
    if (dot == std::string_view::npos || !from_text(key.substr(0, dot), number)) return std::nullopt;
    return number;
}

std::uint32_t collection_of_key(const Payment& payment, std::string_view key) {
    for (std::uint32_t number = 1; number <= payment.collections.size(); ++number)
        if (key_of_collection(payment, number) == key) return number;
    return 0;
}

}  // namespace balcao::pay
