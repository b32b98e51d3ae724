// What a site offers by appointment.
#include <algorithm>

#include <fmt/format.h>

#include "model/readers.hpp"

namespace balcao::model {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::weeks;

constexpr double places_max = 100'000;
constexpr Duration one_day = days{1};

// A length of time that is a whole number of `unit`, as that number; `words` names the unit.
std::optional<int> read_whole(const Context& context, const Yaml& node, Duration unit, const char* words) {
    const auto length = read_duration(context, node, Sign::not_negative);
    if (!length) return std::nullopt;
    if (*length % unit == Duration{0}) return static_cast<int>(*length / unit);
    context.mistake(node.mark, fmt::format("{} is no whole number of {}", node.scalar, words));
    return std::nullopt;
}

std::optional<Duration> read_whole_minutes(const Context& context, const Yaml& node) {
    const auto length = read_duration(context, node, Sign::positive);
    if (!length) return std::nullopt;
    if (*length > one_day) {
        context.mistake(node.mark, fmt::format("{} is too long: expected a day at most", node.scalar));
        return std::nullopt;
    }
    if (*length % minutes{1} == Duration{0}) return length;
    context.mistake(node.mark, fmt::format("{} is no whole number of minutes", node.scalar));
    return std::nullopt;
}

void check_multiple(const Context& context, const Yaml& node, TimeRange range, Duration slot) {
    const Duration length = minutes{range.end_minute - range.begin_minute};
    if (slot <= Duration{0} || length % slot == Duration{0}) return;
    const Duration kept = length - length % slot;
    context.mistake(
        node.mark,
        fmt::format("{} is {}, which is no multiple of the slot of {}: expected an end at {}", node.scalar,
                    format_duration(length), format_duration(slot),
                    format_time_of_day(range.begin_minute +
                                       static_cast<int>((kept > Duration{0} ? kept : slot) / minutes{1}))));
}

void read_window_hours(const Context& context, const Yaml& node, AppointmentWindow& window) {
    std::vector<std::pair<TimeRange, YamlMark>> seen;
    const auto add = [&](const Yaml& item) {
        if (!item.is_scalar()) {
            expected(context, item, example_of("hours"));
            return;
        }
        const auto range = read_hours(context, item.mark, item.scalar);
        if (!range) return;
        seen.emplace_back(*range, item.mark);
        window.hours.push_back(*range);
        check_multiple(context, item, *range, window.slot);
    };
    if (node.is_sequence())
        for (const Yaml& item : node.items)
            add(item);
    else
        add(node);
    if (node.is_sequence() && node.items.empty()) context.mistake(node.mark, "the list of hours is empty");
    refuse_overlapping_hours(context, seen);
    std::sort(window.hours.begin(), window.hours.end());
}

void read_window_services(const Context& context, const Yaml& node, AppointmentWindow& window) {
    if (!node.is_map()) {
        for (const auto& [name, mark] : read_names(context, node))
            window.services.push_back({ServiceKey{name}, std::nullopt});
        return;
    }
    for (const YamlEntry& entry : node.entries)
        if (const auto length = read_whole_minutes(context, entry.value))
            window.services.push_back({ServiceKey{entry.key}, length});
}

void read_places(const Context& context, const Fields& fields, AppointmentWindow& window) {
    if (const Yaml* places = fields.find("places"))
        window.places = read_integer(context, *places, {0, places_max});
    if (const Yaml* open_to = fields.find("public")) {
        window.for_public = read_integer(context, *open_to, {0, places_max});
        if (window.for_public && window.places && *window.for_public > *window.places)
            context.mistake(open_to->mark, fmt::format("{} places for the public are more than the {} there "
                                                       "are: expected no more than places",
                                                       *window.for_public, *window.places));
    }
    const Yaml* most = fields.find("most");
    if (most == nullptr) return;
    for (const YamlEntry& entry :
         entries_of(context, *most, "the most people at once for a service, such as {tax: 1}"))
        if (const auto count = read_integer(context, entry.value, {0, places_max}))
            window.most.emplace_back(ServiceKey{entry.key}, *count);
}

void read_weeks_of_month(const Context& context, const Yaml& node, AppointmentWindow& window) {
    const auto add = [&](const Yaml& item) {
        if (item.is_scalar() && item.scalar == "last") {
            window.weeks_of_month.push_back(AppointmentWindow::last_week);
            return;
        }
        const auto week = read_integer(context, item, {1, AppointmentWindow::last_week});
        if (week) window.weeks_of_month.push_back(*week);
    };
    if (node.is_sequence())
        for (const Yaml& item : node.items)
            add(item);
    else
        add(node);
    auto& weeks_read = window.weeks_of_month;
    std::sort(weeks_read.begin(), weeks_read.end());
    if (std::unique(weeks_read.begin(), weeks_read.end()) != weeks_read.end())
        context.mistake(node.mark, "a week of the month is named twice; 5 is the last");
}

void read_recurrence(const Context& context, const Fields& fields, AppointmentWindow& window) {
    const Yaml* every = fields.find("every");
    const Yaml* of_month = fields.find("week_of_month");
    const Yaml* from = fields.find("from");
    const Yaml* until = fields.find("until");
    if (from != nullptr) window.from = read_date(context, *from);
    if (until != nullptr) {
        window.until = read_date(context, *until);
        if (window.from && window.until && *window.until < *window.from)
            context.mistake(until->mark, fmt::format("the last day, {}, comes before the first, {}",
                                                     format_date(*window.until), format_date(*window.from)));
    }
    if (every != nullptr) {
        window.every_weeks = read_whole(context, *every, weeks{1}, "weeks").value_or(1);
        if (window.every_weeks < 1) context.mistake(every->mark, "expected 1 week or more");
        if (from == nullptr)
            context.mistake(every->mark, "every so many weeks, but from which? expected from: with a date");
    }
    if (of_month == nullptr) return;
    read_weeks_of_month(context, *of_month, window);
    if (every != nullptr)
        context.mistake(of_month->mark, "every and week_of_month together: expected one of them");
}

void read_bookable(const Context& context, const Yaml& node, AppointmentWindow& window) {
    const Fields fields{context, node, "bookable"};
    constexpr int days_max = 3660;
    const auto read_days = [&](const Yaml& item) {
        const auto ahead = read_whole(context, item, one_day, "days");
        if (ahead && *ahead > days_max)
            context.mistake(item.mark, fmt::format("{} is too far: expected ten years at most", item.scalar));
        return ahead;
    };
    if (const Yaml* from = fields.find("from"))
        window.first_day_ahead = read_days(*from).value_or(window.first_day_ahead);
    const Yaml* to = fields.find("to");
    if (to != nullptr) window.last_day_ahead = read_days(*to).value_or(window.last_day_ahead);
    if (window.last_day_ahead < window.first_day_ahead)
        context.mistake((to != nullptr ? to : &node)->mark,
                        fmt::format("bookable from {} days ahead to {}: expected from before to",
                                    window.first_day_ahead, window.last_day_ahead));
}

AppointmentWindow read_window(const Context& context, const YamlEntry& entry) {
    AppointmentWindow window;
    window.key = WindowKey{entry.key};
    const Fields fields{context, entry.value, "window"};
    if (!fields.is_map()) return window;
    if (const Yaml* on = fields.find("days")) {
        if (!on->is_scalar())
            expected(context, *on, example_of("weekdays"));
        else if (const auto set = read_weekdays(context, on->mark, on->scalar))
            window.days = *set;
    }
    if (const Yaml* slot = fields.find("slot"))
        window.slot = read_whole_minutes(context, *slot).value_or(Duration{0});
    if (const Yaml* hours = fields.find("hours")) read_window_hours(context, *hours, window);
    read_places(context, fields, window);
    if (const Yaml* services = fields.find("services")) read_window_services(context, *services, window);
    if (const Yaml* channels = fields.find("channels"))
        for (const auto& [name, mark] : read_names(context, *channels)) {
            const std::string channel = read_channel(context, Yaml::of_scalar(name, mark));
            if (!channel.empty()) window.channels.emplace_back(channel);
        }
    if (window.channels == std::vector{ChannelKey{"counter"}}) window.channels.clear();
    read_recurrence(context, fields, window);
    if (const Yaml* bookable = fields.find("bookable")) read_bookable(context, *bookable, window);
    if (const Yaml* most = fields.find("slots_at_most"))
        window.slots_at_most = read_integer(context, *most, {1, AppointmentWindow::slots_at_once})
                                   .value_or(AppointmentWindow::slots_at_once);
    return window;
}

std::pair<Duration, Duration> read_delay(const Context& context, const Yaml& node) {
    if (!node.is_sequence()) {
        const Duration both = read_duration(context, node, Sign::not_negative).value_or(Duration{0});
        return {both, both};
    }
    if (node.items.size() != 2) {
        context.mistake(node.mark, fmt::format("expected the shortest and the longest delay, such as [1 h, "
                                               "6 h], found a list of {}",
                                               node.items.size()));
        return {};
    }
    const auto shortest = read_duration(context, node.items[0], Sign::not_negative);
    const auto longest = read_duration(context, node.items[1], Sign::not_negative);
    if (!shortest || !longest) return {};
    if (*longest < *shortest)
        context.mistake(node.items[1].mark, fmt::format("the longest delay, {}, is below the shortest, {}",
                                                        node.items[1].scalar, node.items[0].scalar));
    return {*shortest, *longest};
}

}  // namespace

