#include "openid/metadata.hpp"

#include <algorithm>
#include <vector>

#include "crypto/signature.hpp"
#include "text/json.hpp"

namespace balcao::openid {
namespace {

using text::JsonView;

bool lists(const JsonView& list, std::string_view wanted) {
    for (std::size_t place = 0; place < list.size(); ++place)
        if (list.at(place).as_text() == wanted) return true;
    return false;
}

// Whether one of its signatures is one that we check; providers that do not say use RS256 (Discovery, 3).
bool signs_as_we_know(const JsonView& list) {
    if (!list.is_array()) return true;
    for (std::size_t place = 0; place < list.size(); ++place)
        if (crypto::signature_algorithm_of(list.at(place).as_text().value_or(""))) return true;
    return false;
}

std::optional<ClientProof> proof_of(const JsonView& list, const ProviderSettings& settings) {
    if (settings.proof != ClientProof::as_told) return settings.proof;
    if (settings.secret.empty()) return ClientProof::none;
    if (!list.is_array() || lists(list, "client_secret_basic")) return ClientProof::basic;
    if (lists(list, "client_secret_post")) return ClientProof::post;
    return std::nullopt;
}

Complaint misfit(const char* why) { return {Trouble::misfit, why}; }

}  // namespace

bool is_safe_address(std::string_view address) {
    if (std::ranges::any_of(address, [](char letter) {
            return static_cast<unsigned char>(letter) <= 0x20 || letter == 0x7F || letter == '\\';
        }))
        return false;
    const auto scheme_end = address.find("://");
    if (scheme_end == std::string_view::npos || address.find('#') != std::string_view::npos) return false;
    const auto rest = address.substr(scheme_end + 3);
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    if (authority.empty() || authority.find('@') != std::string_view::npos) return false;
    if (address.starts_with("https://")) return true;
    if (!address.starts_with("http://")) return false;
    const bool is_ipv6 = authority.starts_with('[');
    const auto host = authority.substr(0, is_ipv6 ? authority.find(']') + 1 : authority.find(':'));
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

Outcome<Metadata> read_metadata(std::string_view json, const ProviderSettings& settings) {
    const auto document = text::Json::parse(json, "metadata");
    if (!document) return misfit("metadata");
    const JsonView root = document->root();
    if (root["issuer"].as_text() != settings.issuer) return misfit("issuer");
    const auto address = [&](const char* name) -> std::string {
        const auto text = root[name].as_text().value_or("");
        return is_safe_address(text) ? std::string{text} : std::string{};
    };
    Metadata read{.authorization = address("authorization_endpoint"),
                  .token = address("token_endpoint"),
                  .keys = address("jwks_uri"),
                  .user_info = address("userinfo_endpoint"),
                  .end = address("end_session_endpoint")};
    if (read.authorization.empty()) return misfit("authorization_endpoint");
    if (read.token.empty()) return misfit("token_endpoint");
    if (read.keys.empty()) return misfit("jwks_uri");
    if (root["response_types_supported"].is_array() && !lists(root["response_types_supported"], "code"))
        return misfit("response_types_supported");
    // One that does not say may know PKCE all the same; it passes over what it does not know.
    if (root["code_challenge_methods_supported"].is_array() &&
        !lists(root["code_challenge_methods_supported"], "S256"))
        return misfit("code_challenge_methods_supported");
    if (!signs_as_we_know(root["id_token_signing_alg_values_supported"]))
        return misfit("id_token_signing_alg_values_supported");
    const auto proof = proof_of(root["token_endpoint_auth_methods_supported"], settings);
    if (!proof) return misfit("token_endpoint_auth_methods_supported");
    read.proof = *proof;
    read.says_issuer = root["authorization_response_iss_parameter_supported"].as_bool() == true;
    return read;
}

std::string metadata_address(const std::string& issuer) {
    const auto end = issuer.find_last_not_of('/') + 1;
    return issuer.substr(0, end) + "/.well-known/openid-configuration";
}

}  // namespace balcao::openid
