#include <algorithm>
#include <memory>
#include <thread>
#include <variant>

#include "sim/experiment_parts.hpp"
#include "stats/mser.hpp"

namespace balcao::sim {

namespace {

bool is_constant_rate(const SourcePlan& source) {
    if (!source.demand.arrivals || source.demand.bookings) return false;
    const auto& arrivals = *source.demand.arrivals;
    const bool is_steady = std::holds_alternative<model::PoissonArrivals>(arrivals.pattern) ||
                           std::holds_alternative<model::RenewalArrivals>(arrivals.pattern) ||
                           std::holds_alternative<model::BatchArrivals>(arrivals.pattern);
    return is_steady && arrivals.growth_per_year == 0 && arrivals.dates.empty() && !arrivals.day_factor &&
           std::ranges::all_of(arrivals.season,
                               [&](double factor) { return factor == arrivals.season.front(); });
}

bool is_same_all_day(const CityPlan& city) {
    for (const auto& world : city.worlds) {
        if (!std::ranges::all_of(world.sources, is_constant_rate)) return false;
        for (const auto& site : world.sites)
            if (!site.site.open.always) return false;
        for (const auto& group : world.groups)
            if (std::holds_alternative<model::Roster>(group.group.count) || !group.group.breaks.empty())
                return false;
    }
    return true;
}

// Person-time inside the city in each slice of time, summed over the replications. Nothing else is kept: a
// pilot has many slices, and a breakdown of each would cost more than the run itself.
struct Pilot {
    const CityPlan& city;
    const PilotOptions& options;
    int slices = 1;
    des::Time slice = 0;

    [[nodiscard]] std::vector<double> run() const {
        std::atomic<int> next{0};
        std::vector<std::vector<std::int64_t>> areas(static_cast<std::size_t>(std::max(1, options.threads)));
        {
            std::vector<std::jthread> threads;
            threads.reserve(areas.size());
            for (auto& area : areas)
                threads.emplace_back([&] { work(next, area); });
        }
        std::vector<double> inside(static_cast<std::size_t>(slices), 0.0);
        for (std::size_t at = 0; at < inside.size(); ++at) {
            std::int64_t sum = 0;
            for (const auto& area : areas)
                sum += area[at];
            inside[at] = static_cast<double>(sum);
        }
        return inside;
    }

private:
    void work(std::atomic<int>& next, std::vector<std::int64_t>& area) const {
        area.assign(static_cast<std::size_t>(slices), 0);
        std::vector<std::unique_ptr<World>> worlds;
        for (const auto& plan : city.worlds)
            worlds.push_back(std::make_unique<World>(city, plan));
        for (int replication = next++; replication < options.replications; replication = next++) {
            for (auto& world : worlds) {
                world->ledger.clear();
                world->begin({options.seed, static_cast<std::uint64_t>(replication)});
                for (int at = 0; at < slices; ++at) {
                    if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
                    world->run_until(slice * (at + 1));
                    world->settle();
                    for (const auto& cell : world->ledger.contacts)
                        area[static_cast<std::size_t>(at)] += cell.system_area;
                    world->ledger.clear();
                }
            }
        }
    }
};

}  // namespace

WarmUpFound warm_up_of(const CityPlan& city, const PilotOptions& options) {
    constexpr int fine_slices = 1000;
    constexpr int longest = 8;
    const bool is_flat = is_same_all_day(city);
    WarmUpFound found;
    for (int times = 1; times <= longest; times *= 2) {
        const int days = (is_flat ? options.days : std::max(options.days, 60)) * times;
        const int slices = is_flat ? fine_slices : days;
        Pilot pilot{city, options, slices, static_cast<des::Time>(days) * des::day / slices};
        const auto inside = pilot.run();
        const auto warm_up = stats::mser5(inside);
        found.length = static_cast<des::Time>(warm_up.observations) * pilot.slice;
        found.is_reliable = warm_up.is_reliable;
        found.days = days;
        if (warm_up.is_reliable || (options.stop != nullptr && options.stop->load())) break;
    }
    return found;
}

std::vector<Unit> join_units(const std::vector<Unit>& units, std::size_t per_batch) {
    if (per_batch <= 1) return units;
    std::vector<Unit> joined;
    for (std::size_t begin = units.size() % per_batch; begin < units.size(); begin += per_batch) {
        Unit batch = units[begin];
        for (std::size_t next = begin + 1; next < begin + per_batch; ++next) {
            batch.totals += units[next].totals;
            batch.time += units[next].time;
        }
        joined.push_back(std::move(batch));
    }
    return joined;
}

}  // namespace balcao::sim
