// What providers are asked, by one server at a time: written down before it goes out, looked up where nobody
// knows what came of it.
#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <utility>
#include <variant>

#include "crypto/hash.hpp"
#include "pay/giving.hpp"
#include "pay/payments.hpp"

namespace balcao::pay {
namespace {

constexpr Milliseconds pause_first = std::chrono::seconds{1};
constexpr Milliseconds pause_most = std::chrono::minutes{15};
// Between what a provider may take and the end of a lease: for commits at both sides of it.
constexpr Milliseconds lease_margin = std::chrono::seconds{20};
// A payment whose provider does not answer lapses so long after its time all the same.
constexpr Milliseconds lapse_most = std::chrono::hours{24};
// A refund that is put off more often than this goes to a person.
constexpr std::uint32_t refunds_most = 20;

Milliseconds lease_of(const ProviderTerms& terms) { return terms.timeout + lease_margin; }

// Doubling pauses with full jitter, drawn from the payment's own mark: the same again in a rehearsal, and
// not the same for two payments that failed together.
Milliseconds pause_after(std::uint32_t tries, const std::string& mark) {
    Milliseconds most = pause_first;
    for (std::uint32_t doubled = 1; doubled < tries && most < pause_most; ++doubled)
        most *= 2;
    most = std::min(most, pause_most);
    const auto hash = crypto::sha256({mark, std::to_string(tries)});
    return most * (1 + hash[0]) / 256;
}

template <class State>
bool is_sending(const State& state, std::uint32_t attempts) {
    const auto* sending = std::get_if<Sending>(&state);
    return sending != nullptr && sending->attempts == attempts;
}

template <class State>
bool is_lost(const State& state) {
    return std::holds_alternative<Sending>(state) || std::holds_alternative<Unclear>(state);
}

template <class Ask>
auto ask_safely(const Ask& ask) -> decltype(ask()) {
    try {
        return ask();
    } catch (const std::exception&) {
        return NotKnown{"provider-failed"};
    }
}

std::string word_of(const std::string& why) {
    constexpr std::size_t why_bytes_most = 128;
    return is_fit_text(why, why_bytes_most) && !why.empty() ? why : std::string{"no-reason-given"};
}

// A reference becomes the payment's, unless another payment that can still be paid has it.
std::optional<Refusal> take_reference(Draft& draft, std::uint32_t collection, const Standing& standing) {
    const auto& asked = *draft.payment().collection(collection);
    const bool is_known =
        std::holds_alternative<Given>(asked.state) || std::holds_alternative<Declined>(asked.state);
    if (is_known || asked.means == Means::card || !is_fit_name(standing.reference) ||
        !is_fit_text(standing.entity, 16))
        return std::nullopt;
    const std::string stream = stream_of_reference(asked.provider, standing.reference);
    const auto events = draft.room().store().read(stream, 0);
    if (!events) return Refusal{Reason::unavailable};
    journal::StreamEnd end;
    if (!events->empty()) {
        end = {events->back().version, events->back().salt};
        const auto last = decode_reference(events->back());
        if (!last) return Refusal{Reason::unavailable};
        const auto other = draft.room().find(std::get<ReferenceAssigned>(*last).payment);
        const auto* payment = std::get_if<Payment>(&other);
        if (payment == nullptr) return Refusal{Reason::unavailable};
        if (std::holds_alternative<Open>(payment->stage)) return std::nullopt;
    }
    journal::append(draft.commit, stream, end,
                    encode(ReferenceEvent{ReferenceAssigned{draft.payment().number, collection}}),
                    draft.now());
    draft.record(ReferenceGiven{collection, standing.entity, standing.reference});
    return std::nullopt;
}

std::optional<Refusal> take_standing(Draft& draft, std::uint32_t collection, const Standing& standing) {
    if (auto refusal = take_reference(draft, collection, standing)) return refusal;
    const ProviderKey provider = draft.payment().collection(collection)->provider;
    for (const auto& came : standing.came) {
        const auto taken = take_money(draft, collection, provider, came);
        if (const auto* refusal = std::get_if<Refusal>(&taken)) return *refusal;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Payments::Thing> Payments::due_of_collections(const Live& live, Instant now) const {
    const auto& payment = live.now;
    const bool is_open = std::holds_alternative<Open>(payment.stage) && now < payment.asked.until;
    for (std::uint32_t number = 1; number <= payment.collections.size(); ++number) {
        const auto& one = *payment.collection(number);
        Thing thing{payment.number, Thing::Doing::look_up, number, payment.end.version, live.heard};
        if (std::holds_alternative<ToSend>(one.state)) {
            thing.doing = is_open ? Thing::Doing::collect : Thing::Doing::drop;
            return thing;
        }
        if (std::holds_alternative<Unclear>(one.state)) return thing;
        const auto* terms = room_.terms_of(one.provider);
        if (std::holds_alternative<Sending>(one.state) && terms != nullptr &&
            stopwatch_.elapsed() - live.heard >= lease_of(*terms))
            return thing;
    }
    return std::nullopt;
}

std::optional<Payments::Thing> Payments::due_of_refunds(const Live& live) const {
    for (const auto& refund : live.now.refunds) {
        Thing thing{live.now.number, Thing::Doing::look_up_refund, refund.what.refund, live.now.end.version,
                    live.heard};
        if (std::holds_alternative<ToSend>(refund.state)) {
            thing.doing = Thing::Doing::refund;
            return thing;
        }
        if (std::holds_alternative<Unclear>(refund.state)) return thing;
        const auto* terms = room_.terms_of(live.now.taking(refund.what.taking)->what.provider);
        if (std::holds_alternative<Sending>(refund.state) && terms != nullptr &&
            stopwatch_.elapsed() - live.heard >= lease_of(*terms))
            return thing;
    }
    return std::nullopt;
}

std::optional<Payments::Thing> Payments::due_in(const Live& live, Instant now) const {
    if (auto thing = due_of_collections(live, now)) return thing;
    if (auto thing = due_of_refunds(live)) return thing;
    if (std::holds_alternative<Open>(live.now.stage) && live.now.asked.until <= now)
        return Thing{live.now.number, Thing::Doing::lapse, 0, 0, live.heard};
    return std::nullopt;
}

// Goes round, so that a payment whose turn is long does not hold up the others.
std::optional<Payments::Thing> Payments::pick() {
    const Instant now = room_.clock().now();
    const Milliseconds elapsed = stopwatch_.elapsed();
    const std::lock_guard lock{mutex_};
    auto place = live_.upper_bound(picked_);
    for (std::size_t looked = 0; looked < live_.size(); ++looked) {
        if (place == live_.end()) place = live_.begin();
        auto& [number, live] = *place;
        picked_ = number;
        ++place;
        if (live.is_busy || elapsed < live.not_before) continue;
        if (auto thing = due_in(live, now)) {
            live.is_busy = true;
            return thing;
        }
    }
    return std::nullopt;
}

void Payments::finish(const Thing& thing, Came came) {
    const std::lock_guard lock{mutex_};
    const auto found = live_.find(thing.payment);
    if (found == live_.end()) return;
    auto& live = found->second;
    live.is_busy = false;
    live.tries = came == Came::to_something ? 0 : live.tries + 1;
    live.not_before = came == Came::to_something
                          ? Milliseconds{}
                          : stopwatch_.elapsed() + pause_after(live.tries, live.now.mark);
}

bool Payments::work() {
    const auto thing = pick();
    if (!thing) return false;
    finish(*thing, carry(*thing));
    return true;
}

Payments::Came Payments::carry(const Thing& thing) {
    switch (thing.doing) {
        case Thing::Doing::collect:
            return collect(thing);
        case Thing::Doing::look_up:
            return look_up(thing);
        case Thing::Doing::refund:
            return refund(thing);
        case Thing::Doing::look_up_refund:
            return look_up_refund(thing);
        case Thing::Doing::drop: {
            const auto made = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
                const auto* found = draft.payment().collection(thing.number);
                if (found != nullptr && std::holds_alternative<ToSend>(found->state))
                    draft.record(CollectionDeclined{thing.number, "payment-over"});
                return std::nullopt;
            });
            return std::holds_alternative<Made>(made) ? Came::to_something : Came::to_nothing;
        }
        case Thing::Doing::lapse:
            break;
    }
    // What may have come without a word of it is looked up first.
    const auto looked = look(thing.payment);
    const auto made = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& payment = draft.payment();
        const bool may_lapse =
            std::holds_alternative<Done>(looked) || payment.asked.until + lapse_most <= draft.now();
        if (!may_lapse) return Refusal{Reason::unavailable};
        if (std::holds_alternative<Open>(payment.stage) && payment.asked.until <= draft.now())
            draft.record(PaymentLapsed{});
        return std::nullopt;
    });
    return std::holds_alternative<Made>(made) ? Came::to_something : Came::to_nothing;
}

