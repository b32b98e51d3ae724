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

std::vector<Difference> differences_of(const Experiment& base,
                                       const Experiment& other,
                                       const std::string& scenario,
                                       double confidence) {
    const auto first = base.series();
    const auto second = other.series();
    using Name = std::tuple<Measure, std::size_t, Breakdown, bool>;
    const auto name_of_series = [](const Experiment& experiment, const Series& series) {
        const auto& part = experiment.breakdowns().parts()[series.part];
        return Name{series.measure, series.limit.value_or(0), part.of, part.about == About::steps};
    };
    std::map<Name, const Series*> by_name;
    for (const auto& series : second)
        by_name.emplace(name_of_series(other, series), &series);
    std::vector<Difference> differences;
    for (const auto& series : first) {
        const auto found = by_name.find(name_of_series(base, series));
        if (found == by_name.end() || found->second->x.size() != series.x.size()) continue;
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
        differences.push_back(std::move(row));
    }
    return differences;
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
        case Measure::served:
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

Result<Comparison> compare(const model::Model& model,
                           const std::vector<Alternative>& alternatives,
                           const CompareOptions& options) {
    Experiments experiments;
    std::vector<std::string> keys{""};
    BALCAO_TRY(auto base, Experiment::make(model, options.run));
    base->run_all();
    experiments.push_back(std::move(base));
    RunOptions fixed = options.run;
    fixed.precision.reset();
    fixed.replications = std::max(1, experiments.front()->runner().done());
    for (const auto& alternative : alternatives) {
        auto run = fixed;
        if (run.warm_up && !alternative.model.is_steady_state()) run.warm_up.reset();
        auto made = Experiment::make(alternative.model, run);
        if (!made)
            return Error{made.error().code, alternative.key + ": " + made.error().what, made.error().field};
        auto experiment = *std::move(made);
        if (experiment->city().is_steady_state) experiment->use_warm_up(*experiments.front());
        experiment->run_all();
        experiments.push_back(std::move(experiment));
        keys.push_back(alternative.key);
    }

    Comparison comparison;
    comparison.base = experiments.front()->results();
    for (std::size_t place = 1; place < experiments.size(); ++place) {
        auto results = experiments[place]->results();
        results.scenario = keys[place];
        results.model = comparison.base.model;
        comparison.scenarios.push_back(std::move(results));
        auto differences =
            differences_of(*experiments.front(), *experiments[place], keys[place], options.run.confidence);
        comparison.differences.insert(comparison.differences.end(), differences.begin(), differences.end());
    }
    const auto* ranked = comparison.base.find(options.ranked_by);
    const bool has_replications = fixed.replications.value() > 1;
    if (alternatives.size() > 1 && ranked != nullptr && has_replications)
        comparison.ranking = rank(experiments, keys, options, ranked->mean);
    return comparison;
}

}  // namespace balcao::sim