Appointments read_appointments(const Context& context, const Yaml& node) {
    Appointments appointments;
    const Fields fields{context, node, "appointments"};
    if (!fields.is_map()) return appointments;
    if (const Yaml* windows = fields.find("windows")) {
        for (const YamlEntry& entry : entries_of(
                 context, *windows, "windows by name, such as {morning: {hours: \"09-12\", slot: 20 min}}"))
            if (check_name(context, entry.key_mark, entry.key))
                appointments.windows.push_back(read_window(context, entry));
        if (windows->is_map() && windows->entries.empty())
            context.mistake(windows->mark, "there are no windows: nothing can be booked");
    }
    if (const Yaml* hold = fields.find("hold"))
        appointments.hold = read_duration(context, *hold, Sign::positive).value_or(appointments.hold);
    if (const Yaml* delay = fields.find("blocked_after_cancel"))
        appointments.blocked_after_cancel = read_delay(context, *delay);
    if (const Yaml* remind = fields.find("remind"))
        appointments.remind =
            read_duration(context, *remind, Sign::not_negative).value_or(appointments.remind);
    if (const Yaml* person = fields.find("per_person")) {
        const Fields limits{context, *person, "per_person"};
        if (const Yaml* open = limits.find("open"))
            appointments.open_per_person = read_integer(context, *open, {1, 1000});
        if (const Yaml* per_day = limits.find("per_day"))
            appointments.per_person_and_day = read_integer(context, *per_day, {1, 1000});
    }
    return appointments;
}

}  // namespace balcao::model
