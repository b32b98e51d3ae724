#include "model/usual_kiosk.hpp"

#include <algorithm>
#include <map>

#include "model/week.hpp"

namespace balcao::model {

Kiosk usual_kiosk(const Model& model, const Site& site, const std::vector<ServiceKey>& served) {
    std::map<ServiceKey, double> people;
    for (const Demand& demand : model.demand)
        if (demand.site == site.key) people[demand.service] += people_of_week(demand, site.open).all();
    std::vector<ServiceKey> services = served;
    std::stable_sort(services.begin(), services.end(), [&](const ServiceKey& one, const ServiceKey& other) {
        return people[one] > people[other];
    });
    Kiosk kiosk;
    const bool all_fit = services.size() <= Kiosk::buttons_most;
    const std::size_t alone = all_fit ? services.size() : Kiosk::buttons_most - 1;
    for (std::size_t i = 0; i < alone; ++i)
        kiosk.buttons.push_back({{}, {services[i]}});
    if (!all_fit) {
        // Whoever looks for a service there looks in the model's order, as on every other page.
        KioskButton others;
        for (const ServiceKey& service : served)
            if (std::find(services.begin() + static_cast<std::ptrdiff_t>(alone), services.end(), service) !=
                services.end())
                others.services.push_back(service);
        kiosk.buttons.push_back(std::move(others));
    }
    return kiosk;
}

}  // namespace balcao::model
