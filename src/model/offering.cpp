#include "model/offering.hpp"

#include <algorithm>

#include "model/serving.hpp"

namespace balcao::model {
namespace {

using Desks = std::vector<const DeskGroup*>;

// Desks of that group at that minute of an ordinary weekday; nothing for unlimited.
std::optional<int> desks_at(const DeskGroup& desk, int weekday, int minute) {
    if (std::holds_alternative<Unlimited>(desk.count)) return std::nullopt;
    if (const int* number = std::get_if<int>(&desk.count)) return *number;
    for (const auto& [days, hours] : std::get<Roster>(desk.count).weekly) {
        if (!days.has(weekday)) continue;
        for (const auto& [range, count] : hours)
            if (range.begin_minute <= minute && minute < range.end_minute) return count;
    }
    return 0;
}

// The minutes at which the number of any of these desks changes, in order, midnight at both ends.
std::vector<int> changes_of(const Desks& desks, int weekday) {
    std::vector<int> minutes{0, 24 * 60};
    for (const DeskGroup* desk : desks) {
        const auto* roster = std::get_if<Roster>(&desk->count);
        if (roster == nullptr) continue;
        for (const auto& [days, hours] : roster->weekly)
            for (const auto& [range, count] : hours)
                if (days.has(weekday)) minutes.insert(minutes.end(), {range.begin_minute, range.end_minute});
    }
    std::sort(minutes.begin(), minutes.end());
    minutes.erase(std::unique(minutes.begin(), minutes.end()), minutes.end());
    return minutes;
}

Desks booked_desks(const Model& model, const Site& site, const AppointmentWindow& window) {
    Desks found;
    for (const AppointmentService& offered : services_of_window(model, site, window)) {
        const Service* service = model.find(offered.service);
        if (service == nullptr) continue;
        for (const ChannelKey& channel : channels_of_window(window))
            for (const auto& leg : desks_by_step(site, *service, channel))
                for (const DeskGroup* desk : leg)
                    if (desk->takes != Takes::walk_in &&
                        std::find(found.begin(), found.end(), desk) == found.end())
                        found.push_back(desk);
    }
    return found;
}

}  // namespace

std::vector<ChannelKey> channels_of_window(const AppointmentWindow& window) {
    return window.channels.empty() ? std::vector{ChannelKey{"counter"}} : window.channels;
}

bool serves_booked(const Site& site, const Service& service, const ChannelKey& channel) {
    const auto legs = desks_by_step(site, service, channel);
    return std::all_of(legs.begin(), legs.end(), [](const auto& desks) {
        return std::any_of(desks.begin(), desks.end(),
                           [](const DeskGroup* desk) { return desk->takes != Takes::walk_in; });
    });
}

std::vector<AppointmentService> services_of_window(const Model& model,
                                                   const Site& site,
                                                   const AppointmentWindow& window) {
    if (!window.services.empty()) return window.services;
    std::vector<AppointmentService> services;
    const auto channels = channels_of_window(window);
    for (const Service& service : model.services)
        if (std::any_of(channels.begin(), channels.end(),
                        [&](const ChannelKey& channel) { return serves_booked(site, service, channel); }))
            services.push_back({service.key});
    return services;
}

std::optional<PlacesByHour> desks_for_window(const Model& model,
                                             const Site& site,
                                             const AppointmentWindow& window,
                                             int weekday) {
    const Desks desks = booked_desks(model, site, window);
    const std::vector<int> minutes = changes_of(desks, weekday);
    PlacesByHour places;
    for (std::size_t i = 0; i + 1 < minutes.size(); ++i) {
        int sum = 0;
        for (const DeskGroup* desk : desks) {
            const auto count = desks_at(*desk, weekday, minutes[i]);
            if (!count) return std::nullopt;
            sum += *count * desk->concurrent;
        }
        if (!places.empty() && places.back().second == sum)
            places.back().first.end_minute = minutes[i + 1];
        else
            places.emplace_back(TimeRange{minutes[i], minutes[i + 1]}, sum);
    }
    return places;
}

}  // namespace balcao::model
