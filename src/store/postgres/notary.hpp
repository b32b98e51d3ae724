#pragma once
// The tables of the Merkle log. A checkpoint names the place of the last event that it took, so the number of
// an event's leaf is the size of the checkpoint before it and its rank after that one's place: no event is
// ever put before one that was read (events.hpp). Used by the store; the tree is `merkle`'s affair.
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "journal/log.hpp"
#include "postgres/connection.hpp"

namespace balcao::postgres {

// Each throws Failure.
std::optional<merkle::Hash> node_at(Connection& connection, merkle::NodeId id);
std::string last_checkpoint(Connection& connection);
std::vector<journal::Event> not_logged(Connection& connection, std::size_t limit);
std::optional<std::uint64_t> leaf_of(Connection& connection, std::string_view stream, std::uint64_t version);
std::vector<journal::Event> leaves(Connection& connection, std::uint64_t first, std::size_t limit);

// The one connection that may hold the notary's office, and that grows the log.
class Notary {
public:
    Notary(std::string url, std::chrono::milliseconds patience);

    // Whether this process is the notary now: it holds a lock as long as its connection lives, and nobody
    // else gets it. Throws Failure.
    bool is_elected();

    // Error: conflict. Throws Failure.
    Result<void> grow(const journal::Growth& growth);

private:
    template <class Use>
    auto with_connection(const Use& use);

    const std::string url_;
    const std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace balcao::postgres
