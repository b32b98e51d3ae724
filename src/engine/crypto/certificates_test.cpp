#include "crypto/certificates.hpp"

#include <string>

#include <doctest/doctest.h>

using balcao::crypto::certificates_in;

namespace {

// Of a mail server that is nobody's, made for this test.
const std::string certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBkDCCATWgAwIBAgIURSetiWNIW55od6NKKnd0oTxD3pcwCgYIKoZIzj0EAwIw\n"
    "HDEaMBgGA1UEAwwRbWFpbC50b3duLmV4YW1wbGUwIBcNMjYxMTIzMDY0NjU1WhgP\n"
    "MjEyNjEwMzAwNjQ2NTVaMBwxGjAYBgNVBAMMEW1haWwudG93bi5leGFtcGxlMFkw\n"
    "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE214GW5gYm5p4x9ADUhO3qQhd4DCEpiO6\n"
    "KkdmmXvO5sermN/ZCKP9Gw0Kdp37L6WhQUakWGJZPi+0t+/l0Ra4xKNTMFEwHQYD\n"
    "VR0OBBYEFH1l+9l0SacM1NT3pCbW4TpLQ/VDMB8GA1UdIwQYMBaAFH1l+9l0SacM\n"
    "1NT3pCbW4TpLQ/VDMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIh\n"
    "AMbARCuftT0FQ3QKtWgkgvIA1S4wauxHpTSsb0odbVOmAiEAo5N7IiewxEXi51ns\n"
    "0jrcAh+pw7yQHYIqQJzQ5BpsoXY=\n"
    "-----END CERTIFICATE-----\n";

}  // namespace

TEST_CASE("certificates are counted, with whatever stands beside them") {
    CHECK(certificates_in(certificate) == 1);
    CHECK(certificates_in("Authority of the town\n\n" + certificate + "# and another\n" + certificate) == 2);
}

TEST_CASE("what is no certificate is not counted, and what is half of one is told") {
    CHECK(certificates_in("") == 0);
    CHECK(certificates_in("Good morning") == 0);
    CHECK(certificates_in(std::string(2, '\0')) == 0);
    CHECK_FALSE(certificates_in(certificate.substr(0, 200)).has_value());
    std::string changed = certificate;
    changed[60] = '*';
    CHECK_FALSE(certificates_in(changed).has_value());
    CHECK_FALSE(certificates_in(certificate + changed).has_value());
}
