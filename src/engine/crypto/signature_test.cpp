#include "crypto/signature.hpp"

#include <doctest/doctest.h>

#include "crypto/hash.hpp"
#include "crypto/signer.hpp"

using namespace balcao::crypto;

namespace {

std::string bytes(std::string_view text) {
    const auto read = from_base64url(text);
    REQUIRE(read.has_value());
    return *read;
}

// RFC 7515, appendix A.2 and A.3: what is signed, by whom, and how.
const std::string payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

const std::string rs256_text = "eyJhbGciOiJSUzI1NiJ9." + payload;
const std::string rs256_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
    "O8W2Fp5jujGbds9uJdbF9CUAr7"
    "t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_"
    "dO--xi12"
    "jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
    "IoypGlUP"
    "QGe77Rw";
const std::string rsa_modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-"
    "SFd2lZS-p"
    "CgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"
    "UTo7WTBEMa2R2CapHg"
    "665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"
    "h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FR"
    "WyuXpoQ";

const std::string es256_text = "eyJhbGciOiJFUzI1NiJ9." + payload;
const std::string es256_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const std::string point_x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
const std::string point_y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

}  // namespace

TEST_CASE("the signatures of RFC 7515 are right, and of nothing else") {
    const auto rsa = VerifyingKey::rsa(bytes(rsa_modulus), bytes("AQAB"));
    REQUIRE(rsa.has_value());
    CHECK(rsa->is_signed(SignatureAlgorithm::rs256, rs256_text, bytes(rs256_signature)));
    CHECK_FALSE(rsa->is_signed(SignatureAlgorithm::rs256, rs256_text + "A", bytes(rs256_signature)));
    CHECK_FALSE(rsa->is_signed(SignatureAlgorithm::ps256, rs256_text, bytes(rs256_signature)));
    CHECK_FALSE(rsa->is_signed(SignatureAlgorithm::es256, rs256_text, bytes(rs256_signature)));
    const auto p256 = VerifyingKey::p256(bytes(point_x), bytes(point_y));
    REQUIRE(p256.has_value());
    CHECK(p256->is_signed(SignatureAlgorithm::es256, es256_text, bytes(es256_signature)));
    CHECK_FALSE(p256->is_signed(SignatureAlgorithm::es256, rs256_text, bytes(es256_signature)));
    CHECK_FALSE(p256->is_signed(SignatureAlgorithm::rs256, es256_text, bytes(es256_signature)));
}

TEST_CASE("a signature of which a bit is another, or a part is missing, is none") {
    for (const bool is_rsa : {true, false}) {
        const auto signer = is_rsa ? Signer::rsa() : Signer::p256();
        const auto key = is_rsa ? VerifyingKey::rsa(signer.first(), signer.second())
                                : VerifyingKey::p256(signer.first(), signer.second());
        REQUIRE(key.has_value());
        for (const auto algorithm :
             {SignatureAlgorithm::rs256, SignatureAlgorithm::ps256, SignatureAlgorithm::es256}) {
            if (!key->suits(algorithm)) continue;
            const std::string signature = signer.sign(algorithm, "the text");
            CHECK(key->is_signed(algorithm, "the text", signature));
            for (std::size_t place = 0; place < signature.size(); place += 7) {
                std::string other = signature;
                other[place] = static_cast<char>(other[place] ^ 1);
                CHECK_FALSE(key->is_signed(algorithm, "the text", other));
            }
            for (const std::size_t length : {std::size_t{0}, std::size_t{1}, signature.size() - 1})
                CHECK_FALSE(key->is_signed(algorithm, "the text", signature.substr(0, length)));
            CHECK_FALSE(key->is_signed(algorithm, "the text", signature + "x"));
        }
    }
}

TEST_CASE("numbers that are no good key make none") {
    CHECK_FALSE(
        VerifyingKey::rsa(bytes(rsa_modulus).substr(0, 128), bytes("AQAB")).has_value());  // 1024 bits
    CHECK_FALSE(VerifyingKey::rsa("", bytes("AQAB")).has_value());
    CHECK_FALSE(VerifyingKey::rsa(bytes(rsa_modulus), "").has_value());
    CHECK_FALSE(VerifyingKey::rsa(bytes(rsa_modulus), std::string{"\x02", 1}).has_value());
    CHECK_FALSE(VerifyingKey::rsa(std::string(2000, '\x7F'), bytes("AQAB")).has_value());
    CHECK_FALSE(VerifyingKey::p256(bytes(point_x), bytes(point_x)).has_value());  // not on the curve
    CHECK_FALSE(VerifyingKey::p256(bytes(point_x), "").has_value());
    CHECK_FALSE(VerifyingKey::p256(std::string(32, '\0'), std::string(32, '\0')).has_value());
}

TEST_CASE("an algorithm has the name that the standard gives it, and there is none without a key") {
    CHECK(signature_algorithm_of("RS256") == SignatureAlgorithm::rs256);
    CHECK(signature_algorithm_of("PS256") == SignatureAlgorithm::ps256);
    CHECK(signature_algorithm_of("ES256") == SignatureAlgorithm::es256);
    for (const char* name : {"none", "None", "HS256", "rs256", "ES256K", "RS1", ""})
        CHECK_FALSE(signature_algorithm_of(name).has_value());
}
