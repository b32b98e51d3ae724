#include "plan/log_model.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "plan/daily_data.hpp"
#include "plan/export_scenarios.hpp"
#include "stats/goodness.hpp"
#include "text/number.hpp"
#include "text/yaml.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

constexpr double default_minutes = 6;
constexpr double service_share_min = 0.05;  // of a desk's people, to count as one of its services

std::size_t hour_of(double minute) {
    return std::min<std::size_t>(23, static_cast<std::size_t>(minute / 60));
}

std::size_t weekday_of(const LoggedTicket& ticket) {
    return static_cast<std::size_t>(weekday_index(ticket.date));
}

// All tickets of one site, with the days on which it was open.
struct SiteTickets {
    std::vector<const LoggedTicket*> tickets;
    std::array<std::set<Date>, 7> days;
};

std::map<std::string, SiteTickets> by_site(const TicketLog& log) {
    std::map<std::string, SiteTickets> sites;
    for (const LoggedTicket& ticket : log.tickets) {
        SiteTickets& site = sites[ticket.site];
        site.tickets.push_back(&ticket);
        site.days[weekday_of(ticket)].insert(ticket.date);
    }
    return sites;
}

LoggedService fit_service(const std::string& name, const SiteTickets& site) {
    LoggedService service;
    service.name = name;
    std::vector<double> durations;
    for (const LoggedTicket* ticket : site.tickets) {
        if (ticket->service != name) continue;
        ++service.tickets;
        const std::size_t weekday = weekday_of(*ticket);
        service.per_hour[weekday][hour_of(ticket->taken)] +=
            1.0 / static_cast<double>(site.days[weekday].size());
        if (ticket->is_served && *ticket->ended > *ticket->called)
            durations.push_back(*ticket->ended - *ticket->called);
    }
    service.duration = fit_duration(durations);
    if (!service.duration && !durations.empty())  // one only, or all the same
        service.duration = DurationFit{Shape::gamma, durations.front(), 0.8, 0};
    service.waits = patience_in(site.tickets, name);
    service.leaving_rate = leaving_rate(service.waits.waits);
    service.patience = survival_of(service.waits.waits);
    return service;
}

// The services that each desk serves; a log without desks has one for all.
std::map<std::string, std::vector<std::string>> services_by_desk(const SiteTickets& site) {
    std::map<std::string, std::map<std::string, double>> served;
    for (const LoggedTicket* ticket : site.tickets)
        if (ticket->is_served) served[ticket->desk][ticket->service] += 1;
    std::map<std::string, std::vector<std::string>> services;
    for (const auto& [desk, counts] : served) {
        double sum = 0;
        for (const auto& [service, count] : counts)
            sum += count;
        for (const auto& [service, count] : counts)
            if (count >= service_share_min * sum) services[desk].push_back(service);
    }
    return services;
}

// How many of these desks worked in an hour: those named, or the most people served at once where none is.
int desks_at_work(const std::vector<const LoggedTicket*>& tickets, double begin) {
    std::set<std::string> desks;
    std::vector<std::pair<double, int>> changes;
    for (const LoggedTicket* ticket : tickets) {
        if (!ticket->is_served || *ticket->called >= begin + 60 || *ticket->ended <= begin) continue;
        if (!ticket->desk.empty()) desks.insert(ticket->desk);
        changes.emplace_back(*ticket->called, 1);
        changes.emplace_back(*ticket->ended, -1);
    }
    if (!desks.empty()) return static_cast<int>(desks.size());
    std::sort(changes.begin(), changes.end());
    int now = 0;
    int most = 0;
    for (const auto& [minute, change] : changes) {
        now += change;
        most = std::max(most, now);
    }
    return most;
}

