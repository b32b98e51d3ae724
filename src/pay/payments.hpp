#pragma once
// Payments, as they live: asked for by a quote, collected through providers, given back where something was
// not delivered. The pages use it, from any thread; any number of server processes may share one journal. A
// command takes the key by which its caller may repeat it: the same key again changes nothing more and gets
// the same answer. What was answered as done would survive a power cut; a command waits for that, so it
// belongs on a worker's thread. What a person decides on one taking or refund takes no key: once it is done
// it is refused as that. Whether somebody is that clerk, and may do that, is the caller's to know.
//
// Providers are asked by `work` alone, which `main` runs on as many threads as it wants requests under way.
// Before anything is sent the payment's stream says so; what is not known to have been done is looked up
// under its key, and sent again only once its absence is certain. A card is never charged twice by itself: a
// charge whose fate is unknown is looked up, and nothing else.
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/stopwatch.hpp"
#include "pay/notice.hpp"
#include "pay/owed.hpp"
#include "pay/quote.hpp"
#include "pay/room.hpp"
#include "pay/summary.hpp"

namespace balcao::pay {

struct Asking {
    // Told, and still holding. Each line is an item of the same name as its service.
    Quote quote;
    std::string about{};    // "case/2026-000123", or a ticket; at most 128 bytes, nothing personal
    model::SiteKey site{};  // whose receipts; empty: the city's own
};

struct Beginning {
    PaymentNumber payment;
    ProviderKey provider;
    std::optional<TillKey> till{};  // of a card terminal at a desk
    ClerkKey by{};                  // empty: the person
};

// A collection of a payment, and how it stands there (payment.hpp).
struct CollectionSlip {
    PaymentNumber payment;
    std::uint32_t collection = 0;
    CollectionState state{};
    friend bool operator==(const CollectionSlip&, const CollectionSlip&) = default;
};

// What was made of a notice.
enum class Heard : std::uint8_t {
    taken,          // the money came
    known_already,  // and had come before
    odd,            // it cannot be: noted at the payment, for a person
    stray           // nobody here is to pay that: noted, for a person
};

struct Stray {
    std::uint64_t number = 0;
    StrayHeard what;
    Instant at{};
    std::optional<StraySettled> settled{};
};

// What a person has to look at in a payment.
struct ToDecide {
    PaymentNumber payment;
    std::vector<std::uint32_t> takings{};   // of which something waits
    std::vector<std::uint32_t> refunds{};   // that failed, or are unclear
    std::vector<std::uint32_t> oddities{};  // that nobody has looked at
    friend bool operator==(const ToDecide&, const ToDecide&) = default;
};

// A refund that a person knows the fate of, from whoever should have made it.
struct RefundFate {
    PaymentNumber payment;
    std::uint32_t refund = 0;
    bool was_made = false;
    std::string evidence;  // their name of it, or who said so; at most 128 bytes
    ClerkKey by;
};

class Payments {
public:
    // Both must outlive it.
    Payments(Room& room, const Stopwatch& stopwatch) : room_{room}, stopwatch_{stopwatch} {}

    // Asking and collecting (asking.cpp).

    // All lines must be of known amounts in the city's currency; those that cost nothing are left out.
    Answer<PaymentNumber> ask(const Asking& asking, const std::string& key);
    // Not once it is paid. Money that comes all the same goes back.
    Answer<Done> cancel(const PaymentNumber& number, const ClerkKey& by, const std::string& key);
    // It is to be collected by that provider: a reference, or a charge at a terminal. A reference that was
    // given already is answered again; beside a charge whose fate is unknown there is no second one.
    Answer<CollectionSlip> begin(const Beginning& beginning, const std::string& key);

    // Money that others tell of (hearing.cpp).

    // A notice that open_notice (notice.hpp) has found to be that provider's, or a line of its settlement.
    Answer<Heard> hear(const ProviderKey& provider, const Notice& notice);
    // All strays, the oldest first; and that one is no matter any more, and why.
    [[nodiscard]] Answer<std::vector<Stray>> strays() const;
    Answer<Done> settle_stray(std::uint64_t stray, const ClerkKey& by, const std::string& note);

    // Giving back (refunding.cpp).

    // What was not delivered, by item: once, and never more than was paid. The numbers of the refunds.
    Answer<std::vector<std::uint32_t>> give_back(const PaymentNumber& number,
                                                 const std::vector<NotDelivered>& items,
                                                 const ClerkKey& by,
                                                 const std::string& key);
    // What waits of that money goes back.
    Answer<Done> give_back_surplus(const PaymentNumber& number, std::uint32_t taking, const ClerkKey& by);
    // Money that came after the payment had lapsed pays all the same. Its receipt.
    Answer<ReceiptNumber> accept_late(const PaymentNumber& number, std::uint32_t taking, const ClerkKey& by);
    // One that failed, or waits at a desk, is made in that way.
    Answer<Done> refund_again(const PaymentNumber& number, std::uint32_t refund, Way way, const ClerkKey& by);
    // Of one that is unclear or failed: it was made; or of one that is unclear: it was not, which is taken
    // only once nothing sent before can still arrive.
    Answer<Done> declare(const RefundFate& fate);
    Answer<Done> look_at_oddity(const PaymentNumber& number,
                                std::uint32_t oddity,
                                const ClerkKey& by,
                                const std::string& note);

