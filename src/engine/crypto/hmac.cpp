#include "crypto/hmac.hpp"

#include <openssl/evp.h>

#include "base/check.hpp"

namespace balcao::crypto {

namespace {

template <std::size_t size>
std::array<std::uint8_t, size> hmac(const char* digest, std::string_view key, std::string_view message) {
    std::array<std::uint8_t, size> mac{};
    std::size_t made_size = 0;
    const char nothing = 0;  // OpenSSL takes a null key for no key at all, also when it has no bytes
    const auto* made =
        EVP_Q_mac(nullptr, "HMAC", nullptr, digest, nullptr, key.empty() ? &nothing : key.data(), key.size(),
                  reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(),
                  mac.size(), &made_size);
    BALCAO_CHECK(made != nullptr && made_size == mac.size());  // only when there is no memory
    return mac;
}

}  // namespace

std::array<std::uint8_t, 20> hmac_sha1(std::string_view key, std::string_view message) {
    return hmac<20>("SHA1", key, message);
}

Hash hmac_sha256(std::string_view key, std::string_view message) { return hmac<32>("SHA256", key, message); }

}  // namespace balcao::crypto
