// Money that others tell of: what it does to a payment, and where nobody knows of it.
#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/hash.hpp"
#include "pay/payments.hpp"

namespace balcao::pay {
namespace {

// The same is noted once.
void note(Draft& draft, Odd kind, const ProviderKey& provider, const CameIn& came) {
    const auto is_same = [&](const Oddity& one) {
        return one.what.kind == kind && one.what.provider == provider &&
               one.what.transaction == came.transaction && one.what.cents == came.amount.cents;
    };
    if (std::ranges::any_of(draft.payment().oddities, is_same)) return;
    draft.record(OddityNoted{kind, provider, came.transaction, came.amount.cents});
}

// Why what is told cannot be money of that payment.
std::optional<Odd> oddity_of(const Payment& payment, const ProviderKey& provider, const CameIn& came) {
    const bool is_same_currency = came.amount.currency == payment.asked.currency;
    if (const auto* known = payment.find(provider, came.transaction))
        return known->what.cents == came.amount.cents && is_same_currency ? std::nullopt
                                                                          : std::optional{Odd::other_amount};
    if (!is_same_currency) return Odd::other_currency;
    if (came.amount.cents <= 0 || came.amount.cents > cents_most || came.transaction.empty() ||
        !is_fit_text(came.transaction, told_bytes_most))
        return Odd::senseless;
    return std::nullopt;
}

// The till of a card's collection, where it is still open: else it keeps what it was closed with.
std::optional<Refusal> load_till_of(Draft& draft, std::uint32_t collection) {
    const auto* found = draft.payment().collection(collection);
    if (found == nullptr || !found->till || draft.has_till()) return std::nullopt;
    return draft.load(*found->till);
}

std::string text_of_all(const ProviderKey& provider, const Notice& notice) {
    const auto hash = crypto::sha256({provider.text(), "\n", notice.reference, "\n", notice.came.transaction,
                                      "\n", format_money(notice.came.amount)});
    return crypto::to_hex(crypto::bytes_of(hash));
}

// What cannot be read is none of ours.
std::vector<Stray> strays_in(const std::vector<journal::Event>& events) {
    std::vector<Stray> all;
    for (const auto& event : events) {
        const auto decoded = decode_stray(event);
        if (!decoded) continue;
        if (const auto* heard = std::get_if<StrayHeard>(&*decoded))
            all.push_back({event.version, *heard, event.at, {}});
        if (const auto* settled = std::get_if<StraySettled>(&*decoded)) {
            const auto found = std::ranges::find(all, settled->stray, &Stray::number);
            if (found != all.end()) found->settled = *settled;
        }
    }
    return all;
}

}  // namespace

Way way_back(const Room& room, const Taking& taking) {
    const auto* terms = room.terms_of(taking.what.provider);
    return terms != nullptr && terms->can_refund ? Way::provider : Way::desk;
}

Answer<Heard> take_money(Draft& draft,
                         std::uint32_t collection,
                         const ProviderKey& provider,
                         const CameIn& came) {
    if (const auto odd = oddity_of(draft.payment(), provider, came)) {
        note(draft, *odd, provider, came);
        return Heard::odd;
    }
    if (draft.payment().find(provider, came.transaction) != nullptr) return Heard::known_already;
    if (auto refusal = load_till_of(draft, collection)) return *refusal;
    const auto* terms = draft.room().terms_of(provider);
    const auto number = static_cast<std::uint32_t>(draft.payment().takings.size() + 1);
    MoneyTaken money{number, collection, provider, came.transaction, {}, came.amount.cents, came.at,
                     {},     {},         {}};
    money.means = terms == nullptr ? Means::reference : terms->means;
    money.surplus = surplus_of(draft.payment(), came.amount.cents, came.at);
    if (money.surplus == Surplus::none || money.surplus == Surplus::over) {
        auto receipt =
            draft.issue(draft.payment().asked.site, {ReceiptKind::payment, draft.payment().number, number,
                                                     draft.payment().sum, draft.payment().asked.currency});
        if (auto* refusal = std::get_if<Refusal>(&receipt)) return *refusal;
        money.receipt = std::get<ReceiptNumber>(receipt);
    }
    const auto* asked = draft.payment().collection(collection);
    if (draft.has_till() && draft.till().end.version > 0 && draft.till().is_open()) {
        money.till = draft.till().key;
        draft.record(TillTook{draft.payment().number, number, money.means, money.cents,
                              asked == nullptr ? ClerkKey{} : asked->by});
    }
    draft.record(money);
    const std::int64_t rest = undecided(draft.payment(), number);
    if (rest > 0 && draft.room().settings().returned_at_once.at(static_cast<std::size_t>(money.surplus)))
        draft.record(RefundOwed{static_cast<std::uint32_t>(draft.payment().refunds.size() + 1),
                                number,
                                rest,
                                {},
                                Because::surplus,
                                way_back(draft.room(), draft.payment().takings.back()),
                                {}});
    return Heard::taken;
}

Answer<Heard> Payments::hear_of(const PaymentNumber& number,
                                std::uint32_t collection,
                                const ProviderKey& provider,
                                const Notice& notice) {
    Heard heard = Heard::stray;
    const auto made = run(number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        heard = Heard::stray;
        const auto& payment = draft.payment();
        std::uint32_t found = collection;
        if (!notice.key.empty()) found = collection_of_key(payment, notice.key);
        const auto* asked = payment.collection(found);
        if (asked == nullptr || asked->provider != provider) return std::nullopt;
        const auto* given = std::get_if<Given>(&asked->state);
        if (given != nullptr && !notice.reference.empty() && given->reference != notice.reference) {
            note(draft, Odd::other_reference, provider, notice.came);
            heard = Heard::odd;
            return std::nullopt;
        }
        const auto taken = take_money(draft, found, provider, notice.came);
        if (const auto* refusal = std::get_if<Refusal>(&taken)) return *refusal;
        heard = std::get<Heard>(taken);
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) {
        if (refusal->reason != Reason::no_such_payment) return *refusal;
        return note_stray(provider, notice);
    }
    return heard == Heard::stray ? note_stray(provider, notice) : Answer<Heard>{heard};
}

Answer<Heard> Payments::hear(const ProviderKey& provider, const Notice& notice) {
    if (room_.terms_of(provider) == nullptr) return Refusal{Reason::no_such_provider};
    if (notice.came.transaction.empty() || !is_fit_text(notice.came.transaction, told_bytes_most) ||
        !is_fit_text(notice.reference, told_bytes_most) || !is_fit_text(notice.key, told_bytes_most))
        return Refusal{Reason::name_unfit, "transaction"};
    if (!notice.key.empty()) {
        const auto number = payment_of_key(notice.key);
        return number ? hear_of(*number, 0, provider, notice) : note_stray(provider, notice);
    }
    if (notice.reference.empty()) return note_stray(provider, notice);
    const auto events = room_.store().read(stream_of_reference(provider, notice.reference), 0);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return note_stray(provider, notice);
    const auto assigned = decode_reference(events->back());
    if (!assigned) return Refusal{Reason::unavailable};
    const auto& last = std::get<ReferenceAssigned>(*assigned);
    return hear_of(last.payment, last.collection, provider, notice);
}

// The same told twice is noted once.
Answer<Heard> Payments::note_stray(const ProviderKey& provider, const Notice& notice) {
    const auto made =
        room_.run("pay/stray/" + text_of_all(provider, notice), [&](Draft& draft) -> std::optional<Refusal> {
            const std::string stream{strays_stream};
            const auto events = room_.store().read(stream, 0);
            if (!events) return Refusal{Reason::unavailable};
            journal::StreamEnd end;
            if (!events->empty()) end = {events->back().version, events->back().salt};
            const auto& came = notice.came;
            const StrayHeard stray{provider,          notice.reference,     came.transaction,
                                   came.amount.cents, came.amount.currency, came.at};
            journal::append(draft.commit, stream, end, encode(StrayEvent{stray}), draft.now());
            return std::nullopt;
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Heard::stray;
}

Answer<std::vector<Stray>> Payments::strays() const {
    const auto events = room_.store().read(strays_stream, 0);
    if (!events) return Refusal{Reason::unavailable};
    return strays_in(*events);
}

Answer<Done> Payments::settle_stray(std::uint64_t stray, const ClerkKey& by, const std::string& text) {
    if (by.empty()) return Refusal{Reason::name_unfit, "by"};
    if (text.empty() || !is_fit_text(text, told_bytes_most)) return Refusal{Reason::why_missing};
    const auto made = room_.run({}, [&](Draft& draft) -> std::optional<Refusal> {
        const std::string stream{strays_stream};
        const auto events = room_.store().read(stream, 0);
        if (!events) return Refusal{Reason::unavailable};
        const auto all = strays_in(*events);
        const auto found = std::ranges::find(all, stray, &Stray::number);
        if (found == all.end()) return Refusal{Reason::no_such_stray};
        if (found->settled) return Refusal{Reason::already_settled};
        journal::append(draft.commit, stream, {events->back().version, events->back().salt},
                        encode(StrayEvent{StraySettled{stray, by, text}}), draft.now());
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

}  // namespace balcao::pay