    // Carrying (carrying.cpp).

    // Does one thing that is due; false when nothing is. Waits for a provider and for the journal.
    bool work();
    // The provider is asked now what came, whoever is waiting for it: for "I have paid", and for a person.
    Answer<Done> look(const PaymentNumber& number);

    // What is true (payments.cpp).

    [[nodiscard]] Answer<Payment> find(const PaymentNumber& number) const { return room_.find(number); }

    // Those below are of what this server has followed of the journal.

    // The payments that were asked for about that case or ticket, by number.
    [[nodiscard]] std::vector<PaymentNumber> about(const std::string& about) const;
    // What a person has to decide, by number.
    [[nodiscard]] std::vector<ToDecide> to_decide() const;
    // Refunds that wait at a desk.
    [[nodiscard]] std::vector<std::pair<PaymentNumber, std::uint32_t>> at_desks() const;
    // All payments of which money came or went back on that day of the city. Refusal: unavailable.
    Answer<std::vector<Payment>> payments_of(Date date);
    // What was collected for whom (summary.hpp); `site`: only what its receipts say.
    Answer<DaySummary> day(Date date, const std::optional<model::SiteKey>& site);

    // Called after something of a payment changed, here or elsewhere; to be said before anything is done.
    void listen(std::function<void(const PaymentNumber&)> told) { listeners_.push_back(std::move(told)); }

    // Takes what is new in the journal, at most `limit` events; how many there were. To be called every
    // second until it returns 0. Error: unavailable, invalid.
    Result<std::size_t> catch_up(std::size_t limit);

private:
    using Made = journal::Made;

    // A payment in which something may still be due, as this server knows it.
    struct Live {
        Payment now;
        Milliseconds heard{};       // when its last event was
        Milliseconds not_before{};  // nothing is asked of anybody about it
        std::uint32_t tries = 0;    // that came to nothing, one after the other
        bool is_busy = false;       // a thread of this server is at it
    };

    // What is due in a payment.
    struct Thing {
        enum class Doing : std::uint8_t { collect, look_up, refund, look_up_refund, drop, lapse };
        PaymentNumber payment;
        Doing doing = Doing::collect;
        std::uint32_t number = 0;   // of the collection or the refund
        std::uint64_t version = 0;  // of the payment's last event, and when this server heard of it
        Milliseconds heard{};
    };

    // Whether a thing came to something; else it is tried later.
    enum class Came : std::uint8_t { to_something, to_nothing };

    Answer<Made> run(const PaymentNumber& number, const std::string& command, const Room::Decide& decide);
    Answer<Done> done(const PaymentNumber& number, const std::string& command, const Room::Decide& decide);
    void know(const PaymentNumber& number);
    void put(const Payment& payment);
    Result<void> hear(const PaymentNumber& number, const journal::Event& event);

    [[nodiscard]] std::optional<Thing> pick();
    [[nodiscard]] std::optional<Thing> due_in(const Live& live, Instant now) const;
    [[nodiscard]] std::optional<Thing> due_of_collections(const Live& live, Instant now) const;
    [[nodiscard]] std::optional<Thing> due_of_refunds(const Live& live) const;
    void finish(const Thing& thing, Came came);
    Came carry(const Thing& thing);
    Came collect(const Thing& thing);
    Came look_up(const Thing& thing);
    Came refund(const Thing& thing);
    Came look_up_refund(const Thing& thing);
    [[nodiscard]] bool is_settled(const Thing& thing, const ProviderTerms& terms) const;

    Answer<Heard> hear_of(const PaymentNumber& number,
                          std::uint32_t collection,
                          const ProviderKey& provider,
                          const Notice& notice);
    Answer<Heard> note_stray(const ProviderKey& provider, const Notice& notice);

    Room& room_;
    const Stopwatch& stopwatch_;
    std::vector<std::function<void(const PaymentNumber&)>> listeners_;
    std::mutex following_;
    journal::Cursor cursor_;
    mutable std::mutex mutex_;  // of what follows; held briefly
    std::map<PaymentNumber, Live> live_;
    PaymentNumber picked_;  // the last that was looked at for something due
    std::map<Date, std::set<PaymentNumber>> days_;
    std::map<std::string, std::set<PaymentNumber>> about_;
};

// What money that came does to the payment of a draft; internal to `pay`. A transaction counts once.
Answer<Heard> take_money(Draft& draft,
                         std::uint32_t collection,
                         const ProviderKey& provider,
                         const CameIn& came);
// How money of that taking goes back.
Way way_back(const Room& room, const Taking& taking);

}  // namespace balcao::pay
