#pragma once
// What happens to a payment: the events of the stream "payment/<number>". Internal to `pay`, but for what the
// values mean. Nothing personal is in them: a payment knows what is paid for and for which case or ticket,
// not who pays. Amounts are cents in the payment's currency.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "pay/names.hpp"

namespace balcao::pay {

// What is paid for: a service of an entity. 1 to `cents_most`.
struct Item {
    ItemKey item;
    model::ServiceKey service;
    model::EntityKey entity;
    std::int64_t cents = 0;
    friend bool operator==(const Item&, const Item&) = default;
};

// So much of an item.
struct PartOfItem {
    ItemKey item;
    std::int64_t cents = 0;
    friend bool operator==(const PartOfItem&, const PartOfItem&) = default;
};

struct PaymentAsked {
    static constexpr std::string_view type = "payment-asked";
    std::vector<Item> items;
    std::string currency;
    std::string about;    // "case/2026-000123", a ticket; empty: nothing of ours
    model::SiteKey site;  // whose receipts
    model::ChannelKey channel;
    std::string edition;  // of the model that says what it costs
    std::string quote;    // SHA-256 of the quote, in hexadecimal
    Instant until{};      // then it lapses
};

// Somebody wants to pay in that way; whoever collects is owed a request under the key of the collection.
struct CollectionWanted {
    static constexpr std::string_view type = "collection-wanted";
    std::uint32_t collection = 0;  // from 1
    ProviderKey provider;
    Means means = Means::reference;
    std::optional<TillKey> till;  // of a card at a desk
    ClerkKey by;                  // empty: the person
};

// It goes out now; nobody else sends it before a lease has passed.
struct CollectionSent {
    static constexpr std::string_view type = "collection-sent";
    std::uint32_t collection = 0;
    std::uint32_t attempt = 0;
};

// Nobody knows what became of it.
struct CollectionUnclear {
    static constexpr std::string_view type = "collection-unclear";
    std::uint32_t collection = 0;
    std::string why;
};

// It was not done, and may be tried again.
struct CollectionNotDone {
    static constexpr std::string_view type = "collection-not-done";
    std::uint32_t collection = 0;
    std::string why;
};

// Nothing will be collected in that way.
struct CollectionDeclined {
    static constexpr std::string_view type = "collection-declined";
    std::uint32_t collection = 0;
    std::string why;
};

struct ReferenceGiven {
    static constexpr std::string_view type = "reference-given";
    std::uint32_t collection = 0;
    std::string entity;  // of Multibanco; may be empty for others
    std::string reference;
};

// Money that came. What of it pays and what waits follows from the payment as it was: `surplus` says which.
struct MoneyTaken {
    static constexpr std::string_view type = "money-taken";
    std::uint32_t taking = 0;      // from 1
    std::uint32_t collection = 0;  // 0: cash
    ProviderKey provider;          // empty: cash
    std::string transaction;       // the provider's own; of cash the till's
    Means means = Means::reference;
    std::int64_t cents = 0;
    Instant paid{};  // when, as whoever collected says
    Surplus surplus = Surplus::none;
    std::optional<TillKey> till;
    std::optional<ReceiptNumber> receipt;  // where it pays
};

// A person has money that came late taken for paying.
struct SurplusAccepted {
    static constexpr std::string_view type = "surplus-accepted";
    std::uint32_t taking = 0;
    ClerkKey by;
    ReceiptNumber receipt;
};

struct RefundOwed {
    static constexpr std::string_view type = "refund-owed";
    std::uint32_t refund = 0;  // from 1
    std::uint32_t taking = 0;  // of whose money
    std::int64_t cents = 0;
    std::vector<PartOfItem> parts;  // none: of the surplus
    Because why = Because::surplus;
    Way way = Way::provider;
    ClerkKey by;  // empty: by rule
};

struct RefundSent {
    static constexpr std::string_view type = "refund-sent";
    std::uint32_t refund = 0;
    std::uint32_t attempt = 0;
};

struct RefundUnclear {
    static constexpr std::string_view type = "refund-unclear";
    std::uint32_t refund = 0;
    std::string why;
};

struct RefundNotDone {
    static constexpr std::string_view type = "refund-not-done";
    std::uint32_t refund = 0;
    std::string why;
};

struct RefundMade {
    static constexpr std::string_view type = "refund-made";
    std::uint32_t refund = 0;
    std::string transaction;  // the provider's own, the till's, or what a person says proves it
    Instant paid{};
    std::optional<TillKey> till;
    ClerkKey by;  // who paid it out or says that it was made
    ReceiptNumber receipt;
};

// It was not made, nor will it be in that way: a person decides.
struct RefundFailed {
    static constexpr std::string_view type = "refund-failed";
    std::uint32_t refund = 0;
    std::string why;
    ClerkKey by;  // who says so; empty: whoever should have made it
};

// A person has it made again, in that way, under another key.
struct RefundAgain {
    static constexpr std::string_view type = "refund-again";
    std::uint32_t refund = 0;
    Way way = Way::provider;
    ClerkKey by;
};

// Something told of it cannot be. Nothing is changed; a person looks at it.
struct OddityNoted {
    static constexpr std::string_view type = "oddity-noted";
    Odd kind = Odd::other_amount;
    ProviderKey provider;
    std::string transaction;
    std::int64_t cents = 0;
};

struct OddityLookedAt {
    static constexpr std::string_view type = "oddity-looked-at";
    std::uint32_t oddity = 0;  // from 1
    ClerkKey by;
    std::string note;
};

struct PaymentLapsed {
    static constexpr std::string_view type = "payment-lapsed";
};

struct PaymentCancelled {
    static constexpr std::string_view type = "payment-cancelled";
    ClerkKey by;  // empty: the person
};

using PaymentEvent = std::variant<PaymentAsked,
                                  CollectionWanted,
                                  CollectionSent,
                                  CollectionUnclear,
                                  CollectionNotDone,
                                  CollectionDeclined,
                                  ReferenceGiven,
                                  MoneyTaken,
                                  SurplusAccepted,
                                  RefundOwed,
                                  RefundSent,
                                  RefundUnclear,
                                  RefundNotDone,
                                  RefundMade,
                                  RefundFailed,
                                  RefundAgain,
                                  OddityNoted,
                                  OddityLookedAt,
                                  PaymentLapsed,
                                  PaymentCancelled>;

journal::Draft encode(const PaymentEvent& event);
// Error: invalid, for what no version of Balcão has written.
Result<PaymentEvent> decode_payment(const journal::Event& event);

}  // namespace balcao::pay
