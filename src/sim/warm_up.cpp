#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <thread>
#include <variant>

#include "sim/experiment_parts.hpp"
#include "stats/mser.hpp"
#include "stats/student.hpp"

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

// Every week brings the same demand, so that two of them may be compared.
bool has_like_weeks(const CityPlan& city) {
    const auto changes = [](const SourcePlan& source) {
        if (source.demand.learns > 0) return true;
        if (!source.demand.arrivals) return false;
        const auto& arrivals = *source.demand.arrivals;
        return std::holds_alternative<model::ArrivalLog>(arrivals.pattern) || arrivals.growth_per_year != 0 ||
               !arrivals.dates.empty() || std::ranges::any_of(arrivals.season, [&](double factor) {
                   return factor != arrivals.season.front();
               });
    };
    for (const auto& world : city.worlds) {
        if (std::ranges::any_of(world.sources, changes)) return false;
        for (const auto& site : world.sites)
            if (!site.site.open.closed.empty() || !site.site.open.holidays.empty() ||
                !site.site.open.dates.empty())
                return false;
    }
    return true;
}

// Person-time inside the city in each slice of time of each replication. Nothing else is kept: a pilot has
// many slices, and a breakdown of each would cost more than the run itself.
struct Pilot {
    const CityPlan& city;
    const PilotOptions& options;
    int slices = 1;
    des::Time slice = 0;
    std::vector<std::vector<double>> inside{};  // by replication

    void run() {
        std::atomic<int> next{0};
        inside.assign(static_cast<std::size_t>(options.replications),
                      std::vector<double>(static_cast<std::size_t>(slices), 0.0));
        std::vector<std::jthread> threads;
        threads.reserve(static_cast<std::size_t>(std::max(1, options.threads)));
        for (int thread = 0; thread < std::max(1, options.threads); ++thread)
            threads.emplace_back([&] { work(next); });
    }

    // Summed over the replications.
    [[nodiscard]] std::vector<double> series() const {
        std::vector<double> sums(static_cast<std::size_t>(slices), 0.0);
        for (const auto& replication : inside)
            for (std::size_t at = 0; at < sums.size(); ++at)
                sums[at] += replication[at];
        return sums;
    }

    // The halves of what lies behind the first slices, each of so many slices that it is a multiple of
    // `step`.
    [[nodiscard]] HalvesCompared halves(std::size_t left_out, std::size_t step) const {
        const std::size_t count = static_cast<std::size_t>(slices);
        const std::size_t length = (count - left_out) / (2 * step) * step;
        if (length == 0) return {};
        const auto sum = [&](const std::vector<double>& of, std::size_t begin) {
            const auto from = of.begin() + static_cast<std::ptrdiff_t>(begin);
            return std::accumulate(from, from + static_cast<std::ptrdiff_t>(length), 0.0);
        };
        std::vector<double> first;
        std::vector<double> second;
        for (const auto& replication : inside) {
            first.push_back(sum(replication, count - 2 * length));
            second.push_back(sum(replication, count - length));
        }
        return compare_halves(first, second);
    }

    // How long the city remembers: the time in which what a replication holds more or less than the others do
    // falls to 1/e, as a share of the time behind the first slices. From the correlation of neighbouring
    // blocks, forty of them, around the mean of the block over replications: neither a start nor a week shows
    // in it.
    [[nodiscard]] double memory(std::size_t left_out) const {
        constexpr std::size_t blocks_max = 40;
        const std::size_t left = static_cast<std::size_t>(slices) - left_out;
        const std::size_t length = std::max<std::size_t>(1, left / blocks_max);
        const std::size_t blocks = left / length;
        std::vector<std::vector<double>> people(blocks, std::vector<double>(inside.size(), 0.0));
        for (std::size_t block = 0; block < blocks; ++block) {
            auto& of_block = people[block];
            for (std::size_t at = 0; at < of_block.size(); ++at) {
                const auto from = inside[at].end() - static_cast<std::ptrdiff_t>((blocks - block) * length);
                of_block[at] = std::accumulate(from, from + static_cast<std::ptrdiff_t>(length), 0.0);
            }
            const double mean =
                std::accumulate(of_block.begin(), of_block.end(), 0.0) / static_cast<double>(of_block.size());
            for (double& value : of_block)
                value -= mean;
        }
        double squares = 0;
        double products = 0;
        for (std::size_t block = 0; block + 1 < blocks; ++block) {
            const auto& now = people[block];
            squares += (std::inner_product(now.begin(), now.end(), now.begin(), 0.0) +
                        std::inner_product(people[block + 1].begin(), people[block + 1].end(),
                                           people[block + 1].begin(), 0.0)) /
                       2;
            products += std::inner_product(now.begin(), now.end(), people[block + 1].begin(), 0.0);
        }
        if (!(products > 0)) return 0;
        return products < squares ? -1 / std::log(products / squares) / static_cast<double>(blocks) : 1;
    }

private:
    void work(std::atomic<int>& next) {
        std::vector<std::unique_ptr<World>> worlds;
        for (const auto& plan : city.worlds)
            worlds.push_back(std::make_unique<World>(city, plan));
        for (int replication = next++; replication < options.replications; replication = next++) {
            auto& areas = inside[static_cast<std::size_t>(replication)];
            for (auto& world : worlds) {
                world->ledger.clear();
                world->begin({options.seed, static_cast<std::uint64_t>(replication)});
                for (int at = 0; at < slices; ++at) {
                    if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
                    world->run_until(slice * (at + 1));
                    world->settle();
                    std::int64_t area = 0;
                    for (const auto& cell : world->ledger.contacts)
                        area += cell.system_area;
                    areas[static_cast<std::size_t>(at)] += static_cast<double>(area);
                    world->ledger.clear();
                }
            }
        }
    }
};

}  // namespace

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

