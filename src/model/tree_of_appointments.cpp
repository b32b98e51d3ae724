// What a site offers by appointment, as a tree.
#include <algorithm>

#include <fmt/format.h>

#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

using text::Yaml;

Yaml tree_of_services(const std::vector<AppointmentService>& services) {
    if (services.empty()) return {};
    const auto has_length = [](const AppointmentService& one) { return one.length.has_value(); };
    MapNode lengths;
    std::vector<Yaml> names;
    for (const AppointmentService& one : services) {
        names.push_back(Yaml::of_scalar(one.service.text()));
        if (one.length) lengths.add(one.service.text(), format_duration(*one.length));
    }
    return std::all_of(services.begin(), services.end(), has_length) ? lengths.node()
                                                                     : list_of(std::move(names));
}

std::string in_days(int days) { return fmt::format("{} {}", days, days == 1 ? "day" : "days"); }

Yaml tree_of_bookable(const AppointmentWindow& window) {
    const AppointmentWindow plain;
    MapNode map;
    if (window.first_day_ahead != plain.first_day_ahead) map.add("from", in_days(window.first_day_ahead));
    if (window.last_day_ahead != plain.last_day_ahead) map.add("to", in_days(window.last_day_ahead));
    return map.is_empty() ? Yaml{} : map.node();
}

Yaml tree_of_weeks(const std::vector<int>& weeks) {
    std::vector<std::string> names;
    names.reserve(weeks.size());
    for (const int week : weeks)
        names.push_back(week == AppointmentWindow::last_week ? "last" : std::to_string(week));
    return names.empty() ? Yaml{} : list_or_one(std::move(names));
}

Yaml tree_of(const AppointmentWindow& window) {
    MapNode map;
    if (window.days != WeekdaySet::every_day()) map.add("days", format_weekdays(window.days));
    std::vector<std::string> hours;
    for (const TimeRange& range : window.hours)
        hours.push_back(format_time_range(range));
    map.add("hours", list_or_one(std::move(hours))).add("slot", format_duration(window.slot));
    if (window.places) map.add("places", std::to_string(*window.places));
    if (window.for_public) map.add("public", std::to_string(*window.for_public));
    map.add("services", tree_of_services(window.services));
    MapNode most;
    for (const auto& [service, count] : window.most)
        most.add(service.text(), std::to_string(count));
    if (!most.is_empty()) map.add("most", most.node());
    std::vector<std::string> channels;
    for (const ChannelKey& channel : window.channels)
        channels.push_back(channel.text());
    if (!channels.empty()) map.add("channels", list_or_one(std::move(channels)));
    if (window.every_weeks != 1) map.add("every", format_duration(std::chrono::weeks{window.every_weeks}));
    map.add("week_of_month", tree_of_weeks(window.weeks_of_month));
    if (window.from) map.add("from", format_date(*window.from));
    if (window.until) map.add("until", format_date(*window.until));
    map.add("bookable", tree_of_bookable(window));
    if (window.slots_at_most != AppointmentWindow::slots_at_once)
        map.add("slots_at_most", std::to_string(window.slots_at_most));
    return map.node();
}

}  // namespace

Yaml tree_of(const Appointments& appointments) {
    if (appointments == Appointments{}) return {};
    const Appointments plain;
    MapNode windows;
    for (const AppointmentWindow& window : appointments.windows)
        windows.add(window.key.text(), tree_of(window));
    MapNode map;
    map.add("windows", windows.node());
    if (appointments.hold != plain.hold) map.add("hold", format_duration(appointments.hold));
    if (const auto& [shortest, longest] = appointments.blocked_after_cancel; longest > Duration{0}) {
        if (shortest == longest)
            map.add("blocked_after_cancel", format_duration(longest));
        else
            map.add("blocked_after_cancel", list_of({Yaml::of_scalar(format_duration(shortest)),
                                                     Yaml::of_scalar(format_duration(longest))}));
    }
    if (appointments.remind != plain.remind) map.add("remind", format_duration(appointments.remind));
    MapNode person;
    if (appointments.open_per_person) person.add("open", std::to_string(*appointments.open_per_person));
    if (appointments.per_person_and_day)
        person.add("per_day", std::to_string(*appointments.per_person_and_day));
    if (!person.is_empty()) map.add("per_person", person.node());
    return map.node();
}

}  // namespace balcao::model
