#pragma once
// Links that carry their own right: whoever has the link of a ticket may see it and give it up, and nobody
// finds another's by counting. The link names site, day and number and is signed with the installation's key.
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.hpp"
#include "crypto/keys.hpp"
#include "model/keys.hpp"
#include "office/visit.hpp"

namespace balcao::front {

// What proves that somebody started this installation: good for the first account alone.
std::string founding_secret_of(const crypto::SecretKey& installation);

struct TicketName {
    model::SiteKey site;
    Date date{};
    office::Number number;
    friend bool operator==(const TicketName&, const TicketName&) = default;
};

class TicketLinks {
public:
    explicit TicketLinks(const crypto::SecretKey& installation);

    // What stands in the address: "baixa.2026-11-24.117." and 96 signed bits.
    [[nodiscard]] std::string write(const TicketName& ticket) const;

    // Nothing for what we did not write.
    [[nodiscard]] std::optional<TicketName> read(std::string_view link) const;

private:
    crypto::SecretKey key_;
};

}  // namespace balcao::front
