#pragma once
// What happens to the machines of the halls: the events of the stream "devices", kept for ever, and of one
// stream a day ("devices/2026-11-22" by UTC) that says when each was seen, so that a start reads little. Made
// by the commands of `device`, folded by its register. A machine's secret is not in here, only its hash.
#include <string>
#include <variant>

#include "base/result.hpp"
#include "device/device.hpp"
#include "journal/event.hpp"

namespace balcao::device {

// Enabled for a machine that shows that code, or enabled again.
struct DeviceEnabled {
    static constexpr std::string_view type = "device-enabled";
    DeviceKey device;
    std::string code;
    Kind kind = Kind::kiosk;
    model::SiteKey site;
    model::KioskKey kiosk;
    std::string name;
    bool prints = false;
    ManagerKey by;
};

// The machine with the code came: from here on its secret counts, and the code opens nothing.
struct DeviceTaken {
    static constexpr std::string_view type = "device-taken";
    DeviceKey device;
    std::string secret;  // its SHA-256
};

struct DeviceDisabled {
    static constexpr std::string_view type = "device-disabled";
    DeviceKey device;
    ManagerKey by;
};

struct DeviceSeen {
    static constexpr std::string_view type = "device-seen";
    DeviceKey device;
    Instant seen{};
};

using DeviceEvent = std::variant<DeviceEnabled, DeviceTaken, DeviceDisabled, DeviceSeen>;

// As the journal keeps it.
journal::Draft encode(const DeviceEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<DeviceEvent> decode(const journal::Event& event);

}  // namespace balcao::device
