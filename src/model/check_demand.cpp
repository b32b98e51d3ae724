// Checks of demand against services, sites and desks.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/serving.hpp"
#include "model/week.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

struct Entry {
    const Demand& demand;
    const Service& service;
    const Site& site;
    Path path;

    [[nodiscard]] Path below(std::string part) const {
        Path longer = path;
        longer.push_back(std::move(part));
        return longer;
    }
};

// Whether some desk of the group is there on that weekday in that minute; absences and breaks apart.
bool is_staffed(const DeskGroup& desk, int weekday, int minute) {
    if (const int* number = std::get_if<int>(&desk.count)) return *number > 0;
    const auto* roster = std::get_if<Roster>(&desk.count);
    if (roster == nullptr) return true;
    for (const auto& [days, hours] : roster->weekly)
        for (const auto& [range, desks] : hours)
            if (days.has(weekday) && desks > 0 && range.begin_minute <= minute && minute < range.end_minute)
                return true;
    return false;
}

bool takes(const DeskGroup& desk, Takes kind) { return desk.takes == Takes::both || desk.takes == kind; }

// "at the counter", "by phone".
std::string by_channel(const ChannelKey& channel) {
    return channel.text() == "counter" ? std::string{"at the counter"} : fmt::format("by {}", channel.text());
}

class DemandCheck {
public:
    explicit DemandCheck(const CheckedModel& checked) : checked_{checked} {}

    void check() const {
        const Model& model = checked_.model;
        for (std::size_t i = 0; i < model.demand.size(); ++i) {
            const Demand& demand = model.demand[i];
            const Service* service = model.find(demand.service);
            const Site* site = model.find(demand.site);
            if (service == nullptr || site == nullptr) continue;
            check_entry({demand, *service, *site, {"demand", std::to_string(i)}});
        }
        for (const Service& service : model.services)
            check_served(service);
    }

private:
    void check_entry(const Entry& entry) const {
        std::vector<const Site*> sites;
        for (const ChannelShare& share : channels_of_demand(entry.demand)) {
            const Site* site = check_channel(entry, share);
            if (site == nullptr) continue;
            sites.push_back(site);
            check_takers(entry, share.channel, *site);
            check_come_again(entry, share.channel, *site);
            check_closing(entry, share.channel, *site);
            check_duration(entry, share.channel);
        }
        if (!entry.demand.duration.empty() && !entry.service.steps.empty())
            checked_.mistake_at(entry.below("duration"),
                                fmt::format("{} has steps, each with its own duration: expected none here",
                                            entry.service.key.text()));
        if (entry.demand.arrivals && !sites.empty()) check_arrivals(entry, sites);
        if (entry.demand.bookings) check_bookings(entry);
    }

    // The site that serves this channel; a mistake when there is none or more than one.
    [[nodiscard]] const Site* check_channel(const Entry& entry, const ChannelShare& share) const {
        const Path path = entry.demand.channels.empty()
                              ? entry.path
                              : Path{entry.path[0], entry.path[1], "channels", share.channel.text()};
        const std::string service = entry.service.key.text();
        const Site* named = share.site ? checked_.model.find(*share.site) : &entry.site;
        if (share.channel.empty() || named == nullptr) return nullptr;
        if (serves(*named, entry.service, share.channel)) return named;
        std::vector<std::string> others;
        const Site* other = nullptr;
        for (const Site& site : checked_.model.sites)
            if (serves(site, entry.service, share.channel)) {
                others.push_back(site.key.text());
                other = &site;
            }
        const bool may_move = !share.site && share.channel.text() != "counter";
        if (may_move && others.size() == 1) return other;
        if (goes_nowhere(entry.service)) return nullptr;  // told at the step
        const YamlMarkOf mark{checked_, path, entry.demand.channels.empty()};
        if (may_move && others.size() > 1)
            checked_.remarks.mistake(
                mark(), fmt::format("{} serve {} {}: expected one of them, as in {}: {{share: …, site: {}}}",
                                    listed(others), service, by_channel(share.channel), share.channel.text(),
                                    others[0]));
        else
            checked_.remarks.mistake(mark(), missing_desk(*named, entry.service, share.channel));
        return nullptr;
    }

