#include "postgres/queue.hpp"

#include <algorithm>
#include <utility>

#include "crypto/hash.hpp"

namespace balcao::postgres {

namespace {

// More at once gain nothing where a flush takes milliseconds.
constexpr std::size_t commits_at_once = 512;
// A server with its usual settings has room for 6,400 locks of all sessions together (PostgreSQL 15,
// max_locks_per_transaction): enough for two writers of ten processes.
constexpr std::size_t locks_at_once = 256;

template <class Test>
bool any_key(const Waiting& waiting, const Test& test) {
    return (waiting.command != 0 && test(waiting.command)) ||
           std::any_of(waiting.locks.begin(), waiting.locks.end(), test);
}

void add_keys(const Waiting& waiting, std::unordered_set<std::int64_t>& keys) {
    keys.insert(waiting.locks.begin(), waiting.locks.end());
    if (waiting.command != 0) keys.insert(waiting.command);
}

}  // namespace

std::int64_t lock_of(char kind, std::string_view name) {
    const auto hash = crypto::sha256({std::string_view{&kind, 1}, name});
    std::uint64_t number = 0;
    for (std::size_t place = 0; place < 8; ++place)
        number = number << 8U | hash[place];
    return static_cast<std::int64_t>(number);
}

Waiting::Waiting(journal::Commit taken, journal::Done told)
    : commit{std::move(taken)}, done{std::move(told)} {
    for (const auto& writing : commit.writings)
        locks.push_back(lock_of('s', writing.stream));
    for (const auto& claim : commit.claims)
        locks.push_back(lock_of('c', claim.key));
    for (const auto& key : commit.keys)
        locks.push_back(lock_of('p', key.person));
    if (!commit.command.empty()) command = lock_of('k', commit.command);
}

void Queue::put(Waiting waiting) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(std::move(waiting));
        ++changes_;
    }
    changed_.notify_one();
}

std::vector<Waiting> Queue::take(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    for (;;) {
        auto group = choose();
        if (!group.empty() || (stop.stop_requested() && waiting_.empty())) return group;
        const auto is_changed = [this, seen = changes_] { return changes_ != seen; };
        // Once a stop was asked for, what still waits does so for another writer, who gives it back.
        if (stop.stop_requested())
            changed_.wait(lock, is_changed);
        else
            changed_.wait(lock, stop, is_changed);
    }
}

std::vector<Waiting> Queue::choose() {
    std::vector<Waiting> group;
    std::unordered_set<std::int64_t> held_back;  // keys of those that must wait: who comes later waits too
    std::unordered_set<std::int64_t> locks;
    std::deque<Waiting> left;
    for (auto& waiting : waiting_) {
        const bool is_full = group.size() >= commits_at_once ||
                             (!group.empty() && locks.size() + waiting.locks.size() > locks_at_once);
        const bool must_wait = is_full || any_key(waiting, [&](std::int64_t key) {
                                   return taken_.contains(key) || held_back.contains(key);
                               });
        if (must_wait) {
            add_keys(waiting, held_back);
            left.push_back(std::move(waiting));
        } else {
            locks.insert(waiting.locks.begin(), waiting.locks.end());
            group.push_back(std::move(waiting));
        }
    }
    waiting_ = std::move(left);
    for (const auto& chosen : group)
        add_keys(chosen, taken_);
    return group;
}

void Queue::give_back(const std::vector<Waiting>& group) {
    {
        const std::lock_guard lock{mutex_};
        for (const auto& waiting : group) {
            for (const auto key : waiting.locks)
                taken_.erase(key);
            taken_.erase(waiting.command);
        }
        ++changes_;
    }
    changed_.notify_all();
}

}  // namespace balcao::postgres
