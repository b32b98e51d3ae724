#pragma once
// The port by which everything that a journal keeps goes out of one store and into another: for backups, for
// moving from SQLite to PostgreSQL and back. Filled by the stores; what stands in a file is the affair of
// `keeping`. It opens no seal: keys of persons pass as they are wrapped.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/store.hpp"
#include "merkle/tree.hpp"

namespace balcao::journal {

// A signed head of the log that was made when it had that many leaves.
struct Head {
    std::uint64_t size = 0;
    std::string text;
    friend bool operator==(const Head&, const Head&) = default;
};

// What a command was answered, and its idempotency key.
struct Answer {
    std::string command;
    std::string text;
    friend bool operator==(const Answer&, const Answer&) = default;
};

// One thing that is kept. Hashes of the tree follow from the events: they are taken in and never handed out.
using Kept = std::variant<Head, Event, Answer, Claim, PersonKey, merkle::Node>;

using TakeKept = std::function<Result<void>(const Kept&)>;
using Next = std::function<Result<std::optional<Kept>>()>;

class Archive {
public:
    virtual ~Archive() = default;

    // Hands out everything as it was at one moment, while others write: heads by their sizes, events in the
    // order of their leaves with those that are not in the log behind them, answers, claims, keys of persons.
    // Error: unavailable, or what `take` said, which ends it.
    [[nodiscard]] virtual Result<void> write_out(const TakeKept& take) const = 0;

    // Fills an empty journal with what `next` hands out until it is nothing, in the order of write_out; whole
    // or not at all. Versions without gaps and hashes that fit are the caller's promise. Error: conflict when
    // the journal is not empty, unavailable, or what `next` said.
    virtual Result<void> take_in(const Next& next) = 0;
};

}  // namespace balcao::journal
