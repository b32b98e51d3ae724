// What a person decides on money that is here, and what is given back.
#include <algorithm>
#include <string>
#include <variant>

#include "pay/giving.hpp"
#include "pay/payments.hpp"

namespace balcao::pay {
namespace {

constexpr std::size_t evidence_bytes_most = 128;

std::uint32_t next_refund(const Payment& payment) {
    return static_cast<std::uint32_t>(payment.refunds.size() + 1);
}

std::string list_of(const std::vector<std::uint32_t>& numbers) {
    std::string text;
    for (const auto number : numbers)
        text += (text.empty() ? "" : " ") + std::to_string(number);
    return text;
}

std::vector<std::uint32_t> numbers_of(const std::string& text) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t place = 0; place < text.size();) {
        const auto space = std::min(text.find(' ', place), text.size());
        numbers.push_back(static_cast<std::uint32_t>(std::stoul(text.substr(place, space - place))));
        place = space + 1;
    }
    return numbers;
}

}  // namespace

// A receipt goes with it, so that what went out is numbered like what came in.
std::optional<Refusal> record_made(Draft& draft, std::uint32_t refund, const MadeBy& how) {
    const auto& payment = draft.payment();
    const auto* found = payment.refund(refund);
    auto receipt = draft.issue(payment.asked.site, {ReceiptKind::refund, payment.number, refund,
                                                    found->what.cents, payment.asked.currency});
    if (auto* refusal = std::get_if<Refusal>(&receipt)) return *refusal;
    std::optional<TillKey> till;
    if (found->way == Way::desk && draft.has_till()) till = draft.till().key;
    draft.record(RefundMade{refund, how.transaction, how.at, till, how.by, std::get<ReceiptNumber>(receipt)});
    return std::nullopt;
}