Payments::Came Payments::collect(const Thing& thing) {
    const Milliseconds began = stopwatch_.elapsed();
    CollectionAsk ask;
    ProviderKey provider;
    std::uint32_t attempt = 0;
    const auto sent = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        attempt = 0;
        const auto& payment = draft.payment();
        const auto* found = payment.collection(thing.number);
        const auto* to_send = found == nullptr ? nullptr : std::get_if<ToSend>(&found->state);
        if (to_send == nullptr || !std::holds_alternative<Open>(payment.stage)) return std::nullopt;
        if (room_.terms_of(found->provider) == nullptr) return Refusal{Reason::no_such_provider};
        provider = found->provider;
        ask = {key_of_collection(payment, thing.number),
               payment.number,
               payment.money(payment.sum),
               payment.asked.until,
               payment.asked.about,
               {}};
        if (found->till) ask.desk = found->till->site.text() + "/" + found->till->desk.text();
        attempt = to_send->attempts + 1;
        draft.record(CollectionSent{thing.number, attempt});
        return std::nullopt;
    });
    if (!std::holds_alternative<Made>(sent) || attempt == 0) return Came::to_nothing;
    const auto& joined = room_.providers().at(provider);
    const bool is_too_late = stopwatch_.elapsed() - began > lease_of(joined.terms) - joined.terms.timeout;
    const CollectionAnswer answer =
        is_too_late ? CollectionAnswer{NotNow{"too-late"}}
                    : ask_safely([&]() -> CollectionAnswer { return joined.provider.get().collect(ask); });
    const auto* standing = std::get_if<Standing>(&answer);
    const auto recorded = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        if (standing != nullptr)
            if (auto refusal = take_standing(draft, thing.number, *standing)) return refusal;
        const auto* found = draft.payment().collection(thing.number);
        if (!is_sending(found->state, attempt)) return std::nullopt;
        const bool is_card = found->means == Means::card;
        if (const auto* no = std::get_if<NotWanted>(&answer))
            draft.record(CollectionDeclined{thing.number, word_of(no->why)});
        else if (const auto* later = std::get_if<NotNow>(&answer); later != nullptr && is_card)
            draft.record(CollectionDeclined{thing.number, word_of(later->why)});
        else if (later != nullptr)
            draft.record(CollectionNotDone{thing.number, word_of(later->why)});
        else if (const auto* unknown = std::get_if<NotKnown>(&answer))
            draft.record(CollectionUnclear{thing.number, word_of(unknown->why)});
        else
            draft.record(CollectionUnclear{thing.number, "makes-no-sense"});
        return std::nullopt;
    });
    const bool is_answered = standing != nullptr || std::holds_alternative<NotWanted>(answer);
    return std::holds_alternative<Made>(recorded) && is_answered ? Came::to_something : Came::to_nothing;
}

