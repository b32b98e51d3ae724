#include "connect/calendar.hpp"

#include <algorithm>
#include <libical/ical.h>
#include <memory>

#include <fmt/format.h>

#include "base/civil.hpp"

namespace balcao::connect {
namespace {

struct ComponentEnd {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

using Component = std::unique_ptr<icalcomponent, ComponentEnd>;

void add(icalcomponent* to, icalproperty* property) { icalcomponent_add_property(to, property); }

void add_extra(icalcomponent* to, const char* name, const std::string& value) {
    icalproperty* property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    add(to, property);
}

// Lines of a text for people; no other control character goes through.
std::string clean(const std::string& text) {
    std::string out;
    for (const char letter : text)
        if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n') out.push_back(letter);
    return out;
}

icaltimetype moment(Date date, std::chrono::milliseconds since_midnight) {
    const std::chrono::year_month_day parts{date};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(since_midnight)};
    icaltimetype found = icaltime_null_time();
    found.year = static_cast<int>(parts.year());
    found.month = static_cast<int>(static_cast<unsigned>(parts.month()));
    found.day = static_cast<int>(static_cast<unsigned>(parts.day()));
    found.hour = static_cast<int>(time.hours().count());
    found.minute = static_cast<int>(time.minutes().count());
    found.second = static_cast<int>(time.seconds().count());
    return found;
}

icaltimetype in_utc(Instant at) {
    const auto date = std::chrono::floor<std::chrono::days>(at);
    icaltimetype found = moment(date, at - date);
    found.zone = icaltimezone_get_utc_timezone();
    return found;
}

// The instant at which the clocks changed between two that show different offsets.
Instant change_between(const Zone& zone, Instant from, Instant to) {
    const int before = zone.offset_minutes(from);
    while (to - from > std::chrono::seconds{1}) {
        const Instant middle = from + (to - from) / 2;
        (zone.offset_minutes(middle) == before ? from : to) = middle;
    }
    return std::chrono::round<std::chrono::minutes>(to);
}

// From `before` to `after` minutes ahead of UTC; the clocks showed `at` by the offset before.
icalcomponent* observance(const Zone& zone, Instant at, int before, int after) {
    icalcomponent* component =
        icalcomponent_new(after > before ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
    const Instant shown = at + std::chrono::minutes{before};
    const auto date = std::chrono::floor<std::chrono::days>(shown);
    add(component, icalproperty_new_dtstart(moment(date, shown - date)));
    add(component, icalproperty_new_tzoffsetfrom(before * 60));
    add(component, icalproperty_new_tzoffsetto(after * 60));
    add(component, icalproperty_new_tzname(fmt::format("{}{:+03}", zone.name(), after / 60).c_str()));
    return component;
}

icalcomponent* zone_component(const Zone& zone, Instant first, Instant last) {
    icalcomponent* component = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
    add(component, icalproperty_new_tzid(zone.name().c_str()));
    const auto year = [](Instant at, int more) {
        const std::chrono::year_month_day parts{std::chrono::floor<std::chrono::days>(at)};
        return Instant{std::chrono::sys_days{(parts.year() + std::chrono::years{more}) / 1 / 1}};
    };
    const Instant begin = year(first, -1);
    const Instant end = year(last, 2);
    int before = zone.offset_minutes(begin);
    icalcomponent_add_component(component, observance(zone, begin, before, before));
    for (Instant day = begin; day < end; day += std::chrono::days{1}) {
        const int after = zone.offset_minutes(day + std::chrono::days{1});
        if (after == before) continue;
        const Instant at = change_between(zone, day, day + std::chrono::days{1});
        icalcomponent_add_component(component, observance(zone, at, before, after));
        before = after;
    }
    return component;
}

icalcomponent* alarm_component(const CalendarEntry& entry) {
    icalcomponent* component = icalcomponent_new(ICAL_VALARM_COMPONENT);
    add(component, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add(component, icalproperty_new_description(clean(entry.summary).c_str()));
    icaltriggertype trigger{};
    trigger.time = icaltime_null_time();
    trigger.duration = icaldurationtype_from_int(static_cast<int>(-entry.alarm->count() * 60));
    add(component, icalproperty_new_trigger(trigger));
    return component;
}

// By the clocks; in UTC where they show that time twice, for programs differ in which of the two they mean.
void add_time(icalcomponent* to, icalproperty* (*make)(icaltimetype), Instant at, const Zone& zone) {
    const CivilTime civil = zone.at(at);
    if (zone.instants_of(civil).size() > 1) return add(to, make(in_utc(at)));
    icalproperty* property = make(moment(civil.date, civil.since_midnight));
    icalproperty_add_parameter(property, icalparameter_new_tzid(zone.name().c_str()));
    add(to, property);
}

icalcomponent* event_component(const CalendarEntry& entry, const Zone& zone) {
    icalcomponent* component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    add(component, icalproperty_new_uid(clean(entry.uid).c_str()));
    add(component, icalproperty_new_dtstamp(in_utc(entry.stamp)));
    add(component, icalproperty_new_sequence(entry.sequence));
    add_time(component, icalproperty_new_dtstart, entry.start, zone);
    add_time(component, icalproperty_new_dtend, entry.start + std::chrono::minutes{entry.minutes}, zone);
    add(component, icalproperty_new_summary(clean(entry.summary).c_str()));
    if (!entry.description.empty())
        add(component, icalproperty_new_description(clean(entry.description).c_str()));
    if (!entry.location.empty()) add(component, icalproperty_new_location(clean(entry.location).c_str()));
    if (!entry.url.empty()) add(component, icalproperty_new_url(clean(entry.url).c_str()));
    add(component,
        icalproperty_new_status(entry.is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    add(component,
        icalproperty_new_transp(entry.is_cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
    if (entry.alarm && !entry.is_cancelled) icalcomponent_add_component(component, alarm_component(entry));
    return component;
}

}  // namespace

std::string write_calendar(const CalendarHead& head,
                           const std::vector<CalendarEntry>& entries,
                           const Zone& zone) {
    const Component calendar{icalcomponent_new(ICAL_VCALENDAR_COMPONENT)};
    icalcomponent* all = calendar.get();
    add(all, icalproperty_new_prodid("-//Balcao//Appointments//EN"));
    add(all, icalproperty_new_version("2.0"));
    add(all, icalproperty_new_calscale("GREGORIAN"));
    if (head.method == "PUBLISH") add(all, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    if (head.method == "CANCEL") add(all, icalproperty_new_method(ICAL_METHOD_CANCEL));
    if (!head.name.empty()) {
        add_extra(all, "X-WR-CALNAME", clean(head.name));
        add_extra(all, "X-PUBLISHED-TTL", "PT1H");
    }
    if (!entries.empty()) {
        const auto [first, last] = std::minmax_element(
            entries.begin(), entries.end(),
            [](const CalendarEntry& a, const CalendarEntry& b) { return a.start < b.start; });
        icalcomponent_add_component(all, zone_component(zone, first->start, last->start));
    }
    for (const auto& entry : entries)
        icalcomponent_add_component(all, event_component(entry, zone));
    char* written = icalcomponent_as_ical_string_r(all);
    std::string text{written};
    icalmemory_free_buffer(written);
    return text;
}

}  // namespace balcao::connect
