#include "pay/till.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

namespace balcao::pay {
namespace {

constexpr std::int64_t far_too_much = 1'000'000'000'000;

bool is_sum(std::int64_t cents) { return cents > 0 && cents <= cents_most; }

// One event onto a till that is thrown away when false comes back.
class Booking {
public:
    Booking(Till& till, Instant at) : till_{till}, at_{at} {}

    bool operator()(const TillOpened&) const { return false; }  // it is the first, and taken elsewhere

    bool operator()(const TillTook& event) const {
        const auto is_same = [&](const TillLine& line) {
            return line.cents > 0 && line.payment == event.payment && line.of == event.taking;
        };
        if (!till_.is_open() || !is_sum(event.cents) || event.means == Means::reference ||
            std::ranges::any_of(till_.lines, is_same))
            return false;
        till_.lines.push_back({event.payment, event.taking, event.means, event.cents, event.by, at_});
        return true;
    }

    bool operator()(const TillPaidOut& event) const {
        const auto is_same = [&](const TillLine& line) {
            return line.cents < 0 && line.payment == event.payment && line.of == event.refund;
        };
        if (!till_.is_open() || !is_sum(event.cents) || event.cents > expected_cash(till_) ||
            std::ranges::any_of(till_.lines, is_same))
            return false;
        till_.lines.push_back({event.payment, event.refund, Means::cash, -event.cents, event.by, at_});
        return true;
    }

    bool operator()(const TillCorrected& event) const {
        if (event.cents == 0 || event.why.empty() || std::abs(event.cents) > cents_most) return false;
        const Correction correction{event.cents, event.why, event.by, at_};
        if (std::holds_alternative<TillIsCounted>(till_.stage)) return false;
        (till_.is_open() ? till_.corrections : till_.found_later).push_back(correction);
        return true;
    }

    bool operator()(const TillCounted& event) const {
        if (std::holds_alternative<TillIsClosed>(till_.stage) || event.expected != expected_cash(till_) ||
            event.cents < 0 || event.cents > far_too_much || event.by.empty() ||
            (event.cents != event.expected && event.why.empty()))
            return false;
        till_.stage = TillIsCounted{{event.cents, event.pieces, event.expected, event.why, event.by, at_}};
        return true;
    }

    bool operator()(const TillClosed& event) const {
        const auto* counted = std::get_if<TillIsCounted>(&till_.stage);
        if (counted == nullptr || event.second == counted->count.by) return false;
        till_.stage = TillIsClosed{counted->count, event.second, at_};
        return true;
    }

private:
    Till& till_;
    Instant at_;
};

}  // namespace

Result<void> apply(Till& till, const TillEvent& decoded, const journal::Event& event) {
    Till next = till;
    bool follows = event.version == till.end.version + 1;
    const auto* opened = std::get_if<TillOpened>(&decoded);
    if (event.version == 1) {
        follows = follows && opened != nullptr && opened->cents >= 0 && opened->cents <= cents_most;
        if (follows) next.opened = *opened;
    } else {
        follows = follows && std::visit(Booking{next, event.at}, decoded);
    }
    if (!follows)
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) + ": a " + event.type +
                                        " does not follow there"};
    next.end = {event.version, event.salt};
    next.last = event.at;
    till = std::move(next);
    return {};
}

Result<void> apply(Till& till, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, decode_till(event));
    return apply(till, decoded, event);
}

Result<Till> fold(const TillKey& key, const std::vector<journal::Event>& events) {
    Till till;
    till.key = key;
    for (const auto& event : events)
        if (auto applied = apply(till, event); !applied) return applied.error();
    return till;
}

std::int64_t sum_by(const Till& till, Means means) {
    std::int64_t sum = 0;
    for (const auto& line : till.lines)
        if (line.means == means) sum += line.cents;
    return sum;
}

std::int64_t expected_cash(const Till& till) {
    std::int64_t cash = till.opened.cents + sum_by(till, Means::cash);
    for (const auto& correction : till.corrections)
        cash += correction.cents;
    return cash;
}

}  // namespace balcao::pay
