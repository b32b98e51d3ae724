#pragma once
// What a world counts while it runs: whole numbers only, so that adding them up in any order gives the same
// result for any number of threads. One ledger a unit (replication, or batch); histograms are kept for the
// run.
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "des/time.hpp"
#include "stats/histogram.hpp"

namespace balcao::sim {

inline constexpr std::size_t limits_max = 6;
inline constexpr std::size_t hours = 24;

// People of one class who arrived in one hour of the day.
struct ContactCell {
    std::int64_t arrivals = 0;
    std::int64_t balked = 0;
    std::int64_t served = 0;
    std::int64_t abandoned = 0;
    std::int64_t sent_away = 0;
    std::int64_t waited = 0;       // of those who got in
    std::int64_t wait_served = 0;  // microseconds
    std::int64_t wait_unserved = 0;
    std::int64_t in_system_served = 0;
    std::int64_t queue_area = 0;  // person-microseconds
    std::int64_t system_area = 0;
    std::array<std::int64_t, limits_max> within{};
};

// One step of one class.
struct LegCell {
    std::int64_t served = 0;
    std::int64_t wait = 0;  // microseconds, of those whom the step served
    std::int64_t unserved = 0;
    std::int64_t wait_unserved = 0;
};

// One site in one hour of the day.
struct SiteCell {
    std::int64_t queue_area = 0;
    std::int64_t system_area = 0;
    std::int64_t open = 0;  // microseconds open, and the time after closing until empty
};

// One desk group in one hour of the day; desk-microseconds.
struct DeskCell {
    std::int64_t busy = 0;
    std::int64_t staffed = 0;
};

// Needs that began in a unit, by class of the first contact; bookings by the day on which they were due.
struct NeedCell {
    std::int64_t needs = 0;  // that have ended
    std::int64_t open = 0;   // that had not when the simulation was given up
    std::int64_t visits = 0;
    std::int64_t solved = 0;
    std::int64_t time_to_solution = 0;  // microseconds, of the solved
    std::int64_t cost_cents = 0;
    std::int64_t travel = 0;  // microseconds
    std::int64_t bookings_due = 0;
    std::int64_t no_shows = 0;
};

struct Ledger {
    std::vector<ContactCell> contacts;  // class by hour
    std::vector<LegCell> legs;
    std::vector<SiteCell> sites;  // site by hour
    std::vector<DeskCell> desks;  // group by hour
    std::vector<NeedCell> needs;  // class: bookings only; the needs themselves last longer than a unit

    void clear();
};

// Of single people, for quantiles; by class.
struct Histograms {
    std::vector<stats::Histogram> wait_served;
    std::vector<stats::Histogram> wait_unserved;
    std::vector<stats::Histogram> in_system;

    void add(const Histograms& other);
    void clear();
};

}  // namespace balcao::sim
