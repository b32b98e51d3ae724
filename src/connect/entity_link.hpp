#pragma once
// The link in a letter to an entity: who has it may answer for that one request, and nobody finds another's.
// It names case, step and the key of the effect, by which the round is told, and is signed with a key that
// grows out of the installation's. Written into letters by EntityMail, read by the page of the answer.
#include <optional>
#include <string>
#include <string_view>

#include "cases/case.hpp"
#include "crypto/keys.hpp"

namespace balcao::connect {

struct EntityLink {
    cases::CaseNumber number{};
    cases::StepKey step{};
    std::string effect{};  // its key
    friend bool operator==(const EntityLink&, const EntityLink&) = default;
};

class EntityLinks {
public:
    explicit EntityLinks(const crypto::SecretKey& installation);

    // What stands in the address: "2026-000123.bGljZW5jZQ.3f…." and 128 bits of HMAC-SHA-256.
    [[nodiscard]] std::string write(const EntityLink& link) const;

    // Nothing for what we did not write.
    [[nodiscard]] std::optional<EntityLink> read(std::string_view text) const;

private:
    crypto::SecretKey key_;
};

// Whether the link is of what was sent last of that step: not of a round before the citizen added something.
bool is_of_now(const EntityLink& link, const cases::Case& whole);

}  // namespace balcao::connect
