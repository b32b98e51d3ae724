#include "sim/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <thread>
#include <variant>

#include <fmt/format.h>

#include "base/check.hpp"
#include "sim/experiment_parts.hpp"
#include "sim/targets.hpp"
#include "stats/batch.hpp"
#include "stats/ratio.hpp"
#include "stats/sequential.hpp"

namespace balcao::sim {

namespace {

constexpr int batch_slices = 640;

// Visits of people who came in the warm-up are no part of a run, and none of its trace.
class CountedVisits final : public Trace {
public:
    CountedVisits(Trace& trace, des::Time from) : trace_{trace}, from_{from} {}

    void visit(const TracedVisit& visit) override {
        if (visit.arrived >= from_) trace_.visit(visit);
    }

private:
    Trace& trace_;
    des::Time from_;
};

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
    // Of several replications the two halves are told apart, to see whether they still rise.
    if (is_steady) made->slices_ = made->is_one_run() ? batch_slices : 2;
    if (made->is_one_run() && !is_steady) {
        // Long runs in whole weeks, so that each batch has every weekday.
        made->days_per_slice_ = made->days_ <= 60 ? 1 : 7 * std::max(1, made->days_ / (7 * 60));
        made->slices_ = (made->days_ + made->days_per_slice_ - 1) / made->days_per_slice_;
    }
    if (options.threads == 0)
        made->options_.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return made;
}

Result<void> Experiment::measure_limits(const std::vector<double>& limits_minutes) {
    BALCAO_CHECK(!is_prepared_);
    auto& limits = city_.limits_minutes;
    limits.insert(limits.end(), limits_minutes.begin(), limits_minutes.end());
    std::ranges::sort(limits);
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    if (limits.size() > limits_max)
        return Error{Errc::invalid,
                     fmt::format("the targets have {} different limits of served_within; at most {} can be "
                                 "measured together",
                                 limits.size(), limits_max)};
    city_.limits.clear();
    for (const double limit : limits)
        city_.limits.push_back(des::to_time(limit * static_cast<double>(des::minute)));
    return {};
}

RunPlan Experiment::run_plan() const {
    RunPlan plan;
    plan.days = days_;
    plan.warm_up = warm_up_;
    plan.slices = slices_;
    plan.days_per_slice = days_per_slice_;
    plan.seed = options_.seed;
    plan.threads = options_.threads;
    plan.trace = counted_visits_ ? counted_visits_.get() : options_.trace;
    plan.is_one_run = is_one_run();
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
    make_runner();
}

void Experiment::make_runner() {
    if (options_.trace != nullptr && warm_up_ > 0)
        counted_visits_ = std::make_unique<CountedVisits>(*options_.trace, warm_up_);
    runner_ = std::make_unique<Runner>(city_, *breakdowns_, run_plan());
}

void Experiment::use_warm_up(des::Time length) {
    is_prepared_ = true;
    warm_up_ = length;
    make_runner();
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
    else if (!found.is_long)
        notes_.push_back(fmt::format(
            "This city remembers for long: a full hall is felt for about {:.2g} days, too long for a pilot "
            "of {} "
            "days to show the end of the warm-up. Figures may be too small: leave out {:.2g} days with "
            "--warm-up and lengthen the run with --days.",
            found.memory_days, found.days, 4 * found.memory_days));
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

void Experiment::run_as_many_as(const Experiment& other) {
    replications_ = std::max(1, other.runner_->done());
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

std::vector<Unit> Experiment::units() const {
    return is_one_run() ? runner_->units() : join_units(runner_->units(), static_cast<std::size_t>(slices_));
}

// One long run: slices are merged until their waits are no longer correlated, never below 20 batches. Very
// many replications are merged in pairs, so that memory does not grow with them.
std::optional<stats::BatchEstimate> Experiment::batches() const {
    if (!is_one_run() || runner_->units().size() < 2) return std::nullopt;
    const auto all = make_series(city_, *breakdowns_, runner_->units());
    for (const auto measure : {Measure::wait, Measure::number_in_system, Measure::served})
        if (const auto* found = find_series(all, measure, *breakdowns_, {}))
            return stats::batch_ratio({found->x, found->y}, options_.confidence);
    return std::nullopt;
}

std::size_t Experiment::slices_per_batch() const {
    const auto found = batches();
    return static_cast<std::size_t>(std::max<std::int64_t>(1, found ? found->slices_per_batch : 1));
}

std::vector<Unit> Experiment::merged_units() const { return join_units(units(), slices_per_batch()); }

std::vector<Series> Experiment::series() const { return make_series(city_, *breakdowns_, merged_units()); }

std::size_t Experiment::units_done() const {
    return is_one_run() ? runner_->units().size() : static_cast<std::size_t>(runner_->done());
}

std::vector<Series> Experiment::series_of(std::size_t units_wanted, std::size_t per_batch) const {
    auto some = units();
    if (some.size() > units_wanted) some.resize(units_wanted);
    return make_series(city_, *breakdowns_, join_units(some, per_batch));
}

// What speaks against the figures: batches that are not independent, a run that has not settled.
std::vector<std::string> Experiment::doubts() const {
    std::vector<std::string> doubts;
    constexpr std::size_t batches_to_judge = 20;
    constexpr double p_to_tell = 0.01;
    const auto found = batches();
    if (found && !found->is_independent && runner_->units().size() >= batches_to_judge)
        doubts.emplace_back(
            "Even the longest batches of this one run depend on each other: the intervals are too narrow. "
            "Lengthen the run with --days, or make several with --replications.");
    if (is_one_run() || !city_.is_steady_state || !is_same_all_day(city_)) return doubts;
    std::vector<double> first;
    std::vector<double> second;
    for (std::size_t unit = 0; unit + 1 < runner_->units().size(); unit += 2) {
        const auto people = [&](std::size_t of) {
            const auto& sums = runner_->units()[of];
            return static_cast<double>(sums.totals.contacts.front().contacts.system_area) /
                   static_cast<double>(sums.time);
        };
        first.push_back(people(unit));
        second.push_back(people(unit + 1));
    }
    const auto halves = compare_halves(first, second);
    if (halves.p < p_to_tell)
        doubts.push_back(fmt::format(
            "The run has not settled: {:.3g} people are in the city in the second half of a replication, "
            "{:.3g} "
            "in the first (p = {:.1g}). Leave out more with --warm-up, or lengthen the run with --days.",
            halves.second, halves.first, halves.p));
    return doubts;
}

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
    results.unit_of_interval = !is_one_run() || slices_ == 1 ? "replications"
                               : city_.is_steady_state       ? "batches"
                                                             : "batches of days";
    results.notes = notes_;
    for (auto& doubt : doubts())
        results.notes.push_back(std::move(doubt));
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
