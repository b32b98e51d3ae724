#include "front/machine.hpp"

#include <algorithm>

#include "model/usual_kiosk.hpp"

namespace balcao::front {

std::optional<Machine> machine_from(const device::Answer<device::Device>& found,
                                    const office::FrontOffice& office) {
    const auto* device = std::get_if<device::Device>(&found);
    if (device == nullptr) return std::nullopt;
    auto layout = office.layout(device->duty.site);
    if (layout == nullptr || layout->services().empty()) return std::nullopt;
    return Machine{*device, std::move(layout)};
}

model::Kiosk kiosk_of(const Machine& machine) {
    const auto& kiosks = machine.site().kiosks;
    const auto found = std::ranges::find(kiosks, machine.device.duty.kiosk, &model::Kiosk::key);
    if (found != kiosks.end()) return *found;
    if (!kiosks.empty()) return kiosks.front();
    return model::usual_kiosk(machine.layout->city(), machine.site(), machine.layout->services());
}

}  // namespace balcao::front
