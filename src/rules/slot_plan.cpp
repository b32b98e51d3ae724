#include "rules/slot_plan.hpp"

#include <algorithm>
#include <cmath>

namespace balcao::rules {
namespace {

using std::chrono::minutes;

std::vector<TimeRange> joined(std::vector<TimeRange> ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<TimeRange> joined;
    for (const TimeRange& range : ranges) {
        if (!joined.empty() && joined.back().end_minute >= range.begin_minute)
            joined.back().end_minute = std::max(joined.back().end_minute, range.end_minute);
        else
            joined.push_back(range);
    }
    return joined;
}

std::array<std::vector<TimeRange>, 7> week_of(const model::OpeningHours& open) {
    std::array<std::vector<TimeRange>, 7> week;
    for (int weekday = 0; weekday < 7; ++weekday) {
        auto& ranges = week[static_cast<std::size_t>(weekday)];
        if (open.always) {
            ranges = {TimeRange{0, 24 * 60}};
            continue;
        }
        for (const auto& [days, hours] : open.weekly)
            if (days.has(weekday)) ranges = joined(hours);
    }
    return week;
}

WindowPlan plan_of(const model::Model& model,
                   const model::Site& site,
                   const model::AppointmentWindow& window) {
    WindowPlan plan;
    plan.window = window;
    plan.slot_minutes = static_cast<int>(window.slot / minutes{1});
    for (const model::AppointmentService& offered : services_of_window(model, site, window)) {
        OfferedService one{
            offered.service,
            offered.length ? static_cast<int>(*offered.length / minutes{1}) : plan.slot_minutes,
            {}};
        const model::Service* service = model.find(offered.service);
        for (model::ChannelKey& channel : channels_of_window(window))
            if (service != nullptr && serves_booked(site, *service, channel))
                one.channels.push_back(std::move(channel));
        plan.services.push_back(std::move(one));
    }
    for (int weekday = 0; weekday < 7; ++weekday) {
        auto& places = plan.places[static_cast<std::size_t>(weekday)];
        if (window.places)
            places = {{TimeRange{0, 24 * 60}, *window.places}};
        else if (auto desks = desks_for_window(model, site, window, weekday))
            places = std::move(*desks);
    }
    return plan;
}

}  // namespace

bool SlotPlan::has_own_hours(Date date) const {
    return std::any_of(dates.begin(), dates.end(), [&](const auto& one) { return one.first == date; });
}

const std::vector<TimeRange>& SlotPlan::open_on(Date date) const {
    const auto own =
        std::find_if(dates.begin(), dates.end(), [&](const auto& one) { return one.first == date; });
    return own != dates.end() ? own->second : open[static_cast<std::size_t>(weekday_index(date))];
}

WindowIndex SlotPlan::find(const model::WindowKey& wanted) const {
    for (std::size_t i = 0; i < windows.size(); ++i)
        if (windows[i].window.key == wanted) return static_cast<WindowIndex>(i);
    return no_window;
}

std::uint64_t SlotPlan::limited_of(WindowIndex window, std::span<const model::ServiceKey> services) const {
    if (window >= windows.size()) return 0;
    std::uint64_t bits = 0;
    const auto& most = windows[window].window.most;
    for (std::size_t i = 0; i < most.size(); ++i)
        if (std::find(services.begin(), services.end(), most[i].first) != services.end())
            bits |= std::uint64_t{1} << i;
    return bits;
}

Result<SlotPlan> make_slot_plan(const model::Model& model, const model::Site& site) {
    if (!site.open.holidays.empty() && !is_known_country(site.open.holidays))
        return Error{Errc::unavailable,
                     "the public holidays of " + site.open.holidays +
                         " are not known: without them nobody can say on which days " + site.key.text() +
                         " is open",
                     "holidays"};
    SlotPlan plan;
    plan.open = week_of(site.open);
    plan.closed = site.open.closed;
    std::sort(plan.closed.begin(), plan.closed.end());
    plan.holidays = site.open.holidays;
    for (const model::DateHours& said : site.open.dates)
        plan.dates.emplace_back(said.date, joined(said.hours));
    plan.limits = site.appointments;
    for (const model::AppointmentWindow& window : site.appointments.windows) {
        if (window.most.size() > SlotPlan::most_max)
            return Error{Errc::invalid, window.key.text() + " limits more than 64 services", "most"};
        plan.windows.push_back(plan_of(model, site, window));
    }
    return plan;
}

balcao::Instant comes_back_at(const model::Appointments& limits, balcao::Instant cancelled, double draw) {
    using std::chrono::milliseconds;
    const auto [shortest, longest] = limits.blocked_after_cancel;
    const double share = std::clamp(draw, 0.0, 1.0);
    const auto drawn = std::llround(share * static_cast<double>((longest - shortest).count()));
    return cancelled + std::chrono::ceil<milliseconds>(shortest + Duration{drawn});
}

}  // namespace balcao::rules
