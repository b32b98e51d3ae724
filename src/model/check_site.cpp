// Checks of sites and desks, and of the way through the steps of a service.
#include <algorithm>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/week.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

bool is_named_by_a_step(const Model& model, const DeskKey& desk) {
    for (const Service& service : model.services)
        for (const Step& step : service.steps)
            if (step.at == desk) return true;
    return false;
}

template <class Thing>
std::vector<Named> named(const Thing& thing) {
    return {Named::of(thing)};
}

void check_roster(const CheckedModel& checked, const Site& site, const DeskGroup& desk, const Path& path) {
    const auto* roster = std::get_if<Roster>(&desk.count);
    if (roster == nullptr || roster->weekly.empty()) return;
    const Path count{path[0], path[1], path[2], path[3], "count"};
    if (open_minutes_per_week(site.open) > 0 && mean_desks(desk.count, site.open) <= 0) {
        checked.mistake_at(count, Sentence("{desks} never has a desk while {site} is open",
                                           {{"desks", named(desk)}, {"site", named(site)}}));
        return;
    }
    for (const auto& [days, hours] : roster->weekly)
        for (const auto& [range, desks] : hours) {
            const bool is_whole_day = range == TimeRange{0, 1440};
            if (desks > 0 && !is_whole_day && !is_open_within(site.open, days, range))
                checked.remarks.warning(
                    checked.places.value(count),
                    Sentence("{desks} has desks on {days} at {hours}, when {site} is closed",
                             {{"desks", named(desk)},
                              {"days", days},
                              {"hours", format_time_range(range)},
                              {"site", named(site)}}));
        }
}

// Whether some desk works at that time of that weekday.
bool has_desks(const Site& site, int weekday, TimeRange range) {
    return std::any_of(site.desks.begin(), site.desks.end(), [&](const DeskGroup& desk) {
        const auto* roster = std::get_if<Roster>(&desk.count);
        if (roster == nullptr) return true;
        return std::any_of(roster->weekly.begin(), roster->weekly.end(), [&](const auto& days) {
            return days.first.has(weekday) &&
                   std::any_of(days.second.begin(), days.second.end(), [&](const auto& hours) {
                       return hours.second > 0 && hours.first.begin_minute < range.end_minute &&
                              range.begin_minute < hours.first.end_minute;
                   });
        });
    });
}

// The desks of a date of its own are those of its weekday.
void check_dates(const CheckedModel& checked, const Site& site) {
    for (const DateHours& said : site.open.dates)
        for (const TimeRange& range : said.hours)
            if (!has_desks(site, weekday_index(said.date), range))
                checked.remarks.warning(
                    checked.places.key({"sites", site.key.text(), "open", "dates", format_date(said.date)}),
                    Sentence(
                        "{site} is open on {date} at {hours}, when none of its desks works on a {days}",
                        {{"site", named(site)},
                         {"date", format_date(said.date)},
                         {"hours", format_time_range(range)},
                         {"days", WeekdaySet{static_cast<std::uint8_t>(1U << weekday_index(said.date))}}}));
}

void check_desk(const CheckedModel& checked, const Site& site, const DeskGroup& desk) {
    const Path path{"sites", site.key.text(), "desks", desk.key.text()};
    if (desk.serves.empty() && !checked.places.has({path[0], path[1], path[2], path[3], "serves"}) &&
        !checked.places.has({path[0], path[1], path[2], path[3], "skills"}) &&
        !is_named_by_a_step(checked.model, desk.key))
        checked.remarks.mistake(
            checked.places.key(path),
            fmt::format("{} serves nobody: expected serves or skills, or a step with at: {}", desk.key.text(),
                        desk.key.text()));
    if (std::holds_alternative<Unlimited>(desk.count)) {
        const std::pair<const char*, bool> needs_a_number[] = {
            {"breaks", !desk.breaks.empty()},
            {"absence", desk.absence > 0},
            {"away_when_idle", desk.away_when_idle.has_value()}};
        for (const auto& [key, is_given] : needs_a_number)
            if (is_given)
                checked.mistake_at(
                    {path[0], path[1], path[2], path[3], key},
                    fmt::format("{} with unlimited desks: expected a count that is a number", key));
    }
    check_roster(checked, site, desk, path);
    for (const Break& one : desk.breaks) {
        const TimeRange minute{one.at_minute, one.at_minute + 1};
        if (!site.open.weekly.empty() && !is_open_within(site.open, WeekdaySet::every_day(), minute))
            checked.remarks.warning(
                checked.places.value({path[0], path[1], path[2], path[3], "breaks"}),
                Sentence("the break at {time} is at a time when {site} is never open",
                         {{"time", format_time_of_day(one.at_minute)}, {"site", named(site)}}));
    }
}

