#include "record/statistics.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "sim/targets.hpp"
#include "stats/batch.hpp"

namespace balcao::record {
namespace {

using sim::Breakdown;
using sim::Measure;
using Number = std::function<std::int64_t(const Sums&)>;

constexpr double confidence = 0.95;
constexpr double minute = 60e6;

// What is summed over what.
struct Ratio {
    Number x;
    Number y;
    double unit_size = 1;  // of the result, in what is summed
    bool is_over_days = false;
};

Number field(std::int64_t Sums::*what) {
    return [what](const Sums& sums) { return sums.*what; };
}

Number one() {
    return [](const Sums&) { return std::int64_t{1}; };
}

struct Found {
    double mean = 0;
    std::optional<double> half_width;
    std::int64_t count = 0;
};

// Over days, as a simulated run of one replication is over its days; days without anything count.
template <class Days>
std::optional<Found> found_of(const Days& days, int all, const Ratio& ratio) {
    std::vector<double> x(static_cast<std::size_t>(all), 0.0);
    std::vector<double> y(static_cast<std::size_t>(all), ratio.is_over_days ? 1.0 : 0.0);
    std::int64_t count = 0;
    for (const auto& [day, sums] : days) {
        const auto place = static_cast<std::size_t>(day);
        x[place] = static_cast<double>(ratio.x(sums)) / ratio.unit_size;
        if (ratio.is_over_days) continue;
        y[place] = static_cast<double>(ratio.y(sums));
        count += ratio.y(sums);
    }
    const auto estimate = stats::batch_ratio({x, y}, confidence);
    if (!estimate) return std::nullopt;
    return Found{estimate->ratio.mean, estimate->ratio.half_width, ratio.is_over_days ? all : count};
}

Ratio ratio_of(Measure measure, std::size_t limit) {
    switch (measure) {
        case Measure::arrivals:
            return {field(&Sums::arrivals), one(), 1, true};
        case Measure::served:
            return {field(&Sums::served), one(), 1, true};
        case Measure::abandoned_share:
            return {field(&Sums::abandoned), field(&Sums::arrivals)};
        case Measure::sent_away_share:
            return {field(&Sums::sent_away), field(&Sums::arrivals)};
        case Measure::no_show_share:
            return {field(&Sums::no_shows), field(&Sums::bookings_due)};
        case Measure::wait:
            return {field(&Sums::wait_served), field(&Sums::timed_served), minute};
        case Measure::wait_all:
            return {field(&Sums::wait_all), field(&Sums::timed_all), minute};
        case Measure::waited_share:
            return {field(&Sums::waited), field(&Sums::timed_all)};
        case Measure::served_within:
            return {[limit](const Sums& sums) { return sums.within[limit]; }, field(&Sums::timed_all)};
        case Measure::time_in_system:
            return {field(&Sums::in_system), field(&Sums::timed_served), minute};
        case Measure::queue_length:
            return {field(&Sums::queue_area), field(&Sums::open)};
        case Measure::number_in_system:
            return {field(&Sums::system_area), field(&Sums::open)};
        case Measure::utilisation:
            return {field(&Sums::busy), field(&Sums::staffed)};
        default:
            return {one(), [](const Sums&) { return std::int64_t{0}; }};
    }
}

std::vector<Measure> measures_of(const Breakdown& of) {
    if (of.desk) return {Measure::utilisation};
    if (of.step) return {Measure::served, Measure::wait, Measure::wait_all};
    std::vector<Measure> measures{Measure::arrivals, Measure::served, Measure::abandoned_share,
                                  Measure::sent_away_share};
    if (!of.hour) measures.push_back(Measure::no_show_share);
    measures.insert(measures.end(), {Measure::wait, Measure::wait_all, Measure::waited_share,
                                     Measure::served_within, Measure::time_in_system});
    if (!of.service && !of.channel)
        measures.insert(measures.end(),
                        {Measure::queue_length, Measure::number_in_system, Measure::utilisation});
    return measures;
}

sim::Quantiles quantiles_of(const stats::Histogram& spread) {
    return {spread.quantile(0.5) / minute, spread.quantile(0.9) / minute, spread.quantile(0.99) / minute};
}

std::optional<sim::Quantiles> quantiles_of(Measure measure, const Spread* spread) {
    if (spread == nullptr) return std::nullopt;
    const stats::Histogram* all = measure == Measure::wait             ? &spread->wait_served
                                  : measure == Measure::wait_all       ? &spread->wait_all
                                  : measure == Measure::time_in_system ? &spread->in_system
                                                                       : nullptr;
    if (all == nullptr || all->count() == 0) return std::nullopt;
    return quantiles_of(*all);
}

void merge(std::unique_ptr<Spread>& to, const Spread& from) {
    if (!to) to = std::make_unique<Spread>();
    to->wait_served.merge(from.wait_served);
    to->wait_all.merge(from.wait_all);
    to->in_system.merge(from.in_system);
    to->at_desk.merge(from.at_desk);
}

}  // namespace

Tally::Tally(const model::Model& model, const Zone& zone, std::optional<Date> from)
    : city_{model, zone}, from_{from}, day_{from.value_or(Date{})} {}

void Tally::close_day() {
    if (!from_) return;
    const int day = static_cast<int>((day_ - *from_).count());
    for (auto& [of, part] : today_.parts) {
        Column& column = columns_[of];
        column.days.emplace_back(day, part.sums);
        if (part.spread) merge(column.spread, *part.spread);
    }
    for (const auto& [way, sums] : today_.by_way)
        ways_[way].days.emplace_back(day, sums);
    today_ = {};
}

void Tally::add(const HallDay& day) {
    if (day.date != day_) {
        close_day();
        day_ = day.date;
        if (!from_) from_ = day.date;
    }
    is_any_open_ = is_any_open_ || !day.is_over;
    City by{day.model ? *day.model : city_.model, city_.zone};
    by.limits = city_.limits;
    add_to(today_, day, by);
}

void Tally::add_rows(Statistics& to, const Breakdown& of, const Column& column, int days) const {
    for (const Measure measure : measures_of(of)) {
        const std::size_t limits = measure == Measure::served_within ? city_.limits.size() : 1;
        for (std::size_t limit = 0; limit < limits; ++limit) {
            const auto found = found_of(column.days, days, ratio_of(measure, limit));
            if (!found) continue;
            // Hours in which nobody ever comes are not part of the answer.
            if (of.hour && measure <= Measure::served && found->mean == 0) continue;
            sim::Row row;
            row.measure = measure;
            if (measure == Measure::served_within) row.limit_minutes = city_.limits[limit];
            row.of = of;
            row.mean = found->mean;
            row.half_width = found->half_width;
            const bool is_over_time = measure == Measure::queue_length ||
                                      measure == Measure::number_in_system || measure == Measure::utilisation;
            row.count = is_over_time ? days : found->count;
            row.quantiles = quantiles_of(measure, column.spread.get());
            to.results.rows.push_back(std::move(row));
        }
    }
}

void Tally::add_own(Statistics& to, const Breakdown& of, const Column& column, int days) const {
    const auto add = [&](const char* measure, const char* unit, const Ratio& ratio) -> OwnRow* {
        const auto found = found_of(column.days, days, ratio);
        if (!found) return nullptr;
        OwnRow row;
        row.measure = measure;
        row.unit = unit;
        row.of = of;
        row.mean = found->mean;
        row.half_width = found->half_width;
        row.count = found->count;
        return &to.own.emplace_back(std::move(row));
    };
    OwnRow* at_desk = add("service_time", "min", {field(&Sums::at_desk), field(&Sums::legs_served), minute});
    if (at_desk != nullptr && column.spread) at_desk->quantiles = quantiles_of(column.spread->at_desk);
    add("way_time", "min", {field(&Sums::on_the_way), field(&Sums::ways), minute});
    add("promise_kept", "share", {field(&Sums::promises_kept), field(&Sums::promises_due)});
    add("promise_width", "min", {field(&Sums::promised_minutes), field(&Sums::promises_due)});
}

Statistics Tally::finish(Date to) {
    close_day();
    const Date from = from_.value_or(to);
    const int days = std::max(1, static_cast<int>((to - from).count()) + 1);
    Statistics statistics;
    statistics.from = from;
    statistics.to = to;
    statistics.is_today_in_it = is_any_open_;
    sim::Results& results = statistics.results;
    results.model = city_.model.key;
    results.seed = 0;
    results.days = days;
    results.replications = 1;
    results.is_steady_state = false;
    results.unit_of_interval = "batches of days";
    results.units = days;
    results.confidence = confidence;
    for (const auto& [of, column] : columns_) {
        add_rows(statistics, of, column, days);
        if (!of.hour && !of.step && !of.channel) add_own(statistics, of, column, days);
    }
    for (const auto& [way, column] : ways_)
        for (const auto& [measure, unit, ratio] :
             {std::tuple{"arrivals", "per day", ratio_of(Measure::arrivals, 0)},
              std::tuple{"wait", "min", ratio_of(Measure::wait, 0)}})
            if (const auto found = found_of(column.days, days, ratio)) {
                OwnRow row;
                row.measure = measure;
                row.unit = unit;
                row.taken_by = way;
                row.mean = found->mean;
                row.half_width = found->half_width;
                row.count = found->count;
                statistics.own.push_back(std::move(row));
            }
    std::ranges::stable_sort(results.rows, {}, [](const sim::Row& row) { return row.measure; });
    std::ranges::stable_sort(statistics.own, {}, &OwnRow::measure);
    if (const auto whole = columns_.find({}); whole != columns_.end())
        for (const auto& [day, sums] : whole->second.days) {
            statistics.tickets += sums.arrivals;
            statistics.left_out += sums.inexact;
            statistics.still_open += sums.open_tickets;
        }
    results.customers = statistics.tickets;
    results.targets = sim::judge(city_.model, results);
    return statistics;
}

}  // namespace balcao::record
