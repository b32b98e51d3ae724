// Sites and desks as trees.
#include <algorithm>

#include <fmt/format.h>

#include "model/tree_of_model.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

using text::Yaml;

Yaml tree_of(const OpeningHours& open) {
    if (open.always) return Yaml::of_scalar("always");
    MapNode map;
    for (const auto& [days, ranges] : open.weekly) {
        std::vector<std::string> texts;
        for (const TimeRange& range : ranges)
            texts.push_back(format_time_range(range));
        map.add(format_weekdays(days), list_or_one(std::move(texts)));
    }
    std::vector<Yaml> closed;
    for (const Date date : open.closed)
        closed.push_back(Yaml::of_scalar(format_date(date)));
    if (!closed.empty()) map.add("closed", list_of(std::move(closed)));
    map.add("holidays", open.holidays);
    MapNode dates;
    for (const DateHours& said : open.dates) {
        std::vector<std::string> texts;
        for (const TimeRange& range : said.hours)
            texts.push_back(format_time_range(range));
        Yaml hours = list_or_one(std::move(texts));
        if (!said.name.texts.empty())
            hours = MapNode{}.add("name", tree_of_text(said.name)).add("hours", std::move(hours)).node();
        dates.add(format_date(said.date), std::move(hours));
    }
    if (!dates.is_empty()) map.add("dates", dates.node());
    return map.node();
}

Yaml tree_of_hours(const std::vector<std::pair<TimeRange, int>>& hours) {
    if (hours.size() == 1 && hours.front().first == TimeRange{0, 1440})
        return Yaml::of_scalar(std::to_string(hours.front().second));
    MapNode map;
    for (const auto& [range, count] : hours)
        map.add(text_of_hours(range), std::to_string(count));
    return map.node();
}

Yaml tree_of(const DeskCount& count) {
    if (std::holds_alternative<Unlimited>(count)) return Yaml::of_scalar("unlimited");
    if (const int* number = std::get_if<int>(&count))
        return *number == 1 ? Yaml{} : Yaml::of_scalar(std::to_string(*number));
    MapNode map;
    for (const auto& [days, hours] : std::get<Roster>(count).weekly)
        map.add(format_weekdays(days), tree_of_hours(hours));
    return map.node();
}

void add_skills(const DeskGroup& desk, MapNode& map) {
    if (desk.serves.empty()) return;
    const auto is_plain = [](const Skill& skill) { return skill.factor == 1; };
    if (std::all_of(desk.serves.begin(), desk.serves.end(), is_plain)) {
        std::vector<Yaml> names;
        for (const Skill& skill : desk.serves)
            names.push_back(Yaml::of_scalar(skill.service.text()));
        map.add("serves", list_of(std::move(names)));
        return;
    }
    MapNode skills;
    for (const Skill& skill : desk.serves)
        skills.add(skill.service.text(), text::format_shortest(skill.factor));
    map.add("skills", skills.node());
}

const char* name_of(DeskKind kind) {
    constexpr const char* names[] = {"integrated", "multi_service", "single", "mediator", "kiosk"};
    return names[static_cast<std::size_t>(kind)];
}

Yaml tree_of(const DeskGroup& desk) {
    MapNode map;
    map.add("name", tree_of_text(desk.name)).add("count", tree_of(desk.count));
    add_skills(desk, map);
    if (desk.kind) map.add("kind", name_of(*desk.kind));
    if (!desk.channels.empty()) {
        std::vector<Yaml> names;
        for (const ChannelKey& channel : desk.channels)
            names.push_back(Yaml::of_scalar(channel.text()));
        map.add("channels", list_of(std::move(names)));
    }
    if (desk.concurrent != 1) map.add("concurrent", std::to_string(desk.concurrent));
    if (desk.after_work) map.add("after_work", tree_of(*desk.after_work, Of::time));
    if (desk.takes != Takes::both) map.add("takes", desk.takes == Takes::walk_in ? "walk_in" : "booked");
    std::vector<Yaml> breaks;
    for (const Break& one : desk.breaks)
        breaks.push_back(
            MapNode{}.add(format_time_of_day(one.at_minute), format_duration(one.length)).node());
    if (!breaks.empty()) map.add("breaks", list_of(std::move(breaks)));
    if (desk.absence != 0) map.add("absence", text_of_share(desk.absence));
    if (desk.away_when_idle) map.add("away_when_idle", tree_of(*desk.away_when_idle, Of::time));
    map.add("source", desk.source);
    return map.node();
}

Yaml tree_of(const QueueOrder& queue) {
    if (queue == QueueOrder{}) return {};
    constexpr const char* names[] = {"priority",     "booked_due",    "arrival", "leg_arrival",
                                     "last_arrival", "shortest_mean", "weights"};
    std::vector<Yaml> criteria;
    for (const Criterion criterion : queue.criteria) {
        if (criterion != Criterion::weights) {
            criteria.push_back(Yaml::of_scalar(names[static_cast<std::size_t>(criterion)]));
            continue;
        }
        MapNode weights;
        for (const auto& [service, weight] : queue.weights)
            weights.add(service.text(), text::format_shortest(weight));
        criteria.push_back(MapNode{}.add("weights", weights.node()).node());
    }
    return list_of(std::move(criteria));
}

Yaml tree_of(const Tickets& tickets) {
    if (tickets == Tickets{}) return {};
    return MapNode{}
        .add("first", std::to_string(tickets.first))
        .add("last", std::to_string(tickets.last))
        .add("calls", std::to_string(tickets.calls))
        .add("pause", format_duration(tickets.pause))
        .node();
}

}  // namespace

Yaml tree_of(const Site& site) {
    MapNode map;
    map.add("name", tree_of_text(site.name)).add("kind", site.kind);
    if (site.location)
        map.add("location", list_of({Yaml::of_scalar(text::format_shortest(site.location->latitude)),
                                     Yaml::of_scalar(text::format_shortest(site.location->longitude))}));
    map.add("open", tree_of(site.open));
    if (site.at_closing == AtClosing::send_away) map.add("at_closing", "send_away");
    MapNode desks;
    for (const DeskGroup& desk : site.desks)
        desks.add(desk.key.text(), tree_of(desk));
    map.add("desks", desks.node()).add("queue", tree_of(site.queue));
    if (site.preempt) map.add("preempt", "true");
    if (site.capacity) map.add("capacity", std::to_string(*site.capacity));
    MapNode lines;
    for (const auto& [channel, count] : site.lines)
        lines.add(channel.text(), std::to_string(count));
    if (!lines.is_empty()) map.add("lines", lines.node());
    map.add("tickets", tree_of(site.tickets))
        .add("appointments", tree_of(site.appointments))
        .add("kiosks", tree_of(site.kiosks))
        .add("source", site.source);
    return map.node();
}

}  // namespace balcao::model
