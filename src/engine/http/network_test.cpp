#include "http/network.hpp"

#include <doctest/doctest.h>

using namespace balcao::http;

namespace {

const std::vector<Network> proxies{*parse_network("10.0.0.0/8"), *parse_network("::1")};

Origin origin_of(const Headers& headers, std::string peer = "10.0.0.7") {
    return behind_proxies({std::move(peer), "http", "inner:8080"}, headers, proxies);
}

}  // namespace

TEST_CASE("addresses read back, an IPv4 one in its own form") {
    for (const auto* text : {"192.0.2.1", "::1", "2001:db8::7"})
        CHECK(format_address(*parse_address(text)) == text);
    CHECK(format_address(*parse_address("::ffff:192.0.2.1")) == "192.0.2.1");
    for (const auto* text : {"", "192.0.2", "192.0.2.1:80", "[::1]", "a", "1.2.3.4.5", "fe80::1%eth0"})
        CHECK_MESSAGE(!parse_address(text).has_value(), text);
    CHECK_FALSE(parse_address(std::string_view{"::1\0", 4}).has_value());
}

TEST_CASE("a network has the addresses of its prefix") {
    CHECK(parse_network("10.0.0.0/8")->has(*parse_address("10.255.1.2")));
    CHECK_FALSE(parse_network("10.0.0.0/8")->has(*parse_address("11.0.0.0")));
    CHECK(parse_network("192.0.2.128/25")->has(*parse_address("192.0.2.200")));
    CHECK_FALSE(parse_network("192.0.2.128/25")->has(*parse_address("192.0.2.127")));
    CHECK(parse_network("2001:db8::/32")->has(*parse_address("2001:db8:ffff::1")));
    CHECK(parse_network("0.0.0.0/0")->has(*parse_address("1.2.3.4")));
    CHECK_FALSE(parse_network("0.0.0.0/0")->has(*parse_address("2001:db8::1")));
    CHECK_FALSE(parse_network("192.0.2.1")->has(*parse_address("192.0.2.2")));
    for (const auto* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "x/8", "10.0.0.0/8x"})
        CHECK_MESSAGE(!parse_network(text).has_value(), text);
}

TEST_CASE("a stranger's forwarding headers are not believed") {
    const Headers headers{{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}};
    CHECK(origin_of(headers, "198.51.100.1") == Origin{"198.51.100.1", "http", "inner:8080"});
    CHECK(origin_of(headers, "").scheme == "http");
}

TEST_CASE("a proxy's are, up to the first address that is not a proxy") {
    CHECK(origin_of({{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.3"},
                     {"X-Forwarded-Proto", "https"},
                     {"X-Forwarded-Host", "balcao.example"}}) ==
          Origin{"203.0.113.9", "https", "balcao.example"});
    CHECK(origin_of({{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.9"}}).peer ==
          "203.0.113.9");
    CHECK(origin_of({{"X-Forwarded-For", "[2001:db8::1]:443"}}, "::1").peer == "2001:db8::1");
    CHECK(origin_of({{"X-Forwarded-For", "203.0.113.9:5555"}}).peer == "203.0.113.9");
}

TEST_CASE("what a proxy sends in no good shape changes nothing") {
    CHECK(origin_of({}) == Origin{"10.0.0.7", "http", "inner:8080"});
    CHECK(origin_of({{"X-Forwarded-For", "unknown"},
                     {"X-Forwarded-Proto", "gopher"},
                     {"X-Forwarded-Host", "a b/c"}}) == Origin{"10.0.0.7", "http", "inner:8080"});
}
