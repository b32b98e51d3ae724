// How payments are asked for, and how it is begun to collect them.
#include <algorithm>
#include <variant>

#include "pay/payments.hpp"

namespace balcao::pay {
namespace {

constexpr std::size_t items_most = 100;
constexpr std::size_t about_bytes_most = 128;

Answer<Item> item_of(const QuoteLine& line, const std::string& currency) {
    const auto* known = std::get_if<KnownPrice>(&line.price);
    if (known == nullptr) return Refusal{Reason::price_unknown, line.service.text()};
    if (!line.entity) return Refusal{Reason::no_entity, line.service.text()};
    if (known->amount.currency != currency) return Refusal{Reason::other_currency, line.service.text()};
    if (known->amount.cents < 0 || known->amount.cents > cents_most)
        return Refusal{Reason::amount_unfit, line.service.text()};
    return Item{ItemKey{line.service.text()}, line.service, *line.entity, known->amount.cents};
}

Answer<std::vector<Item>> items_of(const Quote& quote, const std::string& currency) {
    std::vector<Item> items;
    std::int64_t sum = 0;
    for (const auto& line : quote.lines) {
        // What costs nothing is nobody's money.
        const auto* known = std::get_if<KnownPrice>(&line.price);
        if (known != nullptr && known->amount.cents == 0) continue;
        auto item = item_of(line, currency);
        if (auto* refusal = std::get_if<Refusal>(&item)) return *refusal;
        const auto& whole = std::get<Item>(item);
        if (std::ranges::find(items, whole.item, &Item::item) != items.end())
            return Refusal{Reason::item_twice, whole.item.text()};
        sum += whole.cents;
        if (items.size() == items_most || sum > cents_most) return Refusal{Reason::too_much};
        items.push_back(whole);
    }
    if (items.empty()) return Refusal{Reason::nothing_to_pay};
    return items;
}

template <class Held>
bool is_charging(const Held& held) {
    return std::holds_alternative<ToSend>(held) || std::holds_alternative<Sending>(held) ||
           std::holds_alternative<Unclear>(held);
}

std::string answer_of(std::uint32_t number) { return std::to_string(number); }

}  // namespace

Answer<PaymentNumber> Payments::ask(const Asking& asking, const std::string& key) {
    const auto& settings = room_.settings();
    const model::SiteKey site = asking.site.empty() ? settings.central : asking.site;
    if (!is_fit_name(site.text()) || !is_fit_name(asking.quote.channel.text()))
        return Refusal{Reason::name_unfit, site.text()};
    if (!is_fit_text(asking.about, about_bytes_most) || !is_fit_text(key, about_bytes_most))
        return Refusal{Reason::name_unfit, "about"};
    auto items = items_of(asking.quote, settings.currency);
    if (auto* refusal = std::get_if<Refusal>(&items)) return *refusal;
    // A command that was made before gets its answer, and takes no number.
    const std::string command = command_of("ask", asking.about, key);
    const auto before = journal::made_before(room_.store(), command);
    if (!before) return Refusal{Reason::unavailable};
    PaymentNumber number;
    if (!*before) {
        auto next = room_.next_number();
        if (auto* refusal = std::get_if<Refusal>(&next)) return *refusal;
        number = std::get<PaymentNumber>(next);
    }
    const auto made = room_.run(command, [&](Draft& draft) -> std::optional<Refusal> {
        if (asking.quote.until <= draft.now()) return Refusal{Reason::quote_over};
        draft.begin(number);
        draft.record(PaymentAsked{std::get<std::vector<Item>>(items), settings.currency, asking.about, site,
                                  asking.quote.channel, asking.quote.edition, hash_of(asking.quote),
                                  draft.now() + settings.payable_for});
        draft.commit.answer = to_text(number);
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    if (!from_text(std::get<Made>(made).answer, number)) return Refusal{Reason::unavailable};
    know(number);
    return number;
}

Answer<Done> Payments::cancel(const PaymentNumber& number, const ClerkKey& by, const std::string& key) {
    return done(number, command_of("cancel", to_text(number), key),
                [&](Draft& draft) -> std::optional<Refusal> {
                    const auto& payment = draft.payment();
                    if (!std::holds_alternative<Open>(payment.stage))
                        return Refusal{Reason::payment_over, std::string{name_of(state_of(payment))}};
                    draft.record(PaymentCancelled{by});
                    return std::nullopt;
                });
}

Answer<CollectionSlip> Payments::begin(const Beginning& beginning, const std::string& key) {
    const auto* terms = room_.terms_of(beginning.provider);
    if (terms == nullptr) return Refusal{Reason::no_such_provider};
    const std::string about = to_text(beginning.payment) + "/" + beginning.provider.text();
    const auto made =
        run(beginning.payment, command_of("begin", about, key), [&](Draft& draft) -> std::optional<Refusal> {
            const auto& payment = draft.payment();
            if (!std::holds_alternative<Open>(payment.stage) || payment.asked.until <= draft.now())
                return Refusal{Reason::payment_over, std::string{name_of(state_of(payment))}};
            if (beginning.till) {
                if (auto refusal = draft.load(*beginning.till)) return refusal;
                if (draft.till().end.version == 0) return Refusal{Reason::no_such_till};
                if (!draft.till().is_open()) return Refusal{Reason::till_counted};
            }
            for (std::uint32_t number = 1; number <= payment.collections.size(); ++number) {
                const auto& other = *payment.collection(number);
                const bool is_same = other.provider == beginning.provider && other.till == beginning.till;
                const bool is_given = std::holds_alternative<Given>(other.state);
                draft.commit.answer = answer_of(number);
                if (is_same && (is_given || is_charging(other.state))) return std::nullopt;
                if (other.means == Means::card && is_charging(other.state))
                    return Refusal{Reason::charge_under_way};
            }
            const auto number = static_cast<std::uint32_t>(payment.collections.size() + 1);
            draft.record(
                CollectionWanted{number, beginning.provider, terms->means, beginning.till, beginning.by});
            draft.commit.answer = answer_of(number);
            return std::nullopt;
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const auto found = room_.find(beginning.payment);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& payment = std::get<Payment>(found);
    for (std::uint32_t number = 1; number <= payment.collections.size(); ++number)
        if (answer_of(number) == std::get<Made>(made).answer)
            return CollectionSlip{payment.number, number, payment.collection(number)->state};
    return Refusal{Reason::no_such_collection};
}

}  // namespace balcao::pay
