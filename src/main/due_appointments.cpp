#include "main/due_appointments.hpp"

#include <algorithm>

namespace balcao::cli {
namespace {

using std::chrono::milliseconds;

// The model's share counts as much as so many bookings that were seen.
constexpr double seen_by_model = 10;
// By the model alone nobody comes later than this.
constexpr milliseconds late_by_model = std::chrono::minutes{15};

// The share of the site's booked people who do not come, as its model says; of all its booked demand, by how
// many they are.
double no_show_of(const model::Model& city, const model::SiteKey& site) {
    double all = 0;
    double absent = 0;
    for (const auto& demand : city.demand)
        if (demand.site == site && demand.bookings) {
            all += demand.bookings->per_day;
            absent += demand.bookings->per_day * demand.bookings->no_show;
        }
    return all > 0 ? absent / all : 0;
}

}  // namespace

// Of the bookings that had not come when they were as late as this one, those that came after all (Bayes,
// with the model's share as what is believed before).
double chance_to_come(const booking::Attendance& went, double no_show, milliseconds late) {
    const auto later = std::upper_bound(went.came.begin(), went.came.end(), late);
    const double left =
        1 -
        std::clamp(static_cast<double>(late.count()) / static_cast<double>(late_by_model.count()), 0.0, 1.0);
    const double come = static_cast<double>(went.came.end() - later) + seen_by_model * (1 - no_show) * left;
    const double absent = static_cast<double>(went.missed) + seen_by_model * no_show;
    return come + absent > 0 ? come / (come + absent) : 0;
}

Result<const DueAppointments::Known*> DueAppointments::known(const model::SiteKey& site, Date date) {
    const auto found = sites_.find(site);
    if (found != sites_.end() && found->second.date == date) return &found->second;
    auto went =
        bookings_.attendance(site, date - std::chrono::days{days_learnt}, date - std::chrono::days{1});
    if (std::holds_alternative<booking::Refusal>(went))
        return Error{Errc::unavailable, "the appointments of the days before cannot be read now", "site"};
    Known& learnt = sites_[site];
    learnt = {date, std::get<booking::Attendance>(std::move(went)), no_show_of(office_.model(), site)};
    return &learnt;
}

Result<std::vector<office::DueVisit>> DueAppointments::due(const model::SiteKey& site,
                                                           Date date,
                                                           Instant now) {
    auto found = bookings_.on_day(site, date, booking::People::left_out);
    auto* appointments = std::get_if<std::vector<booking::Appointment>>(&found);
    if (appointments == nullptr)
        return Error{Errc::unavailable, "the appointments of today cannot be read now", "site"};
    // Only who comes to the counter takes a place there.
    std::erase_if(*appointments, [](const booking::Appointment& one) {
        return !std::holds_alternative<booking::Confirmed>(one.state) || one.channel.text() != "counter";
    });
    std::vector<office::DueVisit> due;
    if (appointments->empty()) return due;
    BALCAO_TRY(const Known* by, known(site, date));
    for (const auto& one : *appointments) {
        const double comes = chance_to_come(by->went, by->no_show, now - one.start);
        if (comes > 0) due.push_back({std::max(now, one.start), one.services, comes});
    }
    return due;
}

}  // namespace balcao::cli
