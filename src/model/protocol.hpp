#pragma once
// What was agreed with a host: which services are had at which sites by it, from when to when, and who pays
// what. Part of a `Model`; the rules ask it (rules/agreed.hpp).
#include <optional>
#include <string>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "model/keys.hpp"

namespace balcao::model {

using ProtocolKey = Key<struct ProtocolTag>;

struct Protocol {
    ProtocolKey key;
    LocalText name;
    EntityKey host;                    // who provides place and people
    std::vector<SiteKey> sites;        // where; at least one in a checked model
    std::vector<ServiceKey> services;  // which; none: all
    std::vector<DeskKey> desks;        // that are opened under it, at one of the sites each
    Date from{};                       // the first day
    std::optional<Date> until{};       // the last one; nothing: until it is ended
    LocalText costs;                   // who bears what, in plain words
    std::string source;
    friend bool operator==(const Protocol&, const Protocol&) = default;

    [[nodiscard]] bool names(const SiteKey& site) const;
    // One of them, or all are.
    [[nodiscard]] bool covers(const ServiceKey& service) const;
};

}  // namespace balcao::model
