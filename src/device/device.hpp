#pragma once
// A machine of a hall as the others see it: a kiosk that gives tickets, or a display of the waiting room.
// Used by `device` and by the pages; it holds no secret.
#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/key.hpp"
#include "model/kiosk.hpp"

namespace balcao::device {

using DeviceKey = Key<struct DeviceTag>;
using ManagerKey = Key<struct DeviceManagerTag>;  // the account of who enabled or disabled it

enum class Kind : std::uint8_t { kiosk, display };

// What a machine is made into.
struct Duty {
    Kind kind = Kind::kiosk;
    model::SiteKey site;
    model::KioskKey kiosk{};  // which one of the site's model; empty: what a kiosk offers there by itself
    std::string name;         // what managers call it: "By the east door"
    bool prints = false;      // a kiosk with a printer
    friend bool operator==(const Duty&, const Duty&) = default;
};

struct Device {
    DeviceKey key;
    Duty duty;
    bool is_enabled = false;
    bool is_taken = false;  // a machine with the code has come
    Instant enabled{};
    std::optional<Instant> seen;  // when the machine last asked for a page
    friend bool operator==(const Device&, const Device&) = default;
};

}  // namespace balcao::device
