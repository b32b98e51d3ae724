#pragma once
// A journal's file read out and filled as a whole (journal/archive.hpp), each by a connection of its own; and
// the hashes of the log put right. Used by the store in this folder.
#include <vector>

#include "base/result.hpp"
#include "journal/archive.hpp"
#include "journal/store.hpp"
#include "merkle/tree.hpp"
#include "sqlite/connection.hpp"

namespace balcao::sqlite {

struct Options;

// In one transaction for reading. Error: what `take` said. Throws Failure.
Result<void> write_out(const Options& options, const journal::TakeKept& take);

// In one transaction. Error: conflict when something is there, or what `next` said. Throws Failure.
Result<void> take_in(const Options& options, const journal::Next& next);

// Within a transaction. Throws Failure.
journal::Outcome replace_nodes(Connection& connection, const std::vector<merkle::Node>& nodes);

}  // namespace balcao::sqlite
