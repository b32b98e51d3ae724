#pragma once
// A model with its run options made definite, ready to be run in steps: what simulate, compare, stress and
// situations share. Used by the sources of `sim` only.
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "sim/runner.hpp"
#include "sim/simulate.hpp"
#include "sim/summary.hpp"

namespace balcao::sim {

class Experiment {
public:
    static Result<std::unique_ptr<Experiment>> make(const model::Model& model, const RunOptions& options);

    // Finds the warm-up where the model needs one and it was not given. Does nothing when called again.
    void prepare();

    // Uses another experiment's warm-up, so that scenarios are compared over the same days.
    void use_warm_up(const Experiment& other);

    // To that many replications in all; false when it was stopped.
    bool run_to(int replications);

    // As many as the options ask: their number, or until the precision is reached.
    void run_all();

    [[nodiscard]] Results results() const;
    [[nodiscard]] std::vector<Series> series()
        const;  // units merged into batches where there is one replication

    [[nodiscard]] const CityPlan& city() const { return city_; }

    [[nodiscard]] const Breakdowns& breakdowns() const { return *breakdowns_; }

    [[nodiscard]] const Runner& runner() const { return *runner_; }

    [[nodiscard]] int days() const { return days_; }

private:
    Experiment(const model::Model& model, const RunOptions& options);

    [[nodiscard]] RunPlan run_plan() const;
    void run_until_precise();
    [[nodiscard]] std::vector<Unit> merged_units() const;
    void find_warm_up();

    model::Model model_;
    RunOptions options_;
    CityPlan city_;
    std::unique_ptr<Breakdowns> breakdowns_;
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
