#pragma once
// What entities know us by: tokens, passwords and keys of theirs, from the file of --secrets, which is read
// again when it changes, so that a credential is changed without a stop. Used by who carries requests to
// entities and by who reads what they report. Nothing of it is ever put into a text.
//
//   entity.registry.token = T                        Authorization: Bearer T
//   entity.registry.header = X-Api-Key               … or X-Api-Key: T
//   entity.registry.user = U, .password = P          Authorization: Basic
//   entity.registry.former-token = S                 what was its token before: reports signed with it count
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/keys.hpp"

namespace balcao::connect {

struct EntityCredentials {
    std::string token{};
    std::string header{};  // in which the token stands; empty: Authorization
    std::string user{};
    std::string password{};
    std::string former_token{};
    friend bool operator==(const EntityCredentials&, const EntityCredentials&) = default;
};

// "entity.registry.token": a line of that file that is an entity's.
bool is_of_entity(std::string_view name);

// The header of a request; nothing where there are none.
std::optional<std::string> header_of(const EntityCredentials& credentials);

// With what the entity may have signed: its token or password, and the token before.
std::vector<std::string> signing_secrets_of(const EntityCredentials& credentials);

class EntitySecrets {
public:
    // Of no file (an empty path) nothing is known.
    // Of who does not stand in it, `otherwise` is known: by which stand-ins know a demonstration.
    explicit EntitySecrets(std::string path, EntityCredentials otherwise = {})
        : path_{std::move(path)}, otherwise_{std::move(otherwise)} {}

    // Reads the file whether or not it has changed; what is wrong with it changes nothing. Error: as
    // read_secrets says, and invalid for a name "entity.…" that is none.
    Result<void> read();

    // From any thread. Looks first whether the file is another than before; one that cannot be read changes
    // nothing.
    [[nodiscard]] EntityCredentials of(const model::EntityKey& entity);

private:
    struct Stamp {
        std::filesystem::file_time_type changed{};
        std::uintmax_t size = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };

    [[nodiscard]] std::optional<Stamp> stamp() const;

    const std::string path_;
    const EntityCredentials otherwise_;
    std::mutex mutex_;
    std::optional<Stamp> seen_{};
    std::map<std::string, EntityCredentials> known_{};
};

}  // namespace balcao::connect
