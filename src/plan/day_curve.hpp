#pragma once
// The queue of a whole day as a curve: how long people wait on average, and how many give up, for a day's
// tickets against what the desks can serve. A fluid through stationary queues with impatient people; used to
// read the effective capacity off an observed wait and back. No simulation and no draw.
#include <vector>

#include "plan/live_samples.hpp"

namespace balcao::plan {

// M/M/n+M in the steady state: mean number in the system and in the queue.
struct StationaryQueue {
    double in_system = 0;
    double waiting = 0;
};

struct DeskHall {
    int desks = 1;
    double service_minutes = 6;  // mean, > 0
    double leaving_rate = 0.01;  // of each waiting person, per minute, > 0
};

// Erlang-A (Palm 1957; Garnett, Mandelbaum and Reiman 2002, section 2): birth and death with rates λ and
// min(k, n)·μ + max(k-n, 0)·θ, cut where the probability is below rounding. λ in people a minute, > 0.
StationaryQueue erlang_a(const DeskHall& hall, double arrivals_per_minute);

class DayCurve {
public:
    // PSFFA, the pointwise stationary fluid-flow approximation (Wang, Tipper and Banerjee 1996, eq. 5): dx/dt
    // = λ(t) - L⁻¹(x) with L the stationary number in system, in steps of two minutes, until the hall is
    // empty.
    DayCurve(const DeskHall& hall, const DayProfile& profile);
    // As it was written down: its nominal capacity (tickets a day) and log(wait + 2) on the grid.
    DayCurve(double capacity, std::vector<double> log_waits);

    // Tickets a day that keep all desks busy during opening hours.
    [[nodiscard]] double capacity() const { return capacity_; }

    // log(wait + 2) by log(tickets / capacity), on load_grid(); increasing.
    [[nodiscard]] const std::vector<double>& log_waits() const { return log_waits_; }

    // Mean wait in minutes when tickets are exp(load) times the effective capacity.
    [[nodiscard]] double wait(double load) const;
    // The load at which that mean wait arises; waits are held to 0..240 minutes.
    [[nodiscard]] double load(double wait_minutes) const;

    static const std::vector<double>& load_grid();  // 73 points from -2.2 to 1.4

private:
    double capacity_ = 0;
    std::vector<double> log_waits_;
};

}  // namespace balcao::plan
