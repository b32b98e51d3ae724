#include "pay/room.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "base/check.hpp"
#include "pay/till_event.hpp"

namespace balcao::pay {
namespace {

const journal::Event& last_event_of(const journal::Commit& commit, const std::string& stream) {
    const auto found = std::ranges::find(commit.writings, stream, &journal::Writing::stream);
    BALCAO_CHECK(found != commit.writings.end());
    return found->events.back();
}

int year_of(const Settings& settings, Instant now) {
    return static_cast<int>(std::chrono::year_month_day{settings.zone.at(now).date}.year());
}

}  // namespace

Room::Room(journal::Store& store, const Clock& clock, const Settings& settings, const Providers& providers)
    : store_{store}, clock_{clock}, settings_{settings}, providers_{providers} {}

Answer<journal::Made> Room::run(const std::string& command, const Decide& decide) {
    auto made = journal::settle(store_, command, Refusal{Reason::unavailable},
                                [&]() -> std::variant<journal::Commit, Refusal> {
                                    Draft draft{*this, clock_.now()};
                                    if (auto refusal = decide(draft)) return *refusal;
                                    return std::move(draft.commit);
                                });
    // Nobody is refused for what this very command has done elsewhere meanwhile.
    if (std::holds_alternative<Refusal>(made)) {
        const auto before = journal::made_before(store_, command);
        if (!before) return Refusal{Reason::unavailable};
        if (*before) return **before;
    }
    return made;
}

Answer<Payment> Room::find(const PaymentNumber& number) const {
    const auto events = store_.read(stream_of(number), 0);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return Refusal{Reason::no_such_payment};
    auto payment = fold(number, *events);
    if (!payment) return Refusal{Reason::unavailable};
    return *std::move(payment);
}

Answer<Till> Room::find(const TillKey& key) const {
    const auto events = store_.read(stream_of(key), 0);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return Refusal{Reason::no_such_till};
    auto till = fold(key, *events);
    if (!till) return Refusal{Reason::unavailable};
    return *std::move(till);
}

const ProviderTerms* Room::terms_of(const ProviderKey& provider) const {
    const auto found = providers_.find(provider);
    return found == providers_.end() ? nullptr : &found->second.terms;
}

std::optional<journal::StreamEnd> Room::end_of_book(const std::string& stream) {
    const std::lock_guard lock{books_mutex_};
    auto& end = books_[stream];
    const auto events = store_.read(stream, end.version);
    if (!events) return std::nullopt;
    if (!events->empty()) end = {events->back().version, events->back().salt};
    return end;
}

bool Room::take_run(int year) {
    constexpr int tries_most = 100;
    const std::string stream = std::string{runs_prefix} + std::to_string(year);
    for (int tries = 0; tries < tries_most; ++tries) {
        const auto events = store_.read(stream, 0);
        if (!events) return false;
        std::uint32_t next = 1;
        for (const auto& event : *events) {
            const auto taken = decode_numbers(event);
            if (!taken) return false;
            const auto& run = std::get<NumbersTaken>(*taken);
            next = std::max(next, run.first + run.count);
        }
        journal::StreamEnd end;
        if (!events->empty()) end = {events->back().version, events->back().salt};
        journal::Commit commit;
        journal::append(commit, stream, end,
                        encode(NumbersEvent{NumbersTaken{next, settings_.numbers_at_once}}), clock_.now());
        const auto outcome = journal::write_and_wait(store_, std::move(commit));
        if (outcome == journal::Outcome::unavailable) return false;
        if (outcome != journal::Outcome::written) continue;
        year_ = year;
        first_ = next;
        left_ = settings_.numbers_at_once;
        return true;
    }
    return false;
}

Answer<PaymentNumber> Room::next_number() {
    const int year = year_of(settings_, clock_.now());
    const std::lock_guard lock{numbers_mutex_};
    if ((left_ == 0 || year != year_) && !take_run(year)) return Refusal{Reason::unavailable};
    --left_;
    return PaymentNumber{year_, first_++};
}

std::optional<Refusal> Draft::load(const PaymentNumber& number) {
    auto found = room_.find(number);
    if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    payment_ = std::get<Payment>(std::move(found));
    payment_begin_ = payment_->end;
    now_ = std::max(now_, payment_->last);
    return std::nullopt;
}

void Draft::begin(const PaymentNumber& number) {
    payment_.emplace().number = number;
    payment_begin_ = {};
}

std::optional<Refusal> Draft::load(const TillKey& key) {
    auto found = room_.find(key);
    if (auto* refusal = std::get_if<Refusal>(&found)) {
        if (refusal->reason != Reason::no_such_till) return *refusal;
        till_.emplace().key = key;
    } else {
        till_ = std::get<Till>(std::move(found));
    }
    till_begin_ = till_->end;
    now_ = std::max(now_, till_->last);
    return std::nullopt;
}

void Draft::record(const PaymentEvent& event) {
    const std::string stream = stream_of(payment().number);
    journal::append(commit, stream, payment_begin_, encode(event), now_);
    BALCAO_CHECK(apply(*payment_, event, last_event_of(commit, stream)).has_value());
}

void Draft::record(const TillEvent& event) {
    const std::string stream = stream_of(till().key);
    journal::append(commit, stream, till_begin_, encode(event), now_);
    BALCAO_CHECK(apply(*till_, event, last_event_of(commit, stream)).has_value());
}

// The number is the version that the event gets; another server that took it makes this whole commit fail.
Answer<ReceiptNumber> Draft::issue(const model::SiteKey& site, const ReceiptIssued& receipt) {
    ReceiptNumber number{site, year_of(room_.settings(), now_), 0};
    const std::string stream = stream_of_book(number);
    const auto written = std::ranges::find(commit.writings, stream, &journal::Writing::stream);
    journal::StreamEnd end;
    if (written == commit.writings.end()) {
        const auto known = room_.end_of_book(stream);
        if (!known) return Refusal{Reason::unavailable};
        end = *known;
    } else {
        end.version = written->expected;
    }
    journal::append(commit, stream, end, encode(BookEvent{receipt}), now_);
    number.serial = static_cast<std::uint32_t>(last_event_of(commit, stream).version);
    return number;
}

std::string command_of(std::string_view verb, std::string_view about, const std::string& key) {
    if (key.empty()) return {};
    return "pay/" + std::string{verb} + "/" + std::string{about} + "/" + key;
}

}  // namespace balcao::pay
