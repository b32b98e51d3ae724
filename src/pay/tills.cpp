#include "pay/tills.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <variant>

#include "pay/giving.hpp"
#include "pay/payments.hpp"

namespace balcao::pay {
namespace {

constexpr std::size_t why_bytes = 1'000;

std::optional<Refusal> fault_of_taking(const Till& till) {
    if (till.end.version == 0) return Refusal{Reason::no_such_till};
    if (!till.is_open()) return Refusal{Reason::till_counted};
    return std::nullopt;
}

std::optional<Refusal> fault_of_counting(const Counting& counting) {
    if (counting.cents < 0 || counting.cents > 1'000 * cents_most) return Refusal{Reason::amount_unfit};
    if (!is_fit_text(counting.why, why_bytes)) return Refusal{Reason::name_unfit, "why"};
    if (counting.pieces.empty()) return std::nullopt;
    std::int64_t sum = 0;
    for (const auto& piece : counting.pieces) {
        constexpr std::uint32_t pieces_most = 100'000;
        if (piece.value_cents <= 0 || piece.value_cents > 100'000 || piece.count > pieces_most)
            return Refusal{Reason::amount_unfit, "pieces"};
        sum += piece.value_cents * piece.count;
    }
    if (sum != counting.cents) return Refusal{Reason::other_sum, std::to_string(sum)};
    return std::nullopt;
}

// A charge may have come through though nobody knows yet.
bool has_charge_under_way(const Payment& payment) {
    return std::ranges::any_of(payment.collections, [](const Collection& one) {
        return one.means == Means::card &&
               (std::holds_alternative<ToSend>(one.state) || std::holds_alternative<Sending>(one.state) ||
                std::holds_alternative<Unclear>(one.state));
    });
}

}  // namespace

TillSheet sheet_of(const Till& till) {
    TillSheet sheet;
    sheet.till = till.key;
    sheet.float_cents = till.opened.cents;
    sheet.cash = sum_by(till, Means::cash);
    sheet.card = sum_by(till, Means::card);
    sheet.expected = expected_cash(till);
    for (const auto& correction : till.corrections)
        sheet.corrections += correction.cents;
    if (const auto* counted = std::get_if<TillIsCounted>(&till.stage)) sheet.count = counted->count;
    if (const auto* closed = std::get_if<TillIsClosed>(&till.stage)) {
        sheet.count = closed->count;
        sheet.second = closed->second;
        sheet.is_closed = true;
    }
    return sheet;
}

Answer<journal::Made> Tills::run(std::string_view verb, const TillCall& call, const Room::Decide& decide) {
    if (!is_fit_name(call.till.site.text()) || !is_fit_name(call.till.desk.text()))
        return Refusal{Reason::name_unfit, "till"};
    if (call.by.empty()) return Refusal{Reason::name_unfit, "by"};
    return room_.run(command_of(verb, to_text(call.till) + "/" + call.by.text(), call.key),
                     [&](Draft& draft) -> std::optional<Refusal> {
                         if (auto refusal = draft.load(call.till)) return refusal;
                         return decide(draft);
                     });
}

Answer<Done> Tills::open(const TillCall& call, std::int64_t float_cents) {
    if (float_cents < 0 || float_cents > cents_most) return Refusal{Reason::amount_unfit};
    const auto made = run("open-till", call, [&](Draft& draft) -> std::optional<Refusal> {
        if (draft.till().end.version > 0) return Refusal{Reason::till_open_already};
        draft.record(TillOpened{call.by, float_cents, room_.settings().currency});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

Answer<CashTaken> Tills::take_cash(const TillCall& call, const PaymentNumber& number, std::int64_t cents) {
    const auto made = run("take-cash", call, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto refusal = fault_of_taking(draft.till())) return refusal;
        if (auto refusal = draft.load(number)) return refusal;
        const auto& payment = draft.payment();
        if (!std::holds_alternative<Open>(payment.stage) || payment.asked.until <= draft.now())
            return Refusal{Reason::payment_over, std::string{name_of(state_of(payment))}};
        if (has_charge_under_way(payment)) return Refusal{Reason::charge_under_way};
        if (payment.asked.currency != draft.till().opened.currency) return Refusal{Reason::other_currency};
        if (cents != payment.sum) return Refusal{Reason::other_sum, format_money(payment.money(payment.sum))};
        const auto taking = static_cast<std::uint32_t>(payment.takings.size() + 1);
        auto receipt = draft.issue(
            call.till.site, {ReceiptKind::payment, number, taking, payment.sum, payment.asked.currency});
        if (auto* refusal = std::get_if<Refusal>(&receipt)) return *refusal;
        const auto& issued = std::get<ReceiptNumber>(receipt);
        const std::string transaction =
            to_text(call.till) + "#" + std::to_string(draft.till().end.version + 1);
        draft.record(TillTook{number, taking, Means::cash, cents, call.by});
        draft.record(MoneyTaken{
            taking, 0, {}, transaction, Means::cash, cents, draft.now(), Surplus::none, call.till, issued});
        draft.commit.answer = std::to_string(taking) + " " + to_text(issued);
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const std::string& answer = std::get<Made>(made).answer;
    const auto space = answer.find(' ');
    CashTaken taken;
    if (space == std::string::npos || !from_text(answer.substr(space + 1), taken.receipt))
        return Refusal{Reason::unavailable};
    taken.taking = static_cast<std::uint32_t>(std::stoul(answer.substr(0, space)));
    return taken;
}

Answer<ReceiptNumber> Tills::pay_out(const TillCall& call,
                                     const PaymentNumber& number,
                                     std::uint32_t refund) {
    const auto made = run("pay-out", call, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto refusal = fault_of_taking(draft.till())) return refusal;
        if (auto refusal = draft.load(number)) return refusal;
        const auto* owed = draft.payment().refund(refund);
        if (owed == nullptr) return Refusal{Reason::no_such_refund};
        if (!std::holds_alternative<AtDesk>(owed->state)) return Refusal{Reason::not_for_desk};
        if (draft.payment().asked.currency != draft.till().opened.currency)
            return Refusal{Reason::other_currency};
        if (owed->what.cents > expected_cash(draft.till())) return Refusal{Reason::not_enough_cash};
        const std::string transaction =
            to_text(call.till) + "#" + std::to_string(draft.till().end.version + 1);
        draft.record(TillPaidOut{number, refund, owed->what.cents, call.by});
        if (auto refusal = record_made(draft, refund, {transaction, draft.now(), call.by})) return refusal;
        const auto& made_now = std::get<pay::Made>(draft.payment().refund(refund)->state);
        draft.commit.answer = to_text(made_now.receipt);
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    ReceiptNumber receipt;
    if (!from_text(std::get<Made>(made).answer, receipt)) return Refusal{Reason::unavailable};
    return receipt;
}

Answer<Done> Tills::correct(const TillCall& call, std::int64_t cents, const std::string& why) {
    if (cents == 0 || std::abs(cents) > cents_most) return Refusal{Reason::amount_unfit};
    if (why.empty() || !is_fit_text(why, why_bytes)) return Refusal{Reason::why_missing};
    const auto made = run("correct-till", call, [&](Draft& draft) -> std::optional<Refusal> {
        if (draft.till().end.version == 0) return Refusal{Reason::no_such_till};
        if (std::holds_alternative<TillIsCounted>(draft.till().stage)) return Refusal{Reason::till_counted};
        draft.record(TillCorrected{cents, why, call.by});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

Answer<TillSheet> Tills::count(const TillCall& call, const Counting& counting) {
    if (auto refusal = fault_of_counting(counting)) return *refusal;
    const auto made = run("count-till", call, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& till = draft.till();
        if (till.end.version == 0) return Refusal{Reason::no_such_till};
        if (std::holds_alternative<TillIsClosed>(till.stage)) return Refusal{Reason::till_closed};
        const std::int64_t expected = expected_cash(till);
        const std::int64_t difference = counting.cents - expected;
        if (difference != 0 && counting.why.empty())
            return Refusal{Reason::why_missing, format_money({difference, till.opened.currency})};
        draft.record(TillCounted{counting.cents, counting.pieces, expected, counting.why, call.by});
        if (std::abs(difference) <= room_.settings().difference_most) draft.record(TillClosed{});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return sheet(call.till);
}

Answer<TillSheet> Tills::countersign(const TillCall& call) {
    const auto made = run("countersign-till", call, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& till = draft.till();
        if (till.end.version == 0) return Refusal{Reason::no_such_till};
        if (std::holds_alternative<TillIsClosed>(till.stage)) return Refusal{Reason::no_second_needed};
        const auto* counted = std::get_if<TillIsCounted>(&till.stage);
        if (counted == nullptr) return Refusal{Reason::not_counted};
        if (counted->count.by == call.by) return Refusal{Reason::same_person};
        draft.record(TillClosed{call.by});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return sheet(call.till);
}

Answer<TillSheet> Tills::sheet(const TillKey& key) const {
    const auto found = room_.find(key);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    return sheet_of(std::get<Till>(found));
}

}  // namespace balcao::pay
