// Which payments this server knows something may be due in, and what it has followed of the journal.
#include "pay/payments.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace balcao::pay {
namespace {

// A taking, a refund or an oddity that a person has to look at.
ToDecide to_decide_in(const Payment& payment) {
    ToDecide found{payment.number, {}, {}, {}};
    for (const auto& taking : payment.takings)
        if (undecided(payment, taking.what.taking) > 0) found.takings.push_back(taking.what.taking);
    for (const auto& refund : payment.refunds)
        if (std::holds_alternative<Failed>(refund.state) || std::holds_alternative<Unclear>(refund.state))
            found.refunds.push_back(refund.what.refund);
    for (std::size_t place = 0; place < payment.oddities.size(); ++place)
        if (!payment.oddities[place].looked_at)
            found.oddities.push_back(static_cast<std::uint32_t>(place + 1));
    return found;
}

bool is_nothing(const ToDecide& one) {
    return one.takings.empty() && one.refunds.empty() && one.oddities.empty();
}

template <class State>
bool is_at_provider(const State& state) {
    return std::holds_alternative<ToSend>(state) || std::holds_alternative<Sending>(state) ||
           std::holds_alternative<Unclear>(state);
}

// Something is due in it by itself, or waits for somebody.
bool is_live(const Payment& payment) {
    return std::holds_alternative<Open>(payment.stage) ||
           std::ranges::any_of(payment.collections,
                               [](const auto& one) { return is_at_provider(one.state); }) ||
           std::ranges::any_of(payment.refunds,
                               [](const auto& one) {
                                   return is_at_provider(one.state) ||
                                          std::holds_alternative<AtDesk>(one.state);
                               }) ||
           !is_nothing(to_decide_in(payment));
}

bool is_of_money(const journal::Event& event) {
    return event.type == MoneyTaken::type || event.type == RefundMade::type ||
           event.type == SurplusAccepted::type;
}

}  // namespace

Answer<journal::Made> Payments::run(const PaymentNumber& number,
                                    const std::string& command,
                                    const Room::Decide& decide) {
    // More happens to no payment: whoever plays with it fills no disk.
    constexpr std::uint64_t events_most = 1'000;
    auto made = room_.run(command, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto refusal = draft.load(number)) return refusal;
        if (draft.payment().end.version > events_most) return Refusal{Reason::too_much};
        return decide(draft);
    });
    if (std::holds_alternative<Made>(made)) know(number);
    return made;
}

Answer<Done> Payments::done(const PaymentNumber& number,
                            const std::string& command,
                            const Room::Decide& decide) {
    const auto made = run(number, command, decide);
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

// What cannot be read now is heard of when the journal is followed.
void Payments::know(const PaymentNumber& number) {
    const auto found = room_.find(number);
    if (const auto* payment = std::get_if<Payment>(&found)) put(*payment);
}

void Payments::put(const Payment& payment) {
    {
        const std::lock_guard lock{mutex_};
        if (!payment.asked.about.empty()) about_[payment.asked.about].insert(payment.number);
        const auto known = live_.find(payment.number);
        if (known != live_.end() && known->second.now.end.version >= payment.end.version) return;
        if (is_live(payment)) {
            auto& live = live_[payment.number];
            live.now = payment;
            live.heard = stopwatch_.elapsed();
        } else if (known != live_.end()) {
            live_.erase(known);
        }
    }
    for (const auto& told : listeners_)
        told(payment.number);
}

// An event of a payment that is over, and was let go of, brings all of it back.
Result<void> Payments::hear(const PaymentNumber& number, const journal::Event& event) {
    std::string about;
    if (event.type == PaymentAsked::type) {
        BALCAO_TRY(const auto decoded, decode_payment(event));
        about = std::get<PaymentAsked>(decoded).about;
    }
    {
        const std::lock_guard lock{mutex_};
        if (is_of_money(event)) days_[room_.settings().zone.at(event.at).date].insert(number);
        if (!about.empty()) about_[about].insert(number);
        const auto known = live_.find(number);
        if (known != live_.end() && event.version <= known->second.now.end.version) return {};
    }
    const auto found = room_.find(number);
    if (const auto* payment = std::get_if<Payment>(&found)) {
        put(*payment);
        return {};
    }
    return Error{Errc::unavailable, "a payment cannot be read now"};
}

Result<std::size_t> Payments::catch_up(std::size_t limit) {
    const std::lock_guard following{following_};
    BALCAO_TRY(const auto followed, room_.store().follow(cursor_, limit));
    for (const auto& event : followed.events)
        if (const auto number = payment_of_stream(event.stream))
            if (auto heard = hear(*number, event); !heard) return heard.error();
    cursor_ = followed.next;
    return followed.events.size();
}

std::vector<PaymentNumber> Payments::about(const std::string& about) const {
    const std::lock_guard lock{mutex_};
    const auto found = about_.find(about);
    if (found == about_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

std::vector<ToDecide> Payments::to_decide() const {
    std::vector<ToDecide> found;
    const std::lock_guard lock{mutex_};
    for (const auto& [number, live] : live_)
        if (auto one = to_decide_in(live.now); !is_nothing(one)) found.push_back(std::move(one));
    return found;
}

std::vector<std::pair<PaymentNumber, std::uint32_t>> Payments::at_desks() const {
    std::vector<std::pair<PaymentNumber, std::uint32_t>> found;
    const std::lock_guard lock{mutex_};
    for (const auto& [number, live] : live_)
        for (const auto& refund : live.now.refunds)
            if (std::holds_alternative<AtDesk>(refund.state)) found.emplace_back(number, refund.what.refund);
    return found;
}

Answer<std::vector<Payment>> Payments::payments_of(Date date) {
    constexpr std::size_t at_once = 1'000;
    for (std::size_t taken = at_once; taken > 0;) {
        const auto heard = catch_up(at_once);
        if (!heard) return Refusal{Reason::unavailable};
        taken = *heard;
    }
    std::set<PaymentNumber> numbers;
    {
        const std::lock_guard lock{mutex_};
        if (const auto found = days_.find(date); found != days_.end()) numbers = found->second;
    }
    std::vector<Payment> payments;
    for (const auto& number : numbers) {
        auto found = room_.find(number);
        if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
        payments.push_back(std::get<Payment>(std::move(found)));
    }
    return payments;
}

Answer<DaySummary> Payments::day(Date date, const std::optional<model::SiteKey>& site) {
    const auto payments = payments_of(date);
    if (const auto* refusal = std::get_if<Refusal>(&payments)) return *refusal;
    return sum_up(std::get<std::vector<Payment>>(payments), date, room_.settings().zone, site);
}

}  // namespace balcao::pay