    // A step is at desks that no site has.
    [[nodiscard]] bool goes_nowhere(const Service& service) const {
        const auto& sites = checked_.model.sites;
        return std::any_of(service.steps.begin(), service.steps.end(), [&](const Step& step) {
            return std::none_of(sites.begin(), sites.end(),
                                [&](const Site& site) { return find_desk(site, step.at) != nullptr; });
        });
    }

    struct YamlMarkOf {
        const CheckedModel& checked;
        const Path& path;
        bool is_entry;

        text::YamlMark operator()() const {
            if (!is_entry) return checked.places.key(path);
            return checked.places.value({path[0], path[1], "service"});
        }
    };

    static std::string missing_desk(const Site& site, const Service& service, const ChannelKey& channel) {
        for (const Step& step : service.steps) {
            const DeskGroup* desk = find_desk(site, step.at);
            if (desk == nullptr)
                return fmt::format("{} goes to {}, and {} has no desks of that name", service.key.text(),
                                   step.at.text(), site.key.text());
            if (!serves_channel(*desk, channel))
                return fmt::format("{} goes to {}, whose desks at {} serve nobody {}", service.key.text(),
                                   step.at.text(), site.key.text(), by_channel(channel));
        }
        return fmt::format("no desk of {} serves {} {}", site.key.text(), service.key.text(),
                           by_channel(channel));
    }

    void check_takers(const Entry& entry, const ChannelKey& channel, const Site& site) const {
        const std::pair<Takes, bool> kinds[] = {
            {Takes::walk_in, entry.demand.arrivals.has_value()},
            {Takes::booked, entry.demand.bookings && site.key == entry.site.key}};
        for (const auto& [kind, is_asked] : kinds) {
            if (!is_asked) continue;
            for (const auto& desks : desks_by_step(site, entry.service, channel)) {
                const auto takes_it = [wanted = kind](const DeskGroup* desk) { return takes(*desk, wanted); };
                if (std::any_of(desks.begin(), desks.end(), takes_it)) continue;
                checked_.mistake_at(
                    entry.below(kind == Takes::booked ? "bookings" : "arrivals"),
                    fmt::format("no desk of {} that serves {} takes {} people", site.key.text(),
                                entry.service.key.text(), kind == Takes::booked ? "booked" : "walk-in"));
                break;
            }
        }
    }

    // People with an appointment who lose it come as others do.
    void check_come_again(const Entry& entry, const ChannelKey& channel, const Site& site) const {
        if (!entry.demand.bookings || entry.demand.arrivals || site.key != entry.site.key) return;
        const auto desks = desks_by_step(site, entry.service, channel).front();
        const auto walks_in = [](const DeskGroup* desk) { return takes(*desk, Takes::walk_in); };
        if (desks.empty() || std::any_of(desks.begin(), desks.end(), walks_in)) return;

        struct Reason {
            bool is_given;
            Path path;
            const char* who;
        };

        const Reason reasons[] = {
            {entry.demand.bookings->late_after.has_value(),
             {entry.path[0], entry.path[1], "bookings", "late_after"},
             "who comes too late"},
            {entry.demand.if_unserved.has_value(), entry.below("if_unserved"), "who tries again"},
            {entry.demand.missing_document > 0, entry.below("missing_document"), "who must come again"}};
        for (const auto& [is_given, path, who] : reasons)
            if (is_given)
                checked_.remarks.warning(
                    checked_.places.value(path),
                    fmt::format("{} has no appointment, and no desk of {} that serves {} takes walk-in "
                                "people: nobody serves her",
                                who, site.key.text(), entry.service.key.text()));
    }

