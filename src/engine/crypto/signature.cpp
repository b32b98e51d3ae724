#include "crypto/signature.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <string>

#include "base/check.hpp"

namespace balcao::crypto {
namespace {

constexpr int rsa_bits_min = 2048;
constexpr int rsa_bits_max = 8192;

template <class T, void (*end)(T*)>
struct End {
    void operator()(T* one) const { end(one); }
};

using Number = std::unique_ptr<BIGNUM, End<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, End<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, End<OSSL_PARAM, OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, End<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, End<EVP_MD_CTX, EVP_MD_CTX_free>>;
using PublicKeyEnd = End<EVP_PKEY, EVP_PKEY_free>;
using PairOfNumbers = std::unique_ptr<ECDSA_SIG, End<ECDSA_SIG, ECDSA_SIG_free>>;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view text) {
    return Number{BN_bin2bn(bytes(text), static_cast<int>(text.size()), nullptr)};
}

// The key that these parameters make, when OpenSSL finds nothing wrong with it.
std::unique_ptr<EVP_PKEY, PublicKeyEnd> make(const char* kind, OSSL_PARAM_BLD* builder) {
    const Parameters parameters{OSSL_PARAM_BLD_to_param(builder)};
    const KeyContext making{EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)};
    BALCAO_CHECK(parameters != nullptr && making != nullptr);
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_fromdata_init(making.get()) != 1 ||
        EVP_PKEY_fromdata(making.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    std::unique_ptr<EVP_PKEY, PublicKeyEnd> key{made};
    const KeyContext checking{EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr)};
    if (checking == nullptr || EVP_PKEY_public_check(checking.get()) != 1) {
        ERR_clear_error();
        return nullptr;
    }
    return key;
}

// R and S as OpenSSL reads them (DER); empty for what is no pair of numbers.
std::string der_of(std::string_view signature) {
    if (signature.size() != 2 * coordinate_bytes) return {};
    const PairOfNumbers pair{ECDSA_SIG_new()};
    BALCAO_CHECK(pair != nullptr);
    Number r = number_of(signature.substr(0, coordinate_bytes));
    Number s = number_of(signature.substr(coordinate_bytes));
    BALCAO_CHECK(ECDSA_SIG_set0(pair.get(), r.release(), s.release()) == 1);
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &out);
    if (size <= 0) return {};
    std::string der{reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
    OPENSSL_free(out);
    return der;
}

}  // namespace

struct VerifyingKey::Key {
    std::unique_ptr<EVP_PKEY, PublicKeyEnd> handle;
    bool is_rsa = false;
};

std::optional<SignatureAlgorithm> signature_algorithm_of(std::string_view name) {
    if (name == "RS256") return SignatureAlgorithm::rs256;
    if (name == "PS256") return SignatureAlgorithm::ps256;
    if (name == "ES256") return SignatureAlgorithm::es256;
    return std::nullopt;
}

std::optional<VerifyingKey> VerifyingKey::rsa(std::string_view modulus, std::string_view exponent) {
    if (modulus.size() > rsa_bits_max / 8 || exponent.size() > 8) return std::nullopt;
    const Number n = number_of(modulus);
    const Number e = number_of(exponent);
    const Builder builder{OSSL_PARAM_BLD_new()};
    BALCAO_CHECK(n != nullptr && e != nullptr && builder != nullptr);
    if (BN_num_bits(n.get()) < rsa_bits_min) return std::nullopt;
    BALCAO_CHECK(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1);
    BALCAO_CHECK(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1);
    auto key = make("RSA", builder.get());
    if (key == nullptr) return std::nullopt;
    return VerifyingKey{std::make_shared<const Key>(Key{std::move(key), true})};
}

std::optional<VerifyingKey> VerifyingKey::p256(std::string_view x, std::string_view y) {
    if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) return std::nullopt;
    // A point that is written out (SEC 1, 2.3.3).
    const std::string point = "\x04" + std::string{x} + std::string{y};
    const Builder builder{OSSL_PARAM_BLD_new()};
    BALCAO_CHECK(builder != nullptr);
    BALCAO_CHECK(
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1);
    BALCAO_CHECK(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                                  point.size()) == 1);
    auto key = make("EC", builder.get());
    if (key == nullptr) return std::nullopt;
    return VerifyingKey{std::make_shared<const Key>(Key{std::move(key), false})};
}

bool VerifyingKey::suits(SignatureAlgorithm algorithm) const {
    return key_->is_rsa == (algorithm != SignatureAlgorithm::es256);
}

bool VerifyingKey::is_signed(SignatureAlgorithm algorithm,
                             std::string_view message,
                             std::string_view signature) const {
    if (!suits(algorithm)) return false;
    const std::string given =
        algorithm == SignatureAlgorithm::es256 ? der_of(signature) : std::string{signature};
    const DigestContext context{EVP_MD_CTX_new()};
    BALCAO_CHECK(context != nullptr);
    EVP_PKEY_CTX* padding = nullptr;  // the context's own
    bool holds = EVP_DigestVerifyInit_ex(context.get(), &padding, "SHA256", nullptr, nullptr,
                                         key_->handle.get(), nullptr) == 1;
    if (holds && algorithm == SignatureAlgorithm::ps256)
        holds = EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) == 1;
    holds = holds &&
            EVP_DigestVerify(context.get(), bytes(given), given.size(), bytes(message), message.size()) == 1;
    ERR_clear_error();
    return holds;
}

}  // namespace balcao::crypto
