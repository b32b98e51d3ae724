#pragma once
// The Merkle log over all events: one notary at a time takes new events into it and signs its head, everybody
// proves from it. Kept by a LogStore, the port that the stores of the journal also fill. It changes no event.
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/checkpoint.hpp"
#include "journal/event.hpp"
#include "merkle/tree.hpp"

namespace balcao::journal {

// Thrown by a LogStore where it is asked for a hash and cannot read; caught in the log, where it becomes
// `unavailable`.
class StoreFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// What one step of the notary adds, whole or not at all.
struct Growth {
    std::uint64_t size_before = 0;
    std::vector<Event> events;  // the new leaves, in order
    std::vector<merkle::Node> nodes;
    std::string checkpoint;
};

class LogStore : public merkle::Nodes {
public:
    // The last signed head; empty when there is none. Error: unavailable.
    [[nodiscard]] virtual Result<std::string> last_checkpoint() const = 0;

    // At most `limit` events that are not in the log, the oldest first. Error: unavailable.
    [[nodiscard]] virtual Result<std::vector<Event>> not_logged(std::size_t limit) const = 0;

    // Error: conflict when the log no longer has `size_before` leaves, unavailable.
    virtual Result<void> grow(const Growth& growth) = 0;

    // The leaf of an event, or nothing while it is not in the log. Error: unavailable.
    [[nodiscard]] virtual Result<std::optional<std::uint64_t>> leaf_of(std::string_view stream,
                                                                       std::uint64_t version) const = 0;

    // Events by their leaves, from `first` on, at most `limit`. Error: unavailable.
    [[nodiscard]] virtual Result<std::vector<Event>> leaves(std::uint64_t first, std::size_t limit) const = 0;

    // The signed heads that were ever made, of more than `size` leaves, the smallest first, at most `limit`.
    // Error: unavailable.
    [[nodiscard]] virtual Result<std::vector<std::string>> heads_after(std::uint64_t size,
                                                                       std::size_t limit) const = 0;

    // The hashes that are kept of one level, from `first` on, at most `limit`: what verifying compares with
    // the events. Error: unavailable.
    [[nodiscard]] virtual Result<std::vector<merkle::Node>> nodes_from(merkle::NodeId first,
                                                                       std::size_t limit) const = 0;

    // Puts these hashes in place of those that are kept, all or none. Error: unavailable.
    virtual Result<void> mend(const std::vector<merkle::Node>& nodes) = 0;
};

class Log {
public:
    // `origin` names the log to outsiders. The store must outlive it.
    Log(LogStore& store, std::string origin, const crypto::SigningKey& key);

    // What outsiders check signatures with.
    [[nodiscard]] std::string verifier() const;

    // Takes at most `limit` new events into the log and signs its new head; how many there were. Of two
    // notaries at once one gets `conflict` and may try again. Error: conflict, unavailable, invalid when the
    // last head is not signed by us.
    Result<std::size_t> take(Instant now, std::size_t limit);

    // The last signed head, or nothing before the first. Error: unavailable, invalid.
    [[nodiscard]] Result<std::optional<Checkpoint>> head() const;

    // For one event; nothing while the notary has not taken it. Error: unavailable, invalid.
    [[nodiscard]] Result<std::optional<Receipt>> receipt(const Event& event) const;

    // That the log of `first` leaves is the beginning of the last head's. Error: invalid when there are fewer
    // leaves, unavailable.
    [[nodiscard]] Result<std::vector<merkle::Hash>> consistency(std::uint64_t first) const;

    // Reads every event in the log, grows the tree anew and compares it with the last signed head; the number
    // of events. Also that the versions of each stream have no gap. Error: invalid, with the first place that
    // does not hold; unavailable.
    [[nodiscard]] Result<std::uint64_t> verify() const;

private:
    LogStore& store_;
    std::string origin_;
    crypto::SigningKey key_;
};

}  // namespace balcao::journal
