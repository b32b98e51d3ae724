// Checks of what kiosks offer: services that there are, that the site serves, each on one button.
#include <algorithm>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/serving.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

class KioskCheck {
public:
    KioskCheck(const CheckedModel& checked, const Site& site, const Kiosk& kiosk)
        : checked_{checked},
          site_{site},
          kiosk_{kiosk},
          path_{"sites", site.key.text(), "kiosks", kiosk.key.text(), "buttons"} {}

    void check() {
        for (std::size_t i = 0; i < kiosk_.buttons.size(); ++i) {
            Path button = path_;
            button.push_back(std::to_string(i));
            const auto& services = kiosk_.buttons[i].services;
            for (std::size_t j = 0; j < services.size(); ++j)
                check_service(services[j], place_of(button, j));
        }
    }

private:
    // A service is the button itself, or stands in its list, which may be the one name.
    [[nodiscard]] text::YamlMark place_of(Path button, std::size_t place) const {
        button.emplace_back("services");
        Path one = button;
        one.push_back(std::to_string(place));
        return checked_.places.value(one);
    }

    void check_service(const ServiceKey& key, const text::YamlMark& mark) {
        const Service* service = checked_.model.find(key);
        if (service == nullptr) {
            refer(checked_, mark, key.text(), keys_of_things(checked_.model.services), "service");
            return;
        }
        if (!serves(site_, *service, ChannelKey{"counter"})) {
            checked_.remarks.mistake(
                mark, fmt::format("no desk of {} serves {} at the counter: a kiosk gives tickets only for "
                                  "what is served here",
                                  site_.key.text(), key.text()));
            return;
        }
        if (std::find(seen_.begin(), seen_.end(), key) != seen_.end())
            checked_.remarks.mistake(mark, fmt::format("{} is on two buttons of this kiosk", key.text()));
        seen_.push_back(key);
    }

    const CheckedModel& checked_;
    const Site& site_;
    const Kiosk& kiosk_;
    Path path_;
    std::vector<ServiceKey> seen_;
};

}  // namespace

void check_kiosks(const CheckedModel& checked) {
    for (const Site& site : checked.model.sites)
        for (const Kiosk& kiosk : site.kiosks)
            KioskCheck{checked, site, kiosk}.check();
}

}  // namespace balcao::model
