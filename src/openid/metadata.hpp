#pragma once
// What a provider says of itself (OpenID Connect Discovery 1.0), and which addresses are asked at all. Used
// by `openid` and by the line to providers in `connect`.
#include <optional>
#include <string>
#include <string_view>

#include "openid/outcome.hpp"
#include "openid/settings.hpp"

namespace balcao::openid {

struct Metadata {
    std::string authorization;  // addresses
    std::string token;
    std::string keys;
    std::string user_info{};                 // empty: none
    std::string end{};                       // of the session there; empty: none
    bool says_issuer = false;                // with every answer (RFC 9207)
    ClientProof proof = ClientProof::basic;  // never `as_told`
};

// https to anybody, http to this machine alone, without user, password or fragment.
bool is_safe_address(std::string_view address);

// Complaint: misfit, when it is of another issuer, unreadable, or cannot do what we need.
Outcome<Metadata> read_metadata(std::string_view json, const ProviderSettings& settings);

// Where it stands (Discovery, 4).
std::string metadata_address(const std::string& issuer);

}  // namespace balcao::openid
