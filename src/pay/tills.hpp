#pragma once
// Tills, as they live: a desk's money of a day. Each sum that is taken or paid out is written into the till
// and into its payment by one commit, so neither ever says what the other does not. The pages of desks and of
// managers use it, from any thread; keys and durability are as in `Payments`. Card terminals are providers:
// Payments::begin with a till writes what they take into it, while it is open. Whether somebody is that
// clerk, and may do that, is the caller's to know.
#include <optional>
#include <string>
#include <vector>

#include "pay/room.hpp"

namespace balcao::pay {

// The cash of a till as somebody counted it. `pieces`: of which notes and coins; none: not counted by them.
struct Counting {
    std::int64_t cents = 0;
    std::vector<Pieces> pieces{};
    std::string why{};  // of a difference; at most 1,000 bytes
};

struct TillCall {
    TillKey till;
    ClerkKey by;
    std::string key{};
};

// What was taken in cash: the receipt to print.
struct CashTaken {
    std::uint32_t taking = 0;
    ReceiptNumber receipt;
    friend bool operator==(const CashTaken&, const CashTaken&) = default;
};

// A till that is closed or waits for a second person; the same figures on any server, at any time.
struct TillSheet {
    TillKey till;
    std::int64_t float_cents = 0;
    std::int64_t cash = 0;  // taken less paid out
    std::int64_t card = 0;
    std::int64_t corrections = 0;
    std::int64_t expected = 0;  // cash that should be in it
    std::optional<Count> count{};
    ClerkKey second{};
    bool is_closed = false;
    friend bool operator==(const TillSheet&, const TillSheet&) = default;
};

class Tills {
public:
    // It must outlive it.
    explicit Tills(Room& room) : room_{room} {}

    // Once for a desk and day; with 0 to `cents_most` in it.
    Answer<Done> open(const TillCall& call, std::int64_t float_cents);
    // The whole sum of a payment that is not over, in cash; `cents` is what was taken less the change. Not
    // beside a charge whose fate is unknown.
    Answer<CashTaken> take_cash(const TillCall& call, const PaymentNumber& payment, std::int64_t cents);
    // A refund that waits at a desk (Payments::at_desks), in cash. Its receipt.
    Answer<ReceiptNumber> pay_out(const TillCall& call, const PaymentNumber& payment, std::uint32_t refund);
    // So much more or less, and why: of an open till it changes what should be there; of a closed one it only
    // says what was found out.
    Answer<Done> correct(const TillCall& call, std::int64_t cents, const std::string& why);
    // Counted, and closed where the difference is small enough; else it waits for a second person, and may be
    // counted again until then.
    Answer<TillSheet> count(const TillCall& call, const Counting& counting);
    // By another person than who counted.
    Answer<TillSheet> countersign(const TillCall& call);

    [[nodiscard]] Answer<TillSheet> sheet(const TillKey& till) const;

    [[nodiscard]] Answer<Till> find(const TillKey& till) const { return room_.find(till); }

private:
    using Made = journal::Made;

    Answer<Made> run(std::string_view verb, const TillCall& call, const Room::Decide& decide);

    Room& room_;
};

TillSheet sheet_of(const Till& till);

}  // namespace balcao::pay
