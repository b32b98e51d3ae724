#include "sim/runner.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

namespace balcao::sim {

struct Runner::Worker {
    std::vector<std::unique_ptr<World>> worlds;
};

namespace {

std::mutex fold_mutex;

}  // namespace

Runner::Runner(const CityPlan& city, const Breakdowns& breakdowns, RunPlan plan)
    : city_{city},
      breakdowns_{breakdowns},
      plan_{std::move(plan)},
      histograms_(city.worlds.size()),
      finished_slices_(city.worlds.size(), 0) {
    const int threads = plan_.trace != nullptr ? 1 : std::max(1, plan_.threads);
    for (int thread = 0; thread < threads; ++thread) {
        workers_.push_back(std::make_unique<Worker>());
        workers_.back()->worlds.resize(city.worlds.size());
    }
}

Runner::~Runner() = default;

bool Runner::run_to(int replications) {
    if (replications <= done_) return true;
    const auto slices = static_cast<std::size_t>(plan_.slices);
    const auto count = static_cast<std::size_t>(replications);
    join_units_for(replications);
    const auto per_unit = static_cast<std::size_t>(per_unit_);
    const auto kept = units_.size();
    units_.resize((count + per_unit - 1) / per_unit * slices);
    for (std::size_t unit = kept; unit < units_.size(); ++unit)
        units_[unit].totals = breakdowns_.empty_totals();
    probes_.resize(count);
    finished_worlds_.resize(count, 0);
    next_item_ = static_cast<std::size_t>(done_) * city_.worlds.size();
    std::vector<std::jthread> threads;
    for (std::size_t thread = 1; thread < workers_.size(); ++thread)
        threads.emplace_back([this, thread, replications] { work(*workers_[thread], replications); });
    work(*workers_.front(), replications);
    threads.clear();  // joins
    const auto worlds = static_cast<int>(city_.worlds.size());
    while (done_ < replications && finished_worlds_[static_cast<std::size_t>(done_)] == worlds)
        ++done_;
    for (auto& worker : workers_) {
        for (std::size_t world = 0; world < worker->worlds.size(); ++world) {
            if (!worker->worlds[world]) continue;
            histograms_[world].add(worker->worlds[world]->histograms);
            worker->worlds[world]->histograms.clear();
        }
    }
    if (done_ == 0 && plan_.is_one_run && slices > 1)
        slices_of_unfinished_ = *std::min_element(finished_slices_.begin(), finished_slices_.end());
    units_.resize((static_cast<std::size_t>(done_) + per_unit - 1) / per_unit * slices +
                  static_cast<std::size_t>(slices_of_unfinished_));
    return done_ == replications;
}

void Runner::join_units_for(int replications) {
    const auto slices = static_cast<std::size_t>(plan_.slices);
    while (replications > units_max * per_unit_) {
        std::vector<Unit> joined;
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            if (unit / slices % 2 == 0) {
                joined.push_back(std::move(units_[unit]));
                continue;
            }
            auto& before = joined[joined.size() - slices + unit % slices];
            before.totals += units_[unit].totals;
            before.time += units_[unit].time;
        }
        units_ = std::move(joined);
        per_unit_ *= 2;
    }
}

void Runner::work(Worker& worker, int to) {
    const std::size_t end = static_cast<std::size_t>(to) * city_.worlds.size();
    for (;;) {
        if (is_asked_to_stop()) return;
        const std::size_t item = next_item_.fetch_add(1);
        if (item >= end) return;
        run_item(worker, static_cast<int>(item / city_.worlds.size()), item % city_.worlds.size());
    }
}

// One world in one replication.
struct Runner::Item {
    World& world;
    std::size_t number;  // of the world
    int replication;
    std::size_t first_unit;
};

bool Runner::is_asked_to_stop() const {
    return plan_.stop != nullptr && plan_.stop->load(std::memory_order_relaxed);
}

