#pragma once
// What a kiosk of a site offers: a few large buttons, each a service or a group of services under one name.
// Part of a `Site`; the live office draws its kiosks from it, the simulator does not look at it. It knows no
// machine: which one shows which kiosk is the live office's to keep.
#include <cstddef>
#include <vector>

#include "base/localized.hpp"
#include "model/keys.hpp"

namespace balcao::model {

using KioskKey = Key<struct KioskTag>;  // unique within its site

// One service, whose name it bears; or several under a name of their own, that a person chooses from.
struct KioskButton {
    LocalText name;  // of a group
    std::vector<ServiceKey> services;
    friend bool operator==(const KioskButton&, const KioskButton&) = default;
};

struct Kiosk {
    // More than six large buttons cannot be taken in at a glance by somebody who stands.
    static constexpr std::size_t buttons_most = 6;

    KioskKey key;
    LocalText name;
    std::vector<KioskButton> buttons;  // in the order in which they stand
    friend bool operator==(const Kiosk&, const Kiosk&) = default;
};

}  // namespace balcao::model
