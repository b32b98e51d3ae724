// Checks of what sites offer by appointment: against their hours, their desks and the services; and what
// demand takes over from the windows.
#include <algorithm>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/offering.hpp"
#include "model/week.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

class WindowCheck {
public:
    WindowCheck(const CheckedModel& checked, const Site& site, const AppointmentWindow& window)
        : checked_{checked},
          site_{site},
          window_{window},
          path_{"sites", site.key.text(), "appointments", "windows", window.key.text()} {}

    void check() const {
        check_services();
        check_most();
        check_channels();
        check_dates();
        check_hours();
        check_desks();
    }

private:
    [[nodiscard]] Path below(std::initializer_list<std::string> parts) const {
        Path path = path_;
        path.insert(path.end(), parts);
        return path;
    }

    [[nodiscard]] const std::string& name() const { return window_.key.text(); }

    [[nodiscard]] std::vector<Named> site() const { return {Named::of(site_)}; }

    void warn(const Path& path, Sentence what) const {
        checked_.remarks.warning(checked_.places.value(path), std::move(what));
    }

    void check_services() const {
        const auto channels = channels_of_window(window_);
        std::vector<std::string> names;
        for (const Service& service : checked_.model.services)
            names.push_back(service.key.text());
        for (std::size_t i = 0; i < window_.services.size(); ++i) {
            const std::string& key = window_.services[i].service.text();
            const Path by_name = below({"services", key});
            const Path by_place = below({"services", std::to_string(i)});
            const auto mark =
                checked_.places.has(by_name) ? checked_.places.key(by_name) : checked_.places.value(by_place);
            const Service* service = checked_.model.find(window_.services[i].service);
            if (service == nullptr)
                checked_.remarks.mistake(
                    mark, fmt::format("there is no service named {}{}", key, instead_of(key, names)));
            else if (std::none_of(channels.begin(), channels.end(), [&](const ChannelKey& channel) {
                         return serves_booked(site_, *service, channel);
                     }))
                checked_.remarks.mistake(mark, fmt::format("no desk of {} serves {} to booked people {}",
                                                           site_.key.text(), key, by(channels)));
        }
        if (window_.services.empty() && services_of_window(checked_.model, site_, window_).empty())
            checked_.remarks.mistake(checked_.places.key(path_),
                                     fmt::format("nothing can be had in {}: no desk of {} serves booked "
                                                 "people {}",
                                                 name(), site_.key.text(), by(channels)));
    }

    // "by phone or video", "at the counter".
    static std::string by(const std::vector<ChannelKey>& channels) {
        std::string words;
        for (const ChannelKey& channel : channels) {
            if (!words.empty()) words += " or ";
            words += channel.text() == "counter" ? "at the counter" : "by " + channel.text();
        }
        return words;
    }

    void check_most() const {
        const auto offered = services_of_window(checked_.model, site_, window_);
        std::vector<std::string> names;
        names.reserve(offered.size());
        for (const AppointmentService& one : offered)
            names.push_back(one.service.text());
        for (const auto& [service, count] : window_.most)
            if (std::find(names.begin(), names.end(), service.text()) == names.end())
                checked_.remarks.mistake(checked_.places.key(below({"most", service.text()})),
                                         fmt::format("{} is no service of {}{}", service.text(), name(),
                                                     instead_of(service.text(), names)));
    }

    void check_channels() const {
        if (window_.channels.empty()) return;
        const auto offered = services_of_window(checked_.model, site_, window_);
        for (std::size_t i = 0; i < window_.channels.size(); ++i) {
            const ChannelKey& channel = window_.channels[i];
            const auto is_served = [&](const AppointmentService& one) {
                const Service* service = checked_.model.find(one.service);
                return service != nullptr && serves_booked(site_, *service, channel);
            };
            if (!offered.empty() && std::none_of(offered.begin(), offered.end(), is_served))
                checked_.mistake_at(
                    below({"channels", std::to_string(i)}),
                    fmt::format("no desk of {} serves booked people {}", site_.key.text(), by({channel})));
        }
    }

    // A series that never comes.
    void check_dates() const {
        if (!window_.from || !window_.until || *window_.until < *window_.from) return;
        const bool is_long = *window_.until - *window_.from > std::chrono::days{366 * 5};
        for (Date date = *window_.from; date <= *window_.until; date += std::chrono::days{1})
            if (is_long || window_.comes_on(date)) return;
        warn(below({"until"}), fmt::format("{} never comes between {} and {}", name(),
                                           format_date(*window_.from), format_date(*window_.until)));
    }

