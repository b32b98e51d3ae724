#pragma once
// What an installation says of a provider by which people may sign in. Read by `main` from a file, used by
// `openid` and by the pages; the client's secret is the only secret in it.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/localized.hpp"

namespace balcao::openid {

// How the city proves to the provider who it is (OpenID Connect Core, 9). `as_told`: without a secret not at
// all, else by the first way of the provider's that we know.
enum class ClientProof : std::uint8_t { as_told, basic, post, none };

// Which claim, verified by the provider, finds the account of staff whose name to sign in it is.
enum class Match : std::uint8_t { never, mail };

struct ProviderSettings {
    std::string key;     // in addresses: letters, digits and "-"
    std::string issuer;  // exactly as the provider writes it
    std::string client;
    std::string secret{};  // empty: none, PKCE alone
    ClientProof proof = ClientProof::as_told;
    bool is_for_staff = false;
    bool is_for_citizens = false;
    LocalText label{};
    std::vector<std::string> scopes{"openid"};
    // One of these in the answer says that the person gave a second factor there; without any it is asked
    // here.
    std::vector<std::string> second_factor_acr{};
    std::vector<std::string> second_factor_amr{};
    Match match = Match::never;                     // staff alone
    std::optional<std::chrono::seconds> max_age{};  // how long ago the person may have proved who they are
};

}  // namespace balcao::openid
