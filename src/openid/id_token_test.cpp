// Every way in which a provider's word can be wrong.
#include "openid/id_token.hpp"

#include "crypto/keys.hpp"
#include "openid/false_provider_test.hpp"

using namespace balcao;
using namespace balcao::openid;

namespace {

struct Desk {
    SetClock clock{morning};
    FalseProvider line{clock};
    NamedKey key{"one", crypto::Signer::p256(), crypto::SignatureAlgorithm::es256};
    NamedKey rsa{"rsa", crypto::Signer::rsa(), crypto::SignatureAlgorithm::rs256};

    Desk() {
        line.nonce = "the-nonce";
        line.keys = {key, rsa};
    }

    [[nodiscard]] Expected expected() const {
        return {.issuer = issuer,
                .client = "balcao",
                .nonce = "the-nonce",
                .now = clock.now(),
                .access_token = "open"};
    }

    [[nodiscard]] std::string check(const std::string& token) const {
        const auto keys = read_key_set(line.key_set());
        REQUIRE(keys.has_value());
        const auto checked = check_id_token(token, *keys, expected());
        if (const auto* good = std::get_if<Checked>(&checked); good != nullptr && good->is_key_unknown)
            return "unknown key";
        return complaint_of(checked);
    }

    // A token with one claim (or some) otherwise; an empty value: without it.
    [[nodiscard]] std::string with(const Members& other) const {
        auto claims = line.claims();
        for (const auto& [name, value] : other)
            claims[name] = value;
        return check(key.token(key.header(), claims));
    }

    [[nodiscard]] std::string headed(const Members& head) const {
        return check(key.token(head, line.claims()));
    }

    [[nodiscard]] std::int64_t now() const { return seconds_of(clock.now()); }
};

}  // namespace

TEST_CASE("a token that is all right is believed") {
    const Desk desk;
    CHECK(desk.with({}) == "nothing");
    CHECK(desk.with({{"aud", R"(["balcao"])"}}) == "nothing");
    CHECK(desk.with({{"azp", in_quotes("balcao")}}) == "nothing");
    CHECK(desk.check(desk.rsa.token(desk.rsa.header(), desk.line.claims())) == "nothing");
    CHECK(desk.headed({{"alg", in_quotes("ES256")}}) == "nothing");  // without a name for its key
}

TEST_CASE("a token for somebody else is not believed") {
    const Desk desk;
    for (const char* audience : {R"("other")", R"(["other"])", R"(["balcao","other"])", "[]", "", "7"})
        CHECK_MESSAGE(desk.with({{"aud", audience}}) == "untrue: aud", audience);
    CHECK(desk.with({{"azp", in_quotes("other")}}) == "untrue: aud");
}

TEST_CASE("a token of another provider, of nobody, or to another sign-in is not believed") {
    const Desk desk;
    CHECK(desk.with({{"iss", in_quotes("https://evil.example")}}) == "untrue: iss");
    CHECK(desk.with({{"iss", in_quotes(issuer + "/")}}) == "untrue: iss");
    CHECK(desk.with({{"iss", ""}}) == "untrue: iss");
    CHECK(desk.with({{"sub", ""}}) == "untrue: sub");
    CHECK(desk.with({{"sub", "17"}}) == "untrue: sub");
    CHECK(desk.with({{"sub", in_quotes(std::string(256, 'a'))}}) == "untrue: sub");
    CHECK(desk.with({{"nonce", in_quotes("another")}}) == "untrue: nonce");
    CHECK(desk.with({{"nonce", ""}}) == "untrue: nonce");
}

TEST_CASE("a token out of its time is not believed, a minute apart") {
    const Desk desk;
    const auto at = [&](std::int64_t seconds) { return std::to_string(desk.now() + seconds); };
    CHECK(desk.with({{"exp", at(-61)}}) == "clock: exp");
    CHECK(desk.with({{"exp", at(-59)}}) == "nothing");
    CHECK(desk.with({{"exp", ""}}) == "untrue: exp");
    CHECK(desk.with({{"exp", in_quotes(at(60))}}) == "untrue: exp");
    CHECK(desk.with({{"exp", "1e300"}}) == "untrue: exp");
    CHECK(desk.with({{"iat", at(61)}}) == "clock: iat");
    CHECK(desk.with({{"iat", at(59)}}) == "nothing");
    CHECK(desk.with({{"iat", at(-11 * 60)}}) == "clock: iat");
    CHECK(desk.with({{"iat", ""}}) == "untrue: iat");
    CHECK(desk.with({{"nbf", at(61)}}) == "clock: nbf");
    CHECK(desk.with({{"nbf", at(-5)}}) == "nothing");
    CHECK(desk.with({{"nbf", "null"}}) == "untrue: nbf");
}

TEST_CASE("a token beside another access token is not believed") {
    const Desk desk;
    const auto half = [](const char* token) {
        return in_quotes(crypto::to_base64url(crypto::bytes_of(crypto::sha256({token})).substr(0, 16)));
    };
    CHECK(desk.with({{"at_hash", half("open")}}) == "nothing");
    CHECK(desk.with({{"at_hash", half("another")}}) == "untrue: at_hash");
}

