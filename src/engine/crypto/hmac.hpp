#pragma once
// HMAC with SHA-1 (RFC 2104), which one-time codes are made of and libsodium does not have: OpenSSL does the
// work and stays in the source. Used by `staff`. Not for anything new: crypto/keys.hpp has HMAC-SHA-256.
#include <array>
#include <cstdint>
#include <string_view>

namespace balcao::crypto {

// A key may have any length.
std::array<std::uint8_t, 20> hmac_sha1(std::string_view key, std::string_view message);

}  // namespace balcao::crypto