    // A day ends with nobody inside: whoever waits when the last desk has gone leaves unserved. Desks that
    // are never there are told elsewhere.
    void check_closing(const Entry& entry, const ChannelKey& channel, const Site& site) const {
        if (checked_.model.is_steady_state()) return;
        const auto is_ever_there = [&](const DeskGroup* desk) {
            return mean_desks(desk->count, site.open) > 0;
        };
        for (const auto& desks : desks_by_step(site, entry.service, channel)) {
            if (std::none_of(desks.begin(), desks.end(), is_ever_there)) continue;
            WeekdaySet unstaffed;
            for (int weekday = 0; weekday < 7; ++weekday) {
                const auto open = open_on_weekday(site.open, weekday);
                if (open.empty()) continue;
                const auto is_there = [&](const DeskGroup* desk) {
                    return is_staffed(*desk, weekday, open.back().end_minute - 1);
                };
                if (std::none_of(desks.begin(), desks.end(), is_there))
                    unstaffed.bits = static_cast<std::uint8_t>(unstaffed.bits | (1U << weekday));
            }
            if (unstaffed.bits == 0) continue;
            std::vector<Named> groups;
            groups.reserve(desks.size());
            for (const DeskGroup* desk : desks)
                groups.push_back(Named::of(*desk));
            const std::string_view sentence =
                groups.size() == 1
                    ? "{desks} has no desk when {site} closes on {days}: whoever waits for one then leaves "
                      "unserved"
                    : "{desks} have no desk when {site} closes on {days}: whoever waits for one then leaves "
                      "unserved";
            checked_.remarks.warning(
                checked_.places.value(
                    {"sites", site.key.text(), "desks", desks.front()->key.text(), "count"}),
                Sentence(sentence,
                         {{"desks", groups}, {"site", std::vector{Named::of(site)}}, {"days", unstaffed}}));
        }
    }

    void check_duration(const Entry& entry, const ChannelKey& channel) const {
        const std::string& service = entry.service.key.text();
        for (std::size_t i = 0; i < entry.service.steps.size(); ++i)
            if (!entry.service.steps[i].duration.empty() &&
                entry.service.steps[i].duration.find(channel) == nullptr)
                checked_.mistake_at({"services", service, "steps", std::to_string(i), "duration"},
                                    fmt::format("no duration {}, which is asked for", by_channel(channel)));
        if (!entry.service.steps.empty()) return;
        if (entry.demand.duration.find(channel) != nullptr || entry.service.duration.find(channel) != nullptr)
            return;
        if (entry.demand.arrivals && !entry.demand.bookings) {
            const auto* log = std::get_if<ArrivalLog>(&entry.demand.arrivals->pattern);
            const auto has_duration = [](const LoggedArrival& arrival) {
                return arrival.duration.has_value();
            };
            if (log != nullptr && std::all_of(log->arrivals.begin(), log->arrivals.end(), has_duration))
                return;
        }
        const bool is_read = checked_.places.has({"services", service, "duration"}) ||
                             checked_.places.has(entry.below("duration"));
        if (is_read && entry.service.duration.by_channel.empty() && entry.demand.duration.by_channel.empty())
            return;
        checked_.mistake_at(
            entry.below("service"),
            fmt::format("{} has no duration {}: expected duration or steps in the service, or duration "
                        "here",
                        service, by_channel(channel)));
    }

    static Sentence closed(const Entry& entry, std::pair<WeekdaySet, TimeRange> when) {
        Sentence::Parts parts{{"site", std::vector{Named::of(entry.site)}}};
        const bool is_any_time = when.second == TimeRange{0, 1440};
        if (!is_any_time) parts.emplace_back("hours", format_time_range(when.second));
        if (when.first == WeekdaySet::every_day() && !is_any_time)
            return {"{site} is closed at {hours}: whoever is expected then does not come", parts};
        parts.emplace_back("days", when.first);
        if (is_any_time) return {"{site} is closed on {days}: whoever is expected then does not come", parts};
        return {"{site} is closed on {days} at {hours}: whoever is expected then does not come", parts};
    }

