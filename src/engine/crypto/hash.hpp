#pragma once
// SHA-256 and the ways in which people write bytes down. Used wherever something is named by its content or
// shown to an outsider; it holds no secret.
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace balcao::crypto {

using Hash = std::array<std::uint8_t, 32>;

// FIPS 180-4. The parts are hashed as if they stood one after the other.
Hash sha256(std::initializer_list<std::string_view> parts);

// The bytes of a value as the text functions want them. The view lives as long as the value.
template <std::size_t size>
std::string_view bytes_of(const std::array<std::uint8_t, size>& value) {
    return {reinterpret_cast<const char*>(value.data()), size};
}

// A value of fixed size out of its bytes; nothing when they are more or fewer.
template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> from_bytes(std::string_view bytes) {
    if (bytes.size() != size) return std::nullopt;
    std::array<std::uint8_t, size> value{};
    for (std::size_t place = 0; place < size; ++place)
        value[place] = static_cast<std::uint8_t>(bytes[place]);
    return value;
}

// Lower-case hexadecimal digits, two a byte.
std::string to_hex(std::string_view bytes);

// Nothing when a character is no digit or the number of digits is odd.
std::optional<std::string> from_hex(std::string_view text);

// RFC 4648, 6, without padding: what people type into an authenticator.
std::string to_base32(std::string_view bytes);

// RFC 4648, 4 (with padding), and 5 without padding: what may stand in an address.
std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace balcao::crypto
