#include "sim/summary.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "stats/ratio.hpp"

namespace balcao::sim {

namespace {

struct Ratio {
    std::int64_t x = 0;
    std::int64_t y = 0;
};

std::int64_t got_in(const ContactCell& cell) { return cell.served + cell.abandoned + cell.sent_away; }

// Sums behind a measure of contacts in one unit; `open` is what time averages are over.
Ratio of_contacts(
    Measure measure, const ContactTotals& t, const NeedCell& needs, std::int64_t open, des::Time time) {
    const auto& c = t.contacts;
    const bool by_hour_or_site = t.sites.open > 0;
    switch (measure) {
        case Measure::arrivals:
            return {c.arrivals, time};
        case Measure::served:
            return {c.served, time};
        case Measure::abandoned_share:
            return {c.abandoned, c.arrivals};
        case Measure::balked_share:
            return {c.balked, c.arrivals};
        case Measure::sent_away_share:
            return {c.sent_away, c.arrivals};
        case Measure::no_show_share:
            return {needs.no_shows, needs.bookings_due};
        case Measure::wait:
            return {c.wait_served, c.served};
        case Measure::wait_all:
            return {c.wait_served + c.wait_unserved, got_in(c)};
        case Measure::waited_share:
            return {c.waited, got_in(c)};
        case Measure::time_in_system:
            return {c.in_system_served, c.served};
        case Measure::queue_length:
            return {by_hour_or_site ? t.sites.queue_area : c.queue_area, open};
        case Measure::number_in_system:
            return {by_hour_or_site ? t.sites.system_area : c.system_area, open};
        case Measure::visits_per_need:
            return {needs.visits, needs.needs};
        case Measure::days_to_solution:
            return {needs.time_to_solution, needs.solved};
        case Measure::cost_per_need:
            return {needs.cost_cents, needs.needs};
        case Measure::travel_per_need:
            return {needs.travel, needs.needs};
        case Measure::solved_share:
            return {needs.solved, needs.needs};
        default:
            return {};
    }
}

double unit_size(Measure measure) {
    constexpr double minute = static_cast<double>(des::minute);
    constexpr double day = static_cast<double>(des::day);
    switch (measure) {
        case Measure::wait:
        case Measure::wait_all:
        case Measure::time_in_system:
        case Measure::travel_per_need:
            return minute;
        case Measure::days_to_solution:
            return day;
        case Measure::cost_per_need:
            return 100;
        case Measure::arrivals:
        case Measure::served:
            return 1 / day;
        default:
            return 1;
    }
}

// Measures of a part that its model can have, or that somebody had; the others would be rows of zeros.
std::vector<Measure> measures_of(const CityPlan& city, const Part& part, bool sends_away) {
    if (part.about == About::desks) return {Measure::utilisation};
    if (part.about == About::steps) return {Measure::served, Measure::wait, Measure::wait_all};
    std::vector<Measure> measures{Measure::arrivals, Measure::served, Measure::abandoned_share,
                                  Measure::balked_share};
    if (sends_away) measures.push_back(Measure::sent_away_share);
    if (city.has_bookings && !part.of.hour) measures.push_back(Measure::no_show_share);
    for (const auto measure : {Measure::wait, Measure::wait_all, Measure::waited_share,
                               Measure::served_within, Measure::time_in_system})
        measures.push_back(measure);
    if (part.open_of >= 0) {
        measures.push_back(Measure::queue_length);
        measures.push_back(Measure::number_in_system);
    }
    if (city.follows_needs && !part.of.hour)
        for (const auto measure : {Measure::visits_per_need, Measure::days_to_solution,
                                   Measure::cost_per_need, Measure::travel_per_need, Measure::solved_share})
            measures.push_back(measure);
    return measures;
}

Ratio sums_of(const Series& series, const Part& part, const Unit& unit) {
    if (part.about == About::desks) {
        const auto& desks = unit.totals.desks[part.slot];
        return {desks.busy, desks.staffed};
    }
    if (part.about == About::steps) {
        const auto& step = unit.totals.steps[part.slot];
        if (series.measure == Measure::wait) return {step.wait, step.served};
        if (series.measure == Measure::wait_all)
            return {step.wait + step.wait_unserved, step.served + step.unserved};
        return {step.served, unit.time};
    }
    const auto& totals = unit.totals.contacts[part.slot];
    if (series.measure == Measure::served_within)
        return {totals.contacts.within[*series.limit], got_in(totals.contacts)};
    const auto open =
        part.open_of < 0 ? 0 : unit.totals.contacts[static_cast<std::size_t>(part.open_of)].sites.open;
    return of_contacts(series.measure, totals, unit.totals.needs_of(part), open, unit.time);
}

bool is_of_needs(Measure measure) {
    return measure >= Measure::visits_per_need && measure <= Measure::solved_share;
}

bool is_over_time(Measure measure) {
    return measure == Measure::arrivals || measure == Measure::served || measure == Measure::queue_length ||
           measure == Measure::number_in_system || measure == Measure::utilisation;
}

void fill(Series& series, const Part& part, const std::vector<Unit>& units) {
    series.x.reserve(units.size());
    series.y.reserve(units.size());
    std::int64_t y = 0;
    for (const auto& unit : units) {
        const Ratio sums = sums_of(series, part, unit);
        series.x.push_back(static_cast<double>(sums.x) / series.unit_size);
        series.y.push_back(static_cast<double>(sums.y));
        y += sums.y;
        if (is_of_needs(series.measure)) series.open += unit.totals.needs_of(part).open;
    }
    // Over time: how many units; over people: how many of them.
    series.count = is_over_time(series.measure) ? static_cast<std::int64_t>(units.size()) : y;
}

std::optional<Quantiles> quantiles_of(Measure measure,
                                      const Part& part,
                                      const Breakdowns& breakdowns,
                                      const std::vector<Histograms>& histograms) {
    if (part.about != About::contacts || part.of.hour) return std::nullopt;
    if (measure != Measure::wait && measure != Measure::wait_all && measure != Measure::time_in_system)
        return std::nullopt;
    stats::Histogram all;
    for (std::size_t world = 0; world < histograms.size(); ++world) {
        for (const auto number : breakdowns.classes_of(world, part)) {
            if (histograms[world].wait_served.empty()) continue;
            if (measure == Measure::time_in_system) {
                all.merge(histograms[world].in_system[number]);
                continue;
            }
            all.merge(histograms[world].wait_served[number]);
            if (measure == Measure::wait_all) all.merge(histograms[world].wait_unserved[number]);
        }
    }
    if (all.count() == 0) return std::nullopt;
    constexpr double minute = static_cast<double>(des::minute);
    return Quantiles{all.quantile(0.5) / minute, all.quantile(0.9) / minute, all.quantile(0.99) / minute};
}

}  // namespace

std::vector<Series> make_series(const CityPlan& city,
                                const Breakdowns& breakdowns,
                                const std::vector<Unit>& units) {
    std::vector<Series> all;
    const auto& parts = breakdowns.parts();
    const bool sends_away = city.sends_away || std::ranges::any_of(units, [](const Unit& unit) {
                                return unit.totals.contacts.front().contacts.sent_away > 0;
                            });
    for (std::uint32_t number = 0; number < parts.size(); ++number) {
        for (const auto measure : measures_of(city, parts[number], sends_away)) {
            const std::size_t limits = measure == Measure::served_within ? city.limits.size() : 1;
            for (std::size_t limit = 0; limit < limits; ++limit) {
                Series series;
                series.measure = measure;
                if (measure == Measure::served_within) series.limit = limit;
                series.part = number;
                series.unit_size = unit_size(measure);
                fill(series, parts[number], units);
                if (std::ranges::any_of(series.y, [](double y) { return y > 0; }))
                    all.push_back(std::move(series));
            }
        }
    }
    // Hours in which nobody ever comes are not part of the answer.
    std::erase_if(all, [&](const Series& series) {
        return parts[series.part].of.hour && series.measure <= Measure::served &&
               std::ranges::all_of(series.x, [](double x) { return x == 0; });
    });
    std::ranges::stable_sort(all, {}, [](const Series& series) { return series.measure; });
    return all;
}

const Series* find_series(const std::vector<Series>& all,
                          Measure measure,
                          const Breakdowns& breakdowns,
                          const Breakdown& of) {
    for (const auto& series : all)
        if (series.measure == measure && breakdowns.parts()[series.part].of == of) return &series;
    return nullptr;
}

std::vector<Row> make_rows(const CityPlan& city,
                           const Breakdowns& breakdowns,
                           const std::vector<Series>& all,
                           const std::vector<Histograms>& histograms,
                           double confidence) {
    std::vector<Row> rows;
    rows.reserve(all.size());
    for (const auto& series : all) {
        const auto& part = breakdowns.parts()[series.part];
        const auto estimate = stats::jackknife_ratio(series.x, series.y, confidence);
        if (!estimate) continue;
        Row row;
        row.measure = series.measure;
        if (series.limit) row.limit_minutes = city.limits_minutes[*series.limit];
        row.of = part.of;
        row.mean = estimate->mean;
        if (series.open == 0) row.half_width = estimate->half_width;
        row.count = series.count;
        row.quantiles = quantiles_of(series.measure, part, breakdowns, histograms);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<std::string> notes_of(const Runner& runner, const std::vector<Unit>& units) {
    std::vector<std::string> notes;
    if (const auto people = runner.stranded(); people > 0)
        notes.push_back(
            fmt::format("{} {} inside when no desk was left to serve {}, and left unserved at the "
                        "end of the day: they count as sent away.",
                        people, people == 1 ? "person was" : "people were", people == 1 ? "her" : "them"));
    std::int64_t open = 0;
    for (const auto& unit : units)
        open += unit.totals.needs.front().open;
    if (open > 0)
        notes.push_back(
            fmt::format("{} {} that began in the run had not ended when it was given up, at most "
                        "{} days after its last: measures of needs have no interval.",
                        open, open == 1 ? "need" : "needs", Runner::days_after_max));
    return notes;
}

}  // namespace balcao::sim
