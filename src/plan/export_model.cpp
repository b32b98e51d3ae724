#include "plan/export_model.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "plan/export_scenarios.hpp"
#include "text/number.hpp"
#include "text/yaml.hpp"

namespace balcao::plan {
namespace {

constexpr std::array<const char*, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                             "jul", "aug", "sep", "oct", "nov", "dec"};

std::string number(double value) { return text::format_shortest(std::round(value * 1000) / 1000); }

// Weekdays with the same value together.
template <class Value>
std::vector<std::pair<WeekdaySet, Value>> joined(const std::array<Value, 7>& values) {
    std::vector<std::pair<WeekdaySet, Value>> found;
    for (int weekday = 0; weekday < 7; ++weekday) {
        const Value& value = values[static_cast<std::size_t>(weekday)];
        if (!(value > Value{})) continue;
        auto same =
            std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.second == value; });
        if (same == found.end()) same = found.insert(found.end(), {WeekdaySet{}, value});
        same->first.bits =
            static_cast<std::uint8_t>(same->first.bits | (1U << static_cast<unsigned>(weekday)));
    }
    return found;
}

std::string head(const Network& network) {
    return fmt::format(
        R"yaml(# A network of shops as their official daily indicators up to {} show it, made by `balcao calibrate`.
#
# Sourced: how many people come on each weekday and month, how long they wait and are served, how many give up, which
# services they are attended for, where the shops are. Estimated: the hours of the day (from samples of how many wait),
# the number of desks (as many as make mean wait and abandonment come out right), patience (exponential). Assumed: the
# spread of single durations, opening at nine, and that each family of services has its own desks today.
balcao: 1
name: {{pt: Rede de lojas, en: A network of shops, es: Red de tiendas}}
time_zone: Europe/Lisbon
languages: [pt, en, es]
first_day: {}
include: [services.yaml, sites.yaml, demand.yaml]

sources:
  daily:
    title: "Daily indicators by shop up to {}: tickets, attended, abandoned, mean wait and mean service time (daily.csv)"
  by-service:
    title: "People attended by shop, day and service (by-service.csv)"
  registry:
    title: "Registry of the shops with their coordinates (registry.json)"
  live-samples:
    title: "Samples of how many people wait in each shop (live-samples.csv)"
  fit:
    title: "Fitted by balcao calibrate to the daily indicators; see docs/calibration.md"
)yaml",
        format_date(network.until), format_date(network.first_day), format_date(network.until));
}

std::string services_of(const Network& network) {
    double minutes = 0;
    double people = 0;
    for (const NetworkShop& shop : network.shops) {
        minutes += shop.service_minutes * shop.tickets_a_week();
        people += shop.tickets_a_week();
    }
    std::string out =
        "# Families of services. The duration of each shop stands with its demand; this is the mean of "
        "all.\nservices:\n";
    for (std::size_t k = 0; k < family_count; ++k) {
        const bool is_used = std::any_of(network.shops.begin(), network.shops.end(),
                                         [&](const NetworkShop& shop) { return shop.families[k] > 0; });
        if (!is_used) continue;
        const FamilyName& name = name_of(static_cast<Family>(k));
        out += fmt::format(
            "  {}:\n    name: {{pt: {}, en: {}, es: {}}}\n    duration: {}\n    source: by-service\n",
            name.key, name.pt, name.en, name.es, duration_in_words(people > 0 ? minutes / people : 6));
    }
    return out;
}

std::string desks_of(const NetworkShop& shop) {
    std::string out;
    for (const NetworkDesks& group : shop.desks) {
        std::string skills;
        for (const Family family : group.families) {
            if (!skills.empty()) skills += ", ";
            skills += fmt::format("{}: {}", name_of(family).key, number(group.factor));
        }
        out += fmt::format("      {}: {{count: {}, skills: {{{}}}, kind: {}, source: fit}}\n", group.key(),
                           roster_in_words(group.count), skills,
                           group.families.size() == 1 ? "single" : "multi_service");
    }
    return out;
}

std::string sites_of(const Network& network) {
    std::string closed;
    for (const Date day : network.closed) {
        if (!closed.empty()) closed += ", ";
        closed += format_date(day);
    }
    std::string out =
        "# The shops. A factor beside a service is how much longer a desk needs for a person than the "
        "recorded service\n"
        "# time: whole desks divided by it are the effective desks of the fit.\nsites:\n";
    for (const NetworkShop& shop : network.shops) {
        out +=
            fmt::format("  {}:\n    name: {}\n    kind: shop\n", shop.key, text::quote_yaml(shop.shop.name));
        if (shop.place)
            out += fmt::format("    location: [{}, {}]{}\n", text::format_shortest(shop.place->latitude),
                               text::format_shortest(shop.place->longitude),
                               shop.place->is_of_municipality ? "   # of the municipality" : "");
        out += fmt::format("    open: {}\n    holidays: PT\n", opening_in_words(shop));
        if (!closed.empty()) out += fmt::format("    closed: [{}]\n", closed);
        out +=
            fmt::format("    source: {}\n    desks:\n{}", shop.place ? "registry" : "daily", desks_of(shop));
    }
    return out;
}

