#pragma once
// What a city decides about its payments, and who collects for it: plain values that whoever joins the rooms
// fills in. Used by all of `pay`. Nothing of it is law: what a fee is and who must pay it says the model, and
// what is given back by which rule is the city's own to decide.
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "base/zone.hpp"
#include "pay/provider.hpp"

namespace balcao::pay {

using Milliseconds = std::chrono::milliseconds;

struct Settings {
    // By the clocks of the zone a day and a year end; `central` gives the receipts of what no site takes.
    Settings(const Zone& city, model::SiteKey own) : zone{city}, central{std::move(own)} {}

    Zone zone;
    model::SiteKey central;
    std::string currency = "EUR";
    // A payment lapses so long after it was asked for.
    Milliseconds payable_for = std::chrono::hours{72};
    // Whether a surplus goes back by itself, in the order of `Surplus`; else it waits for a person.
    std::array<bool, 6> returned_at_once{false, true, true, false, true, false};
    // Of each 1,000 cents of an item, so many are given back: refused, cancelled, compensated. The payer
    // gets the cent that cannot be divided.
    std::array<std::int64_t, 3> returned_permille{1000, 1000, 1000};
    // A till whose difference is above this needs a second person.
    std::int64_t difference_most = 500;
    std::uint32_t numbers_at_once = 50;
};

// How a provider is worked with.
struct ProviderTerms {
    Means means = Means::reference;
    // It answers within this, or never.
    Milliseconds timeout = std::chrono::seconds{10};
    // That nothing is there is believed so long after it gave up.
    Milliseconds settles = std::chrono::minutes{2};
    bool can_refund = true;  // else money of its goes back at a desk
    std::string secret{};    // of its notices; empty: it sends none
};

struct JoinedProvider {
    std::reference_wrapper<Provider> provider;
    ProviderTerms terms{};
};

using Providers = std::map<ProviderKey, JoinedProvider>;

}  // namespace balcao::pay