// That nothing is there is believed once nothing that was sent before can still arrive, by this server's
// stopwatch since it heard of the payment's last event.
bool Payments::is_settled(const Thing& thing, const ProviderTerms& terms) const {
    return stopwatch_.elapsed() - thing.heard >= lease_of(terms) + terms.settles;
}

Payments::Came Payments::look_up(const Thing& thing) {
    const auto found = room_.find(thing.payment);
    const auto* payment = std::get_if<Payment>(&found);
    const auto* asked = payment == nullptr ? nullptr : payment->collection(thing.number);
    if (asked == nullptr || room_.terms_of(asked->provider) == nullptr) return Came::to_nothing;
    const auto& joined = room_.providers().at(asked->provider);
    const std::string key = key_of_collection(*payment, thing.number);
    const CollectionFound answer =
        ask_safely([&]() -> CollectionFound { return joined.provider.get().look_up(key); });
    const bool may_be_absent = is_settled(thing, joined.terms);
    bool is_known = false;
    const auto recorded = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        is_known = !std::holds_alternative<NotKnown>(answer);
        if (const auto* standing = std::get_if<Standing>(&answer))
            if (auto refusal = take_standing(draft, thing.number, *standing)) return refusal;
        const auto& now = *draft.payment().collection(thing.number);
        if (!is_lost(now.state)) return std::nullopt;
        const bool is_absent = std::holds_alternative<NotThere>(answer) && may_be_absent &&
                               draft.payment().end.version == thing.version;
        if (const auto* no = std::get_if<NotWanted>(&answer))
            draft.record(CollectionDeclined{thing.number, word_of(no->why)});
        else if (is_absent && now.means == Means::card)
            draft.record(CollectionDeclined{thing.number, "not-charged"});
        else if (is_absent)
            draft.record(CollectionNotDone{thing.number, "not-there"});
        else if (is_known = false; std::holds_alternative<Sending>(now.state))
            draft.record(CollectionUnclear{thing.number, "nobody-knows"});
        return std::nullopt;
    });
    return std::holds_alternative<Made>(recorded) && is_known ? Came::to_something : Came::to_nothing;
}

