#pragma once
// The register: machines as the fold of their events. Internal to `device`, whose commands decide on it, and
// to the keeper of the journal, who reads it again. It knows no clock and no key.
#include <map>
#include <string>
#include <string_view>

#include "device/device_event.hpp"

namespace balcao::device {

struct DeviceState {
    Device device;
    std::string code;
    std::string secret;  // hash; empty: no machine has come yet
    friend bool operator==(const DeviceState&, const DeviceState&) = default;
};

struct Register {
    std::map<DeviceKey, DeviceState> devices;

    // `at` is the event's. False for an event about a machine that was never enabled.
    bool apply(const DeviceEvent& event, Instant at);

    // Null when there is none.
    [[nodiscard]] const DeviceState* with_code(std::string_view code) const;
    [[nodiscard]] const DeviceState* with_secret(std::string_view hash) const;

    friend bool operator==(const Register&, const Register&) = default;
};

}  // namespace balcao::device
