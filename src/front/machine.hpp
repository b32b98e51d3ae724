#pragma once
// A kiosk or display that is enabled, and what it offers. Used by its pages and by the API; who a machine is,
// `device` knows.
#include <memory>
#include <optional>

#include "device/devices.hpp"
#include "model/kiosk.hpp"
#include "office/front_office.hpp"

namespace balcao::front {

// A machine that is enabled, and the site where it stands. `layout` keeps the model that it shows.
struct Machine {
    device::Device device;
    std::shared_ptr<const office::Layout> layout;

    [[nodiscard]] const model::Site& site() const { return layout->site(); }
};

// Nothing for one that is not enabled, or whose site has gone from the model since.
std::optional<Machine> machine_from(const device::Answer<device::Device>& found,
                                    const office::FrontOffice& office);

// What a kiosk offers: its kiosk of the model, else the site's first, else what most people come for.
model::Kiosk kiosk_of(const Machine& machine);

}  // namespace balcao::front
