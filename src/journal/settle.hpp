#pragma once
// How a command becomes durable where its caller waits for it: decided, written with the versions that the
// decision knew, decided again when another writer was first. Used by modules whose commands are made by
// people one at a time (`staff`, `booking`); a hall, which answers thousands a second, builds on commits
// still in flight instead. It decides nothing itself.
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/result.hpp"
#include "journal/store.hpp"

namespace balcao::journal {

// How far somebody has read a stream: its last event known there.
struct StreamEnd {
    std::uint64_t version = 0;
    std::string salt;
};

// Puts one more event of a stream into a commit: after those that it holds of that stream already, else after
// `end`.
void append(Commit& commit, const std::string& stream, const StreamEnd& end, Draft draft, Instant at);

// What became of a command.
struct Made {
    std::string answer;
    bool is_repeated = false;  // by an earlier command of that key
};

// What that command was answered, when it was there before; nothing for the empty one. Error: unavailable.
Result<std::optional<Made>> made_before(const Store& store, const std::string& command);

// Submits, and waits for what comes of it.
Outcome write_and_wait(Store& store, Commit commit);

// `decide` reads what it needs and says what is to be written, or why not; it is called again after a
// conflict. A commit without events is not written, its answer holds all the same. It may bear a command of
// its own in place of `command`: when that was used before, the answer is an empty one that is repeated.
// `unavailable` is the refusal for a store that cannot be asked, or that always had another first.
template <class Refusal, class Decide>
std::variant<Made, Refusal> settle(Store& store,
                                   const std::string& command,
                                   const Refusal& unavailable,
                                   const Decide& decide) {
    constexpr int tries_most = 100;
    for (int tries = 0; tries < tries_most; ++tries) {
        const auto before = made_before(store, command);
        if (!before) return unavailable;
        if (*before) return **before;
        std::variant<Commit, Refusal> decided = decide();
        if (auto* refusal = std::get_if<Refusal>(&decided)) return std::move(*refusal);
        auto& commit = std::get<Commit>(decided);
        std::string answer = commit.answer;
        if (commit.writings.empty()) return Made{std::move(answer), false};
        if (commit.command.empty()) commit.command = command;
        const auto outcome = write_and_wait(store, std::move(commit));
        if (outcome == Outcome::written) return Made{std::move(answer), false};
        if (outcome == Outcome::unavailable) return unavailable;
        if (outcome == Outcome::repeated && command.empty()) return Made{{}, true};
    }
    return unavailable;
}

}  // namespace balcao::journal
