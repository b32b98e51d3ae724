#include "connect/entity_secrets.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "connect/secrets.hpp"
#include "crypto/hash.hpp"

namespace balcao::connect {
namespace {

using Member = std::string EntityCredentials::*;

constexpr std::array<std::pair<std::string_view, Member>, 5> kinds_of_secret{{
    {"token", &EntityCredentials::token},
    {"header", &EntityCredentials::header},
    {"user", &EntityCredentials::user},
    {"password", &EntityCredentials::password},
    {"former-token", &EntityCredentials::former_token},
}};

constexpr std::string_view prefix_of_entities = "entity.";

// What may stand in a header of HTTP: a value that ends no line, a name that is a token (RFC 9110, 5.6.2).
bool is_line(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

bool is_header_name(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

Error wrong_secret(const std::string& what) { return Error{Errc::invalid, what, "--secrets"}; }

Result<std::map<std::string, EntityCredentials>> credentials_in(
    const std::map<std::string, std::string>& secrets) {
    std::map<std::string, EntityCredentials> credentials;
    for (const auto& [name, value] : secrets) {
        if (!is_of_entity(name)) continue;
        const auto dot = name.rfind('.');
        const auto* kind =
            std::find_if(kinds_of_secret.begin(), kinds_of_secret.end(),
                         [wanted = name.substr(dot + 1)](const auto& one) { return one.first == wanted; });
        if (dot <= prefix_of_entities.size() || kind == kinds_of_secret.end())
            return wrong_secret(name +
                                " is none of entity.KEY.token, .former-token, .header, .user, .password");
        if (!is_line(value)) return wrong_secret(name + " holds what cannot be said in a header");
        if (kind->first == "header" && !is_header_name(value))
            return wrong_secret(name + " is the name of a header, such as X-Api-Key");
        const auto entity = name.substr(prefix_of_entities.size(), dot - prefix_of_entities.size());
        credentials[entity].*(kind->second) = value;
    }
    return credentials;
}

}  // namespace

bool is_of_entity(std::string_view name) { return name.starts_with(prefix_of_entities); }

std::optional<std::string> header_of(const EntityCredentials& credentials) {
    if (!credentials.user.empty())
        return "Authorization: Basic " + crypto::to_base64(credentials.user + ":" + credentials.password);
    if (credentials.token.empty()) return std::nullopt;
    if (!credentials.header.empty()) return credentials.header + ": " + credentials.token;
    return "Authorization: Bearer " + credentials.token;
}

std::vector<std::string> signing_secrets_of(const EntityCredentials& credentials) {
    std::vector<std::string> secrets;
    for (const auto* secret : {&credentials.token, &credentials.password, &credentials.former_token})
        if (!secret->empty()) secrets.push_back(*secret);
    return secrets;
}

std::optional<EntitySecrets::Stamp> EntitySecrets::stamp() const {
    std::error_code failed;
    Stamp stamp;
    stamp.changed = std::filesystem::last_write_time(path_, failed);
    if (failed) return std::nullopt;
    stamp.size = std::filesystem::file_size(path_, failed);
    if (failed) return std::nullopt;
    return stamp;
}

Result<void> EntitySecrets::read() {
    if (path_.empty()) return {};
    // Before it is read: what is written meanwhile is seen the next time.
    const auto now = stamp();
    BALCAO_TRY(const auto secrets, read_secrets(path_));
    BALCAO_TRY(auto credentials, credentials_in(secrets));
    const std::lock_guard lock{mutex_};
    known_ = std::move(credentials);
    seen_ = now;
    return {};
}

EntityCredentials EntitySecrets::of(const model::EntityKey& entity) {
    bool is_another = false;
    if (const auto now = path_.empty() ? std::nullopt : stamp(); now) {
        const std::lock_guard lock{mutex_};
        is_another = now != seen_;
    }
    if (is_another) static_cast<void>(read());
    const std::lock_guard lock{mutex_};
    const auto found = known_.find(entity.text());
    return found == known_.end() ? otherwise_ : found->second;
}

}  // namespace balcao::connect
