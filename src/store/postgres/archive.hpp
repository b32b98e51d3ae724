#pragma once
// A journal's database read out and filled as a whole (journal/archive.hpp), each in one transaction; and the
// hashes of the log handed out and put right. Used by the store in this folder.
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "journal/archive.hpp"
#include "merkle/tree.hpp"
#include "postgres/connection.hpp"

namespace balcao::postgres {

// In one transaction that sees one moment. Error: what `take` said. Throws Failure.
Result<void> write_out(Connection& connection, const journal::TakeKept& take);

// In one transaction. Error: conflict when something is there, or what `next` said. Throws Failure.
Result<void> take_in(Connection& connection, const journal::Next& next);

// Each throws Failure.
std::vector<std::string> heads_after(Connection& connection, std::uint64_t size, std::size_t limit);
std::vector<merkle::Node> nodes_from(Connection& connection, merkle::NodeId first, std::size_t limit);
void replace_nodes(Connection& connection, const std::vector<merkle::Node>& nodes);

}  // namespace balcao::postgres