void count_desks(LoggedDesks& group, const SiteTickets& site, const std::set<std::string>& desks) {
    std::map<Date, std::vector<const LoggedTicket*>> by_day;
    for (const LoggedTicket* ticket : site.tickets)
        if (desks.contains(ticket->desk)) by_day[ticket->date].push_back(ticket);
    for (std::size_t weekday = 0; weekday < 7; ++weekday)
        for (std::size_t hour = 0; hour < 24; ++hour) {
            double sum = 0;
            for (const Date day : site.days[weekday])
                if (const auto found = by_day.find(day); found != by_day.end())
                    sum += desks_at_work(found->second, static_cast<double>(hour) * 60);
            if (sum > 0)
                group.count[weekday][hour] =
                    static_cast<int>(std::ceil(sum / static_cast<double>(site.days[weekday].size()) - 1e-9));
        }
}

// Minutes of tickets in each hour against a constant rate; equal minutes are spread evenly first.
double poisson_p_of(const SiteTickets& site) {
    std::map<std::pair<Date, std::size_t>, std::vector<double>> by_hour;
    for (const LoggedTicket* ticket : site.tickets) {
        const std::size_t hour = hour_of(ticket->taken);
        by_hour[{ticket->date, hour}].push_back(ticket->taken - 60 * static_cast<double>(hour));
    }
    std::vector<double> scores;
    for (auto& [when, minutes] : by_hour) {
        std::sort(minutes.begin(), minutes.end());
        for (std::size_t i = 0; i < minutes.size();) {
            std::size_t next = i;
            while (next < minutes.size() && minutes[next] == minutes[i])
                ++next;
            // Clocks of seconds: a tie stands for moments within the second after it.
            const double first = minutes[i];
            for (std::size_t k = i; k < next; ++k)
                minutes[k] = first + (static_cast<double>(k - i) + 0.5) / static_cast<double>(next - i) / 60;
            i = next;
        }
        std::sort(minutes.begin(), minutes.end());
        if (minutes.back() < 60) stats::poisson_scores(minutes, 60, scores);
    }
    return stats::poisson_test(scores).p;
}

LoggedSite fit_site(const std::string& name, const SiteTickets& tickets) {
    LoggedSite site;
    site.name = name;
    std::set<std::string> names;
    for (const LoggedTicket* ticket : tickets.tickets) {
        names.insert(ticket->service);
        const std::size_t weekday = weekday_of(*ticket);
        const int hour = static_cast<int>(hour_of(ticket->taken));
        site.opening[weekday] = site.closing[weekday] == 0 ? hour : std::min(site.opening[weekday], hour);
        site.closing[weekday] = std::max(site.closing[weekday], hour + 1);
    }
    for (const std::string& service : names)
        site.services.push_back(fit_service(service, tickets));
    std::map<std::vector<std::string>, std::set<std::string>> desks;
    const auto by_desk = services_by_desk(tickets);
    for (const auto& [desk, services] : by_desk)
        desks[services].insert(desk);
    site.order = order_of(tickets.tickets, by_desk);
    for (const auto& [services, same] : desks) {
        LoggedDesks& group = site.desks.emplace_back();
        group.services = services;
        count_desks(group, tickets, same);
    }
    site.poisson_p = poisson_p_of(tickets);
    return site;
}

std::string key_of(const std::string& name) {
    std::string key = branch_of(name);
    std::replace(key.begin(), key.end(), '_', '-');
    if (key.empty() || (key[0] >= '0' && key[0] <= '9')) key.insert(key.begin(), 'n');
    return key;
}

std::string weekday_word(std::size_t weekday) {
    return format_weekdays({static_cast<std::uint8_t>(1U << static_cast<unsigned>(weekday))});
}

std::string duration_words(const LoggedService& service) {
    if (!service.duration) return fmt::format("{{exponential: {}}}", minutes_in_words(default_minutes));
    const char* const shape = service.duration->shape == Shape::gamma ? "gamma" : "lognormal";
    return fmt::format("{{{}: {{mean: {}, cv: {}}}}}", shape, minutes_in_words(service.duration->mean),
                       text::format_shortest(std::round(service.duration->cv * 1000) / 1000));
}

// "a, b"
void append_item(std::string& list, const std::string& item) {
    if (!list.empty()) list += ", ";
    list += item;
}

