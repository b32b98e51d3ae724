#include "front/appointment_words.hpp"

#include <algorithm>
#include <array>

#include "front/moment.hpp"

namespace balcao::front {

using booking::CancelReason;
using text::Words;

namespace {

constexpr std::array<std::pair<std::string_view, CancelReason>, 5> cancel_reasons{{
    {"person-asked", CancelReason::person_asked},
    {"site-closed", CancelReason::site_closed},
    {"too-few-staff", CancelReason::too_few_staff},
    {"booked-twice", CancelReason::booked_twice},
    {"other", CancelReason::other},
}};

}  // namespace

std::string services_text(const std::vector<model::ServiceKey>& services,
                          const model::Model& city,
                          const Words& words) {
    std::string text;
    for (const auto& key : services) {
        const auto* service = city.find(key);
        text += (text.empty() ? "" : ", ") +
                (service != nullptr ? model::name_of(*service, words.code()) : key.text());
    }
    return text;
}

std::string line_of(const booking::Appointment& appointment, const Place& place, const Words& words) {
    const auto* site = place.city.find(appointment.site);
    const char* english =
        appointment.channel.text() == "phone"   ? "{services} by telephone, {site}, {day}, {time}"
        : appointment.channel.text() == "video" ? "{services} by video, {site}, {day}, {time}"
                                                : "{services} at {site}, {day}, {time}";
    return words(english,
                 {{"services", services_text(appointment.services, place.city, words)},
                  {"site", site != nullptr ? model::name_of(*site, words.code()) : appointment.site.text()},
                  {"day", day_text(place.zone.at(appointment.start).date, words)},
                  {"time", time_text(place.zone, appointment.start)}});
}

std::string_view name_of(CancelReason reason) {
    const auto found = std::find_if(cancel_reasons.begin(), cancel_reasons.end(),
                                    [&](const auto& one) { return one.second == reason; });
    return found == cancel_reasons.end() ? std::string_view{} : found->first;
}

std::optional<CancelReason> cancel_reason_of(std::string_view name) {
    const auto found = std::find_if(cancel_reasons.begin(), cancel_reasons.end(),
                                    [&](const auto& one) { return one.first == name; });
    return found == cancel_reasons.end() ? std::nullopt : std::optional{found->second};
}

const std::vector<CancelReason>& all_cancel_reasons() {
    static const std::vector<CancelReason> all = [] {
        std::vector<CancelReason> reasons;
        for (const auto& [name, reason] : cancel_reasons)
            reasons.push_back(reason);
        return reasons;
    }();
    return all;
}

std::string cancel_reason_text(CancelReason reason, const Words& words) {
    switch (reason) {
        case CancelReason::person_asked:
            return words("The person asked for it");
        case CancelReason::site_closed:
            return words("The site is closed then");
        case CancelReason::too_few_staff:
            return words("Too few people work then");
        case CancelReason::booked_twice:
            return words("It was booked twice");
        case CancelReason::other:
            return words("Another reason");
    }
    return {};
}

booking::Answer<booking::Appointment> appointment_at(const model::SiteKey& site,
                                                     const booking::BookingKey& booking,
                                                     booking::Bookings& bookings) {
    auto found = bookings.find(booking, booking::People::left_out);
    const auto* appointment = std::get_if<booking::Appointment>(&found);
    if (appointment != nullptr && appointment->site != site)
        return booking::Refusal{booking::Reason::no_such_booking};
    return found;
}

}  // namespace balcao::front
