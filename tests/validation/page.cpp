#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "text/number.hpp"
#include "validation.hpp"

namespace balcao::validation {

namespace {

std::string number(double value) {
    const int digits =
        value == 0 ? 4 : std::max(0, 4 - static_cast<int>(std::floor(std::log10(std::abs(value)))) - 1);
    return text::format_number(value, "en", std::min(digits + 1, 6));
}

std::string what_of(const Check& check) {
    std::string text = sim::name_of(check.measure);
    if (check.limit_minutes) text += " (" + number(*check.limit_minutes) + " min)";
    if (check.is_variance) text += ", variance";
    if (check.of.service && !check.of.step) text += ", " + *check.of.service;
    if (check.of.step) text += ", step " + *check.of.step;
    if (check.of.hour) text += fmt::format(", {:02d}:00", *check.of.hour);
    return text;
}

struct Held {
    int held = 0;
    int trials = 0;

    [[nodiscard]] double share() const { return trials == 0 ? 0 : static_cast<double>(held) / trials; }
};

Held all_of(const Cases& cases) {
    Held held;
    for (const auto& one : cases.cases)
        for (const auto& check : one.checks) {
            held.held += check.held;
            held.trials += check.trials;
        }
    return held;
}

void add_theory(std::string& page, const Cases& cases, Seeds seeds) {
    const auto held = all_of(cases);
    const auto bounds = binomial_bounds(seeds.count);
    std::int64_t customers = 0;
    for (const auto& one : cases.cases)
        customers += one.customers;
    page += fmt::format(
        "## Theory\n\nEach case is a model file in the language (`tests/validation/models`), simulated as it "
        "stands with "
        "the seeds {} to {}: warm-up found by MSER-5, interval over replications by the jackknife, nothing "
        "set by hand "
        "but the length and number of runs. Over all of them **{} of {} intervals of 95 % hold the exact "
        "value: "
        "{}**; {} million "
        "people were simulated. In each row the number that hold, of {}, should lie between {} and {} (99.9 "
        "% of the "
        "binomial distribution).\n\n",
        seeds.first, seeds.first + static_cast<std::uint64_t>(seeds.count) - 1, held.held, held.trials,
        text::format_share(held.share(), "en", 2), customers / 1'000'000, seeds.count, bounds.low,
        bounds.high);
    page +=
        "Waits and times are minutes, lengths people, arrivals and served people a day; one unit of time of "
        "the source "
        "is one minute. \"First seed\" is one run as a user would see it, \"mean\" that over all seeds.\n\n"
        "| case | measure | exact | first seed | mean | hold |\n|---|---|---:|---:|---:|---:|\n";
    for (const auto& one : cases.cases) {
        for (const auto& check : one.checks) {
            const bool is_inside = check.held >= bounds.low && check.held <= bounds.high;
            page +=
                fmt::format("| {} | {} | {} | {} to {} | {} | {}{} |\n", one.id, what_of(check),
                            number(check.exact), number(check.first_low), number(check.first_high),
                            number(check.sum / check.trials), check.held, is_inside ? "" : " **outside**");
        }
    }
    page += "\n### Where the exact values come from\n\n| case | what | source | run |\n|---|---|---|---|\n";
    for (const auto& one : cases.cases)
        page += fmt::format("| {} | {} | {}{} | {} × {} days |\n", one.id, one.family, one.source,
                            one.derived.empty() ? "" : "; " + one.derived, one.replications, one.days);
    page += "\nLeft out, by name:\n\n";
    for (const auto& left : cases.left_out)
        page += "- `" + left.id + "`: " + left.why + "\n";
    page +=
        "- of `mmt_ginf_const` the variance of the number of people, and of `mm1_rho09` the standard "
        "deviation and the "
        "95 % point of the time in the system: the measures of the language have no such figures with an "
        "interval\n";
}

void add_shop(std::string& page, const Case& shop) {
    page +=
        "\n## The five-class shop\n\nNo formula knows this one: five priority classes, twelve desks of three "
        "kinds, rates by "
        "the hour, limited patience. The reference is " +
        shop.source +
        ".\n\n| measure | reference | Balcão | allowed |\n"
        "|---|---:|---:|---:|\n";
    for (const auto& check : shop.checks)
        page += fmt::format("| {} | {} | {} to {} | {} |\n", what_of(check), number(check.exact),
                            number(check.first_low), number(check.first_high),
                            check.tolerance ? "± " + number(*check.tolerance) : "");
}

void add_traces(std::string& page, const std::vector<HandTrace>& traces) {
    page +=
        "\n## Traces by hand\n\nNo draw is made: arrivals, durations and patience come from a log, and each "
        "outcome must be "
        "the same to the microsecond.\n\n| trace | source | people | |\n|---|---|---:|---|\n";
    for (const auto& trace : traces)
        page += fmt::format("| {} | {} | {} | {} |\n", trace.id, trace.source, trace.expected.size(),
                            trace.difference.empty() ? "to the bit" : "**" + trace.difference + "**");
}

void add_log(std::string& page, const std::optional<std::vector<Session>>& sessions) {
    page += "\n## A real counter\n\n";
    if (!sessions) {
        page +=
            "The log of the Wellington station ticket office was not there (`queues/wellington-station.csv` "
            "in the folder "
            "that `BALCAO_DATA` names); this part was skipped.\n";
        return;
    }
    Session sum;
    for (const auto& each : *sessions) {
        sum.people += each.people;
        sum.exact += each.exact;
        sum.before_arrival += each.before_arrival;
        sum.idle_elsewhere += each.idle_elsewhere;
        sum.overtaken += each.overtaken;
        sum.overtook += each.overtook;
        sum.follows += each.follows;
    }
    page += fmt::format(
        "The ticket office of Wellington station, four sessions of 2022 logged person by person "
        "(`queues/wellington-station.csv`): arrivals and service times as logged, as many desks as windows, "
        "one queue in order "
        "of arrival. **{} of {} waits come out exactly, to the second.** What the other {} did, by the log "
        "(the first that "
        "applies):\n\n",
        sum.exact, sum.people, sum.people - sum.exact);
    page +=
        "| session | windows | people | exact | served before they came | a window idle while they waited | "
        "somebody later "
        "began before | began before somebody earlier | follows from others "
        "|\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
    const auto row = [&](const std::string& name, const std::string& windows, const Session& each) {
        page += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", name, windows, each.people,
                            each.exact, each.before_arrival, each.idle_elsewhere, each.overtaken,
                            each.overtook, each.follows);
    };
    for (const auto& each : *sessions)
        row(each.date, std::to_string(each.windows), each);
    row("all", "", sum);
    page +=
        "\nPeople stood in a lane of their choice: they waited behind one window while another stood idle, "
        "or were overtaken "
        "by who chose a faster lane. A start before the arrival is a slip of the log. \"Follows from "
        "others\" are waits that "
        "differ only because somebody ahead had not gone where one queue would have sent them.\n";
}

}  // namespace