std::string dates_of(const Network& network) {
    std::string out;
    for (const auto& [day, factor] : network.date_factors) {
        if (!out.empty()) out += ", ";
        out += fmt::format("{}: {}", format_date(day), number(factor));
    }
    return out;
}

std::string demand_of(const Network& network) {
    std::string out =
        "# Who comes to which shop: means of the last year by weekday, spread over the hours; factors of the "
        "months; near\n"
        "# holidays and Christmas, factors that all shops share.\ndemand:\n";
    bool has_dates = false;
    const std::string dates = dates_of(network);
    for (const NetworkShop& shop : network.shops) {
        std::string season;
        for (std::size_t month = 0; month < 12; ++month)
            season +=
                fmt::format("{}{}: {}", month == 0 ? "" : ", ", months[month], number(shop.season[month]));
        for (std::size_t k = 0; k < family_count; ++k) {
            if (shop.families[k] <= 0) continue;
            const std::string_view family = name_of(static_cast<Family>(k)).key;
            out += fmt::format(
                "  - id: {}-{}\n    service: {}\n    site: {}\n    arrivals:\n      by_weekday:\n", shop.key,
                family, family, shop.key);
            out += weekdays_in_words(shop, shop.families[k], "        ");
            out += fmt::format("      season: {{{}}}\n      day_factor: {{gamma: {{mean: 1, cv: {}}}}}\n",
                               season, number(shop.day_cv));
            if (!dates.empty())
                out += has_dates ? std::string{"      dates: *near-holidays\n"}
                                 : fmt::format("      dates: &near-holidays {{{}}}\n", dates);
            has_dates = true;
            out +=
                fmt::format("    duration: {}\n    patience: {{exponential: {}}}\n    source: fit\n",
                            duration_in_words(shop.service_minutes), minutes_in_words(1 / shop.leaving_rate));
        }
    }
    return out;
}

}  // namespace

std::string minutes_in_words(double minutes) {
    return fmt::format("{} s", std::max(1L, std::lround(minutes * 60)));
}

std::string duration_in_words(double minutes) {
    // The indicators have no spread of single durations; 0.8 is an assumption near the 0.76 of the only
    // public desk log with single customers (docs/calibration.md).
    return fmt::format("{{gamma: {{mean: {}, cv: 0.8}}}}", minutes_in_words(minutes));
}

std::string hours_in_words(double begin, double end) {
    const auto minute = [](double hour) { return static_cast<int>(std::lround(hour * 60)); };
    return format_time_range({minute(begin), minute(end)});
}

std::string per_hour_in_words(const DayProfile& profile, double people) {
    std::string out;
    for (std::size_t i = 0; i < profile.shares.size(); ++i) {
        const double begin = profile.edges[i];
        const double end = profile.edges[i + 1];
        out += fmt::format("{}\"{}\": {}", i == 0 ? "" : ", ", hours_in_words(begin, end),
                           number(people * profile.shares[i] / (end - begin)));
    }
    return "{" + out + "}";
}

std::string weekdays_in_words(const NetworkShop& shop, double share, const std::string& indent) {
    std::string out;
    for (const auto& [days, people] : joined(shop.tickets))
        out += fmt::format("{}{}: {{per_hour: {}}}\n", indent, format_weekdays(days),
                           per_hour_in_words(shop.profile, people * share));
    return out;
}

std::string opening_in_words(const NetworkShop& shop) {
    WeekdaySet open;
    for (unsigned weekday = 0; weekday < 7; ++weekday)
        if (shop.tickets[weekday] > 0) open.bits = static_cast<std::uint8_t>(open.bits | (1U << weekday));
    return fmt::format("{{\"{}\": \"{}\"}}", format_weekdays(open),
                       hours_in_words(shop.profile.edges.front(), shop.profile.edges.back()));
}

std::string roster_in_words(const std::array<int, 7>& count) {
    std::string out;
    for (const auto& [days, desks] : joined(count))
        out += fmt::format("{}\"{}\": {}", out.empty() ? "" : ", ", format_weekdays(days), desks);
    return "{" + out + "}";
}

ModelFiles export_model(const Network& network) {
    ModelFiles files;
    files["model.yaml"] = head(network);
    files["services.yaml"] = services_of(network);
    files["sites.yaml"] = sites_of(network);
    files["demand.yaml"] = demand_of(network);
    files["scenarios/integrated-desks.yaml"] = integrated_desks(network);
    if (std::string saturday = saturday_opening(network); !saturday.empty())
        files["scenarios/saturday.yaml"] = std::move(saturday);
    return files;
}

}  // namespace balcao::plan
