#pragma once
// A till as it is: the fold of the events of a desk's day. It is opened with a float, every sum in it belongs
// to a payment or is a correction with a reason, and it is closed by who counts it, beside a second person
// where much is wrong. Once it is closed nothing of it changes any more. Used by the decisions, by pages and
// by who sums up a day. Amounts are cents.
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "journal/settle.hpp"
#include "pay/till_event.hpp"

namespace balcao::pay {

// A payment's money: taken in cash or by card, or (less than nothing) paid out in cash.
struct TillLine {
    PaymentNumber payment;
    std::uint32_t of = 0;  // the taking, or the refund that was paid out
    Means means = Means::cash;
    std::int64_t cents = 0;
    ClerkKey by;
    Instant at{};
    friend bool operator==(const TillLine&, const TillLine&) = default;
};

struct Correction {
    std::int64_t cents = 0;
    std::string why;
    ClerkKey by;
    Instant at{};
    friend bool operator==(const Correction&, const Correction&) = default;
};

struct TillIsOpen {
    friend bool operator==(const TillIsOpen&, const TillIsOpen&) = default;
};

struct Count {
    std::int64_t cents = 0;
    std::vector<Pieces> pieces;
    std::int64_t expected = 0;
    std::string why;
    ClerkKey by;
    Instant at{};

    [[nodiscard]] std::int64_t difference() const { return cents - expected; }

    friend bool operator==(const Count&, const Count&) = default;
};

// It waits for a second person.
struct TillIsCounted {
    Count count;
    friend bool operator==(const TillIsCounted&, const TillIsCounted&) = default;
};

struct TillIsClosed {
    Count count;
    ClerkKey second;  // empty: nobody had to
    Instant at{};
    friend bool operator==(const TillIsClosed&, const TillIsClosed&) = default;
};

using TillStage = std::variant<TillIsOpen, TillIsCounted, TillIsClosed>;

struct Till {
    TillKey key;
    journal::StreamEnd end;
    Instant last{};
    TillOpened opened;
    std::vector<TillLine> lines;
    std::vector<Correction> corrections;  // before it was counted
    std::vector<Correction> found_later;  // after it was closed; they change none of its figures
    TillStage stage{};

    [[nodiscard]] bool is_open() const { return std::holds_alternative<TillIsOpen>(stage); }
};

Result<void> apply(Till& till, const journal::Event& event);
Result<void> apply(Till& till, const TillEvent& decoded, const journal::Event& event);
// All events of a stream. Error: invalid.
Result<Till> fold(const TillKey& key, const std::vector<journal::Event>& events);

// What its lines come to by that means: taken less paid out.
std::int64_t sum_by(const Till& till, Means means);
// The cash that should be in it: float, cash and corrections.
std::int64_t expected_cash(const Till& till);

}  // namespace balcao::pay
