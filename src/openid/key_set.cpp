#include "openid/key_set.hpp"

#include "crypto/hash.hpp"
#include "text/json.hpp"

namespace balcao::openid {
namespace {

constexpr std::size_t keys_most = 100;

std::optional<std::string> bytes_of(const text::JsonView& member) {
    const auto text = member.as_text();
    return text ? crypto::from_base64url(*text) : std::nullopt;
}

std::optional<crypto::VerifyingKey> verifying_key(const text::JsonView& jwk) {
    if (jwk["kty"].as_text() == "RSA") {
        const auto modulus = bytes_of(jwk["n"]);
        const auto exponent = bytes_of(jwk["e"]);
        return modulus && exponent ? crypto::VerifyingKey::rsa(*modulus, *exponent) : std::nullopt;
    }
    if (jwk["kty"].as_text() == "EC" && jwk["crv"].as_text() == "P-256") {
        const auto x = bytes_of(jwk["x"]);
        const auto y = bytes_of(jwk["y"]);
        return x && y ? crypto::VerifyingKey::p256(*x, *y) : std::nullopt;
    }
    return std::nullopt;
}

bool is_for_signing(const text::JsonView& jwk) {
    return !jwk["use"].exists() || jwk["use"].as_text() == "sig";
}

}  // namespace

std::optional<std::vector<WebKey>> read_key_set(std::string_view json) {
    const auto document = text::Json::parse(json, "keys");
    if (!document || !document->root()["keys"].is_array()) return std::nullopt;
    const auto listed = document->root()["keys"];
    std::vector<WebKey> keys;
    for (std::size_t place = 0; place < listed.size() && keys.size() < keys_most; ++place) {
        const auto jwk = listed.at(place);
        auto key = is_for_signing(jwk) ? verifying_key(jwk) : std::nullopt;
        if (!key) continue;
        WebKey read{std::string{jwk["kid"].as_text().value_or("")}, std::nullopt, *std::move(key)};
        if (const auto named = jwk["alg"].as_text()) {
            read.only_for = crypto::signature_algorithm_of(*named);
            if (!read.only_for || !read.key.suits(*read.only_for)) continue;
        }
        keys.push_back(std::move(read));
    }
    return keys;
}

}  // namespace balcao::openid