    // Hours are checked against the opening hours of all sites that this entry's people go to. Who shortens
    // hours need not know who was expected.
    void check_range(const Entry& entry,
                     const std::vector<const Site*>& sites,
                     const Path& path,
                     std::pair<WeekdaySet, TimeRange> when) const {
        const auto is_open = [&](const Site* site) {
            return is_open_within(site->open, when.first, when.second);
        };
        const auto has_hours = [](const Site* site) {
            return site->open.always || !site->open.weekly.empty();
        };
        if (!std::all_of(sites.begin(), sites.end(), has_hours) ||
            std::any_of(sites.begin(), sites.end(), is_open))
            return;
        checked_.remarks.warning(checked_.places.key(path), closed(entry, when));
    }

    void check_hours(const Entry& entry,
                     const std::vector<const Site*>& sites,
                     const Path& at,
                     std::pair<WeekdaySet, const HourlyArrivals*> hourly) const {
        for (const auto& [range, rate] : hourly.second->per_hour) {
            Path path = at;
            path.emplace_back("per_hour");
            const text::Yaml* hours = checked_.places.find(path);
            if (hours == nullptr) continue;
            for (const text::YamlEntry& written : hours->entries)
                if (parse_time_range(written.key) == range) path.push_back(written.key);
            check_range(entry, sites, path, {hourly.first, range});
        }
    }

    void check_arrivals(const Entry& entry, const std::vector<const Site*>& sites) const {
        const auto& pattern = entry.demand.arrivals->pattern;
        const Path path = entry.below("arrivals");
        if (const auto* hourly = std::get_if<HourlyArrivals>(&pattern))
            check_hours(entry, sites, path, {WeekdaySet::every_day(), hourly});
        if (const auto* weekdays = std::get_if<WeekdayArrivals>(&pattern))
            check_weekdays(entry, sites, *weekdays);
        if (const auto* log = std::get_if<ArrivalLog>(&pattern)) check_log(entry, *log, *sites.front());
        if (const auto* poisson = std::get_if<PoissonArrivals>(&pattern))
            if (poisson->per_hour <= 0 && !checked_.remarks.has_mistakes())
                checked_.remarks.warning(checked_.places.value(path), "nobody comes: the rate is zero");
    }

    void check_weekdays(const Entry& entry,
                        const std::vector<const Site*>& sites,
                        const WeekdayArrivals& arrivals) const {
        Path path = entry.below("arrivals");
        path.emplace_back("by_weekday");
        const text::Yaml* node = checked_.places.find(path);
        for (const auto& [days, pattern] : arrivals.by_weekday) {
            Path day_path = path;
            if (node != nullptr)
                for (const text::YamlEntry& written : node->entries)
                    if (parse_weekdays(written.key) == days) day_path.push_back(written.key);
            check_range(entry, sites, day_path, {days, TimeRange{0, 1440}});
            const auto* hourly = std::get_if<HourlyArrivals>(&pattern);
            const auto is_open = [these_days = days](const Site* site) {
                return is_open_within(site->open, these_days, TimeRange{0, 1440});
            };
            if (hourly != nullptr && std::any_of(sites.begin(), sites.end(), is_open))
                check_hours(entry, sites, day_path, {days, hourly});
        }
    }

    void check_log(const Entry& entry, const ArrivalLog& log, const Site& site) const {
        if (site.open.always || !site.open.weekly.empty()) check_log_times(entry, log, site);
        for (const LoggedArrival& arrival : log.arrivals) {
            if (!arrival.desk || find_desk(entry.site, *arrival.desk) != nullptr) continue;
            std::vector<std::string> names;
            for (const DeskGroup& desk : entry.site.desks)
                names.push_back(desk.key.text());
            checked_.mistake_at(
                {entry.path[0], entry.path[1], "arrivals", "log"},
                fmt::format("{} names the desk {}, which {} does not have{}", log.file, arrival.desk->text(),
                            entry.site.key.text(), instead_of(arrival.desk->text(), names)));
            return;
        }
    }

