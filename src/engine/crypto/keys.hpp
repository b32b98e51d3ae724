#pragma once
// Keys and what is done with them: secrets that seal a text, pairs that sign, passwords, tokens. libsodium
// does the work and stays in the source. A key wipes its bytes when it goes. Used by `journal` for signed
// tree heads and for the key of each person, by the live pages for signed links, sessions and passwords.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/hash.hpp"

namespace balcao::crypto {

// Bytes from the system's generator.
std::string random_bytes(std::size_t count);

// A name that nobody guesses: 128 random bits in the 26 characters of Crockford's base 32 (no I, L, O or U,
// so that it can be read out and typed).
std::string random_name();

// Compares without telling by its time where two texts differ.
bool is_equal_in_constant_time(std::string_view a, std::string_view b);

// 32 secret bytes, wiped when they go out of use.
class SecretKey {
public:
    static SecretKey random();
    // Error: nothing unless there are exactly 32 bytes.
    static std::optional<SecretKey> from(std::string_view bytes);

    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    SecretKey(SecretKey&&) = default;
    SecretKey& operator=(SecretKey&&) = default;
    ~SecretKey();

    [[nodiscard]] std::string_view bytes() const { return bytes_of(bytes_); }

    // Another key for another purpose, from which neither this one nor a third can be found (BLAKE2b keyed
    // with this one).
    [[nodiscard]] SecretKey derive(std::string_view purpose) const;

private:
    SecretKey() = default;
    std::array<std::uint8_t, 32> bytes_{};
};

// XChaCha20-Poly1305 with a random nonce of 24 bytes in front: nobody without the key reads or changes the
// text. `context` is not kept in what comes out but must be the same when it is opened, so that a sealed text
// cannot be moved elsewhere.
std::string seal(const SecretKey& key, std::string_view text, std::string_view context);

// Nothing when key, context or a single bit is another.
std::optional<std::string> open(const SecretKey& key, std::string_view sealed, std::string_view context);

// HMAC-SHA-256 (RFC 2104): for links that carry their own right.
Hash authenticate(const SecretKey& key, std::string_view message);

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

// Ed25519 (RFC 8032).
class SigningKey {
public:
    static SigningKey random();
    // The pair that grows out of 32 secret bytes, always the same.
    static SigningKey from(const SecretKey& seed);

    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }

    [[nodiscard]] Signature sign(std::string_view message) const;

    SigningKey(const SigningKey&) = default;
    SigningKey& operator=(const SigningKey&) = default;
    SigningKey(SigningKey&&) = default;
    SigningKey& operator=(SigningKey&&) = default;
    ~SigningKey();

private:
    SigningKey() = default;
    PublicKey public_key_{};
    std::array<std::uint8_t, 64> secret_{};
};

bool is_signed(const PublicKey& key, std::string_view message, const Signature& signature);

// How much work a password costs who tries to guess it.
enum class PasswordCost { interactive, lowest };

// Argon2id (RFC 9106) with a random salt, in the usual text form. `interactive`: 64 MiB and some tenths of a
// second; `lowest` is for tests.
std::string hash_password(std::string_view password, PasswordCost cost);

bool is_password(std::string_view hash, std::string_view password);

}  // namespace balcao::crypto
