#pragma once
// One transaction for a group of commits: lock everything they name, look at it, decide in memory, write what
// was decided. Used by the writers in this folder.
//
// Why followers miss nothing. An event's moment is the number of its transaction, and numbers are given in
// order but transactions end in any order. So a follower reads only what is older than its horizon: the
// oldest number of ours that is still under way. To know these, a writer takes one shared lock, the marker,
// before it has a number, and holds it to its end. The follower reads in this order: (1) a snapshot, and with
// it the number that no finished transaction has reached; (2) who holds the marker, and their numbers; (3)
// the events. A number below (1) that is not in (2) belongs to a transaction that ended before (2), for locks
// are let go of after a commit can be seen; (3) therefore sees it. Who holds the marker in (2) without a
// number may be between the two: then the horizon is the oldest number of anybody, as the snapshot has it.
// Transactions that are not ours hold no marker, so that a long one holds up nobody.
//
// Why a stream's events come in order. All locks of streams come before the number. Who writes version 6 has
// waited for the end of who wrote version 5, and takes its number after that.
#include <span>
#include <vector>

#include "postgres/connection.hpp"
#include "postgres/decision.hpp"
#include "postgres/queue.hpp"

namespace balcao::postgres {

// Whether an earlier attempt may have been written although nobody was told.
enum class Doubt : std::uint8_t { none, may_be_there };

class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_{connection} {}

    // The outcome of each commit, durable when it returns. Throws Failure.
    std::vector<journal::Outcome> write(std::span<const Waiting> group, Doubt doubt);

    // From when on a failure leaves open whether the group was written.
    [[nodiscard]] bool is_committing() const { return is_committing_; }

private:
    Known lock_and_look(std::span<const Waiting> group, Doubt doubt);
    void commit(const Decision& decision);
    void send_events(const Changes& changes);
    void send_claims(const Decision& decision);
    void send_keys(const Decision& decision);

    Connection& connection_;
    bool is_committing_ = false;
};

}  // namespace balcao::postgres