    // Who comes before the doors open waits for them; who comes when they do not open any more that day is
    // not served.
    void check_log_times(const Entry& entry, const ArrivalLog& log, const Site& site) const {
        std::size_t late = 0;
        std::optional<Duration> first;
        std::optional<std::pair<Date, int>> closing;  // of the day that was looked at last
        for (const LoggedArrival& arrival : log.arrivals) {
            const auto day = std::chrono::floor<std::chrono::days>(arrival.time);
            const Date date = checked_.model.first_day + day;
            if (!closing || closing->first != date) {
                const auto open = site.open.on(date);
                closing = {date, open.empty() ? 0 : open.back().end_minute};
            }
            if (arrival.time - day < std::chrono::minutes{closing->second}) continue;
            ++late;
            if (!first) first = arrival.time;
        }
        if (!first) return;
        const auto day = std::chrono::floor<std::chrono::days>(*first);
        const auto minute = std::chrono::floor<std::chrono::minutes>(*first - day);
        checked_.remarks.warning(
            checked_.places.value({entry.path[0], entry.path[1], "arrivals", "log"}),
            fmt::format("{} of {} rows of {} are of a time when {} has closed for the day, the first of {} "
                        "{}: {} unserved",
                        late, log.arrivals.size(), log.file, site.key.text(),
                        format_date(checked_.model.first_day + day),
                        format_time_of_day(static_cast<int>(minute.count())),
                        late == 1 ? "she leaves" : "they leave"));
    }

    void check_bookings(const Entry& entry) const {
        const Bookings& bookings = *entry.demand.bookings;
        const double slot_minutes = static_cast<double>(bookings.slot.count()) / 60e6;
        if (slot_minutes <= 0) return;
        double slots = 0;
        int days = 0;
        for (int weekday = 0; weekday < 7; ++weekday) {
            double of_day = 0;
            for (const TimeRange& range : open_on_weekday(entry.site.open, weekday))
                of_day += std::floor((range.end_minute - range.begin_minute) / slot_minutes);
            slots += of_day;
            days += of_day > 0 ? 1 : 0;
        }
        const Path path{entry.path[0], entry.path[1], "bookings", "slot"};
        if (open_minutes_per_week(entry.site.open) > 0 && days == 0) {
            checked_.mistake_at(path, Sentence("a slot of {length} is longer than {site} is ever open",
                                               {{"length", format_duration(bookings.slot)},
                                                {"site", std::vector{Named::of(entry.site)}}}));
            return;
        }
        const double offered = slots / std::max(days, 1) * bookings.per_slot;
        if (days > 0 && bookings.per_day > offered)
            checked_.remarks.warning(
                checked_.places.value({entry.path[0], entry.path[1], "bookings", "per_day"}),
                Sentence("{asked} a day ask for {offered} places: the next free one moves ever further away",
                         {{"asked", fmt::format("{:g}", bookings.per_day)},
                          {"offered", fmt::format("{:g}", offered)}}));
    }

    // A service that nobody can get anywhere.
    void check_served(const Service& service) const {
        const Model& model = checked_.model;
        const auto asks = [&](const Demand& demand) { return demand.service == service.key; };
        if (std::any_of(model.demand.begin(), model.demand.end(), asks)) return;
        const auto serves_it = [&](const Site& site) { return serves_somehow(site, service); };
        if (std::none_of(model.sites.begin(), model.sites.end(), serves_it))
            checked_.remarks.warning(
                checked_.places.key({"services", service.key.text()}),
                fmt::format("no desk serves {}, and nobody asks for it", service.key.text()));
    }

    const CheckedModel& checked_;
};

}  // namespace

void check_demand(const CheckedModel& checked) { DemandCheck{checked}.check(); }

}  // namespace balcao::model
