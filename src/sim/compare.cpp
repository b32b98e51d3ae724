#include "sim/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>

#include <fmt/format.h>

#include "sim/experiment.hpp"
#include "stats/kim_nelson.hpp"
#include "stats/ratio.hpp"

namespace balcao::sim {

namespace {

using Experiments = std::vector<std::unique_ptr<Experiment>>;  // the model first

std::optional<bool> is_better(Measure measure, const stats::Estimate& difference) {
    const int direction = direction_of(measure);
    if (direction == 0 || !difference.half_width || std::abs(difference.mean) <= *difference.half_width)
        return std::nullopt;
    return (difference.mean > 0) == (direction > 0);
}

// What a series speaks of; two experiments may have the same limit at different places.
using Name = std::tuple<Measure, std::optional<double>, Breakdown, bool>;

Name name_of_series(const Experiment& experiment, const Series& series) {
    const auto& part = experiment.breakdowns().parts()[series.part];
    std::optional<double> limit;
    if (series.limit) limit = experiment.city().limits_minutes[*series.limit];
    return {series.measure, limit, part.of, part.about == About::steps};
}

std::vector<Difference> differences_of(const Experiment& base,
                                       const Experiment& other,
                                       const std::string& scenario,
                                       double confidence) {
    // A run that was stopped has fewer; beyond so many, replications were added up and cannot be paired.
    const auto units = std::min(base.units_done(), other.units_done());
    if (base.units_done() != other.units_done() && base.units_done() > Runner::units_max) return {};
    const auto per_batch = std::max(base.slices_per_batch(), other.slices_per_batch());
    const auto first = base.series_of(units, per_batch);
    const auto second = other.series_of(units, per_batch);
    std::map<Name, const Series*> by_name;
    for (const auto& series : second)
        by_name.emplace(name_of_series(other, series), &series);
    std::vector<Difference> differences;
    for (const auto& series : first) {
        const auto found = by_name.find(name_of_series(base, series));
        if (found == by_name.end()) continue;
        const auto paired = stats::jackknife_difference({series.x, series.y},
                                                        {found->second->x, found->second->y}, confidence);
        const auto mean = stats::jackknife_ratio(series.x, series.y, confidence);
        if (!paired || !mean) continue;
        Difference row;
        row.scenario = scenario;
        row.measure = series.measure;
        if (series.limit) row.limit_minutes = base.city().limits_minutes[*series.limit];
        row.of = base.breakdowns().parts()[series.part].of;
        row.base_mean = mean->mean;
        row.difference = paired->difference.mean;
        row.scenario_mean = row.base_mean + row.difference;
        row.half_width = paired->difference.half_width;
        row.better = is_better(series.measure, paired->difference);
        row.correlation = paired->correlation;
        row.variance_ratio = paired->variance_ratio;
        differences.push_back(std::move(row));
    }
    return differences;
}

// Which differences of the whole city would have been surer with other people in the scenario; empty where
// none would.
std::string harm_in_words(const std::vector<Difference>& differences) {
    constexpr double told_from = 1.02;  // of the interval's width: less is chance, and of no use to know
    std::string list;
    for (const auto& row : differences) {
        if (row.of != Breakdown{} || !row.variance_ratio) continue;
        const double wider = std::sqrt(1 / *row.variance_ratio);
        if (wider < told_from) continue;
        list += fmt::format("{}{}{} ({:.2f} times as wide)", list.empty() ? "" : ", ", name_of(row.measure),
                            row.limit_minutes ? fmt::format(" {:g} min", *row.limit_minutes) : "", wider);
    }
    if (list.empty()) return list;
    return "Common random numbers did harm: model and scenario vary against each other, and with other "
           "people "
           "in each the intervals of these differences would have been narrower: " +
           list + ".";
}

// The replication's own mean of the measure over the whole city.
std::vector<double> replication_means(const Experiment& experiment, Measure measure) {
    const auto all = experiment.series();
    const auto* found = find_series(all, measure, experiment.breakdowns(), {});
    std::vector<double> means;
    if (found == nullptr) return means;
    for (std::size_t unit = 0; unit < found->x.size(); ++unit)
        means.push_back(found->y[unit] > 0 ? found->x[unit] / found->y[unit] : 0);
    return means;
}

std::optional<Ranking> rank(const Experiments& experiments,
                            const std::vector<std::string>& keys,
                            const CompareOptions& options,
                            double base_mean) {
    Ranking ranking;
    ranking.measure = options.ranked_by;
    ranking.indifference = options.indifference * std::abs(base_mean);
    ranking.confidence = options.run.confidence;
    if (ranking.indifference <= 0) return std::nullopt;
    const auto better = direction_of(options.ranked_by) > 0 ? stats::Better::larger : stats::Better::smaller;
    stats::KimNelson race{experiments.size(),
                          {.indifference = ranking.indifference,
                           .confidence = options.run.confidence,
                           .better = better,
                           .first_replications = 10}};
    constexpr int block = 10;
    std::vector<std::vector<double>> means(experiments.size());
    int done = 0;
    while (!race.is_decided() && done < options.replications_max) {
        const int until = std::min(done + block, options.replications_max);
        for (const auto system : race.survivors()) {
            if (static_cast<int>(means[system].size()) >= until) continue;
            if (!experiments[system]->run_to(std::max(until, experiments[system]->runner().done())))
                return std::nullopt;
            means[system] = replication_means(*experiments[system], options.ranked_by);
        }
        for (; done < until && !race.is_decided(); ++done) {
            std::vector<double> values(experiments.size(), 0);
            for (const auto system : race.survivors())
                values[system] = means[system][static_cast<std::size_t>(done)];
            race.add(values);
        }
    }
    ranking.best = keys[race.best()];
    ranking.is_decided = race.is_decided();
    ranking.replications = done;
    for (const auto& fallen : race.eliminated())
        ranking.fallen.push_back({keys[fallen.system], static_cast<int>(fallen.at_replication)});
    return ranking;
}

}  // namespace

int direction_of(Measure measure) {
    switch (measure) {
        case Measure::served_within:
        case Measure::solved_share:
            return 1;
        case Measure::abandoned_share:
        case Measure::balked_share:
        case Measure::sent_away_share:
        case Measure::no_show_share:
        case Measure::wait:
        case Measure::wait_all:
        case Measure::waited_share:
        case Measure::time_in_system:
        case Measure::queue_length:
        case Measure::visits_per_need:
        case Measure::days_to_solution:
        case Measure::cost_per_need:
        case Measure::travel_per_need:
            return -1;
        default:
            return 0;
    }
}

namespace {

Result<Experiments> make_experiments(const model::Model& model,
                                     const std::vector<Alternative>& alternatives,
                                     const RunOptions& options) {
    RunOptions run = options;
    Experiments experiments;
    BALCAO_TRY(auto base, Experiment::make(model, run));
    experiments.push_back(std::move(base));
    // How many replications the wanted precision takes, the model says; its scenarios run as many.
    if (run.precision) run.replications = 2;
    run.precision.reset();
    for (const auto& alternative : alternatives) {
        if (alternative.model.is_steady_state() != model.is_steady_state())
            return Error{
                Errc::invalid,
                fmt::format("{}: {} has a site that never closes and {} has none. The one is run for "
                            "the long run, the other day by day, so that the two cannot be compared: "
                            "change the opening hours of neither to or from always",
                            alternative.key, model.is_steady_state() ? "the model" : "the scenario",
                            model.is_steady_state() ? "the scenario" : "the model")};
        auto made = Experiment::make(alternative.model, run);
        if (!made)
            return Error{made.error().code, alternative.key + ": " + made.error().what, made.error().field};
        experiments.push_back(*std::move(made));
    }
    std::vector<double> limits;
    for (const auto& experiment : experiments)
        limits.insert(limits.end(), experiment->city().limits_minutes.begin(),
                      experiment->city().limits_minutes.end());
    for (const auto& experiment : experiments)
        if (auto measured = experiment->measure_limits(limits); !measured) return measured.error();
    return experiments;
}

// All over the same days: behind the longest warm-up that any of them needs.
void share_warm_up(const Experiments& experiments) {
    des::Time longest = 0;
    for (const auto& experiment : experiments) {
        experiment->prepare();
        longest = std::max(longest, experiment->warm_up());
    }
    for (const auto& experiment : experiments)
        if (experiment->warm_up() != longest) experiment->use_warm_up(longest);
}

}  // namespace

Result<Comparison> compare(const model::Model& model,
                           const std::vector<Alternative>& alternatives,
                           const CompareOptions& options) {
    std::vector<std::string> keys{""};
    for (const auto& alternative : alternatives)
        keys.push_back(alternative.key);
    BALCAO_TRY(const Experiments experiments, make_experiments(model, alternatives, options.run));
    share_warm_up(experiments);
    const auto& base = *experiments.front();
    experiments.front()->run_all();
    for (std::size_t place = 1; place < experiments.size(); ++place)
        experiments[place]->run_as_many_as(base);

    Comparison comparison;
    comparison.base = base.results();
    for (std::size_t place = 1; place < experiments.size(); ++place) {
        auto results = experiments[place]->results();
        results.scenario = keys[place];
        results.model = comparison.base.model;
        auto differences = differences_of(base, *experiments[place], keys[place], options.run.confidence);
        if (auto harm = harm_in_words(differences); !harm.empty()) results.notes.push_back(std::move(harm));
        comparison.scenarios.push_back(std::move(results));
        comparison.differences.insert(comparison.differences.end(), differences.begin(), differences.end());
    }
    const auto* ranked = comparison.base.find(options.ranked_by);
    if (alternatives.size() > 1 && ranked != nullptr && base.runner().done() > 1)
        comparison.ranking = rank(experiments, keys, options, ranked->mean);
    return comparison;
}

}  // namespace balcao::sim
