#include "fees/case_fees.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "crypto/hash.hpp"

namespace balcao::fees {
namespace {

using namespace std::chrono_literals;

using cases::CaseNumber;
using cases::CaseView;
using cases::Progress;
using cases::StepView;

// A payment is asked for as soon as its sum is known; the quote need not hold longer than that takes.
constexpr auto quote_holds = 10min;

// By which a case is paid that was asked for from afar.
const model::ChannelKey& online() {
    static const model::ChannelKey key{"online"};
    return key;
}

// Why what a step promised will not come; nothing while it has come or may come still.
std::optional<pay::Because> why_not(Progress progress) {
    if (progress == Progress::denied) return pay::Because::refused;
    if (progress == Progress::not_sent) return pay::Because::cancelled;
    if (progress == Progress::undone) return pay::Because::compensated;
    return std::nullopt;
}

bool is_wanted(const StepView& step) {
    return step.fee && step.fee->cents > 0 && !why_not(step.progress) &&
           step.progress != Progress::being_undone;
}

bool is_paid(const pay::Payment& payment) { return std::holds_alternative<pay::Paid>(payment.stage); }

bool is_open(const pay::Payment& payment) { return std::holds_alternative<pay::Open>(payment.stage); }

pay::ItemKey item_of(const model::ServiceKey& service) { return pay::ItemKey{service.text()}; }

// Whether a payment asks for those lines and nothing else.
bool asks_for(const pay::Payment& payment, const std::vector<Line>& lines) {
    if (payment.asked.items.size() != lines.size()) return false;
    return std::ranges::all_of(lines, [&](const Line& line) {
        const auto* item = payment.find(item_of(line.service));
        return item != nullptr && item->cents == line.cents;
    });
}

pay::Quote quote_for(const CaseView& view, const CaseFees& fees, Instant now) {
    pay::Quote quote{view.edition, online(), now, now + quote_holds, {}};
    for (const auto& line : fees.to_pay)
        quote.lines.push_back({line.service, line.entity, pay::KnownPrice{{line.cents, fees.currency}}, {}});
    return quote;
}

// The same on every server: one payment follows another, so nobody asks for two.
std::string key_after(const CaseFees& fees) {
    return "after/" + (fees.payments.empty() ? "none" : to_text(fees.payments.back().number));
}

std::string hash_text(const std::string& text) {
    constexpr std::size_t bytes = 16;
    const auto hash = crypto::sha256({text});
    return crypto::to_hex({reinterpret_cast<const char*>(hash.data()), bytes});
}

std::string key_of(const std::vector<pay::NotDelivered>& items) {
    std::set<std::string> names;
    for (const auto& one : items)
        names.insert(one.item.text());
    std::string all;
    for (const auto& name : names)
        all += name + "\n";
    return "not-delivered/" + hash_text(all);
}

// What a room answered, as this one answers.
template <class T, class Refusal>
Answer<T> passed_on(std::variant<T, Refusal> answer) {
    return std::visit([](auto& one) { return Answer<T>{std::move(one)}; }, answer);
}

// Why there is no value; only for an answer that has none.
template <class To, class From>
Answer<To> refused(const Answer<From>& answer) {
    if (const auto* by_cases = std::get_if<cases::Refusal>(&answer)) return *by_cases;
    return std::get<pay::Refusal>(answer);
}

}  // namespace

const pay::Payment* CaseFees::open() const {
    const auto found = std::ranges::find_if(
        payments, [&](const pay::Payment& one) { return is_open(one) && asks_for(one, to_pay); });
    return found == payments.end() ? nullptr : &*found;
}

std::string about_of(const CaseNumber& number) { return stream_of(number); }

std::optional<CaseNumber> case_about(const std::string& about) { return cases::case_of_stream(about); }

CaseFees fees_of(const CaseView& view, std::vector<pay::Payment> payments, const std::string& currency) {
    CaseFees fees{view.number, {}, 0, currency, std::move(payments)};
    for (const auto& step : view.steps) {
        if (!is_wanted(step) || step.fee->currency != currency) continue;
        const bool is_settled = std::ranges::any_of(fees.payments, [&](const pay::Payment& payment) {
            return is_paid(payment) && payment.find(item_of(step.service)) != nullptr;
        });
        if (is_settled) continue;
        fees.to_pay.push_back({step.step, step.service, step.entity, step.fee->cents});
        fees.sum += step.fee->cents;
    }
    return fees;
}

std::vector<pay::NotDelivered> not_delivered(const CaseView& view,
                                             const pay::Payment& payment,
                                             const pay::Settings& settings) {
    std::vector<pay::NotDelivered> items;
    if (!is_paid(payment)) return items;
    for (const auto& step : view.steps)
        if (const auto why = why_not(step.progress); why && payment.find(item_of(step.service)) != nullptr)
            items.push_back({item_of(step.service), *why});
    const auto owed = pay::owed_back(payment, items, settings);
    std::erase_if(items, [&](const pay::NotDelivered& one) {
        return std::ranges::find(owed, one.item, &pay::Owed::item) == owed.end();
    });
    return items;
}

Answer<FeeOffice::Known> FeeOffice::known(const CaseNumber& number) const {
    auto view = cases_.see(number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&view)) return *refusal;
    std::vector<pay::Payment> payments;
    for (const auto& asked : payments_.about(about_of(number))) {
        auto found = payments_.find(asked);
        if (const auto* refusal = std::get_if<pay::Refusal>(&found)) return *refusal;
        payments.push_back(std::get<pay::Payment>(std::move(found)));
    }
    auto fees = fees_of(std::get<CaseView>(view), std::move(payments), room_.settings().currency);
    return Known{std::get<CaseView>(std::move(view)), std::move(fees)};
}

