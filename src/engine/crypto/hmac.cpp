#include "crypto/hmac.hpp"

#include <openssl/evp.h>

#include "base/check.hpp"

namespace balcao::crypto {

std::array<std::uint8_t, 20> hmac_sha1(std::string_view key, std::string_view message) {
    std::array<std::uint8_t, 20> mac{};
    std::size_t size = 0;
    const char nothing = 0;  // OpenSSL takes a null key for no key at all, also when it has no bytes
    const auto* made =
        EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA1", nullptr, key.empty() ? &nothing : key.data(), key.size(),
                  reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(),
                  mac.size(), &size);
    BALCAO_CHECK(made != nullptr && size == mac.size());  // only when there is no memory
    return mac;
}

}  // namespace balcao::crypto