std::string page_of(const Cases& cases, const std::optional<std::vector<Session>>& sessions, Seeds seeds) {
    std::string page = fmt::format(
        "# Is it true?\n\nWritten by `tests/validation/validate --seeds {} --out docs/validation.md`; the "
        "test `validation` runs the "
        "same with fewer seeds. Sources of the figures are named with each.\n\n",
        seeds.count);
    add_theory(page, cases, seeds);
    add_shop(page, cases.shop);
    add_traces(page, cases.traces);
    add_log(page, sessions);
    return page;
}

std::vector<std::string> failures_of(const Cases& cases,
                                     const std::optional<std::vector<Session>>& sessions) {
    std::vector<std::string> failures;
    for (const auto& one : cases.cases) {
        for (const auto& check : one.checks) {
            const auto bounds = binomial_bounds(check.trials);
            if (check.held < bounds.low || check.held > bounds.high)
                failures.push_back(fmt::format("{}: {} of {} intervals of {} hold {} (mean {})", one.id,
                                               check.held, check.trials, what_of(check), number(check.exact),
                                               number(check.sum / check.trials)));
        }
    }
    const auto held = all_of(cases);
    // Few seeds leave the share itself less certain: two figures of one run err together.
    const bool is_full = !cases.cases.empty() && cases.cases.front().checks.front().trials >= 200;
    const double low = is_full ? 0.93 : 0.92;
    const double high = is_full ? 0.97 : 0.98;
    if (held.trials > 0 && (held.share() < low || held.share() > high))
        failures.push_back(fmt::format("{} of all intervals hold, not {} to {}",
                                       text::format_share(held.share(), "en", 2),
                                       text::format_share(low, "en", 0), text::format_share(high, "en", 0)));
    for (const auto& check : cases.shop.checks) {
        if (check.tolerance && std::abs(check.first_mean - check.exact) > *check.tolerance)
            failures.push_back(fmt::format("shop_reference: {} is {}, not {} ± {}", what_of(check),
                                           number(check.first_mean), number(check.exact),
                                           number(*check.tolerance)));
    }
    for (const auto& trace : cases.traces)
        if (!trace.difference.empty()) failures.push_back(trace.id + ": " + trace.difference);
    int exact = 0;
    for (const auto& session : sessions.value_or(std::vector<Session>{}))
        exact += session.exact;
    if (sessions && exact < 256)
        failures.push_back(
            fmt::format("wellington-station.csv: {} waits come out exactly, at least 256 should", exact));
    return failures;
}

}  // namespace balcao::validation