Answer<CaseFees> FeeOffice::of(const CaseNumber& number) const {
    auto found = known(number);
    if (auto* whole = std::get_if<Known>(&found)) return std::move(whole->fees);
    return refused<CaseFees>(found);
}

Answer<pay::PaymentNumber> FeeOffice::demand(const CaseNumber& number) {
    const auto found = known(number);
    const auto* whole = std::get_if<Known>(&found);
    if (whole == nullptr) return refused<pay::PaymentNumber>(found);
    const auto& fees = whole->fees;
    if (fees.to_pay.empty()) return pay::Refusal{pay::Reason::nothing_to_pay};
    if (const auto* open = fees.open()) return open->number;
    const auto quote = quote_for(whole->view, fees, room_.clock().now());
    return passed_on(payments_.ask({quote, about_of(number), {}}, key_after(fees)));
}

Answer<pay::CollectionSlip> FeeOffice::begin(const CaseNumber& number,
                                             const Way& way,
                                             const std::string& key) {
    const auto payment = demand(number);
    const auto* asked = std::get_if<pay::PaymentNumber>(&payment);
    if (asked == nullptr) return refused<pay::CollectionSlip>(payment);
    return passed_on(payments_.begin({*asked, way.provider, way.till, way.by}, key));
}

Answer<pay::Done> FeeOffice::look(const CaseNumber& number) {
    const auto found = known(number);
    const auto* whole = std::get_if<Known>(&found);
    if (whole == nullptr) return refused<pay::Done>(found);
    const auto* open = whole->fees.open();
    if (open == nullptr) return pay::Refusal{pay::Reason::nothing_to_pay};
    return passed_on(payments_.look(open->number));
}

Answer<pay::CashTaken> FeeOffice::take_cash(const CaseNumber& number,
                                            const pay::TillCall& call,
                                            std::int64_t cents) {
    const auto payment = demand(number);
    const auto* asked = std::get_if<pay::PaymentNumber>(&payment);
    if (asked == nullptr) return refused<pay::CashTaken>(payment);
    return passed_on(tills_.take_cash(call, *asked, cents));
}

Answer<pay::Done> FeeOffice::settle(const CaseNumber& number) {
    // Most cases have no payment, and are not even read.
    if (payments_.about(about_of(number)).empty()) return pay::Done{true};
    const auto found = known(number);
    const auto* whole = std::get_if<Known>(&found);
    if (whole == nullptr) return refused<pay::Done>(found);
    pay::Done done{true};
    for (const auto& payment : whole->fees.payments) {
        std::optional<pay::Refusal> refusal;
        const auto items = not_delivered(whole->view, payment, room_.settings());
        if (!items.empty()) {
            const auto given = payments_.give_back(payment.number, items, {}, key_of(items));
            if (const auto* why = std::get_if<pay::Refusal>(&given)) refusal = *why;
        } else if (is_open(payment) && !asks_for(payment, whole->fees.to_pay)) {
            const auto dropped = payments_.cancel(payment.number, {}, "not-wanted");
            if (const auto* why = std::get_if<pay::Refusal>(&dropped)) refusal = *why;
        } else {
            continue;
        }
        // Refused otherwise: another server was first.
        if (refusal && refusal->reason == pay::Reason::unavailable) return *refusal;
        if (!refusal) done.is_repeated = false;
    }
    return done;
}

void FeeOffice::listen(std::function<void(const CaseNumber&)> told) {
    payments_.listen([this, told = std::move(told)](const pay::PaymentNumber& number) {
        const auto found = payments_.find(number);
        const auto* payment = std::get_if<pay::Payment>(&found);
        if (payment == nullptr) return;
        if (const auto about = case_about(payment->asked.about)) told(*about);
    });
}

std::vector<pay::ProviderKey> FeeOffice::from_afar() const {
    std::vector<pay::ProviderKey> keys;
    for (const auto& [key, joined] : room_.providers())
        if (joined.terms.means == pay::Means::reference) keys.push_back(key);
    return keys;
}

}  // namespace balcao::fees
