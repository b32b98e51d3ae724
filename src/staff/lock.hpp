#pragma once
// How long failed sign-ins keep a door shut: the lengths, and a memory of failures by name for what is in no
// journal (peers' addresses, names that nobody has). Used by `staff`; it forgets when the process ends.
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "staff/roll.hpp"

namespace balcao::staff {

struct LockRule {
    int failures = 5;  // in a row, until the first lock
    std::chrono::milliseconds first = std::chrono::minutes{1};
    std::chrono::milliseconds longest = std::chrono::hours{1};  // each further failure doubles up to here
    std::chrono::milliseconds forgotten_after = std::chrono::hours{24};  // without a failure
};

// The failures after one more at `now`.
Failures one_more(const LockRule& rule, const Failures& before, Instant now);

// Bounded: beyond `most` names, those whose last failure is oldest go first. Thread-safe. Names are kept as
// salted hashes, since people type passwords into the wrong field.
class Lockouts {
public:
    explicit Lockouts(const LockRule& rule, std::size_t most = 100'000);

    // Until when the name is locked; nothing when it is not.
    [[nodiscard]] std::optional<Instant> locked_until(std::string_view name, Instant now) const;

    // One more failure, unless it is locked already; until when it is locked after this.
    std::optional<Instant> fail(std::string_view name, Instant now);

private:
    [[nodiscard]] std::string hashed(std::string_view name) const;
    void make_room();

    LockRule rule_;
    std::size_t most_;
    std::string salt_;
    mutable std::mutex mutex_;
    std::map<std::string, Failures, std::less<>> failures_;
};

}  // namespace balcao::staff
