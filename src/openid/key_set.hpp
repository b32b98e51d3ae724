#pragma once
// A provider's public keys as it publishes them (JWK Set, RFC 7517). Internal to `openid`.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/signature.hpp"

namespace balcao::openid {

struct WebKey {
    std::string id{};  // "kid"; empty: none
    std::optional<crypto::SignatureAlgorithm> only_for{};
    crypto::VerifyingKey key;
};

// The keys in it that can check signatures we know; others (for sealing, of other kinds, with private parts
// missing or shared secrets) are passed over. Nothing for what is no key set.
std::optional<std::vector<WebKey>> read_key_set(std::string_view json);

}  // namespace balcao::openid
