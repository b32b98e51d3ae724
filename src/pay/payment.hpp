#pragma once
// A payment as it is: the fold of its events. It knows what was asked for, every way in which it was to be
// collected, every sum that came and what became of it; whatever came is kept, given back, on its way back,
// or waits for a person, and nothing else. Used by the decisions, by pages and by whoever counts. It knows no
// clock and no store.
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "journal/settle.hpp"
#include "pay/payment_event.hpp"

namespace balcao::pay {

// States of what is asked of a provider: a collection, or a refund. `attempts`: sent so often.
struct ToSend {
    std::uint32_t attempts = 0;
    friend bool operator==(const ToSend&, const ToSend&) = default;
};

// It goes out now, or whoever sent it has stopped before saying what came of it.
struct Sending {
    std::uint32_t attempts = 0;
    friend bool operator==(const Sending&, const Sending&) = default;
};

// Nobody knows what became of it. It is looked up, and not sent again before its absence is certain.
struct Unclear {
    std::uint32_t attempts = 0;
    std::string why;
    friend bool operator==(const Unclear&, const Unclear&) = default;
};

// It can be paid with this.
struct Given {
    std::string entity;
    std::string reference;
    friend bool operator==(const Given&, const Given&) = default;
};

// Of a card: the money came.
struct Collected {
    friend bool operator==(const Collected&, const Collected&) = default;
};

struct Declined {
    std::string why;
    friend bool operator==(const Declined&, const Declined&) = default;
};

using CollectionState = std::variant<ToSend, Sending, Unclear, Given, Collected, Declined>;

struct Collection {
    ProviderKey provider;
    Means means = Means::reference;
    std::optional<TillKey> till{};
    ClerkKey by{};  // empty: the person
    CollectionState state{};
    friend bool operator==(const Collection&, const Collection&) = default;
};

// Money that came.
struct Taking {
    MoneyTaken what;
    Instant at{};           // when it was written down
    std::int64_t pays = 0;  // so much of it pays; the rest is surplus
    friend bool operator==(const Taking& a, const Taking& b);
};

// In cash, out of a till, when somebody comes for it.
struct AtDesk {
    friend bool operator==(const AtDesk&, const AtDesk&) = default;
};

struct Made {
    std::string transaction;
    Instant paid{};
    Instant at{};
    std::optional<TillKey> till{};
    ReceiptNumber receipt;
    friend bool operator==(const Made&, const Made&) = default;
};

// A person decides.
struct Failed {
    std::string why;
    friend bool operator==(const Failed&, const Failed&) = default;
};

using RefundState = std::variant<ToSend, Sending, Unclear, AtDesk, Made, Failed>;

struct Refund {
    RefundOwed what;
    Way way = Way::provider;
    std::uint32_t round = 1;  // another one has another key
    RefundState state{};
    friend bool operator==(const Refund& a, const Refund& b);
};

struct Oddity {
    OddityNoted what;
    Instant at{};
    std::optional<OddityLookedAt> looked_at{};
};

struct Open {
    friend bool operator==(const Open&, const Open&) = default;
};

struct Paid {
    std::uint32_t taking = 0;
    Instant at{};
    ReceiptNumber receipt;
    friend bool operator==(const Paid&, const Paid&) = default;
};

struct Lapsed {
    Instant at{};
    friend bool operator==(const Lapsed&, const Lapsed&) = default;
};

struct Cancelled {
    Instant at{};
    friend bool operator==(const Cancelled&, const Cancelled&) = default;
};

using Stage = std::variant<Open, Paid, Lapsed, Cancelled>;

struct Payment {
    PaymentNumber number;
    journal::StreamEnd end;
    Instant since{};
    Instant last{};  // of its last event
    PaymentAsked asked;
    std::int64_t sum = 0;  // of all items
    std::string mark;      // of this payment alone, also after a backup was put back: part of its keys
    Stage stage{};
    std::vector<Collection> collections;  // the first is number 1, as of those below
    std::vector<Taking> takings;
    std::vector<Refund> refunds;
    std::vector<Oddity> oddities;

    [[nodiscard]] const Item* find(const ItemKey& item) const;
    // Null for a number that there is not.
    [[nodiscard]] const Collection* collection(std::uint32_t number) const;
    [[nodiscard]] const Taking* taking(std::uint32_t number) const;
    [[nodiscard]] const Refund* refund(std::uint32_t number) const;
    // The money of that transaction; null: none.
    [[nodiscard]] const Taking* find(const ProviderKey& provider, std::string_view transaction) const;

    [[nodiscard]] Money money(std::int64_t cents) const { return {cents, asked.currency}; }
};

// The next event of its stream. Error: invalid, for what does not follow; the payment is then as before.
Result<void> apply(Payment& payment, const journal::Event& event);
// The same of an event that was decided just now.
Result<void> apply(Payment& payment, const PaymentEvent& decoded, const journal::Event& event);

// All events of a stream. Error: invalid.
Result<Payment> fold(const PaymentNumber& number, const std::vector<journal::Event>& events);

// What it would be if so much came now that was paid at that time.
Surplus surplus_of(const Payment& payment, std::int64_t cents, Instant paid);

// Of a taking: what waits for a decision and is in no refund.
std::int64_t undecided(const Payment& payment, std::uint32_t taking);
// Of an item: what no refund, made or not, gives back.
std::int64_t not_given_back(const Payment& payment, const ItemKey& item);

// Cents; taken == kept + returned + returning + waiting, always.
struct Totals {
    std::int64_t taken = 0;
    std::int64_t kept = 0;  // for what was delivered or may be
    std::int64_t returned = 0;
    std::int64_t returning = 0;  // on its way, or to be fetched at a desk
    std::int64_t waiting = 0;    // for a person
    friend bool operator==(const Totals&, const Totals&) = default;
};

Totals totals_of(const Payment& payment);

// Where it stands, in one word, for lists.
enum class State : std::uint8_t { open, payable, paid, lapsed, cancelled };

State state_of(const Payment& payment);
std::string_view name_of(State state);

// The keys under which whoever collects is asked; the same for every attempt.
std::string key_of_collection(const Payment& payment, std::uint32_t collection);
std::string key_of_refund(const Payment& payment, std::uint32_t refund);
// The payment that a key of either kind may belong to; nothing for no key of ours.
std::optional<PaymentNumber> payment_of_key(std::string_view key);
// The collection of which it is the key; 0: of none.
std::uint32_t collection_of_key(const Payment& payment, std::string_view key);

}  // namespace balcao::pay
