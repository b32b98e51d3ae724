#include "crypto/signer.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/check.hpp"

namespace balcao::crypto {
namespace {

constexpr std::size_t rsa_bits = 2048;

std::string bytes_of(const BIGNUM* number, int size) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    BALCAO_CHECK(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size) == size);
    return bytes;
}

std::string part_of(const EVP_PKEY* key, const char* name, int size) {
    BIGNUM* number = nullptr;
    BALCAO_CHECK(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    std::string bytes = bytes_of(number, size != 0 ? size : BN_num_bytes(number));
    BN_free(number);
    return bytes;
}

// R and S as they stand in a JWS (RFC 7518, 3.4).
std::string plain_pair(const std::string& der) {
    const auto* from = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size()));
    BALCAO_CHECK(pair != nullptr);
    std::string plain = bytes_of(ECDSA_SIG_get0_r(pair), coordinate_bytes) +
                        bytes_of(ECDSA_SIG_get0_s(pair), coordinate_bytes);
    ECDSA_SIG_free(pair);
    return plain;
}

}  // namespace

struct Signer::Key {
    explicit Key(EVP_PKEY* made) : handle{made} { BALCAO_CHECK(made != nullptr); }

    ~Key() { EVP_PKEY_free(handle); }

    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    Key(Key&&) = delete;
    Key& operator=(Key&&) = delete;

    EVP_PKEY* handle;
};

Signer::Signer(std::shared_ptr<const Key> key, bool is_rsa)
    : key_{std::move(key)},
      is_rsa_{is_rsa},
      first_{is_rsa ? part_of(key_->handle, OSSL_PKEY_PARAM_RSA_N, 0)
                    : part_of(key_->handle, OSSL_PKEY_PARAM_EC_PUB_X, coordinate_bytes)},
      second_{is_rsa ? part_of(key_->handle, OSSL_PKEY_PARAM_RSA_E, 0)
                     : part_of(key_->handle, OSSL_PKEY_PARAM_EC_PUB_Y, coordinate_bytes)} {}

Signer Signer::rsa() {
    return Signer{std::make_shared<const Key>(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", rsa_bits)), true};
}

Signer Signer::p256() {
    return Signer{std::make_shared<const Key>(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")), false};
}

std::string Signer::sign(SignatureAlgorithm algorithm, std::string_view message) const {
    BALCAO_CHECK(is_rsa_ == (algorithm != SignatureAlgorithm::es256));
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* padding = nullptr;
    BALCAO_CHECK(
        EVP_DigestSignInit_ex(context, &padding, "SHA256", nullptr, nullptr, key_->handle, nullptr) == 1);
    if (algorithm == SignatureAlgorithm::ps256) {
        BALCAO_CHECK(EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) == 1);
        BALCAO_CHECK(EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) == 1);
    }
    const auto* text = reinterpret_cast<const unsigned char*>(message.data());
    std::size_t size = 0;
    BALCAO_CHECK(EVP_DigestSign(context, nullptr, &size, text, message.size()) == 1);
    std::string signature(size, '\0');
    BALCAO_CHECK(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, text,
                                message.size()) == 1);
    EVP_MD_CTX_free(context);
    signature.resize(size);
    return is_rsa_ ? signature : plain_pair(signature);
}

}  // namespace balcao::crypto
