#include "staff/totp.hpp"

#include <utility>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::staff;

namespace {

const std::string rfc_secret = "12345678901234567890";

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

}  // namespace

TEST_CASE("one-time codes are those of RFC 6238, appendix B") {
    const std::pair<std::int64_t, const char*> rows[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
    };
    for (const auto& [seconds, code] : rows) {
        CHECK(totp_code(rfc_secret, step_of(at(seconds)), 8) == code);
        CHECK(totp_code(rfc_secret, step_of(at(seconds))) == std::string{code}.substr(2));
    }
}

TEST_CASE("a code holds in its own step, one before and one after, and in no other") {
    const std::int64_t step = 41'152'263;
    const std::string code = totp_code(rfc_secret, step);
    for (std::int64_t away = -4; away <= 4; ++away) {
        const auto found = step_of_code(rfc_secret, code, at((step + away) * 30 + 29));
        CHECK(found.has_value() == (away >= -1 && away <= 1));
        if (found) CHECK(*found == step);
    }
    CHECK_FALSE(step_of_code(rfc_secret, "", at(step * 30)));
    CHECK_FALSE(step_of_code(rfc_secret, code + "0", at(step * 30)));
    CHECK_FALSE(step_of_code(rfc_secret + "x", code, at(step * 30)));
}

TEST_CASE("an authenticator reads name, secret and issuer from the address") {
    CHECK(totp_address("Balcão", "ana@example.org", "foobar") ==
          "otpauth://totp/Balc%C3%A3o:ana%40example.org?secret=MZXW6YTBOI&issuer=Balc%C3%A3o"
          "&algorithm=SHA1&digits=6&period=30");
}

TEST_CASE("a code may be typed with spaces, hyphens and small letters") {
    CHECK(typed_code(" 123 456 ") == "123456");
    CHECK(typed_code("abcd-ef23") == "ABCDEF23");
}
