#pragma once
// How often one client may do something: token buckets by address, in memory that never grows. Used by
// whoever decides which requests count for what; it reads no clock and answers nothing.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "http/network.hpp"

namespace balcao::http {

// So many at once, and so many an hour in the long run.
struct Rate {
    int at_once = 1;    // 1 or more
    int per_hour = 60;  // 1 or more
    friend bool operator==(const Rate&, const Rate&) = default;
};

// One bucket for each client: an IPv4 address, or the /64 of an IPv6 address, for a household has as many
// addresses of it as it likes. At most `clients_max` are remembered, in 24 bytes each; beyond that the one is
// forgotten that has the least to be remembered for, so a flood of addresses costs nobody a memory. From any
// thread.
class RateLimiter {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit RateLimiter(const Rate& rate, std::size_t clients_max = 16'384);

    // Takes one from the client's bucket. Nothing when there was one; else after how long there is one again,
    // rounded up to whole seconds, and nothing is taken. What is no address shares one bucket.
    std::optional<std::chrono::seconds> take(std::string_view peer, Time now);

    // The same without taking anything.
    [[nodiscard]] std::optional<std::chrono::seconds> wait_of(std::string_view peer, Time now);

private:
    // The generic cell rate algorithm (ITU-T I.371): a bucket is one instant, that at which it is full again.
    struct Client {
        std::uint64_t network_high = 0;
        std::uint64_t network_low = 0;
        std::int64_t full_at = 0;  // nanoseconds; in the past: full
    };

    static constexpr std::size_t ways = 8;

    Client& find(std::string_view peer);
    [[nodiscard]] std::optional<std::chrono::seconds> wait(const Client& client, std::int64_t now) const;

    std::int64_t each_;   // nanoseconds in which one token grows
    std::int64_t depth_;  // of the bucket
    std::uint64_t seed_;  // so that nobody chooses addresses that fall together
    std::mutex mutex_;
    std::vector<Client> clients_;  // rows of `ways`
};

}  // namespace balcao::http
