#include "sim/experiment.hpp"

#include <algorithm>
#include <thread>
#include <variant>

#include <fmt/format.h>

#include "sim/experiment_parts.hpp"
#include "stats/batch.hpp"
#include "stats/ratio.hpp"
#include "stats/sequential.hpp"

namespace balcao::sim {

namespace {

constexpr int batch_slices = 640;

Result<void> check_options(const RunOptions& options, bool is_steady_state) {
    const auto wrong = [](const char* what, const char* field) { return Error{Errc::invalid, what, field}; };
    if (options.days && *options.days < 1) return wrong("a run needs at least one day", "--days");
    if (options.replications && *options.replications < 1)
        return wrong("a run needs at least one replication", "--replications");
    if (options.replications && options.precision)
        return wrong("say either how many replications or how precise, not both", "--precision");
    if (options.precision && (*options.precision <= 0 || *options.precision >= 1))
        return wrong("a precision lies between 0 % and 100 %", "--precision");
    if (options.warm_up && !is_steady_state)
        return wrong(
            "only a model with a site that never closes has a warm-up; this one starts each day empty",
            "--warm-up");
    if (options.warm_up && *options.warm_up < 0) return wrong("a warm-up is not negative", "--warm-up");
    return {};
}

}  // namespace

Experiment::Experiment(const model::Model& model, const RunOptions& options)
    : model_{model}, options_{options} {}

Result<std::unique_ptr<Experiment>> Experiment::make(const model::Model& model, const RunOptions& options) {
    if (auto checked = check_options(options, model.is_steady_state()); !checked) return checked.error();
    std::unique_ptr<Experiment> made{new Experiment{model, options}};
    BALCAO_TRY(made->city_, make_city(model));
    const bool is_steady = made->city_.is_steady_state;
    made->breakdowns_ = std::make_unique<Breakdowns>(made->city_);
    made->days_ = options.days.value_or(is_steady ? 30 : 20);
    made->replications_ = options.replications.value_or(is_steady ? 10 : 30);
    if (options.precision) made->replications_ = 10;
    if (made->replications_ == 1 && is_steady) made->slices_ = batch_slices;
    if (made->replications_ == 1 && !is_steady) {
        // Long runs in whole weeks, so that each batch has every weekday.
        made->days_per_slice_ = made->days_ <= 60 ? 1 : 7 * std::max(1, made->days_ / (7 * 60));
        made->slices_ = (made->days_ + made->days_per_slice_ - 1) / made->days_per_slice_;
    }
    if (options.threads == 0)
        made->options_.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return made;
}

RunPlan Experiment::run_plan() const {
    RunPlan plan;
    plan.days = days_;
    plan.warm_up = warm_up_;
    plan.slices = slices_;
    plan.days_per_slice = days_per_slice_;
    plan.seed = options_.seed;
    plan.threads = options_.threads;
    plan.trace = options_.trace;
    plan.stop = options_.stop;
    if (options_.progress)
        plan.finished = [this](int done) { options_.progress({done, std::max(done, replications_)}); };
    return plan;
}

void Experiment::prepare() {
    if (is_prepared_) return;
    is_prepared_ = true;
    if (city_.is_steady_state) {
        if (options_.warm_up)
            warm_up_ = static_cast<des::Time>(*options_.warm_up * static_cast<double>(des::day));
        else
            find_warm_up();
    }
    runner_ = std::make_unique<Runner>(city_, *breakdowns_, run_plan());
}

void Experiment::use_warm_up(const Experiment& other) {
    warm_up_ = other.warm_up_;
    is_prepared_ = true;
    runner_ = std::make_unique<Runner>(city_, *breakdowns_, run_plan());
}

void Experiment::find_warm_up() {
    PilotOptions pilot;
    pilot.days = days_;
    pilot.replications = 10;  // also for one long run: a single path shows no end of its warm-up
    pilot.seed = options_.seed;
    pilot.threads = options_.threads;
    pilot.stop = options_.stop;
    const auto found = warm_up_of(city_, pilot);
    warm_up_ = found.length;
    if (!found.is_reliable)
        notes_.push_back(fmt::format(
            "No end of the warm-up was found within {} days: the model may not have a steady state. "
            "Treat every figure as of the days after the first {:.1f}, not of the long run.",
            found.days, static_cast<double>(warm_up_) / static_cast<double>(des::day)));
}

bool Experiment::run_to(int replications) {
    prepare();
    if (runner_->run_to(replications)) return true;
    was_stopped_ = true;
    return false;
}

void Experiment::run_all() {
    if (options_.precision)
        run_until_precise();
    else
        run_to(replications_);
}

void Experiment::run_until_precise() {
    stats::StoppingRule rule{
        {.relative = *options_.precision, .absolute = 0.001, .confidence = options_.confidence}};
    constexpr int at_most = 10'000;
    int replications = 10;
    for (;;) {
        if (!run_to(replications)) return;
        const auto units = series();
        std::vector<stats::Estimate> estimates;
        for (const auto measure : {Measure::wait, Measure::abandoned_share}) {
            const auto* found = find_series(units, measure, *breakdowns_, {});
            if (found == nullptr) continue;
            if (const auto estimate = stats::jackknife_ratio(found->x, found->y, rule.confidence_of_one(2)))
                estimates.push_back(*estimate);
        }
        const auto progress = rule.look(replications, estimates);
        if (progress == stats::Progress::reached || estimates.empty()) break;
        if (progress == stats::Progress::exhausted || replications >= at_most) {
            notes_.push_back(
                fmt::format("The wanted precision of {:g} % was not reached within {} replications; use the "
                            "intervals as they are.",
                            *options_.precision * 100, replications));
            break;
        }
        const auto expected = static_cast<int>(rule.expected_replications(estimates));
        // Blocks grow with what is still missing, and never depend on the threads.
        replications = std::min(at_most, replications + std::clamp((expected - replications) / 4, 1, 250));
        replications_ = std::max(replications, std::min(expected, at_most));
    }
    replications_ = runner_->done();
}

// One long run: slices are merged until their waits are no longer correlated, never below 20 batches. Very
// many replications are merged in pairs, so that memory does not grow with them.
std::vector<Unit> Experiment::merged_units() const {
    const auto& units = runner_->units();
    std::size_t per_batch = 1;
    if (replications_ == 1 && units.size() > 1) {
        for (const auto measure : {Measure::wait, Measure::number_in_system, Measure::served}) {
            const auto all = make_series(city_, *breakdowns_, units);
            const auto* found = find_series(all, measure, *breakdowns_, {});
            if (found == nullptr) continue;
            const auto batches = stats::batch_ratio({found->x, found->y}, options_.confidence);
            if (batches)
                per_batch = static_cast<std::size_t>(std::max<std::int64_t>(1, batches->slices_per_batch));
            break;
        }
    }
    return join_units(units, per_batch);
}

std::vector<Series> Experiment::series() const { return make_series(city_, *breakdowns_, merged_units()); }

Results Experiment::results() const {
    Results results;
    results.model = model_.key;
    results.seed = options_.seed;
    results.days = days_;
    results.warm_up_days = static_cast<double>(warm_up_) / static_cast<double>(des::day);
    results.is_steady_state = city_.is_steady_state;
    results.replications = runner_->done();
    results.confidence = options_.confidence;
    const auto units = merged_units();
    results.units = static_cast<int>(units.size());
    results.unit_of_interval = slices_ == 1            ? "replications"
                               : city_.is_steady_state ? "batches"
                                                       : "batches of days";
    results.notes = notes_;
    if (const int slices = runner_->slices_of_unfinished(); slices > 0) {
        results.replications = 1;
        results.days = days_per_slice_ > 0 ? std::min(days_, slices * days_per_slice_)
                                           : static_cast<int>(std::int64_t{days_} * slices / slices_);
        results.notes.push_back(fmt::format("Stopped early, after {} of {} days.", results.days, days_));
    } else if (was_stopped_)
        results.notes.push_back(
            fmt::format("Stopped early, after {} of {} replications.", runner_->done(), replications_));
    if (runner_->cut_off_days() > 0)
        results.notes.push_back(
            fmt::format("{} days did not empty within four days of their beginning and were cut off: desks "
                        "cannot keep up.",
                        runner_->cut_off_days()));
    for (auto& note : notes_of(*runner_, units))
        results.notes.push_back(std::move(note));
    for (const auto& unit : units)
        results.customers += unit.totals.contacts.front().contacts.arrivals;
    results.rows = make_rows(city_, *breakdowns_, make_series(city_, *breakdowns_, units),
                             runner_->histograms(), options_.confidence);
    results.targets = judge(model_, results);
    return results;
}

Result<Results> simulate(const model::Model& model, const RunOptions& options) {
    BALCAO_TRY(auto experiment, Experiment::make(model, options));
    experiment->run_all();
    return experiment->results();
}

}  // namespace balcao::sim
