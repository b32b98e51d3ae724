#include "sim/situations.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/experiment.hpp"
#include "sim/probes.hpp"
#include "stats/ratio.hpp"

namespace balcao::sim {

namespace {

// All visits of one person in one week together.
struct Walk {
    bool is_served = true;
    std::int64_t visits = 0;
    Time longest = 0;
    std::int64_t cost_cents = 0;
    std::size_t ended = 0;
    std::vector<bool> errands_served;
};

struct HasComeTrue {
    const Walk& walk;

    bool operator()(const model::MustBeServed& must) const { return walk.is_served == must.served; }

    bool operator()(const model::MustTakeVisits& must) const {
        return walk.is_served && walk.visits <= must.at_most;
    }

    bool operator()(const model::MustEndWithin& must) const {
        return walk.is_served && walk.longest <= must.limit.count();
    }

    bool operator()(const model::MustCost& must) const {
        return walk.is_served && walk.cost_cents <= must.at_most.cents;
    }
};

// Sums by replication.
struct Tally {
    Tally(std::size_t musts_count, std::size_t errands_count) : musts(musts_count), errands(errands_count) {}

    std::vector<double> walks;
    std::vector<double> all;                   // those in which everything came true
    std::vector<std::vector<double>> musts;    // by must
    std::vector<std::vector<double>> errands;  // by errand: those in which it was served
    std::vector<double> served;                // those in which all errands were
    std::vector<double> visits;                // in those
    std::vector<double> minutes;
    std::vector<double> cost;
};

// Weeks in which nobody is walked, as the city still fills, and those in which somebody is.
struct Weeks {
    int before = 0;
    int walked = 0;
};

std::vector<Walk> walks_of(const Probe& probe,
                           const Experiment& experiment,
                           std::size_t replication,
                           Weeks weeks) {
    std::vector<Walk> walks(static_cast<std::size_t>(weeks.walked));
    std::map<std::string, std::size_t> entries;
    for (const auto& key : probe.entries)
        entries.emplace(key.text(), entries.size());
    for (const auto& outcome : experiment.runner().probes(replication)) {
        const auto before = static_cast<std::uint64_t>(weeks.before);
        if (!entries.contains(outcome.entry) || outcome.number < before) continue;
        auto& walk = walks[outcome.number - before];
        walk.errands_served.resize(probe.entries.size());
        walk.errands_served[entries.at(outcome.entry)] = outcome.is_served;
        walk.is_served = walk.is_served && outcome.is_served;
        walk.visits += outcome.visits;
        walk.longest = std::max(walk.longest, outcome.time_to_solution);
        walk.cost_cents += outcome.cost_cents;
        ++walk.ended;
    }
    // A need still open when the run ends has not come true.
    for (auto& walk : walks)
        walk.is_served = walk.is_served && walk.ended == probe.entries.size();
    return walks;
}

// Adds what one replication's weeks were to the sums.
void add_replication(Tally& tally, const std::vector<Walk>& walks, const model::Situation& situation) {
    double all = 0;
    double served = 0;
    double visits = 0;
    double minutes = 0;
    double cost = 0;
    std::vector<double> musts(tally.musts.size(), 0);
    std::vector<double> errands(tally.errands.size(), 0);
    for (const auto& walk : walks) {
        bool holds = true;
        for (std::size_t must = 0; must < musts.size(); ++must) {
            const bool is_true = std::visit(HasComeTrue{walk}, situation.must[must]);
            musts[must] += is_true ? 1 : 0;
            holds = holds && is_true;
        }
        for (std::size_t errand = 0; errand < walk.errands_served.size(); ++errand)
            errands[errand] += walk.errands_served[errand] ? 1 : 0;
        all += holds ? 1 : 0;
        if (!walk.is_served) continue;
        served += 1;
        visits += static_cast<double>(walk.visits);
        minutes += static_cast<double>(walk.longest) / static_cast<double>(des::minute);
        cost += static_cast<double>(walk.cost_cents) / 100;
    }
    tally.walks.push_back(static_cast<double>(walks.size()));
    tally.all.push_back(all);
    for (std::size_t must = 0; must < musts.size(); ++must)
        tally.musts[must].push_back(musts[must]);
    for (std::size_t errand = 0; errand < errands.size(); ++errand)
        tally.errands[errand].push_back(errands[errand]);
    tally.served.push_back(served);
    tally.visits.push_back(visits);
    tally.minutes.push_back(minutes);
    tally.cost.push_back(cost);
}

// The share of walks that went well, from the numbers of each replication. Where all went alike the
// replications show no spread; then the half-width is the share that as many independent weeks could still
// hide, 1 - (1 - confidence)^(1/n): the rule of three (Hanley & Lippman-Hand 1983).
std::optional<stats::Estimate> share_of(const std::vector<double>& good,
                                        const std::vector<double>& walks,
                                        double confidence) {
    auto share = stats::jackknife_ratio(good, walks, confidence);
    if (!share || !share->half_width || (share->mean > 0 && share->mean < 1)) return share;
    const double count = std::accumulate(walks.begin(), walks.end(), 0.0);
    share->half_width = 1 - std::pow(1 - confidence, 1 / count);
    return share;
}

std::optional<WeekMean> week_mean(const std::vector<double>& sums,
                                  const std::vector<double>& weeks,
                                  double confidence) {
    const auto mean = stats::jackknife_ratio(sums, weeks, confidence);
    if (!mean) return std::nullopt;
    return WeekMean{mean->mean, mean->half_width};
}

void judge_errands(SituationOutcome& outcome, const Probe& probe, const Tally& tally, double confidence) {
    for (std::size_t place = 0; place < probe.errands.size(); ++place) {
        const auto& errand = probe.errands[place];
        ErrandOutcome row{errand.services, errand.site, errand.channel, 0, std::nullopt};
        if (const auto share = share_of(tally.errands[place], tally.walks, confidence)) {
            row.served_share = share->mean;
            row.served_half_width = share->half_width;
        }
        outcome.errands.push_back(std::move(row));
    }
    outcome.visits = week_mean(tally.visits, tally.served, confidence);
    outcome.minutes = week_mean(tally.minutes, tally.served, confidence);
    outcome.cost = week_mean(tally.cost, tally.served, confidence);
}

SituationOutcome judge_situation(const model::Situation& situation,
                                 const Probe& probe,
                                 const Experiment& experiment,
                                 Weeks weeks) {
    SituationOutcome outcome;
    outcome.situation = situation;
    outcome.how = probe.how;
    outcome.is_possible = probe.is_possible;
    outcome.refused = probe.refused;
    Tally tally{situation.must.size(), probe.errands.size()};
    const auto replications = static_cast<std::size_t>(experiment.runner().done());
    for (std::size_t replication = 0; probe.is_possible && replication < replications; ++replication) {
        outcome.walks += weeks.walked;
        add_replication(tally, walks_of(probe, experiment, replication, weeks), situation);
    }
    const double confidence = experiment.confidence();
    if (const auto all = share_of(tally.all, tally.walks, confidence)) {
        outcome.all_share = all->mean;
        outcome.all_half_width = all->half_width;
    }
    for (std::size_t must = 0; must < situation.must.size(); ++must) {
        MustOutcome row{situation.must[must], 0, std::nullopt};
        if (const auto share = share_of(tally.musts[must], tally.walks, confidence)) {
            row.share = share->mean;
            row.half_width = share->half_width;
        }
        outcome.musts.push_back(std::move(row));
    }
    judge_errands(outcome, probe, tally, confidence);
    return outcome;
}

}  // namespace

Result<std::vector<SituationOutcome>> walk_situations(const model::Model& model,
                                                      const std::vector<model::Situation>& situations,
                                                      const SituationsOptions& options) {
    if (options.run.days)
        return Error{Errc::invalid, "situations are walked by the week: say how many with --weeks", "--days"};
    std::vector<SituationOutcome> outcomes;
    Weeks weeks{0, options.weeks};
    // Only a city that never empties has a beginning that is unlike the rest.
    if (model.is_steady_state())
        weeks.before = std::max(1, static_cast<int>(std::ceil(options.run.warm_up.value_or(7) / 7)));
    model::Model walked = model;
    std::vector<Probe> probes;
    probes.reserve(situations.size());
    for (const auto& situation : situations)
        probes.push_back(add_probe(walked, situation, weeks.before + weeks.walked));
    RunOptions run = options.run;
    run.days = 7 * weeks.before + 14 * weeks.walked;
    if (model.is_steady_state()) run.warm_up = 0;
    BALCAO_TRY(auto experiment, Experiment::make(walked, run));
    experiment->run_all();
    for (std::size_t place = 0; place < situations.size(); ++place)
        outcomes.push_back(judge_situation(situations[place], probes[place], *experiment, weeks));
    return outcomes;
}

}  // namespace balcao::sim
