#pragma once
// A model with its run options made definite, ready to be run in steps: what simulate, compare, stress and
// situations share. Used by the sources of `sim` only.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/runner.hpp"
#include "sim/simulate.hpp"
#include "sim/summary.hpp"
#include "stats/batch.hpp"

namespace balcao::sim {

class Experiment {
public:
    static Result<std::unique_ptr<Experiment>> make(const model::Model& model, const RunOptions& options);

    // Measures served_within with these limits too, in minutes. Before `prepare`. Invalid when there are more
    // than a ledger holds.
    Result<void> measure_limits(const std::vector<double>& limits_minutes);

    // Finds the warm-up where the model needs one and it was not given. Does nothing when called again.
    void prepare();

    // Leaves out as much as that in place of what `prepare` found, so that scenarios are compared over the
    // same days. Before anything was run.
    void use_warm_up(des::Time length);

    // To that many replications in all; false when it was stopped.
    bool run_to(int replications);

    // As many as the options ask: their number, or until the precision is reached.
    void run_all();

    // As many as the other has done, one at least.
    void run_as_many_as(const Experiment& other);

    [[nodiscard]] Results results() const;
    // Units merged into batches where there is one replication.
    [[nodiscard]] std::vector<Series> series() const;

    // Of one replication: how many of its slices make a batch that passes for independent.
    [[nodiscard]] std::size_t slices_per_batch() const;

    // The same of the first so many slices or replications, so many of them a batch: two experiments are
    // paired batch by batch.
    [[nodiscard]] std::vector<Series> series_of(std::size_t units, std::size_t per_batch) const;

    // Slices of one replication, or replications, that are there to be paired.
    [[nodiscard]] std::size_t units_done() const;

    [[nodiscard]] const CityPlan& city() const { return city_; }

    [[nodiscard]] const Breakdowns& breakdowns() const { return *breakdowns_; }

    [[nodiscard]] const Runner& runner() const { return *runner_; }

    [[nodiscard]] des::Time warm_up() const { return warm_up_; }

    [[nodiscard]] double confidence() const { return options_.confidence; }

private:
    Experiment(const model::Model& model, const RunOptions& options);

    [[nodiscard]] RunPlan run_plan() const;
    void run_until_precise();

    [[nodiscard]] bool is_one_run() const { return replications_ == 1; }

    // Slices of one replication, or replications.
    [[nodiscard]] std::vector<Unit> units() const;
    [[nodiscard]] std::optional<stats::BatchEstimate> batches() const;
    [[nodiscard]] std::vector<Unit> merged_units() const;
    [[nodiscard]] std::vector<std::string> doubts() const;
    void find_warm_up();
    void make_runner();

    model::Model model_;
    RunOptions options_;
    CityPlan city_;
    std::unique_ptr<Breakdowns> breakdowns_;
    std::unique_ptr<Trace> counted_visits_;
    std::unique_ptr<Runner> runner_;
    std::vector<std::string> notes_;
    int days_ = 0;
    int replications_ = 0;
    int slices_ = 1;
    int days_per_slice_ = 0;
    des::Time warm_up_ = 0;
    bool is_prepared_ = false;
    bool was_stopped_ = false;
};

}  // namespace balcao::sim
