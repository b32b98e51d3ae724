#pragma once
// Runs replications of a city on several threads and folds what they counted. Results do not depend on the
// number of threads: every replication has its own streams, and everything folded is a whole number.
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "sim/breakdowns.hpp"
#include "sim/trace.hpp"
#include "sim/world.hpp"
#include "sim/world_plan.hpp"

namespace balcao::sim {

// What an interval is over: a replication, a day or a slice of one long run.
struct Unit {
    Totals totals;
    des::Time time = 0;  // microseconds of the calendar, over which "per day" is
};

struct RunPlan {
    int days = 20;            // per replication, after the warm-up
    des::Time warm_up = 0;    // steady state only
    int slices = 1;           // units per replication; day-type: of `days_per_slice`, the last may be shorter
    int days_per_slice = 0;   // day-type only; 0: all of them
    bool is_one_run = false;  // of one replication, when it is stopped, the slices that are done are kept
    std::uint64_t seed = 1;
    int threads = 1;
    Trace* trace = nullptr;  // only with one thread
    const std::atomic<bool>* stop = nullptr;
    std::function<void(int)> finished;  // called with the number of replications done, on any thread
};

class Runner {
public:
    Runner(const CityPlan& city, const Breakdowns& breakdowns, RunPlan plan);
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    Runner(Runner&&) = delete;
    Runner& operator=(Runner&&) = delete;

    // Runs replications [done, to) and keeps their units. Returns false when it was stopped; then only the
    // replications that were finished, without a gap, are kept, and of the first one, where it is one long
    // run, the slices that every world has finished.
    bool run_to(int replications);

    // Slices of the first replication that are known, when it was stopped before its end; else 0.
    [[nodiscard]] int slices_of_unfinished() const { return slices_of_unfinished_; }

    [[nodiscard]] int done() const { return done_; }

    // In order of replication, then of slice. Beyond `units_max` replications they are joined, so that memory
    // does not grow with their number.
    static constexpr int units_max = 2048;

    // Days after the last one in which the needs that began in the run are followed to their end. A slot is
    // looked for up to a year ahead; who misses it may try again.
    static constexpr int days_after_max = 400;

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }

    // Single people over all replications; by world.
    [[nodiscard]] const std::vector<Histograms>& histograms() const { return histograms_; }

    [[nodiscard]] const std::vector<ProbeOutcome>& probes(std::size_t replication) const {
        return probes_[replication];
    }

    // Days that did not empty within World::day_bound.
    [[nodiscard]] int cut_off_days() const { return cut_off_days_; }

    // People who were inside at the end of a day because no desk was left to serve them.
    [[nodiscard]] std::int64_t stranded() const { return stranded_; }

private:
    struct Worker;
    struct Item;

    void work(Worker& worker, int to);
    void join_units_for(int replications);
    void run_item(Worker& worker, int replication, std::size_t number);
    bool run_slices(const Item& item);
    bool run_days(const Item& item);
    bool finish_needs(const Item& item);
    void fold(const Item& item, std::size_t slice, Time time);
    void fold_needs(const Item& item);
    [[nodiscard]] bool is_asked_to_stop() const;

    const CityPlan& city_;
    const Breakdowns& breakdowns_;
    RunPlan plan_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<Unit> units_;
    std::vector<std::vector<ProbeOutcome>> probes_;
    std::vector<Histograms> histograms_;
    std::vector<int> finished_worlds_;  // by replication
    std::vector<int> finished_slices_;  // of the first replication, by world
    std::atomic<std::size_t> next_item_{0};
    std::atomic<bool> was_stopped_{false};
    std::atomic<int> cut_off_days_{0};
    std::atomic<std::int64_t> stranded_{0};
    int done_ = 0;
    int per_unit_ = 1;
    int slices_of_unfinished_ = 0;
};

}  // namespace balcao::sim
