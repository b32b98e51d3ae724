#pragma once
// Addresses of the network and who may speak for somebody else. Used by the server to tell the client's
// address behind a proxy, and for limits per address; it opens nothing.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/fields.hpp"

namespace balcao::http {

// An IPv4 or IPv6 address as 16 bytes; IPv4 in its mapped form (RFC 4291, 2.5.5.2).
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    friend bool operator==(const Address&, const Address&) = default;
};

// "192.0.2.1", "2001:db8::1"; no port, no zone.
std::optional<Address> parse_address(std::string_view text);
std::string format_address(const Address& address);

// "10.0.0.0/8", "2001:db8::/32", or one address.
struct Network {
    Address address;
    int bits = 128;  // of the 16 bytes: 96 more than an IPv4 prefix says
    [[nodiscard]] bool has(const Address& other) const;
};

std::optional<Network> parse_network(std::string_view text);

// Who asked, and by which scheme and host, as far as it can be believed.
struct Origin {
    std::string peer;
    std::string scheme;
    std::string host;
    friend bool operator==(const Origin&, const Origin&) = default;
};

// `direct` is what the socket and the request itself say. X-Forwarded-For, -Proto and -Host count only when
// the socket's other end is in `proxies`; of X-Forwarded-For the last address that is not a proxy's is the
// client. What is not of the right shape is left as the direct one.
Origin behind_proxies(Origin direct, const Headers& headers, std::span<const Network> proxies);

}  // namespace balcao::http