HalvesCompared compare_halves(const std::vector<double>& first, const std::vector<double>& second) {
    const auto mean_of = [](const std::vector<double>& values) {
        return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    };
    HalvesCompared halves;
    if (first.empty()) return halves;
    halves.first = mean_of(first);
    halves.second = mean_of(second);
    const double count = static_cast<double>(first.size());
    const double more = halves.second - halves.first;
    double squares = 0;
    for (std::size_t at = 0; at < first.size(); ++at)
        squares += (second[at] - first[at] - more) * (second[at] - first[at] - more);
    if (first.size() < 2 || !(squares > 0)) return halves;
    halves.p = stats::t_two_sided_p(more / std::sqrt(squares / (count - 1) / count), count - 1);
    return halves;
}

WarmUpFound warm_up_of(const CityPlan& city, const PilotOptions& options) {
    constexpr int fine_slices = 1000;
    constexpr int longest = 8;
    // A pilot has few replications. One more doubling costs only time, so a slight rise is enough for it; to
    // say that no end was found, a clear one must remain.
    constexpr double p_to_lengthen = 0.2;
    constexpr double p_to_tell = 0.01;
    // Of the pilot behind the warm-up: what is remembered for longer, a start is not seen to end in it.
    constexpr double memory_max = 0.05;
    const bool is_flat = is_same_all_day(city);
    const bool has_halves = is_flat || has_like_weeks(city);
    const std::size_t step = is_flat ? 1 : 7;
    WarmUpFound found;
    for (int times = 1; times <= longest; times *= 2) {
        const int days = (is_flat ? options.days : std::max(options.days, 60)) * times;
        const int slices = is_flat ? fine_slices : days;
        Pilot pilot{city, options, slices, static_cast<des::Time>(days) * des::day / slices};
        pilot.run();
        const auto warm_up = stats::mser5(pilot.series());
        const auto halves = has_halves ? pilot.halves(warm_up.observations, step) : HalvesCompared{};
        const auto rises = [&](double p) { return halves.second > halves.first && halves.p < p; };
        found.length = static_cast<des::Time>(warm_up.observations) * pilot.slice;
        const double memory = pilot.memory(warm_up.observations);
        found.is_reliable = warm_up.is_reliable && !rises(p_to_tell);
        found.days = days;
        found.memory_days =
            memory * (days - static_cast<double>(found.length) / static_cast<double>(des::day));
        found.is_long = memory <= memory_max;
        const bool is_found = warm_up.is_reliable && found.is_long && !rises(p_to_lengthen);
        if (is_found || (options.stop != nullptr && options.stop->load())) break;
    }
    return found;
}

std::vector<Unit> join_units(const std::vector<Unit>& units, std::size_t per_batch) {
    if (per_batch <= 1) return units;
    std::vector<Unit> joined;
    const std::size_t left_over = units.size() < per_batch ? 0 : units.size() % per_batch;
    for (std::size_t at = 0; at < units.size(); ++at) {
        const bool begins = at == 0 || (at > left_over && (at - left_over) % per_batch == 0);
        if (begins) {
            joined.push_back(units[at]);
            continue;
        }
        joined.back().totals += units[at].totals;
        joined.back().time += units[at].time;
    }
    return joined;
}

}  // namespace balcao::sim