void check_lines(const CheckedModel& checked, const Site& site) {
    for (const auto& [channel, lines] : site.lines) {
        const auto serves = [&wanted = channel](const DeskGroup& desk) {
            return std::find(desk.channels.begin(), desk.channels.end(), wanted) != desk.channels.end();
        };
        if (std::none_of(site.desks.begin(), site.desks.end(), serves) && channel.text() != "counter")
            checked.mistake_at({"sites", site.key.text(), "lines", channel.text()},
                               fmt::format("no desk of {} serves {}", site.key.text(), channel.text()));
    }
}

void check_queue(const CheckedModel& checked, const Site& site) {
    const auto& criteria = site.queue.criteria;
    const bool by_priority =
        std::find(criteria.begin(), criteria.end(), Criterion::priority) != criteria.end();
    if (site.preempt && !by_priority) {
        const Path beside{"sites", site.key.text(), "preempt"};
        const Path path = checked.places.has(beside) ? beside : Path{"sites", site.key.text(), "queue"};
        checked.mistake_at(path, "preempt needs priority in the queue: who goes first interrupts");
    }
}

// Which steps can be reached from the first, or (backwards) from which the end can be reached.
std::vector<bool> reached_steps(const Service& service) {
    std::vector<bool> reached(service.steps.size(), false);
    std::vector<std::size_t> open{0};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        if (reached[at]) continue;
        reached[at] = true;
        for (const Next& next : service.steps[at].next)
            for (std::size_t i = 0; next.to && next.share > 0 && i < service.steps.size(); ++i)
                if (service.steps[i].key == *next.to) open.push_back(i);
    }
    return reached;
}

std::vector<bool> leaving_steps(const Service& service) {
    std::vector<bool> leaves(service.steps.size(), false);
    bool is_changed = true;
    while (is_changed) {
        is_changed = false;
        for (std::size_t i = 0; i < service.steps.size(); ++i) {
            if (leaves[i]) continue;
            for (const Next& next : service.steps[i].next) {
                bool is_out = !next.to.has_value();
                for (std::size_t j = 0; next.to && j < service.steps.size(); ++j)
                    is_out = is_out || (service.steps[j].key == *next.to && leaves[j]);
                leaves[i] = leaves[i] || (next.share > 0 && is_out);
            }
            is_changed = is_changed || leaves[i];
        }
    }
    return leaves;
}

std::vector<std::string> desk_names(const Model& model) {
    std::vector<std::string> names;
    for (const Site& site : model.sites)
        for (const DeskGroup& desk : site.desks)
            names.push_back(desk.key.text());
    return names;
}

}  // namespace

void check_sites(const CheckedModel& checked) {
    for (const Site& site : checked.model.sites) {
        check_queue(checked, site);
        check_dates(checked, site);
        check_lines(checked, site);
        for (const DeskGroup& desk : site.desks)
            check_desk(checked, site, desk);
    }
}

void check_steps(const CheckedModel& checked) {
    const std::vector<std::string> desks = desk_names(checked.model);
    for (const Service& service : checked.model.services) {
        if (service.steps.empty()) continue;
        const auto reached = reached_steps(service);
        const auto leaves = leaving_steps(service);
        for (std::size_t i = 0; i < service.steps.size(); ++i) {
            const Step& step = service.steps[i];
            const Path path{"services", service.key.text(), "steps", std::to_string(i)};
            if (!reached[i])
                checked.mistake_at(
                    path, fmt::format("nobody comes to the step {}: no next leads to it", step.key.text()));
            else if (!leaves[i])
                checked.mistake_at(path,
                                   fmt::format("from the step {} nobody ever leaves: no way leads to leave",
                                               step.key.text()));
            const std::string& at = step.at.text();
            if (!at.empty() && std::find(desks.begin(), desks.end(), at) == desks.end())
                checked.mistake_at({path[0], path[1], path[2], path[3], "at"},
                                   fmt::format("no site has desks named {}{}", at, instead_of(at, desks)));
        }
    }
}

}  // namespace balcao::model