std::string desks_words(const LoggedSite& site, const LoggedDesks& group) {
    std::string out;
    for (std::size_t weekday = 0; weekday < 7; ++weekday) {
        const auto& count = group.count[weekday];
        std::string hours;
        for (int hour = site.opening[weekday]; hour < site.closing[weekday];) {
            const int desks = count[static_cast<std::size_t>(hour)];
            const int first = hour;
            while (hour < site.closing[weekday] && count[static_cast<std::size_t>(hour)] == desks)
                ++hour;
            if (desks > 0) append_item(hours, fmt::format("\"{}\": {}", hours_in_words(first, hour), desks));
        }
        if (!hours.empty()) out += fmt::format("          {}: {{{}}}\n", weekday_word(weekday), hours);
    }
    return out;
}

std::string site_words(const LoggedSite& site) {
    std::string open;
    for (std::size_t weekday = 0; weekday < 7; ++weekday)
        if (site.closing[weekday] > 0)
            append_item(open, fmt::format("{}: \"{}\"", weekday_word(weekday),
                                          hours_in_words(site.opening[weekday], site.closing[weekday])));
    std::string out = fmt::format("  {}:\n    name: {}\n    open: {{{}}}\n{}    source: log\n    desks:\n",
                                  key_of(site.name), text::quote_yaml(site.name), open,
                                  site.order.priority.empty() ? "" : "    queue: [priority, arrival]\n");
    std::size_t number = 0;
    for (const LoggedDesks& group : site.desks) {
        std::string serves;
        for (const std::string& service : group.services)
            append_item(serves, key_of(service));
        out += fmt::format("      desks-{}:\n        serves: [{}]\n        source: log\n        count:\n{}",
                           ++number, serves, desks_words(site, group));
    }
    return out;
}

std::string demand_words(const LoggedSite& site, const LoggedService& service) {
    std::string out =
        fmt::format("  - id: {}-{}\n    service: {}\n    site: {}\n    arrivals:\n      by_weekday:\n",
                    key_of(site.name), key_of(service.name), key_of(service.name), key_of(site.name));
    for (std::size_t weekday = 0; weekday < 7; ++weekday) {
        std::string hours;
        for (int hour = 0; hour < 24; ++hour) {
            const double people = service.per_hour[weekday][static_cast<std::size_t>(hour)];
            if (people > 0)
                hours +=
                    fmt::format("{}\"{}\": {}", hours.empty() ? "" : ", ", hours_in_words(hour, hour + 1),
                                text::format_shortest(std::round(people * 1000) / 1000));
        }
        if (!hours.empty())
            out += fmt::format("        {}: {{per_hour: {{{}}}}}\n", weekday_word(weekday), hours);
    }
    out += fmt::format("    duration: {}\n", duration_words(service));
    if (service.leaving_rate && *service.leaving_rate > 0)
        out +=
            fmt::format("    patience: {{exponential: {}}}\n", minutes_in_words(1 / *service.leaving_rate));
    if (const auto found = site.order.priority.find(service.name); found != site.order.priority.end())
        out += fmt::format("    priority: {}\n", found->second);
    return out + "    source: log\n";
}

std::string order_in_words(const LoggedSite& site) {
    const LoggedOrder& order = site.order;
    const double share =
        order.calls == 0 ? 0
                         : 100 * static_cast<double>(order.passed_over) / static_cast<double>(order.calls);
    std::string out = fmt::format("{}: {:.1f} % of {} calls passed over somebody who came earlier", site.name,
                                  share, order.calls);
    if (order.priority.empty())
        return out + (share < 5
                          ? ": first come, first served"
                          : ", in no order of services that would explain it; the model serves in order of "
                            "arrival");
    std::map<int, std::string> levels;
    for (const auto& [service, level] : order.priority)
        append_item(levels[level], service);
    std::string levels_in_order;
    for (const auto& [level, services] : levels)
        levels_in_order += (levels_in_order.empty() ? "" : "; then ") + services;
    return fmt::format("{}: services go before others, and have these priorities in the model: {}", out,
                       levels_in_order);
}

