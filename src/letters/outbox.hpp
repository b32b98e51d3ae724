#pragma once
// The letters that a city owes: each is carried at least once, by one server at a time, until it is delivered
// or is of no use any more; what cannot be delivered waits for staff. That a letter is owed follows from the
// event of what it tells of, so nothing is lost between the two; what became of it is a stream of its own, so
// nothing is forgotten by a server that dies. `main` runs it, the pages ask it. It writes no words and knows
// no way to carry them.
#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "booking/bookings.hpp"
#include "crypto/keys.hpp"
#include "journal/persons.hpp"
#include "letters/letter.hpp"
#include "letters/shelf.hpp"
#include "model/model.hpp"

namespace balcao::letters {

// A letter that nobody could be reached with.
struct Undelivered {
    Owed owed;
    std::string why;
    Instant since{};
    int attempts = 0;
};

// How a wish for a notice was taken.
enum class NoticeAnswer : std::uint8_t { taken, too_often, unavailable };

// What is true of a ticket now; `ahead` empty: it waits no more.
using Position = std::function<std::optional<int>(const TicketName&)>;

class Outbox {
public:
    // The words of a letter; `contact` is there where the outbox keeps it itself. Called by `carry_due`.
    using Write = std::function<Written(const Owed& owed, const std::optional<booking::Contact>& contact)>;

    static constexpr int notices_most = 2;  // of one visit
    // How many people may still be before one who asks to be told.
    static constexpr std::array<int, 6> notice_choices{1, 2, 3, 5, 10, 20};

    // `installation` is the key that journal::Persons is given. All must outlive it.
    Outbox(journal::Store& store, const Clock& clock, const crypto::SecretKey& installation);

    // Takes what is new in the journal, at most `limit` events; to be called until it returns 0. Error:
    // unavailable, invalid.
    Result<std::size_t> catch_up(std::size_t limit);

    // Carries what is due, one after the other; how many were delivered. Ends early when `stops` says so;
    // leaves alone for a while what would go a way that is not open. From one thread. Error: unavailable.
    Result<std::size_t> carry_due(const Write& write, Carrier& carrier, const std::function<bool()>& stops);

    // Says of every confirmed appointment that is near enough that its reminder is due. `remind` of a site:
    // so long before. Error: unavailable.
    static Result<void> remind(booking::Bookings& bookings, const model::Model& model, Instant now);

    // The links of all appointments of an address are to be sent to it: once in ten minutes, however often
    // it is asked. Error: unavailable.
    Result<void> ask_links(const booking::Contact& to, const std::string& mark);

    // A message when at most `ahead` people are before that ticket. One that is open already is replaced.
    NoticeAnswer ask_notice(const TicketName& ticket, int ahead, const booking::Contact& to);
    // So many people must be before the ticket; nothing when no notice is open.
    [[nodiscard]] std::optional<int> open_notice(const TicketName& ticket) const;
    // Looks at every ticket of which somebody wants to be told. Error: unavailable.
    Result<void> ring(const Position& position);

    // What staff should see, the latest first; of all sites where none is named.
    [[nodiscard]] std::vector<Undelivered> undelivered() const;
    // Of one site, and what belongs to none.
    [[nodiscard]] std::vector<Undelivered> undelivered_at(const model::SiteKey& site) const;
    // False when there is none of that name; error: unavailable.
    Result<bool> try_again(const LetterKey& letter, const booking::ClerkKey& by);
    Result<bool> set_aside(const LetterKey& letter, const booking::ClerkKey& by);

    // Letters not settled yet, for /metrics.
    [[nodiscard]] std::size_t waiting() const;

private:
    std::vector<Waiting> due();
    Result<bool> record(Waiting& waiting, const LetterEvent& event);
    Result<bool> record(const TicketName& ticket,
                        Notice& notice,
                        const NoticeEvent& event,
                        journal::Commit with);
    Result<std::optional<booking::Contact>> contact_of(const Owed& owed) const;
    Result<bool> carry(Waiting waiting, const Write& write, Carrier& carrier);
    Result<bool> settle_late(Waiting& waiting);
    [[nodiscard]] LetterEvent failed(const Waiting& waiting, const std::string& why) const;
    [[nodiscard]] LetterEvent put_off(const Waiting& waiting, const std::string& why) const;
    Result<bool> by_staff(const LetterKey& letter, const LetterEvent& event);
    [[nodiscard]] std::optional<Waiting> find(const LetterKey& letter) const;
    [[nodiscard]] Instant again(const Waiting& waiting) const;

    journal::Store& store_;
    const Clock& clock_;
    mutable journal::Persons persons_;
    std::mutex following_;
    journal::Cursor cursor_;
    mutable std::mutex mutex_;  // of the shelf
    Shelf shelf_;
    std::map<LetterKey, Instant> resting_;  // here alone, until its way may be open again
};

}  // namespace balcao::letters
