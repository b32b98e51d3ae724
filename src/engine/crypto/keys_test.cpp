#include "crypto/keys.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace balcao::crypto;

namespace {

SecretKey key_of(std::string_view hex) { return *SecretKey::from(*from_hex(hex)); }

}  // namespace

TEST_CASE("a sealed text opens with its key and its context, and with nothing else") {
    const auto key = SecretKey::random();
    const std::string sealed = seal(key, "Rua do Ouro 49", "person/7");
    CHECK(open(key, sealed, "person/7") == "Rua do Ouro 49");
    CHECK_FALSE(open(key, sealed, "person/8"));
    CHECK_FALSE(open(SecretKey::random(), sealed, "person/7"));
    for (std::size_t place = 0; place < sealed.size(); ++place) {
        std::string changed = sealed;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        CHECK_FALSE(open(key, changed, "person/7"));
        CHECK_FALSE(open(key, std::string_view{sealed}.substr(0, place), "person/7"));
    }
}

TEST_CASE("the same text is sealed otherwise each time") {
    const auto key = SecretKey::random();
    CHECK(seal(key, "", "") != seal(key, "", ""));
}

TEST_CASE("Ed25519 signs as RFC 8032 says, and a changed message is not signed") {
    // RFC 8032, 7.1, TEST 2.
    const auto pair =
        SigningKey::from(key_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    CHECK(to_hex(bytes_of(pair.public_key())) ==
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const auto signature = pair.sign("\x72");
    CHECK(to_hex(bytes_of(signature)) ==
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    CHECK(is_signed(pair.public_key(), "\x72", signature));
    CHECK_FALSE(is_signed(pair.public_key(), "\x73", signature));
    CHECK_FALSE(is_signed(SigningKey::random().public_key(), "\x72", signature));
}

TEST_CASE("HMAC-SHA-256 agrees with the construction of RFC 2104") {
    const auto key = key_of("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    std::string inner(64, '\x36');
    std::string outer(64, '\x5c');
    for (std::size_t place = 0; place < 32; ++place) {
        inner[place] = static_cast<char>(inner[place] ^ key.bytes()[place]);
        outer[place] = static_cast<char>(outer[place] ^ key.bytes()[place]);
    }
    const auto wanted = sha256({outer, bytes_of(sha256({inner, "visit/12"}))});
    CHECK(authenticate(key, "visit/12") == wanted);
}

TEST_CASE("keys for two purposes differ and are the same each time") {
    const auto key = SecretKey::random();
    CHECK(key.derive("links").bytes() == key.derive("links").bytes());
    CHECK(key.derive("links").bytes() != key.derive("sessions").bytes());
    CHECK(key.derive("links").bytes() != SecretKey::random().derive("links").bytes());
}

TEST_CASE("a password is known again, salted each time, and a broken hash knows none") {
    const auto hash = hash_password("três gatos", PasswordCost::lowest);
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(hash != hash_password("três gatos", PasswordCost::lowest));
    CHECK(is_password(hash, "três gatos"));
    CHECK_FALSE(is_password(hash, "tres gatos"));
    CHECK_FALSE(is_password("", "três gatos"));
    CHECK_FALSE(is_password(std::string(500, 'x'), "três gatos"));
}

TEST_CASE("a thousand random names are a thousand, and can be typed") {
    std::set<std::string> names;
    for (int count = 0; count < 1000; ++count) {
        const auto name = random_name();
        CHECK(name.size() == 26);
        CHECK(name.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
        names.insert(name);
    }
    CHECK(names.size() == 1000);
}

TEST_CASE("texts are compared whole") {
    CHECK(is_equal_in_constant_time("abc", "abc"));
    CHECK_FALSE(is_equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(is_equal_in_constant_time("abc", "ab"));
    CHECK(is_equal_in_constant_time("", ""));
}
