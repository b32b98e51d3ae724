#pragma once
// The commits that wait, and who may write what next: of commits that name the same stream, claim, person or
// command the first handed over is written first and alone; others go side by side. Used by the writers in
// this folder, one thread each.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "journal/store.hpp"

namespace balcao::postgres {

// The number under which something that only one may change at a time is locked, the same in every process:
// the first eight bytes of the SHA-256 of its kind and its name. `kind` is one letter.
std::int64_t lock_of(char kind, std::string_view name);

struct Waiting {
    Waiting(journal::Commit taken, journal::Done told);

    journal::Commit commit;
    journal::Done done;
    std::vector<std::int64_t> locks;  // of its streams, claims and persons
    std::int64_t command = 0;         // the same for its command; 0: none
};

class Queue {
public:
    void put(Waiting waiting);

    // The oldest commits that may be written now, in their order; waits until there is one. Their keys are
    // the caller's until it gives them back. Nothing: told to stop, and nothing waits any more.
    std::vector<Waiting> take(const std::stop_token& stop);

    // When the group is written or given up.
    void give_back(const std::vector<Waiting>& group);

private:
    std::vector<Waiting> choose();

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::uint64_t changes_ = 0;
    std::deque<Waiting> waiting_;
    std::unordered_set<std::int64_t> taken_;  // keys that a writer has
};

}  // namespace balcao::postgres
