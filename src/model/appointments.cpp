#include "model/appointments.hpp"

#include <algorithm>

namespace balcao::model {
namespace {

Date monday_of(Date date) { return date - std::chrono::days{weekday_index(date)}; }

// Which one of its weekday in the month it is, and whether none follows.
bool is_in_week_of_month(const std::vector<int>& weeks, Date date) {
    const auto day = static_cast<unsigned>(std::chrono::year_month_day{date}.day());
    const int week = static_cast<int>((day + 6) / 7);
    const std::chrono::year_month_day next{date + std::chrono::days{7}};
    const bool is_last = next.month() != std::chrono::year_month_day{date}.month();
    return std::any_of(weeks.begin(), weeks.end(), [&](int wanted) {
        return wanted == AppointmentWindow::last_week ? is_last : wanted == week;
    });
}

}  // namespace

bool AppointmentWindow::comes_on(Date date) const {
    if ((from && date < *from) || (until && date > *until) || !days.has(weekday_index(date))) return false;
    if (!weeks_of_month.empty() && !is_in_week_of_month(weeks_of_month, date)) return false;
    if (every_weeks <= 1 || !from) return true;
    return ((monday_of(date) - monday_of(*from)).count() / 7) % every_weeks == 0;
}

const AppointmentWindow* Appointments::find(const WindowKey& wanted) const {
    const auto found = std::find_if(windows.begin(), windows.end(),
                                    [&](const AppointmentWindow& window) { return window.key == wanted; });
    return found == windows.end() ? nullptr : &*found;
}

}  // namespace balcao::model
