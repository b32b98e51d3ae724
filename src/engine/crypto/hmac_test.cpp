#include "crypto/hmac.hpp"

#include <string>

#include <doctest/doctest.h>

#include "crypto/hash.hpp"

using namespace balcao::crypto;

TEST_CASE("HMAC-SHA-1 agrees with the cases of RFC 2202") {
    const auto mac = [](const std::string& key, const std::string& message) {
        return to_hex(bytes_of(hmac_sha1(key, message)));
    };
    CHECK(mac(std::string(20, '\x0b'), "Hi There") == "b617318655057264e28bc0b6fb378c8ef146be00");
    CHECK(mac("Jefe", "what do ya want for nothing?") == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    CHECK(mac(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
          "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    CHECK(mac(std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
          "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

TEST_CASE("a key and a message may be empty") {
    CHECK(to_hex(bytes_of(hmac_sha1("", ""))) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}

TEST_CASE("HMAC-SHA-256 agrees with the cases of RFC 4231") {
    const auto mac = [](const std::string& key, const std::string& message) {
        return to_hex(bytes_of(hmac_sha256(key, message)));
    };
    CHECK(mac(std::string(20, '\x0b'), "Hi There") ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(mac("Jefe", "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}
