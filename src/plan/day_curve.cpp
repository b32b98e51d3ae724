#include "plan/day_curve.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/check.hpp"

namespace balcao::plan {
namespace {

constexpr std::size_t grid_points = 73;
constexpr std::size_t table_points = 90;
constexpr int system_max = 8000;
constexpr double step_minutes = 2;

// Linear between points, constant outside; `xs` ascend.
double interpolate(double x, std::span<const double> xs, std::span<const double> ys) {
    const auto above = std::upper_bound(xs.begin(), xs.end(), x);
    if (above == xs.begin()) return ys.front();
    if (above == xs.end()) return ys.back();
    const std::size_t i = static_cast<std::size_t>(above - xs.begin());
    return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
}

// The stationary law as a table over arrival rates, from no arrivals to eight times what the desks can serve.
struct StationaryTable {
    std::vector<double> arrivals{0};
    std::vector<double> in_system{0};
    std::vector<double> waiting{0};
};

StationaryTable stationary_table(const DeskHall& hall) {
    StationaryTable table;
    const double full = hall.desks / hall.service_minutes;
    for (std::size_t i = 0; i < table_points; ++i) {
        const double part = static_cast<double>(i) / (table_points - 1);
        const double arrivals = full * std::exp(std::log(0.02) + part * (std::log(8.0) - std::log(0.02)));
        const StationaryQueue queue = erlang_a(hall, arrivals);
        table.arrivals.push_back(arrivals);
        table.in_system.push_back(queue.in_system);
        table.waiting.push_back(queue.waiting);
    }
    return table;
}

double mean_wait(const StationaryTable& table, const DayProfile& profile, double tickets) {
    double in_system = 0;
    double area = 0;
    const double begin = profile.edges.front() * 60;
    const double end = profile.edges.back() * 60;
    std::size_t range = 0;
    for (int step = 0; begin + step * step_minutes < end + 600; ++step) {
        const double minute = begin + step * step_minutes;
        double arrivals = 0;
        if (minute < end) {
            while (minute >= profile.edges[range + 1] * 60)
                ++range;
            arrivals =
                tickets * profile.shares[range] / ((profile.edges[range + 1] - profile.edges[range]) * 60);
        } else if (in_system < 0.01) {
            break;
        }
        area += interpolate(in_system, table.in_system, table.waiting) * step_minutes;
        const double gone = interpolate(in_system, table.in_system, table.arrivals);
        in_system = std::max(0.0, in_system + step_minutes * (arrivals - gone));
    }
    return area / tickets;
}

}  // namespace

StationaryQueue erlang_a(const DeskHall& hall, double arrivals_per_minute) {
    BALCAO_CHECK(hall.desks >= 1 && hall.service_minutes > 0 && hall.leaving_rate > 0 &&
                 arrivals_per_minute > 0);
    const double rate = 1 / hall.service_minutes;
    const auto death = [&](int k) {
        return std::min(k, hall.desks) * rate + std::max(k - hall.desks, 0) * hall.leaving_rate;
    };
    int mode = 0;
    while (mode < system_max && death(mode + 1) < arrivals_per_minute)
        ++mode;
    double mass = 0;
    double in_system = 0;
    double waiting = 0;
    const auto count = [&](int k, double p) {
        mass += p;
        in_system += k * p;
        waiting += std::max(k - hall.desks, 0) * p;
    };
    double p = 1;
    for (int k = mode; k <= system_max && p > 1e-18; ++k) {
        count(k, p);
        p *= arrivals_per_minute / death(k + 1);
    }
    p = 1;
    for (int k = mode; k > 0 && p > 1e-18; --k) {
        p *= death(k) / arrivals_per_minute;
        count(k - 1, p);
    }
    return {in_system / mass, waiting / mass};
}

const std::vector<double>& DayCurve::load_grid() {
    static const std::vector<double> grid = [] {
        std::vector<double> points;
        for (std::size_t i = 0; i < grid_points; ++i)
            points.push_back(-2.2 + 0.05 * static_cast<double>(i));
        return points;
    }();
    return grid;
}

DayCurve::DayCurve(const DeskHall& hall, const DayProfile& profile)
    : capacity_{hall.desks / hall.service_minutes * 60 * profile.open_hours()} {
    const StationaryTable table = stationary_table(hall);
    double largest = 0;
    for (const double load : load_grid()) {
        largest = std::max(largest, mean_wait(table, profile, std::exp(load) * capacity_));
        log_waits_.push_back(std::log(largest + 2) + static_cast<double>(log_waits_.size()) * 1e-6);
    }
}

DayCurve::DayCurve(double capacity, std::vector<double> log_waits)
    : capacity_{capacity}, log_waits_{std::move(log_waits)} {
    BALCAO_CHECK(log_waits_.size() == grid_points);
}

double DayCurve::wait(double load) const { return std::exp(interpolate(load, load_grid(), log_waits_)) - 2; }

double DayCurve::load(double wait_minutes) const {
    return interpolate(std::log(std::clamp(wait_minutes, 0.0, 240.0) + 2), log_waits_, load_grid());
}

}  // namespace balcao::plan