void Runner::run_item(Worker& worker, int replication, std::size_t number) {
    if (!worker.worlds[number]) worker.worlds[number] = std::make_unique<World>(city_, city_.worlds[number]);
    auto& world = *worker.worlds[number];
    world.trace = plan_.trace;
    world.stop = plan_.stop;
    world.ledger.clear();
    world.begin({plan_.seed, static_cast<std::uint64_t>(replication)});
    const Item item{world, number, replication,
                    static_cast<std::size_t>(replication / per_unit_ * plan_.slices)};
    const bool is_run = city_.is_steady_state ? run_slices(item) : run_days(item);
    const bool is_whole = is_run && finish_needs(item);
    fold_needs(item);
    if (!is_whole) return;
    const std::scoped_lock lock{fold_mutex};
    auto& probes = probes_[static_cast<std::size_t>(replication)];
    probes.insert(probes.end(), world.probes.begin(), world.probes.end());
    const auto place = static_cast<std::size_t>(replication);
    if (++finished_worlds_[place] == static_cast<int>(city_.worlds.size()) && plan_.finished)
        plan_.finished(replication + 1);
}

bool Runner::run_slices(const Item& item) {
    auto& world = item.world;
    const Time length = static_cast<Time>(plan_.days) * des::day;
    if (plan_.warm_up > 0) {
        // Single people of the warm-up are not part of the quantiles either.
        const Histograms before = world.histograms;
        if (!world.run_until(plan_.warm_up)) return false;
        world.settle();
        world.ledger.clear();
        world.histograms = before;
    }
    for (int slice = 0; slice < plan_.slices; ++slice) {
        if (is_asked_to_stop()) return false;
        world.count_needs_in(static_cast<std::uint32_t>(slice));
        const Time begin = plan_.warm_up + length / plan_.slices * slice;
        const Time end = slice + 1 == plan_.slices ? plan_.warm_up + length : begin + length / plan_.slices;
        if (!world.run_until(end)) return false;
        world.settle();
        fold(item, static_cast<std::size_t>(slice), end - begin);
    }
    return true;
}

bool Runner::run_days(const Item& item) {
    const int per_slice = plan_.days_per_slice > 0 ? plan_.days_per_slice : plan_.days;
    for (int day = 0; day < plan_.days; ++day) {
        if (is_asked_to_stop()) return false;
        item.world.count_needs_in(static_cast<std::uint32_t>(day / per_slice));
        if (!item.world.run_day()) return false;
        cut_off_days_ += item.world.was_stopped() ? 1 : 0;
        stranded_ += item.world.stranded();
        const int in_slice = day % per_slice + 1;
        if (in_slice == per_slice || day + 1 == plan_.days)
            fold(item, static_cast<std::size_t>(day / per_slice), in_slice * des::day);
    }
    return true;
}

void Runner::fold(const Item& item, std::size_t slice, Time time) {
    {
        const std::scoped_lock lock{fold_mutex};
        auto& unit = units_[item.first_unit + slice];
        breakdowns_.fold(item.number, item.world.ledger, unit.totals);
        if (item.number == 0) unit.time += time;
        if (item.replication == 0) finished_slices_[item.number] = static_cast<int>(slice) + 1;
    }
    item.world.ledger.clear();
}

// Needs that began in the run and last beyond it are followed to their end: those that end within it are the
// short ones. Nothing else of those days is counted.
bool Runner::finish_needs(const Item& item) {
    auto& world = item.world;
    world.count_needs_in(none);
    if (world.open_needs() == 0) return true;
    world.trace = nullptr;
    const Histograms before = world.histograms;
    const Time end = plan_.warm_up + static_cast<Time>(plan_.days) * des::day;
    // A city that never closes and has more to do than it can only grows: it is not followed as long.
    const int days_after =
        city_.is_steady_state ? std::min(days_after_max, 100 + plan_.days) : days_after_max;
    bool is_whole = true;
    for (Time after = 0; is_whole && world.open_needs() > 0 && after < days_after * des::day;) {
        after += city_.is_steady_state ? des::hour : des::day;
        is_whole =
            !is_asked_to_stop() && (city_.is_steady_state ? world.run_until(end + after) : world.run_day());
    }
    world.ledger.clear();
    world.histograms = before;
    return is_whole;
}

void Runner::fold_needs(const Item& item) {
    auto& world = item.world;
    world.settle_needs();
    const std::size_t classes = city_.worlds[item.number].classes.size();
    const std::scoped_lock lock{fold_mutex};
    for (std::size_t slice = 0; slice * classes < world.needs.size(); ++slice)
        breakdowns_.fold_needs(item.number, {world.needs.data() + slice * classes, classes},
                               units_[item.first_unit + slice].totals);
}

}  // namespace balcao::sim
