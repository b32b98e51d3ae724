#pragma once
// The sessions that this server knows, and how a decision on one becomes durable: in turn with its neighbours
// in this process, decided on what the journal says then, written with the version that it knew, decided
// again when another server was first. It follows the journal, so that a page on any server hears what
// changed. Internal to `assist`; from any thread.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "assist/draft.hpp"
#include "assist/refusal.hpp"
#include "assist/teaching.hpp"
#include "journal/store.hpp"

namespace balcao::assist {

class Ledger {
public:
    using Decide = std::function<std::optional<Refusal>(Draft&)>;
    using Listener = std::function<void(const SessionKey&)>;

    Ledger(journal::Store& store, const Clock& clock) : store_{store}, clock_{clock} {}

    // Decides on a session that is there, and waits until it is durable. `command` is the idempotency key;
    // empty: none.
    Answer<journal::Made> run(const SessionKey& session, const std::string& command, const Decide& decide);

    // What the journal says of it now.
    Answer<Session> find(const SessionKey& session);
    // One that was written past `run`: known from now on, and told of.
    void add(const SessionKey& session);
    // What is known of it here, from memory where it is.
    Answer<Session> known(const SessionKey& session);

    // Copies of those that are not over as this server knows them, for which it holds.
    [[nodiscard]] std::vector<Session> open_sessions(const std::function<bool(const Session&)>& holds) const;
    // Those of which values are still to be opened, over or not.
    [[nodiscard]] std::vector<Session> with_values() const;

    // Takes what is new in the journal, at most `limit` events; how many there were. Error: unavailable,
    // invalid.
    Result<std::size_t> catch_up(std::size_t limit);

    // Called after something of a session changed, here or elsewhere; to be set before anything is done.
    void listen(Listener listener) { listener_ = std::move(listener); }

    [[nodiscard]] Teaching teaching() const;

private:
    struct Cell {
        std::mutex turn;   // who decides on it, until the disk has answered
        std::mutex mutex;  // of what follows; held briefly
        Session now;
    };

    using Held = std::shared_ptr<Cell>;

    Held cell_of(const SessionKey& session);
    bool read_on(Cell& cell);
    Result<void> hear(const SessionKey& session, const journal::Event& event);
    void drop_if_done(const Held& cell);
    void tell(const SessionKey& session) const;
    [[nodiscard]] std::vector<Held> cells() const;

    journal::Store& store_;
    const Clock& clock_;
    Listener listener_;
    std::mutex following_;
    journal::Cursor cursor_;
    mutable std::mutex mutex_;  // of what follows; never taken while a cell's own is held
    std::map<SessionKey, Held> cells_;
    TeachingFold taught_;
};

}  // namespace balcao::assist
