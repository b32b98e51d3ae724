// Groups of desks: how many, when, whom they serve.
#include <algorithm>

#include <fmt/format.h>

#include "model/readers.hpp"
#include "text/near.hpp"

namespace balcao::model {
namespace {

constexpr double desks_max = 1'000'000;

using HoursCount = std::vector<std::pair<TimeRange, int>>;

HoursCount read_hours_count(const Context& context, const std::vector<YamlEntry>& entries) {
    HoursCount counts;
    std::vector<std::pair<TimeRange, YamlMark>> seen;
    for (const YamlEntry& entry : entries) {
        const auto range = read_hours(context, entry.key_mark, entry.key);
        const auto count = read_integer(context, entry.value, {0, desks_max});
        if (!range || !count) continue;
        seen.emplace_back(*range, entry.key_mark);
        counts.emplace_back(*range, *count);
    }
    refuse_overlapping_hours(context, seen);
    std::sort(counts.begin(), counts.end());
    return counts;
}

Roster read_roster(const Context& context, const Yaml& node) {
    Roster roster;
    const auto names_hours = [](const YamlEntry& entry) {
        return parse_time_range(entry.key).has_value() && !parse_weekdays(entry.key);
    };
    if (node.entries.empty()) {
        context.mistake(node.mark, "no hours are named: there is never a desk");
        return roster;
    }
    if (names_hours(node.entries.front())) {
        roster.weekly.emplace_back(WeekdaySet::every_day(), read_hours_count(context, node.entries));
        return roster;
    }
    std::vector<std::pair<WeekdaySet, YamlMark>> seen;
    for (const YamlEntry& entry : node.entries) {
        const auto days = parse_weekdays(entry.key);
        if (!days) {
            context.mistake(
                entry.key_mark,
                fmt::format("{} are neither days nor hours: expected days such as mon-fri, or hours such "
                            "as \"09-13\" for every day",
                            text::quote_yaml(entry.key)));
            continue;
        }
        seen.emplace_back(*days, entry.key_mark);
        if (entry.value.is_scalar()) {
            const auto count = read_integer(context, entry.value, {0, desks_max});
            roster.weekly.emplace_back(*days, HoursCount{{TimeRange{0, 1440}, count.value_or(0)}});
            continue;
        }
        const auto& hours = entries_of(context, entry.value, "desks by hour, such as {\"09-13\": 6}");
        roster.weekly.emplace_back(*days, read_hours_count(context, hours));
    }
    refuse_repeated_days(context, seen);
    return roster;
}

DeskCount read_count(const Context& context, const Yaml& node) {
    if (node.is_scalar() && node.scalar == "unlimited") return Unlimited{};
    if (node.is_map()) return read_roster(context, node);
    if (node.is_scalar() && text::near_miss(node.scalar, std::vector<std::string>{"unlimited"})) {
        context.mistake(node.mark,
                        fmt::format("{} is no number of desks; did you mean unlimited?", node.scalar));
        return 1;
    }
    return read_integer(context, node, {1, desks_max}).value_or(1);
}

void read_skills(const Context& context, const Fields& fields, DeskGroup& desk) {
    const Yaml* serves = fields.find("serves");
    const Yaml* skills = fields.find("skills");
    if (serves != nullptr && skills != nullptr)
        context.mistake(skills->mark, "serves and skills together: expected one of them");
    if (serves != nullptr)
        for (const auto& [name, mark] : read_names(context, *serves))
            desk.serves.push_back({ServiceKey{name}, 1});
    if (skills == nullptr || serves != nullptr) return;
    for (const YamlEntry& entry :
         entries_of(context, *skills, "a factor for each service, such as {tax: 1.3}")) {
        if (!check_name(context, entry.key_mark, entry.key)) continue;
        const auto factor = read_factor(context, entry.value);
        if (factor && *factor <= 0)
            context.mistake(entry.value.mark, "a factor on a duration must be above zero");
        desk.serves.push_back({ServiceKey{entry.key}, factor.value_or(1)});
    }
    if (skills->is_map() && skills->entries.empty()) context.mistake(skills->mark, "no service is named");
}

void read_breaks(const Context& context, const Yaml& node, DeskGroup& desk) {
    for (const Yaml& item : items_of(context, node, "a list of breaks, such as [{\"10:30\": 15 min}]")) {
        for (const YamlEntry& entry : entries_of(context, item, "a break such as {\"10:30\": 15 min}")) {
            const auto minute = parse_time_of_day(entry.key);
            if (!minute)
                context.mistake(entry.key_mark,
                                fmt::format("{} is no time of day: expected one such as \"10:30\"",
                                            text::quote_yaml(entry.key)));
            const auto length = read_duration(context, entry.value, Sign::positive);
            if (length && *length > std::chrono::hours{24})
                context.mistake(entry.value.mark, "a break is shorter than a day");
            if (minute && length) desk.breaks.push_back({*minute, *length});
        }
    }
    std::stable_sort(desk.breaks.begin(), desk.breaks.end(),
                     [](const Break& a, const Break& b) { return a.at_minute < b.at_minute; });
    for (std::size_t i = 1; i < desk.breaks.size(); ++i)
        if (desk.breaks[i - 1].at_minute == desk.breaks[i].at_minute)
            context.mistake(node.mark, fmt::format("two breaks begin at {}",
                                                   format_time_of_day(desk.breaks[i].at_minute)));
}

void read_channels(const Context& context, const Yaml& node, DeskGroup& desk) {
    for (auto& [name, mark] : read_names(context, node))
        desk.channels.emplace_back(name);
    if (desk.channels.size() == 1 && desk.channels.front().text() == "counter") desk.channels.clear();
}

// A desk that is away for no time at all would be away again at once, for ever.
void read_away(const Context& context, const Yaml& node, DeskGroup& desk) {
    desk.away_when_idle = read_distribution(context, node, Quantity::time);
    if (desk.away_when_idle && mean_of(*desk.away_when_idle) <= 0)
        context.mistake(node.mark, "the mean time away is zero: expected more, or no away_when_idle");
}

}  // namespace

DeskGroup read_desk(const Context& context, const YamlEntry& entry) {
    DeskGroup desk;
    desk.key = DeskKey{entry.key};
    const Fields fields{context, entry.value, "desk"};
    if (!fields.is_map()) return desk;
    if (const Yaml* name = fields.find("name")) desk.name = read_text(context, *name);
    if (const Yaml* count = fields.find("count")) desk.count = read_count(context, *count);
    read_skills(context, fields, desk);
    if (const Yaml* kind = fields.find("kind")) {
        const auto word =
            read_word(context, *kind, {"integrated", "multi_service", "single", "mediator", "kiosk"});
        if (word) desk.kind = DeskKind{static_cast<unsigned char>(*word)};
    }
    if (const Yaml* channels = fields.find("channels")) read_channels(context, *channels, desk);
    if (const Yaml* concurrent = fields.find("concurrent"))
        desk.concurrent = read_integer(context, *concurrent, {1, 1000}).value_or(1);
    if (const Yaml* after = fields.find("after_work"))
        desk.after_work = read_distribution(context, *after, Quantity::time);
    if (const Yaml* takes = fields.find("takes")) {
        const auto word = read_word(context, *takes, {"both", "walk_in", "booked"});
        desk.takes = Takes{static_cast<unsigned char>(word.value_or(0))};
    }
    if (const Yaml* breaks = fields.find("breaks")) read_breaks(context, *breaks, desk);
    if (const Yaml* absence = fields.find("absence"))
        desk.absence = read_share(context, *absence).value_or(0);
    if (const Yaml* away = fields.find("away_when_idle")) read_away(context, *away, desk);
    if (const Yaml* source = fields.find("source"))
        desk.source = read_string(context, *source, "source_name").value_or("");
    return desk;
}

}  // namespace balcao::model