Answer<std::vector<std::uint32_t>> Payments::give_back(const PaymentNumber& number,
                                                       const std::vector<NotDelivered>& items,
                                                       const ClerkKey& by,
                                                       const std::string& key) {
    const auto made = run(
        number, command_of("give-back", to_text(number), key), [&](Draft& draft) -> std::optional<Refusal> {
            const auto* paid = std::get_if<Paid>(&draft.payment().stage);
            if (paid == nullptr) return Refusal{Reason::not_paid};
            for (const auto& item : items)
                if (draft.payment().find(item.item) == nullptr)
                    return Refusal{Reason::no_such_item, item.item.text()};
            const auto owed = owed_back(draft.payment(), items, room_.settings());
            if (owed.empty()) return Refusal{Reason::nothing_owed};
            const std::uint32_t taking = paid->taking;
            const Way way = way_back(room_, *draft.payment().taking(taking));
            // One refund for each reason, so that its receipt can say why.
            std::vector<std::uint32_t> refunds;
            for (const auto why : {Because::refused, Because::cancelled, Because::compensated}) {
                RefundOwed refund{next_refund(draft.payment()), taking, 0, {}, why, way, by};
                for (const auto& one : owed)
                    if (one.why == why) {
                        refund.parts.push_back({one.item, one.cents});
                        refund.cents += one.cents;
                    }
                if (refund.parts.empty()) continue;
                refunds.push_back(refund.refund);
                draft.record(refund);
            }
            draft.commit.answer = list_of(refunds);
            return std::nullopt;
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return numbers_of(std::get<Made>(made).answer);
}

Answer<Done> Payments::give_back_surplus(const PaymentNumber& number,
                                         std::uint32_t taking,
                                         const ClerkKey& by) {
    return done(number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto* found = draft.payment().taking(taking);
        if (found == nullptr) return Refusal{Reason::no_such_taking};
        const auto rest = undecided(draft.payment(), taking);
        if (rest <= 0) return Refusal{Reason::not_undecided};
        draft.record(RefundOwed{
            next_refund(draft.payment()), taking, rest, {}, Because::surplus, way_back(room_, *found), by});
        return std::nullopt;
    });
}

Answer<ReceiptNumber> Payments::accept_late(const PaymentNumber& number,
                                            std::uint32_t taking,
                                            const ClerkKey& by) {
    if (by.empty()) return Refusal{Reason::name_unfit, "by"};
    const auto made = run(number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& payment = draft.payment();
        const auto* found = payment.taking(taking);
        if (found == nullptr) return Refusal{Reason::no_such_taking};
        if (undecided(payment, taking) != found->what.cents) return Refusal{Reason::not_undecided};
        if (found->what.surplus != Surplus::late || !std::holds_alternative<Lapsed>(payment.stage))
            return Refusal{Reason::not_acceptable};
        auto receipt = draft.issue(
            payment.asked.site, {ReceiptKind::payment, number, taking, payment.sum, payment.asked.currency});
        if (auto* refusal = std::get_if<Refusal>(&receipt)) return *refusal;
        draft.record(SurplusAccepted{taking, by, std::get<ReceiptNumber>(receipt)});
        draft.commit.answer = to_text(std::get<ReceiptNumber>(receipt));
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    ReceiptNumber receipt;
    if (!from_text(std::get<Made>(made).answer, receipt)) return Refusal{Reason::unavailable};
    return receipt;
}

Answer<Done> Payments::refund_again(const PaymentNumber& number,
                                    std::uint32_t refund,
                                    Way way,
                                    const ClerkKey& by) {
    if (by.empty()) return Refusal{Reason::name_unfit, "by"};
    return done(number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto* found = draft.payment().refund(refund);
        if (found == nullptr) return Refusal{Reason::no_such_refund};
        const bool is_at_desk = std::holds_alternative<AtDesk>(found->state);
        if (!is_at_desk && !std::holds_alternative<Failed>(found->state)) return Refusal{Reason::not_failed};
        const auto* taking = draft.payment().taking(found->what.taking);
        if (way == Way::provider && way_back(room_, *taking) == Way::desk)
            return Refusal{Reason::no_such_provider};
        draft.record(RefundAgain{refund, way, by});
        return std::nullopt;
    });
}

Answer<Done> Payments::declare(const RefundFate& fate) {
    if (fate.by.empty()) return Refusal{Reason::name_unfit, "by"};
    if (fate.evidence.empty() || !is_fit_text(fate.evidence, evidence_bytes_most))
        return Refusal{Reason::why_missing};
    Thing known;  // as this server has heard of it
    {
        const std::lock_guard lock{mutex_};
        if (const auto live = live_.find(fate.payment); live != live_.end()) {
            known.version = live->second.now.end.version;
            known.heard = live->second.heard;
        }
    }
    return done(fate.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto* found = draft.payment().refund(fate.refund);
        if (found == nullptr) return Refusal{Reason::no_such_refund};
        const bool is_failed = std::holds_alternative<Failed>(found->state);
        const bool is_unclear = std::holds_alternative<Unclear>(found->state);
        if (!is_unclear && !(is_failed && fate.was_made)) return Refusal{Reason::not_unclear};
        if (fate.was_made) return record_made(draft, fate.refund, {fate.evidence, draft.now(), fate.by});
        const auto* terms = room_.terms_of(draft.payment().taking(found->what.taking)->what.provider);
        if (terms == nullptr || draft.payment().end.version != known.version || !is_settled(known, *terms))
            return Refusal{Reason::too_early};
        draft.record(RefundFailed{fate.refund, fate.evidence, fate.by});
        return std::nullopt;
    });
}

Answer<Done> Payments::look_at_oddity(const PaymentNumber& number,
                                      std::uint32_t oddity,
                                      const ClerkKey& by,
                                      const std::string& text) {
    if (by.empty()) return Refusal{Reason::name_unfit, "by"};
    if (text.empty() || !is_fit_text(text, evidence_bytes_most)) return Refusal{Reason::why_missing};
    return done(number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& oddities = draft.payment().oddities;
        if (oddity == 0 || oddity > oddities.size()) return Refusal{Reason::no_such_oddity};
        if (oddities[oddity - 1].looked_at) return Refusal{Reason::already_settled};
        draft.record(OddityLookedAt{oddity, by, text});
        return std::nullopt;
    });
}

}  // namespace balcao::pay
