#pragma once
// HMAC (RFC 2104) for secrets that somebody else made and that have any length: OpenSSL does the work and
// stays in the source. With SHA-1 one-time codes are made, in `staff`; it is not for anything new. With
// SHA-256 entities sign what they report, in `connect`. For keys of our own crypto/keys.hpp has it.
#include <array>
#include <cstdint>
#include <string_view>

#include "crypto/hash.hpp"

namespace balcao::crypto {

// Keys may have any length.
std::array<std::uint8_t, 20> hmac_sha1(std::string_view key, std::string_view message);

Hash hmac_sha256(std::string_view key, std::string_view message);

}  // namespace balcao::crypto
