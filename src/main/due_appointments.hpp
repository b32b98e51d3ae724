#pragma once
// The appointments of a day that are still to come, for the forecast of waits: what the office asks, answered
// from the bookings. How likely somebody still comes is learnt from how bookings of the same site went in the
// weeks before, and leans on the model's share of no-shows where there are few. It says nothing of who comes.
#include <chrono>
#include <map>

#include "booking/bookings.hpp"
#include "office/foresight.hpp"

namespace balcao::cli {

// How likely who has an appointment and is `late` by now (below zero: has time) still comes. `no_show` is the
// share by which few bookings are judged, 0 to 1.
double chance_to_come(const booking::Attendance& went, double no_show, std::chrono::milliseconds late);

class DueAppointments final : public office::Appointments {
public:
    // Both must outlive it.
    DueAppointments(booking::Bookings& bookings, const office::FrontOffice& office)
        : bookings_{bookings}, office_{office} {}

    Result<std::vector<office::DueVisit>> due(const model::SiteKey& site, Date date, Instant now) override;

    // From so many days before is learnt.
    static constexpr int days_learnt = 28;

private:
    struct Known {
        Date date{};
        booking::Attendance went;
        double no_show = 0;
    };

    Result<const Known*> known(const model::SiteKey& site, Date date);

    booking::Bookings& bookings_;
    const office::FrontOffice& office_;
    std::map<model::SiteKey, Known> sites_;
};

}  // namespace balcao::cli
