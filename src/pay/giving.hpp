#pragma once
// How a refund that was made is written down, by whoever made it. Internal to `pay`.
#include <cstdint>
#include <optional>
#include <string>

#include "pay/room.hpp"

namespace balcao::pay {

struct MadeBy {
    std::string transaction;
    Instant at{};
    ClerkKey by{};  // empty: a provider
};

// Of a refund that the draft's payment has and that was not made; with the draft's till where it has one.
std::optional<Refusal> record_made(Draft& draft, std::uint32_t refund, const MadeBy& how);

}  // namespace balcao::pay
