#include "http/network.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

#include "base/check.hpp"
#include "http/characters.hpp"
#include "http/uri.hpp"

namespace balcao::http {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const Address& address) {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
}

// What proxies write into X-Forwarded-For: an address, some with a port or brackets.
std::optional<Address> parse_hop(std::string_view text) {
    text = trim(text);
    if (text.starts_with('[')) return parse_address(text.substr(1, text.find(']') - 1));
    if (const auto address = parse_address(text)) return address;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return std::nullopt;
    return parse_address(text.substr(0, colon));
}

bool is_proxy(const Address& address, std::span<const Network> proxies) {
    return std::any_of(proxies.begin(), proxies.end(),
                       [&](const Network& network) { return network.has(address); });
}

// The last member of a list: what the nearest proxy added.
std::string_view last_of(std::string_view list) { return trim(list.substr(list.rfind(',') + 1)); }

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string copy{text};
    Address address;
    if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1 &&
        copy.size() == std::strlen(copy.c_str()))
        return address;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, copy.c_str(), address.bytes.data() + 12) == 1 &&
        copy.size() == std::strlen(copy.c_str()))
        return address;
    return std::nullopt;
}

std::string format_address(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool is_v4 = is_mapped(address);
    const char* out = inet_ntop(is_v4 ? AF_INET : AF_INET6, address.bytes.data() + (is_v4 ? 12 : 0),
                                text.data(), text.size());
    BALCAO_CHECK(out != nullptr);
    return out;
}

bool Network::has(const Address& other) const {
    for (int bit = 0; bit < bits; bit += 8) {
        const auto place = static_cast<std::size_t>(bit / 8);
        const int left = std::min(8, bits - bit);
        const auto mask = static_cast<unsigned>(0xFF00 >> left) & 0xFFU;
        if (((address.bytes[place] ^ other.bytes[place]) & mask) != 0) return false;
    }
    return true;
}

std::optional<Network> parse_network(std::string_view text) {
    std::string_view rest = text;
    const auto address = parse_address(cut(rest, '/'));
    if (!address) return std::nullopt;
    if (text.find('/') == std::string_view::npos) return Network{*address, 128};
    int bits = 0;
    const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), bits);
    const bool is_v4 = text.find(':') == std::string_view::npos;
    if (fault != std::errc{} || end != rest.data() + rest.size() || bits < 0 || bits > (is_v4 ? 32 : 128))
        return std::nullopt;
    return Network{*address, is_v4 ? bits + 96 : bits};
}

Origin behind_proxies(Origin direct, const Headers& headers, std::span<const Network> proxies) {
    const auto nearest = parse_address(direct.peer);
    if (!nearest || !is_proxy(*nearest, proxies)) return direct;
    std::string chain = headers.joined("X-Forwarded-For");
    std::string_view rest = chain;
    while (!rest.empty()) {
        const auto hop = parse_hop(last_of(rest));
        if (!hop) break;
        direct.peer = format_address(*hop);
        if (!is_proxy(*hop, proxies)) break;
        const std::size_t comma = rest.rfind(',');
        rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
    }
    const std::string scheme = headers.joined("X-Forwarded-Proto");
    for (const std::string_view known : {"http", "https"})
        if (same_ignoring_case(last_of(scheme), known)) direct.scheme = known;
    const std::string host = headers.joined("X-Forwarded-Host");
    if (is_authority(last_of(host))) direct.host = last_of(host);
    return direct;
}

}  // namespace balcao::http
