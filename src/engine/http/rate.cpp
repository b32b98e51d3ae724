#include "http/rate.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <random>

#include "base/check.hpp"

namespace balcao::http {
namespace {

constexpr std::int64_t hour = 3'600'000'000'000;
constexpr std::int64_t second = 1'000'000'000;

// The finalizer of MurmurHash3 (Appleby 2011).
std::uint64_t mix(std::uint64_t bits) {
    bits ^= bits >> 33U;
    bits *= 0xff51afd7ed558ccdULL;
    bits ^= bits >> 33U;
    bits *= 0xc4ceb9fe1a85ec53ULL;
    return bits ^ (bits >> 33U);
}

// So many tokens, each of which takes `each` to grow: what no clock counts is as good as for ever.
std::int64_t depth_of(std::int64_t each, std::int64_t tokens) {
    constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 2;
    return tokens > longest / each ? longest : each * tokens;
}

std::uint64_t random_seed() {
    std::random_device source;
    return (std::uint64_t{source()} << 32U) | source();
}

std::int64_t count_of(RateLimiter::Time now) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
}

}  // namespace

RateLimiter::RateLimiter(const Rate& rate, std::size_t clients_max)
    : each_{hour / std::max(1, rate.per_hour)},
      depth_{depth_of(each_, std::max(1, rate.at_once))},
      seed_{random_seed()},
      clients_(std::max(ways, clients_max / ways * ways)) {
    BALCAO_CHECK(rate.at_once >= 1 && rate.per_hour >= 1);
}

RateLimiter::Client& RateLimiter::find(std::string_view peer) {
    std::array<std::uint64_t, 2> network{};
    if (const auto address = parse_address(peer)) {
        std::memcpy(network.data(), address->bytes.data(), sizeof network);
        static const Network ipv4{parse_address("0.0.0.0").value(), 96};
        if (!ipv4.has(*address)) network[1] = 0;
    }
    const std::uint64_t hash = mix(mix(network[0] ^ seed_) ^ network[1] ^ seed_);
    Client* const row = &clients_[hash % (clients_.size() / ways) * ways];
    for (std::size_t way = 0; way < ways; ++way)
        if (row[way].network_high == network[0] && row[way].network_low == network[1]) return row[way];
    // The fullest bucket tells the least.
    Client& forgotten = *std::min_element(
        row, row + ways, [](const Client& a, const Client& b) { return a.full_at < b.full_at; });
    forgotten = {network[0], network[1], 0};
    return forgotten;
}

std::optional<std::chrono::seconds> RateLimiter::wait(const Client& client, std::int64_t now) const {
    const std::int64_t after = std::max(client.full_at, now) + each_ - now;
    if (after <= depth_) return std::nullopt;
    return std::chrono::seconds{(after - depth_ + second - 1) / second};
}

std::optional<std::chrono::seconds> RateLimiter::take(std::string_view peer, Time now) {
    const std::int64_t count = count_of(now);
    const std::lock_guard lock{mutex_};
    Client& client = find(peer);
    if (const auto wait_for = wait(client, count)) return wait_for;
    client.full_at = std::max(client.full_at, count) + each_;
    return std::nullopt;
}

std::optional<std::chrono::seconds> RateLimiter::wait_of(std::string_view peer, Time now) {
    const std::lock_guard lock{mutex_};
    return wait(find(peer), count_of(now));
}

}  // namespace balcao::http