    void check_hours() const {
        const auto& closed = site_.open.closed;
        if (window_.is_of_one_day()) {
            if (std::binary_search(closed.begin(), closed.end(), *window_.from))
                warn(below({"from"}),
                     Sentence("{window} is on {date}, when {site} is closed",
                              {{"window", name()}, {"date", format_date(*window_.from)}, {"site", site()}}));
            return;
        }
        for (std::size_t i = 0; i < window_.hours.size(); ++i) {
            const TimeRange range = window_.hours[i];
            WeekdaySet outside;
            for (int weekday = 0; weekday < 7; ++weekday)
                if (window_.days.has(weekday) &&
                    open_minutes_within(site_.open, weekday, range) < range.end_minute - range.begin_minute)
                    outside.bits = static_cast<std::uint8_t>(outside.bits | (1U << weekday));
            if (outside == WeekdaySet{}) continue;
            const Path one = below({"hours", std::to_string(i)});
            warn(
                checked_.places.has(one) ? one : below({"hours"}),
                Sentence(
                    "{window} has hours on {days} at {hours}, not all of which {site} is open: slots outside "
                    "are not offered",
                    {{"window", name()},
                     {"days", outside},
                     {"hours", format_time_range(range)},
                     {"site", site()}}));
        }
    }

    // Places come from desks: without a number there must be desks to count, and a number beyond them is a
    // promise that nobody keeps.
    void check_desks() const {
        if (services_of_window(checked_.model, site_, window_).empty()) return;
        int desks_at_most = 0;
        for (int weekday = 0; weekday < 7; ++weekday) {
            if (!window_.days.has(weekday)) continue;
            const auto desks = desks_for_window(checked_.model, site_, window_, weekday);
            if (!desks) {
                if (!window_.places)
                    checked_.remarks.mistake(
                        checked_.places.key(path_),
                        fmt::format("{} has unlimited desks: expected places, a number", name()));
                return;
            }
            for (const auto& [range, count] : *desks)
                if (std::any_of(window_.hours.begin(), window_.hours.end(),
                                [&range = range](TimeRange hours) {
                                    return hours.begin_minute < range.end_minute &&
                                           range.begin_minute < hours.end_minute;
                                }))
                    desks_at_most = std::max(desks_at_most, count);
        }
        if (window_.places && *window_.places > desks_at_most)
            warn(below({"places"}),
                 Sentence(
                     "{places} places in {window}, where at most {count} desks serve booked people at once",
                     {{"places", std::to_string(*window_.places)},
                      {"window", name()},
                      {"count", std::to_string(desks_at_most)}}));
    }

    const CheckedModel& checked_;
    const Site& site_;
    const AppointmentWindow& window_;
    Path path_;
};

// The first window of the site that offers the service.
const AppointmentWindow* window_for(const Model& model, const Site& site, const ServiceKey& service) {
    for (const AppointmentWindow& window : site.appointments.windows) {
        const auto offered = services_of_window(model, site, window);
        if (std::any_of(offered.begin(), offered.end(),
                        [&](const AppointmentService& one) { return one.service == service; }))
            return &window;
    }
    return nullptr;
}

bool has_slot(const Model& model, const Site& site, const Demand& demand) {
    const auto& windows = site.appointments.windows;
    return std::any_of(windows.begin(), windows.end(), [&](const AppointmentWindow& window) {
        const auto offered = services_of_window(model, site, window);
        return window.slot == demand.bookings->slot &&
               std::any_of(offered.begin(), offered.end(),
                           [&](const AppointmentService& one) { return one.service == demand.service; });
    });
}

}  // namespace

void check_appointments(const CheckedModel& checked) {
    for (const Site& site : checked.model.sites)
        for (const AppointmentWindow& window : site.appointments.windows)
            WindowCheck{checked, site, window}.check();
    for (std::size_t i = 0; i < checked.model.demand.size(); ++i) {
        const Demand& demand = checked.model.demand[i];
        const Site* site = checked.model.find(demand.site);
        if (!demand.bookings || site == nullptr || site->appointments.windows.empty()) continue;
        const Path slot{"demand", std::to_string(i), "bookings", "slot"};
        if (checked.places.has(slot) && window_for(checked.model, *site, demand.service) != nullptr &&
            !has_slot(checked.model, *site, demand))
            checked.remarks.warning(
                checked.places.value(slot),
                fmt::format("no window of {} has slots of {} for {}: leave slot out, and it is the window's",
                            site->key.text(), format_duration(demand.bookings->slot), demand.service.text()));
    }
}

void take_over_slots(Model& model, const PlaceOf& places, Remarks& remarks) {
    for (std::size_t i = 0; i < model.demand.size(); ++i) {
        Demand& demand = model.demand[i];
        const Path bookings{"demand", std::to_string(i), "bookings"};
        const Path slot{bookings[0], bookings[1], bookings[2], "slot"};
        if (!demand.bookings || places.has(slot)) continue;
        const Site* site = model.find(demand.site);
        const AppointmentWindow* window =
            site != nullptr ? window_for(model, *site, demand.service) : nullptr;
        if (window == nullptr || window->slot <= Duration{0}) {
            remarks.mistake(places.value(bookings), "the key slot is missing: the length of a slot");
            continue;
        }
        demand.bookings->slot = window->slot;
        const Path per_slot{bookings[0], bookings[1], bookings[2], "per_slot"};
        if (window->places && *window->places > 0 && !places.has(per_slot))
            demand.bookings->per_slot = *window->places;
    }
}

}  // namespace balcao::model
