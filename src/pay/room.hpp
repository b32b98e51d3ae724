#pragma once
// Where decisions on payments and tills become durable: decided on what the journal says at that moment,
// written with the versions that they knew, decided again when another server was first. One commit writes
// every stream that a decision touches (payment, till, book of receipts), whole or not at all. Made once by
// `main` and shared by `Payments` and `Tills`; it keeps nothing that the journal does not say. From any
// thread.
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "journal/settle.hpp"
#include "journal/store.hpp"
#include "pay/payment.hpp"
#include "pay/refusal.hpp"
#include "pay/settings.hpp"
#include "pay/till.hpp"

namespace balcao::pay {

class Draft;

class Room {
public:
    using Decide = std::function<std::optional<Refusal>(Draft&)>;

    // All must outlive it.
    Room(journal::Store& store, const Clock& clock, const Settings& settings, const Providers& providers);

    // Waits until it is durable. `command` is the idempotency key; empty: none.
    Answer<journal::Made> run(const std::string& command, const Decide& decide);

    // What the journal says of it now.
    [[nodiscard]] Answer<Payment> find(const PaymentNumber& number) const;
    [[nodiscard]] Answer<Till> find(const TillKey& key) const;

    // The next number of a payment; given out once, used or not. Refusal: unavailable.
    Answer<PaymentNumber> next_number();

    // The last page of a book that is written. Nothing: it cannot be read.
    std::optional<journal::StreamEnd> end_of_book(const std::string& stream);

    [[nodiscard]] journal::Store& store() const { return store_; }

    [[nodiscard]] const Clock& clock() const { return clock_; }

    [[nodiscard]] const Settings& settings() const { return settings_; }

    [[nodiscard]] const Providers& providers() const { return providers_; }

    [[nodiscard]] const ProviderTerms* terms_of(const ProviderKey& provider) const;

private:
    bool take_run(int year);

    journal::Store& store_;
    const Clock& clock_;
    const Settings& settings_;
    const Providers& providers_;
    std::mutex books_mutex_;
    std::map<std::string, journal::StreamEnd> books_;
    std::mutex numbers_mutex_;  // of what follows
    int year_ = 0;
    std::uint32_t first_ = 0;
    std::uint32_t left_ = 0;
};

// One decision under way: the payment and the till as they will be with what was decided so far, and the
// commit that says so.
class Draft {
public:
    Draft(Room& room, Instant now) : room_{room}, now_{now} {}

    // What is decided on. A payment must be there, or else be a new one; a till need not.
    std::optional<Refusal> load(const PaymentNumber& number);
    void begin(const PaymentNumber& number);
    std::optional<Refusal> load(const TillKey& key);

    [[nodiscard]] const Payment& payment() const { return payment_.value(); }

    [[nodiscard]] const Till& till() const { return till_.value(); }

    [[nodiscard]] bool has_till() const { return till_.has_value(); }

    // Nothing is decided before what has happened already: another server's clock may be ahead.
    [[nodiscard]] Instant now() const { return now_; }

    [[nodiscard]] Room& room() const { return room_; }

    void record(const PaymentEvent& event);
    void record(const TillEvent& event);

    // The next page of that site's book of this year.
    Answer<ReceiptNumber> issue(const model::SiteKey& site, const ReceiptIssued& receipt);

    journal::Commit commit{};

private:
    Room& room_;
    Instant now_;
    std::optional<Payment> payment_;
    journal::StreamEnd payment_begin_;
    std::optional<Till> till_;
    journal::StreamEnd till_begin_;
};

// The name of a command; empty for an empty key.
std::string command_of(std::string_view verb, std::string_view about, const std::string& key);

}  // namespace balcao::pay
