#pragma once
// What happens at a till: the events of the stream "till/<site>/<desk>/<date>"; what stands in a book of
// receipts, what was told of money that is nobody's here, and to which payment a reference belongs. Internal
// to `pay`, but for what the values mean. Amounts are cents in the city's currency.
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

// So many notes or coins of that value.
struct Pieces {
    std::int64_t value_cents = 0;
    std::uint32_t count = 0;
    friend bool operator==(const Pieces&, const Pieces&) = default;
};

struct TillOpened {
    static constexpr std::string_view type = "till-opened";
    ClerkKey by;
    std::int64_t cents = 0;  // the float
    std::string currency;
};

// The same money as a MoneyTaken of that payment, in the same commit.
struct TillTook {
    static constexpr std::string_view type = "till-took";
    PaymentNumber payment;
    std::uint32_t taking = 0;
    Means means = Means::cash;
    std::int64_t cents = 0;
    ClerkKey by;
};

// The same money as a RefundMade of that payment, in the same commit; in cash.
struct TillPaidOut {
    static constexpr std::string_view type = "till-paid-out";
    PaymentNumber payment;
    std::uint32_t refund = 0;
    std::int64_t cents = 0;
    ClerkKey by;
};

// Before the till is closed it changes what should be in it; afterwards it only says what was found out.
struct TillCorrected {
    static constexpr std::string_view type = "till-corrected";
    std::int64_t cents = 0;  // more, or less
    std::string why;
    ClerkKey by;
};

// The cash that is there. Nothing is taken or paid out any more.
struct TillCounted {
    static constexpr std::string_view type = "till-counted";
    std::int64_t cents = 0;
    std::vector<Pieces> pieces;  // none: not counted by them
    std::int64_t expected = 0;
    std::string why;  // of a difference
    ClerkKey by;
};

struct TillClosed {
    static constexpr std::string_view type = "till-closed";
    ClerkKey second;  // who signed beside who counted; empty: nobody had to
};

using TillEvent = std::variant<TillOpened, TillTook, TillPaidOut, TillCorrected, TillCounted, TillClosed>;

journal::Draft encode(const TillEvent& event);
Result<TillEvent> decode_till(const journal::Event& event);

enum class ReceiptKind : std::uint8_t { payment, refund };

// A page of a book of receipts: its number is its version in the stream.
struct ReceiptIssued {
    static constexpr std::string_view type = "receipt-issued";
    ReceiptKind kind = ReceiptKind::payment;
    PaymentNumber payment;
    std::uint32_t of = 0;  // the taking or the refund
    std::int64_t cents = 0;
    std::string currency;
};

using BookEvent = std::variant<ReceiptIssued>;

journal::Draft encode(const BookEvent& event);
Result<BookEvent> decode_book(const journal::Event& event);

// The reference was given for that payment; the last one counts.
struct ReferenceAssigned {
    static constexpr std::string_view type = "reference-assigned";
    PaymentNumber payment;
    std::uint32_t collection = 0;
};

using ReferenceEvent = std::variant<ReferenceAssigned>;

journal::Draft encode(const ReferenceEvent& event);
Result<ReferenceEvent> decode_reference(const journal::Event& event);

// Somebody tells of money of which no payment here knows.
struct StrayHeard {
    static constexpr std::string_view type = "stray-heard";
    ProviderKey provider;
    std::string reference;
    std::string transaction;
    std::int64_t cents = 0;
    std::string currency;
    Instant paid{};
};

struct StraySettled {
    static constexpr std::string_view type = "stray-settled";
    std::uint64_t stray = 0;  // the version of its StrayHeard
    ClerkKey by;
    std::string note;
};

using StrayEvent = std::variant<StrayHeard, StraySettled>;

journal::Draft encode(const StrayEvent& event);
Result<StrayEvent> decode_stray(const journal::Event& event);

// The last serial that is taken of a year's payments.
struct NumbersTaken {
    static constexpr std::string_view type = "payment-numbers-taken";
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

using NumbersEvent = std::variant<NumbersTaken>;

journal::Draft encode(const NumbersEvent& event);
Result<NumbersEvent> decode_numbers(const journal::Event& event);

}  // namespace balcao::pay