// Of those who left, how many did so at a moment that the log does not have.
std::string unseen_in_words(const LoggedPatience& waits) {
    std::string out;
    if (waits.left_unseen > 0)
        out = fmt::format(
            "; {} of the {} who left did so at an unknown moment before they would have been "
            "called (interval-censored)",
            waits.left_unseen, waits.left);
    if (waits.left_unknown > 0)
        out += fmt::format("; {} left after everybody who was called had come, and say nothing of patience",
                           waits.left_unknown);
    return out;
}

std::string service_in_words(const LoggedSite& site, const LoggedService& service) {
    std::string duration = "no duration seen";
    if (service.duration)
        duration = fmt::format("duration {:.2f} min with a coefficient of variation of {:.2f} ({})",
                               service.duration->mean, service.duration->cv,
                               service.duration->shape == Shape::gamma ? "gamma" : "lognormal");
    const auto half = std::find_if(service.patience.begin(), service.patience.end(),
                                   [](const SurvivalStep& step) { return step.surviving <= 0.5; });
    const std::string median =
        half == service.patience.end() ? "not reached" : fmt::format("{:.1f} min", half->length);
    const std::string mean = service.leaving_rate && *service.leaving_rate > 0
                                 ? fmt::format("{:.1f} min", 1 / *service.leaving_rate)
                                 : std::string{"without limit"};
    return fmt::format("{}, {}: {} tickets, {}, median patience {} ({}), mean patience {} (exponential){}",
                       site.name, service.name, service.tickets, duration, median,
                       service.waits.left_unseen > 0 ? "Turnbull" : "Kaplan-Meier", mean,
                       unseen_in_words(service.waits));
}

}  // namespace

std::vector<LoggedSite> fit_log(const TicketLog& log) {
    std::vector<LoggedSite> sites;
    for (const auto& [name, tickets] : by_site(log))
        sites.push_back(fit_site(name, tickets));
    return sites;
}

std::string model_of_log(const std::vector<LoggedSite>& sites, Date until) {
    std::map<std::string, const LoggedService*> services;
    for (const LoggedSite& site : sites)
        for (const LoggedService& service : site.services)
            services.emplace(key_of(service.name), &service);
    std::string out = fmt::format(
        "# Made by `balcao calibrate` from a log of single tickets up to {}.\n"
        "#\n"
        "# As logged: how many people come by weekday and hour, durations, desks at work in each hour and "
        "what they\n"
        "# serve. Estimated: the shape of durations, patience (exponential), which services go before "
        "others.\n"
        "# Assumed: the site opens and closes with its first and last ticket's hour, and days of a weekday "
        "are alike.\n"
        "balcao: 1\nname: Model of a ticket log\nfirst_day: {}\n"
        "sources:\n  log: {{title: \"Log of single tickets\"}}\nservices:\n",
        format_date(until), format_date(until + days{7 - weekday_index(until)}));
    for (const auto& [key, service] : services)
        out += fmt::format("  {}: {{name: {}, duration: {}, source: log}}\n", key,
                           text::quote_yaml(service->name), duration_words(*service));
    out += "sites:\n";
    for (const LoggedSite& site : sites)
        out += site_words(site);
    out += "demand:\n";
    for (const LoggedSite& site : sites)
        for (const LoggedService& service : site.services)
            out += demand_words(site, service);
    return out;
}

std::vector<std::string> log_in_words(const std::vector<LoggedSite>& sites) {
    std::vector<std::string> words;
    for (const LoggedSite& site : sites) {
        words.push_back(fmt::format("{}: arrivals within hours are {} a Poisson process (p = {:.3f})",
                                    site.name, site.poisson_p < 0.01 ? "not" : "compatible with",
                                    site.poisson_p));
        words.push_back(order_in_words(site));
        for (const LoggedService& service : site.services)
            words.push_back(service_in_words(site, service));
    }
    return words;
}

}  // namespace balcao::plan
