#include "crypto/hash.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace balcao::crypto;

TEST_CASE("SHA-256 gives the standard's examples, in one part or in several") {
    // FIPS 180-4, examples of NIST: "abc" and the message of 448 bits.
    CHECK(to_hex(bytes_of(sha256({"abc"}))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(bytes_of(sha256({"abcdbcdecdefdefgefghfghighij", "hijkijkljklmklmnlmnomnopnopq"}))) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(bytes_of(sha256({}))) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("hexadecimal digits come back, and what is none is refused") {
    const std::string bytes{"\x00\xff\x10", 3};
    CHECK(to_hex(bytes) == "00ff10");
    CHECK(from_hex("00ff10") == bytes);
    CHECK(from_hex("") == "");
    CHECK_FALSE(from_hex("0"));
    CHECK_FALSE(from_hex("0g"));
}

TEST_CASE("base 32 gives the examples of RFC 4648 without their padding") {
    CHECK(to_base32("").empty());
    CHECK(to_base32("f") == "MY");
    CHECK(to_base32("fo") == "MZXQ");
    CHECK(to_base32("foo") == "MZXW6");
    CHECK(to_base32("foob") == "MZXW6YQ");
    CHECK(to_base32("fooba") == "MZXW6YTB");
    CHECK(to_base32("foobar") == "MZXW6YTBOI");
}

TEST_CASE("base 64 follows RFC 4648, and an address needs no escape") {
    CHECK(to_base64("foobar") == "Zm9vYmFy");
    CHECK(to_base64("fooba") == "Zm9vYmE=");
    CHECK(from_base64("Zm9vYmE=") == "fooba");
    CHECK_FALSE(from_base64("Zm9vYmE"));
    CHECK_FALSE(from_base64("Zm9v YmE="));
    const std::string bytes{"\xfb\xff\xfe", 3};
    CHECK(to_base64url(bytes) == "-__-");
    CHECK(from_base64url("-__-") == bytes);
    CHECK_FALSE(from_base64url("+//+"));
}

TEST_CASE("a value of fixed size comes out of exactly its bytes") {
    CHECK(from_bytes<2>("ab") == std::array<std::uint8_t, 2>{'a', 'b'});
    CHECK_FALSE(from_bytes<2>("a"));
    CHECK_FALSE(from_bytes<2>("abc"));
}
