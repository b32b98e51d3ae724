#pragma once
// The port to whatever keeps the journal: memory, SQLite or PostgreSQL (the module `store`). A commit is
// written whole or not at all, and its caller hears of it only when it would survive a power cut. Two writers
// of one stream: the second is refused by the version that it expected and decides again.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "journal/event.hpp"

namespace balcao::journal {

// New events of one stream, numbered from expected + 1 on.
struct Writing {
    std::string stream;
    std::uint64_t expected = 0;  // version of the last event that the decision knew; 0: none
    std::vector<Event> events;
    // The salt of that last event. A decision that builds on a commit still in flight says it, since another
    // writer's event may have taken the version meanwhile; empty: the version alone counts.
    std::string after{};
};

// A right that only one can hold at a time, over all streams: a slot's place, a person's one booking a day.
// Taking one that another holds refuses the whole commit; letting go of one that is not held changes nothing.
struct Claim {
    std::string key;
    std::string holder;
    bool is_released = false;
};

// The key of a person, wrapped with the installation's own so that a stolen file opens nothing. `wrapped`
// empty: the key is destroyed, and with it every text sealed by it.
struct PersonKey {
    std::string person;
    std::string wrapped;
};

// What one command leaves behind. `command` is its idempotency key; `answer` is what its caller was told and
// will be told again.
struct Commit {
    std::string command{};
    std::string answer{};
    std::vector<Writing> writings{};
    std::vector<Claim> claims{};
    std::vector<PersonKey> keys{};
};

enum class Outcome : std::uint8_t {
    written,      // durable
    conflict,     // a stream had moved on, a claim was held, a person had a key: read again, decide again
    repeated,     // the command's key was used before: nothing was written, its answer stands
    unavailable,  // the store cannot write now; should the disk have taken it all the same, the key finds it
};

using Done = std::function<void(Outcome)>;

// A place in the order in which events became visible; what is in it is the store's own affair.
struct Cursor {
    std::string place;
    friend bool operator==(const Cursor&, const Cursor&) = default;
};

struct Followed {
    std::vector<Event> events;  // those of one stream in order of their versions
    Cursor next;
};

class Store {
public:
    virtual ~Store() = default;

    // Takes a commit and calls `done` once, from any thread. Commits are tried in the order in which one
    // thread hands them over, each against what the earlier ones leave, so that a caller may build on a
    // commit that is not yet durable: when that fails, so does what names its last event as `after`.
    virtual void submit(Commit commit, Done done) = 0;

    // The events of a stream after a version, in order. Error: unavailable.
    virtual Result<std::vector<Event>> read(std::string_view stream, std::uint64_t after) const = 0;

    // At most `limit` events that became visible after the cursor; an empty cursor is the beginning. Error:
    // unavailable, or invalid when the cursor is not one of this store.
    virtual Result<Followed> follow(const Cursor& after, std::size_t limit) const = 0;

    // The wrapped key of a person; nothing when there is none or it was destroyed. Error: unavailable.
    virtual Result<std::optional<std::string>> key_of(std::string_view person) const = 0;

    // What the command of that key was answered, if there was one. Error: unavailable.
    virtual Result<std::optional<std::string>> answer_to(std::string_view command) const = 0;
};

}  // namespace balcao::journal
