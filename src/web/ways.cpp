#include "web/ways.hpp"

#include <algorithm>

#include "front/moment.hpp"
#include "model/offering.hpp"
#include "model/serving.hpp"

namespace balcao::web {
namespace {

const model::ChannelKey counter{"counter"};

}  // namespace

bool can_book(const Shared& shared,
              const model::Site& site,
              const model::ChannelKey& way,
              const model::Service& service) {
    const auto has = [&](const model::AppointmentWindow& window) {
        return std::ranges::count(model::channels_of_window(window), way) > 0 &&
               (window.services.empty() ||
                std::ranges::count(window.services, service.key, &model::AppointmentService::service) > 0);
    };
    if (!std::ranges::any_of(site.appointments.windows, has)) return false;
    if (way != counter) return model::serves_booked(site, service, way);
    const auto layout = shared.office.layout(site.key);
    return layout != nullptr && layout->offers_booked(service.key);
}

std::vector<const model::Service*> bookable(const Shared& shared,
                                            const model::Site& site,
                                            const model::ChannelKey& way) {
    std::vector<const model::Service*> found;
    if (site.appointments.windows.empty()) return found;
    for (const auto& service : shared.office.model().services)
        if (can_book(shared, site, way, service)) found.push_back(&service);
    return found;
}

const std::vector<model::ChannelKey>& all_ways() {
    static const std::vector<model::ChannelKey> ways{counter, model::ChannelKey{"phone"},
                                                     model::ChannelKey{"video"}};
    return ways;
}

std::vector<model::ChannelKey> ways_of(const Shared& shared, const model::Site& site) {
    std::vector<model::ChannelKey> ways;
    for (const auto& way : all_ways())
        if (!bookable(shared, site, way).empty()) ways.push_back(way);
    return ways;
}

std::string way_text(const model::ChannelKey& way, const Words& words) {
    if (way.text() == "phone") return words("By telephone");
    return way.text() == "video" ? words("By video") : words("In person, at the site");
}

std::string channel_text(const model::ChannelKey& channel, const Words& words) {
    const std::string& name = channel.text();
    if (name == "counter") return words("At the counter");
    if (name == "phone") return words("By telephone");
    if (name == "video") return words("By video");
    if (name == "chat") return words("By chat");
    if (name == "spot") return words("At a Citizen Spot");
    if (name == "email") return words("By mail");
    return name == "online" ? words("Online") : name;
}

bool has_remote(const model::Site& site) {
    return std::ranges::any_of(site.appointments.windows, [](const model::AppointmentWindow& window) {
        return std::ranges::any_of(model::channels_of_window(window), model::is_remote);
    });
}

bool is_remote(const booking::Appointment& appointment) { return model::is_remote(appointment.channel); }

bool is_video(const booking::Appointment& appointment) { return appointment.channel.text() == "video"; }

Instant opens_at(const booking::Appointment& appointment) {
    constexpr std::chrono::minutes before{10};
    return appointment.start - before;
}

std::string what_happens(const booking::Appointment& appointment, const Shared& shared, const Words& words) {
    const auto time = [&](Instant at) { return front::time_text(shared.office.zone(), at); };
    if (is_video(appointment))
        return words(
            "You need not come: we meet by video. You need a browser, a camera and a microphone. The meeting "
            "opens at {time}.",
            {{"time", time(opens_at(appointment))}});
    if (!booking::is_call(appointment.channel)) return {};
    if (!appointment.contact || appointment.contact->phone.empty())
        return words("You need not come: we call you at {time}.", {{"time", time(appointment.start)}});
    return words("You need not come: we call you at {time}, at the number {phone}.",
                 {{"time", time(appointment.start)}, {"phone", appointment.contact->phone}});
}

}  // namespace balcao::web
