#include "crypto/keys.hpp"

#include <sodium.h>

#include "base/check.hpp"

namespace balcao::crypto {

namespace {

// libsodium wants to be told once, before its first use.
void start() {
    static const int started = sodium_init();
    BALCAO_CHECK(started >= 0);
}

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string random_bytes(std::size_t count) {
    start();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

std::string random_name() {
    static constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const std::string bytes = random_bytes(16);
    std::string name;
    unsigned held = 0;
    int bits = 0;
    for (const char byte : bytes) {
        held = (held << 8) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            name.push_back(digits[(held >> bits) & 31U]);
        }
        held &= (1U << bits) - 1U;
    }
    name.push_back(digits[(held << (5 - bits)) & 31U]);
    return name;
}

bool is_equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

SecretKey SecretKey::random() {
    start();
    SecretKey key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    return key;
}

std::optional<SecretKey> SecretKey::from(std::string_view bytes) {
    const auto value = from_bytes<32>(bytes);
    if (!value) return std::nullopt;
    SecretKey key;
    key.bytes_ = *value;
    return key;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::derive(std::string_view purpose) const {
    start();
    SecretKey key;
    crypto_generichash(key.bytes_.data(), key.bytes_.size(), raw(purpose), purpose.size(), bytes_.data(),
                       bytes_.size());
    return key;
}

std::string seal(const SecretKey& key, std::string_view text, std::string_view context) {
    start();
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    std::string sealed(nonce_size + text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(sealed.data());
    randombytes_buf(bytes, nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + nonce_size, nullptr, raw(text), text.size(),
                                               raw(context), context.size(), nullptr, bytes,
                                               raw(key.bytes()));
    return sealed;
}

std::optional<std::string> open(const SecretKey& key, std::string_view sealed, std::string_view context) {
    start();
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    std::string text(sealed.size() - nonce_size - tag_size, '\0');
    const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, raw(sealed) + nonce_size,
        sealed.size() - nonce_size, raw(context), context.size(), raw(sealed), raw(key.bytes()));
    if (outcome != 0) return std::nullopt;
    return text;
}

Hash authenticate(const SecretKey& key, std::string_view message) {
    static_assert(crypto_auth_hmacsha256_BYTES == 32 && crypto_auth_hmacsha256_KEYBYTES == 32);
    Hash mac{};
    crypto_auth_hmacsha256(mac.data(), raw(message), message.size(), raw(key.bytes()));
    return mac;
}

SigningKey SigningKey::random() { return from(SecretKey::random()); }

SigningKey SigningKey::from(const SecretKey& seed) {
    static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32 &&
                  crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == 64);
    start();
    SigningKey key;
    crypto_sign_seed_keypair(key.public_key_.data(), key.secret_.data(), raw(seed.bytes()));
    return key;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

Signature SigningKey::sign(std::string_view message) const {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, raw(message), message.size(), secret_.data());
    return signature;
}

bool is_signed(const PublicKey& key, std::string_view message, const Signature& signature) {
    start();
    return crypto_sign_verify_detached(signature.data(), raw(message), message.size(), key.data()) == 0;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
    start();
    const bool is_lowest = cost == PasswordCost::lowest;
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    const int outcome =
        crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                              is_lowest ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              is_lowest ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13);
    BALCAO_CHECK(outcome == 0);  // only when there is no memory
    hash.resize(hash.find('\0'));
    return hash;
}

bool is_password(std::string_view hash, std::string_view password) {
    start();
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    const std::string terminated{hash};
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

}  // namespace balcao::crypto
