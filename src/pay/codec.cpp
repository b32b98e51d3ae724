// How the events of payments, tills, books of receipts, references and strays are written and read.
#include "journal/codec.hpp"

#include <array>
#include <concepts>
#include <span>
#include <type_traits>

#include "pay/payment_event.hpp"
#include "pay/till_event.hpp"

namespace balcao::pay {
namespace {

constexpr std::array<std::string_view, 3> means_words{"reference", "card", "cash"};
constexpr std::array<std::string_view, 2> way_words{"provider", "desk"};
constexpr std::array<std::string_view, 6> surplus_words{"none", "over",      "twice",
                                                        "late", "cancelled", "too-little"};
constexpr std::array<std::string_view, 4> because_words{"surplus", "refused", "cancelled", "compensated"};
constexpr std::array<std::string_view, 4> odd_words{"other-amount", "other-currency", "senseless",
                                                    "other-reference"};
constexpr std::array<std::string_view, 2> receipt_words{"payment", "refund"};

}  // namespace

std::span<const std::string_view> words_of(Means) { return means_words; }

std::span<const std::string_view> words_of(Way) { return way_words; }

std::span<const std::string_view> words_of(Surplus) { return surplus_words; }

std::span<const std::string_view> words_of(Because) { return because_words; }

std::span<const std::string_view> words_of(Odd) { return odd_words; }

std::span<const std::string_view> words_of(ReceiptKind) { return receipt_words; }

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Item>

void members(Part& part, Value& item) {
    part("item", item.item);
    part("service", item.service);
    part("entity", item.entity);
    part("cents", item.cents);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, PartOfItem>

void members(Part& part, Value& one) {
    part("item", one.item);
    part("cents", one.cents);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Pieces>

void members(Part& part, Value& pieces) {
    part("value", pieces.value_cents);
    part("count", pieces.count);
}

// Those that say of what, by whom and where.
template <class Part, class Event>
void members_of_places([[maybe_unused]] Part& part, [[maybe_unused]] Event& event) {
    if constexpr (requires { event.items; }) part("items", event.items);
    if constexpr (requires { event.payment; }) part("payment", event.payment);
    if constexpr (requires { event.about; }) part.may_lack("about", event.about);
    if constexpr (requires { event.site; }) part("site", event.site);
    if constexpr (requires { event.channel; }) part("channel", event.channel);
    if constexpr (requires { event.edition; }) part.may_lack("edition", event.edition);
    if constexpr (requires { event.quote; }) part.may_lack("quote", event.quote);
    if constexpr (requires { event.collection; }) part.may_lack("collection", event.collection);
    if constexpr (requires { event.taking; }) part("taking", event.taking);
    if constexpr (requires { event.refund; }) part("refund", event.refund);
    if constexpr (requires { event.oddity; }) part("oddity", event.oddity);
    if constexpr (requires { event.stray; }) part("stray", event.stray);
    if constexpr (requires { event.of; }) part("of", event.of);
    if constexpr (requires { event.provider; }) part.may_lack("provider", event.provider);
    if constexpr (requires { event.till; }) part.may_lack("till", event.till);
    if constexpr (requires { event.entity; }) part.may_lack("entity", event.entity);
    if constexpr (requires { event.reference; }) part.may_lack("reference", event.reference);
    if constexpr (requires { event.transaction; }) part.may_lack("transaction", event.transaction);
}

template <class Part, class Event>
requires requires { Event::type; }

void members([[maybe_unused]] Part& part, [[maybe_unused]] Event& event) {
    members_of_places(part, event);
    if constexpr (requires { event.kind; }) part("kind", event.kind);
    if constexpr (requires { event.means; }) part("means", event.means);
    if constexpr (requires { event.way; }) part("way", event.way);
    if constexpr (requires { event.attempt; }) part("attempt", event.attempt);
    if constexpr (requires { event.cents; }) part("cents", event.cents);
    if constexpr (requires { event.expected; }) part("expected", event.expected);
    if constexpr (requires { event.currency; }) part("currency", event.currency);
    if constexpr (requires { event.parts; }) part.may_lack("parts", event.parts);
    if constexpr (requires { event.pieces; }) part.may_lack("pieces", event.pieces);
    if constexpr (requires { event.surplus; }) part.may_lack("surplus", event.surplus);
    if constexpr (requires { event.why; }) part.may_lack("why", event.why);
    if constexpr (requires { event.note; }) part.may_lack("note", event.note);
    if constexpr (requires { event.paid; }) part("paid", event.paid);
    if constexpr (requires { event.until; }) part("until", event.until);
    if constexpr (requires { event.receipt; }) part.may_lack("receipt", event.receipt);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
    if constexpr (requires { event.second; }) part.may_lack("second", event.second);
    if constexpr (requires { event.first; }) part("first", event.first);
    if constexpr (requires { event.count; }) part("count", event.count);
}

journal::Draft encode(const PaymentEvent& event) { return journal::encode_as_draft(event); }

Result<PaymentEvent> decode_payment(const journal::Event& event) {
    return journal::decode_as<PaymentEvent>(event);
}

journal::Draft encode(const TillEvent& event) { return journal::encode_as_draft(event); }

Result<TillEvent> decode_till(const journal::Event& event) { return journal::decode_as<TillEvent>(event); }

journal::Draft encode(const BookEvent& event) { return journal::encode_as_draft(event); }

Result<BookEvent> decode_book(const journal::Event& event) { return journal::decode_as<BookEvent>(event); }

journal::Draft encode(const ReferenceEvent& event) { return journal::encode_as_draft(event); }

Result<ReferenceEvent> decode_reference(const journal::Event& event) {
    return journal::decode_as<ReferenceEvent>(event);
}

journal::Draft encode(const StrayEvent& event) { return journal::encode_as_draft(event); }

Result<StrayEvent> decode_stray(const journal::Event& event) { return journal::decode_as<StrayEvent>(event); }

journal::Draft encode(const NumbersEvent& event) { return journal::encode_as_draft(event); }

Result<NumbersEvent> decode_numbers(const journal::Event& event) {
    return journal::decode_as<NumbersEvent>(event);
}

}  // namespace balcao::pay
