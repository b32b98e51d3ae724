#pragma once
// What becomes of a group of commits: each is tried against what the database holds and what the earlier ones
// of the group leave, in memory, while the group's locks keep everybody else from changing either. Used by
// the writers in this folder; it touches no database.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "journal/store.hpp"

namespace balcao::postgres {

// The end of a stream.
struct Tip {
    std::uint64_t version = 0;  // 0: none
    std::string salt{};         // of the last event
};

// What the database holds of all that a group names.
struct Known {
    using Texts = std::unordered_map<std::string, std::string>;

    std::unordered_map<std::string, Tip> tips;  // of every stream that is named
    Texts answers;                              // by the keys of commands
    Texts holders;                              // by claims
    Texts keys;                                 // wrapped, by persons
    std::vector<journal::Event> events;         // where a doubtful commit would have begun its first stream
};

// An event and its place in its stream.
struct Placed {
    const journal::Event* event = nullptr;
    const std::string* stream = nullptr;
    std::uint64_t version = 0;
};

// What is to be written; the commits that were tried must outlive it.
struct Changes {
    std::vector<Placed> events;
    std::vector<const journal::Commit*> commands;
    // What they are in the end is in the decision's `known`; here is whether the database has them now.
    std::map<std::string, bool> claims;
    std::map<std::string, bool> persons;

    [[nodiscard]] bool is_empty() const {
        return events.empty() && commands.empty() && claims.empty() && persons.empty();
    }
};

class Decision {
public:
    explicit Decision(Known known) : known_{std::move(known)} {}

    // Written, conflict or repeated, as journal::Store promises.
    journal::Outcome attempt(const journal::Commit& commit);

    // Whether the database has this very commit: its first event with its salt, or else its answer, or else
    // the keys it made. Asked of a commit whose confirmation may have been lost.
    [[nodiscard]] bool is_there(const journal::Commit& commit) const;

    [[nodiscard]] const Known& known() const { return known_; }

    [[nodiscard]] const Changes& changes() const { return changes_; }

private:
    [[nodiscard]] bool fits(const journal::Commit& commit) const;
    void write_claims(const journal::Commit& commit);

    Known known_;
    Changes changes_;
};

// The first event that a commit writes, or nothing.
Placed first_event_of(const journal::Commit& commit);

}  // namespace balcao::postgres
