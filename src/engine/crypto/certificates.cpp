#include "crypto/certificates.hpp"

#include <limits>
#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/check.hpp"

namespace balcao::crypto {

std::optional<int> certificates_in(std::string_view pem) {
    if (pem.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return std::nullopt;
    const std::unique_ptr<BIO, decltype(&BIO_free)> text{
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
    BALCAO_CHECK(text != nullptr);  // only when there is no memory
    int count = 0;
    while (true) {
        const std::unique_ptr<X509, decltype(&X509_free)> one{
            PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), &X509_free};
        if (one == nullptr) break;
        ++count;
    }
    const auto why = ERR_peek_last_error();
    ERR_clear_error();
    const bool is_end = ERR_GET_LIB(why) == ERR_LIB_PEM && ERR_GET_REASON(why) == PEM_R_NO_START_LINE;
    return is_end ? std::optional{count} : std::nullopt;
}

}  // namespace balcao::crypto