TEST_CASE("what is not signed is not believed") {
    const Desk desk;
    const std::string head =
        crypto::to_base64url(written({{"alg", in_quotes("none")}, {"kid", in_quotes("one")}}));
    const std::string body = crypto::to_base64url(written(desk.line.claims()));
    CHECK(desk.check(head + "." + body + ".") == "untrue: alg");
    CHECK(desk.headed({{"kid", in_quotes("one")}}) == "untrue: alg");
    for (const char* name : {"none", "HS256", "HS384", "RS1", "ES256K", "es256"})
        CHECK_MESSAGE(desk.headed({{"alg", in_quotes(name)}, {"kid", in_quotes("one")}}) == "untrue: alg",
                      name);
}

TEST_CASE("the public key is never taken for a shared secret") {
    const Desk desk;
    const std::string head =
        crypto::to_base64url(written({{"alg", in_quotes("HS256")}, {"kid", in_quotes("one")}}));
    const std::string text = head + "." + crypto::to_base64url(written(desk.line.claims()));
    const auto secret = crypto::SecretKey::from(desk.key.signer.first());
    REQUIRE(secret.has_value());
    const std::string mac = crypto::to_base64url(crypto::bytes_of(crypto::authenticate(*secret, text)));
    CHECK(desk.check(text + "." + mac) == "untrue: alg");
}

TEST_CASE("a signature of another key, or by another algorithm, is not believed") {
    const Desk desk;
    const NamedKey other{"one", crypto::Signer::p256(), crypto::SignatureAlgorithm::es256};
    CHECK(desk.check(other.token(other.header(), desk.line.claims())) == "untrue: signature");
    CHECK(desk.headed({{"alg", in_quotes("ES256")}, {"kid", in_quotes("none-such")}}) == "unknown key");
    CHECK(desk.headed({{"alg", in_quotes("RS256")}, {"kid", in_quotes("one")}}) == "unknown key");
    CHECK(desk.headed({{"alg", in_quotes("ES256")}, {"kid", in_quotes("rsa")}}) == "unknown key");
    CHECK(desk.headed({{"alg", in_quotes("ES256")}, {"kid", in_quotes("one")}, {"crit", R"(["b64"])"}}) ==
          "untrue: crit");
}

TEST_CASE("a token that was cut, lengthened or changed is not believed") {
    const Desk desk;
    const std::string token = desk.key.token(desk.key.header(), desk.line.claims());
    REQUIRE(desk.check(token) == "nothing");
    for (std::size_t length = 0; length < token.size(); length += 5)
        CHECK(desk.check(token.substr(0, length)) != "nothing");
    CHECK(desk.check(token.substr(0, token.rfind('.') + 1)) == "untrue: signature");
    CHECK(desk.check(token + ".") == "untrue: token");
    CHECK(desk.check(token + "!") == "untrue: token");
    CHECK(desk.check("." + token) == "untrue: token");
    CHECK(desk.check("..") != "nothing");
    CHECK(desk.check(std::string(token_bytes_most + 1, 'a')) == "untrue: token");
    const auto first = token.find('.');
    const auto second = token.rfind('.');
    auto claims = desk.line.claims();
    claims["sub"] = in_quotes("somebody-mightier");
    CHECK(desk.check(token.substr(0, first + 1) + crypto::to_base64url(written(claims)) +
                     token.substr(second)) == "untrue: signature");
}

TEST_CASE("the public keys of RFC 7517 are read, and what cannot check signatures is passed over") {
    const auto keys = read_key_set(R"({"keys":[
        {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
         "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"},
        {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
         "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"sig","kid":"2"},
        {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
         "e":"AQAB","alg":"RS256","kid":"2011-04-29"},
        {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"},
        {"kty":"RSA","n":"AQAB","e":"AQAB","kid":"short"},
        {"kty":"EC","crv":"P-256","x":"AA","y":"AA"}, {"kty":"EC","crv":"P-521","x":"AA","y":"AA"}, 5, {}, null
    ]})");
    REQUIRE(keys.has_value());
    REQUIRE(keys->size() == 2);
    CHECK(keys->at(0).id == "2");
    CHECK(keys->at(1).id == "2011-04-29");
    CHECK(keys->at(1).only_for == crypto::SignatureAlgorithm::rs256);
    for (const char* wrong : {"", "[]", "{}", R"({"keys":{}})", "{"})
        CHECK_FALSE(read_key_set(wrong).has_value());
}

TEST_CASE("a key for one algorithm checks no other") {
    Desk desk;
    const auto keys = read_key_set(R"({"keys":[)" + desk.rsa.jwk().substr(0, desk.rsa.jwk().size() - 1) +
                                   R"(,"alg":"PS256"}]})");
    REQUIRE(keys->size() == 1);
    const auto checked =
        check_id_token(desk.rsa.token(desk.rsa.header(), desk.line.claims()), *keys, desk.expected());
    REQUIRE(std::holds_alternative<Checked>(checked));
    CHECK(std::get<Checked>(checked).is_key_unknown);
}
