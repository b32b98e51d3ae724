#pragma once
// What is counted of one day and one part of the city, and how a day's table of periods becomes such counts.
// The definitions are those of the measures of the language page (docs/model.md), so that a measured figure
// and a simulated one are of the same thing. Used by statistics.cpp and by the weeks of a site's page.
#include <array>
#include <map>
#include <memory>
#include <vector>

#include "model/measures.hpp"
#include "model/model.hpp"
#include "record/hall_day.hpp"
#include "sim/results.hpp"
#include "stats/histogram.hpp"

namespace balcao::record {

// Times in microseconds, as the simulator's.
struct Sums {
    std::int64_t arrivals = 0;
    std::int64_t served = 0;
    std::int64_t abandoned = 0;  // gave up, or were called and never came
    std::int64_t sent_away = 0;
    // Of tickets whose times can be trusted.
    std::int64_t timed_served = 0;
    std::int64_t timed_all = 0;
    std::int64_t wait_served = 0;
    std::int64_t wait_all = 0;
    std::int64_t waited = 0;  // at all
    std::int64_t in_system = 0;
    std::array<std::int64_t, model::served_within_limits_max> within{};
    std::int64_t queue_area = 0;
    std::int64_t system_area = 0;
    std::int64_t open = 0;
    std::int64_t busy = 0;
    std::int64_t staffed = 0;
    std::int64_t bookings_due = 0;
    std::int64_t no_shows = 0;
    std::int64_t at_desk = 0;  // parts of a leg added
    std::int64_t legs_served = 0;
    std::int64_t on_the_way = 0;
    std::int64_t ways = 0;
    std::int64_t promises_kept = 0;
    std::int64_t promises_due = 0;
    std::int64_t promised_minutes = 0;  // width of the ranges
    std::int64_t inexact = 0;           // tickets left out of averages
    std::int64_t open_tickets = 0;      // not over yet

    Sums& operator+=(const Sums& other);
    friend bool operator==(const Sums&, const Sums&) = default;
};

// Waits and times of single people, for quantiles.
struct Spread {
    stats::Histogram wait_served;
    stats::Histogram wait_all;
    stats::Histogram in_system;
    stats::Histogram at_desk;
};

// The limits of `served_within` that the targets name, in minutes, ascending.
std::vector<double> limits_of(const model::Model& model);

// One part of a day: what it counted and, where single people are looked at, how they spread.
struct Part {
    Sums sums;
    std::unique_ptr<Spread> spread;
};

using Parts = std::map<sim::Breakdown, Part>;

// How a ticket was taken ("kiosk", "phone") stands apart: the channels of a model are others.
struct DaySums {
    Parts parts;
    std::map<std::string, Sums> by_way;
};

// Whose days are counted. All that it points to must outlive it.
struct City {
    City(const model::Model& of, const Zone& in) : model{of}, zone{in}, limits{limits_of(of)} {}

    const model::Model& model;
    const Zone& zone;
    std::vector<double> limits;
};

// Adds a hall's day to the day's counts; nothing for a site that the model does not have.
void add_to(DaySums& into, const HallDay& day, const City& city);

}  // namespace balcao::record
