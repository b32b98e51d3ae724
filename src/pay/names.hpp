#pragma once
// The names of what is paid for, by whom it is collected and where: plain values that everybody uses who
// speaks of payments. Amounts are whole cents of one currency (base/money.hpp); none is above `cents_most`.
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.hpp"
#include "base/key.hpp"
#include "model/keys.hpp"

namespace balcao::pay {

using ItemKey = Key<struct ItemTag>;    // of what is paid for, unique in its payment; of a case: its step
using ClerkKey = Key<struct ClerkTag>;  // who sits at a till or decides on money; an account of the city
using ProviderKey = Key<struct ProviderTag>;  // whoever collects from afar, or a card terminal at a desk
using TillDeskKey = Key<struct TillDeskTag>;  // the desk at which a till stands, unique in its site

// 999,999.99: what a reference of Multibanco can ask for (eight digits of cents).
inline constexpr std::int64_t cents_most = 99'999'999;

// Of what providers tell us: names of transactions, references, reasons.
inline constexpr std::size_t told_bytes_most = 128;

// The number of a payment, as people say it: "2026-000123". It is the name of its stream too, so the journal
// itself refuses to give one twice. It is no secret and gives no right, and it may have gaps.
struct PaymentNumber {
    int year = 0;              // 1000 to 9999
    std::uint32_t serial = 0;  // from 1; at least six digits when written
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const PaymentNumber&, const PaymentNumber&) = default;
};

std::string to_text(const PaymentNumber& number);
// False for what to_text never writes.
bool from_text(std::string_view text, PaymentNumber& number);

// The till of a desk on a day: "shop/3/2026-11-24".
struct TillKey {
    model::SiteKey site;
    TillDeskKey desk;
    Date date{};
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const TillKey&, const TillKey&) = default;
};

std::string to_text(const TillKey& till);
bool from_text(std::string_view text, TillKey& till);

// The number of a receipt: of a site and a year, from 1, without gaps. "shop/2026/17".
struct ReceiptNumber {
    model::SiteKey site;
    int year = 0;
    std::uint32_t serial = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const ReceiptNumber&, const ReceiptNumber&) = default;
};

std::string to_text(const ReceiptNumber& number);
bool from_text(std::string_view text, ReceiptNumber& number);

// The streams of all of these.
inline constexpr std::string_view payments_prefix = "payment/";
inline constexpr std::string_view tills_prefix = "till/";
inline constexpr std::string_view books_prefix = "receipts/";
inline constexpr std::string_view runs_prefix = "payment-numbers/";
inline constexpr std::string_view references_prefix = "payment-reference/";
inline constexpr std::string_view strays_stream = "payment-strays";

std::string stream_of(const PaymentNumber& number);
std::string stream_of(const TillKey& till);
// Of the book that the receipt stands in; the receipt's serial is the version of its event there.
std::string stream_of_book(const ReceiptNumber& number);
std::string stream_of_reference(const ProviderKey& provider, std::string_view reference);
// Nothing for any other stream.
std::optional<PaymentNumber> payment_of_stream(std::string_view stream);
std::optional<TillKey> till_of_stream(std::string_view stream);

// Whether a text can be part of a name: 1 to 64 printable bytes of ASCII without a stroke.
bool is_fit_name(std::string_view text);
// At most that many bytes, UTF-8 without control characters; may be empty.
bool is_fit_text(std::string_view text, std::size_t bytes_most);

// How money comes.
enum class Means : std::uint8_t { reference, card, cash };

// How money goes back.
enum class Way : std::uint8_t {
    provider,  // by whoever collected it
    desk,      // in cash, out of a till
};

// Why money that came pays for nothing, or for less than it is.
enum class Surplus : std::uint8_t {
    none,
    over,       // more than was asked for; what is above waits
    twice,      // it was paid already
    late,       // it had lapsed
    cancelled,  // it had been cancelled
    too_little  // less than was asked for; all of it waits
};

// Why something is given back.
enum class Because : std::uint8_t {
    surplus,
    refused,      // the entity refused it
    cancelled,    // it was cancelled before it was done
    compensated,  // it was done, and undone again
};

// What somebody told us of money that cannot be.
enum class Odd : std::uint8_t {
    other_amount,     // the same transaction as before, of another amount
    other_currency,   // it is counted nowhere
    senseless,        // nothing, less than nothing, or more than can be
    other_reference,  // a reference that is another payment's
};

}  // namespace balcao::pay
