#include "device/register.hpp"

#include <algorithm>

namespace balcao::device {
namespace {

struct Apply {
    Register& all;
    Instant at{};

    bool operator()(const DeviceEnabled& event) const {
        auto& state = all.devices[event.device];
        state.device.key = event.device;
        state.device.duty = {event.kind, event.site, event.kiosk, event.name, event.prints};
        state.device.is_enabled = true;
        state.device.enabled = at;
        state.code = event.code;
        return true;
    }

    bool operator()(const DeviceTaken& event) const {
        return change(event.device, [&](DeviceState& state) {
            state.secret = event.secret;
            state.device.is_taken = true;
            state.device.seen = std::max(state.device.seen, std::optional{at});
        });
    }

    bool operator()(const DeviceDisabled& event) const {
        return change(event.device, [](DeviceState& state) { state.device.is_enabled = false; });
    }

    bool operator()(const DeviceSeen& event) const {
        return change(event.device, [&](DeviceState& state) {
            state.device.seen = std::max(state.device.seen, std::optional{event.seen});
        });
    }

    template <class Change>
    bool change(const DeviceKey& device, const Change& what) const {
        const auto found = all.devices.find(device);
        if (found == all.devices.end()) return false;
        what(found->second);
        return true;
    }
};

template <class Wanted>
const DeviceState* find(const Register& all, const Wanted& wanted) {
    const auto found = std::find_if(all.devices.begin(), all.devices.end(),
                                    [&](const auto& one) { return wanted(one.second); });
    return found == all.devices.end() ? nullptr : &found->second;
}

}  // namespace

bool Register::apply(const DeviceEvent& event, Instant at) { return std::visit(Apply{*this, at}, event); }

const DeviceState* Register::with_code(std::string_view code) const {
    return find(*this, [&](const DeviceState& state) { return state.code == code; });
}

const DeviceState* Register::with_secret(std::string_view hash) const {
    return find(*this,
                [&](const DeviceState& state) { return !state.secret.empty() && state.secret == hash; });
}

}  // namespace balcao::device