Payments::Came Payments::refund(const Thing& thing) {
    const Milliseconds began = stopwatch_.elapsed();
    RefundAsk ask;
    ProviderKey provider;
    std::uint32_t attempt = 0;
    const auto sent = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        attempt = 0;
        const auto& payment = draft.payment();
        const auto* found = payment.refund(thing.number);
        const auto* to_send = found == nullptr ? nullptr : std::get_if<ToSend>(&found->state);
        if (to_send == nullptr) return std::nullopt;
        const auto& taking = payment.taking(found->what.taking)->what;
        if (room_.terms_of(taking.provider) == nullptr) return Refusal{Reason::no_such_provider};
        provider = taking.provider;
        ask = {key_of_refund(payment, thing.number), payment.number, taking.transaction,
               payment.money(found->what.cents)};
        attempt = to_send->attempts + 1;
        draft.record(RefundSent{thing.number, attempt});
        return std::nullopt;
    });
    if (!std::holds_alternative<Made>(sent) || attempt == 0) return Came::to_nothing;
    const auto& joined = room_.providers().at(provider);
    const bool is_too_late = stopwatch_.elapsed() - began > lease_of(joined.terms) - joined.terms.timeout;
    const RefundAnswer answer =
        is_too_late ? RefundAnswer{NotNow{"too-late"}}
                    : ask_safely([&]() -> RefundAnswer { return joined.provider.get().refund(ask); });
    const auto recorded = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& state = draft.payment().refund(thing.number)->state;
        const auto* out = std::get_if<WentOut>(&answer);
        if (out != nullptr && !out->transaction.empty() && is_lost(state))
            return record_made(draft, thing.number, {word_of(out->transaction), out->at, {}});
        if (!is_sending(state, attempt)) return std::nullopt;
        if (const auto* no = std::get_if<NotWanted>(&answer))
            draft.record(RefundFailed{thing.number, word_of(no->why), {}});
        else if (const auto* later = std::get_if<NotNow>(&answer); later != nullptr && attempt < refunds_most)
            draft.record(RefundNotDone{thing.number, word_of(later->why)});
        else if (later != nullptr)
            draft.record(RefundFailed{thing.number, word_of(later->why), {}});
        else
            draft.record(RefundUnclear{thing.number, "nobody-knows"});
        return std::nullopt;
    });
    const bool is_answered =
        std::holds_alternative<WentOut>(answer) || std::holds_alternative<NotWanted>(answer);
    return std::holds_alternative<Made>(recorded) && is_answered ? Came::to_something : Came::to_nothing;
}

Payments::Came Payments::look_up_refund(const Thing& thing) {
    const auto found = room_.find(thing.payment);
    const auto* payment = std::get_if<Payment>(&found);
    const auto* owed = payment == nullptr ? nullptr : payment->refund(thing.number);
    if (owed == nullptr) return Came::to_nothing;
    const ProviderKey provider = payment->taking(owed->what.taking)->what.provider;
    if (room_.terms_of(provider) == nullptr) return Came::to_nothing;
    const auto& joined = room_.providers().at(provider);
    const std::string key = key_of_refund(*payment, thing.number);
    const RefundFound answer =
        ask_safely([&]() -> RefundFound { return joined.provider.get().look_up_refund(key); });
    const bool may_be_absent = is_settled(thing, joined.terms);
    bool is_known = false;
    const auto recorded = run(thing.payment, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto& now = draft.payment().refund(thing.number)->state;
        is_known = true;
        if (!is_lost(now) || key_of_refund(draft.payment(), thing.number) != key) return std::nullopt;
        const auto* out = std::get_if<WentOut>(&answer);
        if (out != nullptr && !out->transaction.empty())
            return record_made(draft, thing.number, {word_of(out->transaction), out->at, {}});
        const bool is_absent = std::holds_alternative<NotThere>(answer) && may_be_absent &&
                               draft.payment().end.version == thing.version;
        if (const auto* no = std::get_if<NotWanted>(&answer))
            draft.record(RefundFailed{thing.number, word_of(no->why), {}});
        else if (is_absent)
            draft.record(RefundNotDone{thing.number, "not-there"});
        else if (is_known = false; std::holds_alternative<Sending>(now))
            draft.record(RefundUnclear{thing.number, "nobody-knows"});
        return std::nullopt;
    });
    return std::holds_alternative<Made>(recorded) && is_known ? Came::to_something : Came::to_nothing;
}

// Refused as unavailable where a provider could not say.
Answer<Done> Payments::look(const PaymentNumber& number) {
    const auto found = room_.find(number);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& payment = std::get<Payment>(found);
    bool is_all_known = true;
    for (std::uint32_t place = 1; place <= payment.collections.size(); ++place) {
        const auto& one = *payment.collection(place);
        if (!std::holds_alternative<Given>(one.state) && !is_lost(one.state)) continue;
        // What is not settled is never taken for absent here: it may just have been sent.
        const Thing thing{number, Thing::Doing::look_up, place, 0, stopwatch_.elapsed()};
        if (look_up(thing) == Came::to_nothing) is_all_known = false;
    }
    if (!is_all_known) return Refusal{Reason::unavailable};
    return Done{};
}

}  // namespace balcao::pay
