#pragma once
// Signatures that others make, as the web writes them (JWS, RFC 7518): RSA and the curve P-256, which
// libsodium does not have. OpenSSL does the work and stays in the source. Used by `openid` for what providers
// sign; it signs nothing and keeps no secret.
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace balcao::crypto {

// Of a coordinate of a point of P-256 and of each half of its signatures (RFC 7518, 3.4 and 6.2.1).
inline constexpr int coordinate_bytes = 32;

// RSASSA-PKCS1-v1_5, RSASSA-PSS and ECDSA on P-256, each with SHA-256. There is no "none" and no HMAC: a
// public key is never taken for a shared secret.
enum class SignatureAlgorithm : std::uint8_t { rs256, ps256, es256 };

// "RS256", "PS256", "ES256", with the case as written (RFC 7515, 4.1.1); nothing for any other name.
std::optional<SignatureAlgorithm> signature_algorithm_of(std::string_view name);

// Somebody's public key. Safe to share between threads.
class VerifyingKey {
public:
    // The numbers as big-endian bytes (RFC 7518, 6.3.1). Nothing for less than 2048 or more than 8192 bits,
    // or for numbers that are no key.
    static std::optional<VerifyingKey> rsa(std::string_view modulus, std::string_view exponent);

    // A point, 32 bytes each coordinate (RFC 7518, 6.2.1). Nothing for one that is not on the curve.
    static std::optional<VerifyingKey> p256(std::string_view x, std::string_view y);

    // Whether signatures by that algorithm are made with such a key.
    [[nodiscard]] bool suits(SignatureAlgorithm algorithm) const;

    // False also where the algorithm does not suit the key. Of ES256 the signature is 64 bytes, R and S (RFC
    // 7518, 3.4).
    [[nodiscard]] bool is_signed(SignatureAlgorithm algorithm,
                                 std::string_view message,
                                 std::string_view signature) const;

private:
    struct Key;

    explicit VerifyingKey(std::shared_ptr<const Key> key) : key_{std::move(key)} {}

    std::shared_ptr<const Key> key_;
};

}  // namespace balcao::crypto
