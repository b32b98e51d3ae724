// How often one address may do something.
#include "http/rate.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace balcao::http;
using namespace std::chrono_literals;

namespace {

const RateLimiter::Time begin{1000h};

int taken(RateLimiter& limiter, const std::string& peer, RateLimiter::Time at, int tries) {
    int count = 0;
    for (int attempt = 0; attempt < tries; ++attempt)
        count += limiter.take(peer, at) ? 0 : 1;
    return count;
}

}  // namespace

TEST_CASE("a client does so many at once, and then so many an hour") {
    RateLimiter limiter{{.at_once = 5, .per_hour = 60}};
    CHECK(taken(limiter, "192.0.2.1", begin, 20) == 5);
    CHECK(limiter.take("192.0.2.1", begin) == 60s);
    CHECK(limiter.wait_of("192.0.2.1", begin + 20s) == 40s);
    CHECK(taken(limiter, "192.0.2.1", begin + 60s, 20) == 1);
    CHECK(taken(limiter, "192.0.2.1", begin + 30min, 20) == 5);
}

TEST_CASE("what one address did is not held against another") {
    RateLimiter limiter{{.at_once = 3, .per_hour = 60}};
    CHECK(taken(limiter, "192.0.2.1", begin, 10) == 3);
    CHECK(taken(limiter, "192.0.2.2", begin, 10) == 3);
}

TEST_CASE("a network of IPv6 counts as one client, whichever of its addresses is used") {
    RateLimiter limiter{{.at_once = 3, .per_hour = 60}};
    int count = 0;
    for (int host = 1; host <= 9; ++host)
        count += limiter.take("2001:db8:0:7::" + std::to_string(host), begin) ? 0 : 1;
    CHECK(count == 3);
    CHECK(taken(limiter, "2001:db8:0:8::1", begin, 10) == 3);
}

TEST_CASE("an IPv4 address is the same client when it comes in its IPv6 form") {
    RateLimiter limiter{{.at_once = 3, .per_hour = 60}};
    CHECK(taken(limiter, "192.0.2.1", begin, 2) == 2);
    CHECK(taken(limiter, "::ffff:192.0.2.1", begin, 10) == 1);
    CHECK(taken(limiter, "192.0.2.3", begin, 10) == 3);
}

TEST_CASE("what is no address shares one bucket") {
    RateLimiter limiter{{.at_once = 3, .per_hour = 60}};
    CHECK(taken(limiter, "", begin, 2) == 2);
    CHECK(taken(limiter, "unknown", begin, 10) == 1);
}

TEST_CASE("under a flood of addresses whoever has used up the bucket is still told to wait") {
    RateLimiter limiter{{.at_once = 20, .per_hour = 60}, 4096};
    CHECK(taken(limiter, "192.0.2.1", begin, 30) == 20);
    for (int client = 0; client < 100'000; ++client)
        (void)limiter.take("10." + std::to_string(client / 65536) + "." + std::to_string(client / 256 % 256) +
                               "." + std::to_string(client % 256),
                           begin + 1s);
    CHECK(limiter.take("192.0.2.1", begin + 2s).has_value());
}

TEST_CASE("asking for the wait takes nothing") {
    RateLimiter limiter{{.at_once = 1, .per_hour = 60}};
    for (int ask = 0; ask < 5; ++ask)
        CHECK_FALSE(limiter.wait_of("192.0.2.1", begin).has_value());
    CHECK(taken(limiter, "192.0.2.1", begin, 2) == 1);
}

TEST_CASE("a rate of more than any clock counts is a large one, not a mistake") {
    RateLimiter limiter{{.at_once = 3'000'000, .per_hour = 1}};
    CHECK(taken(limiter, "192.0.2.1", begin, 10'000) == 10'000);
}
