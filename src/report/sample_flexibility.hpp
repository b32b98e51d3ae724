#pragma once
// How the city made up for tests bends and what comes true in it: a stress walk of two models and situations
// of every kind, with curves that break, hold, are missed from the start or stay undecided. Used by tests
// only; none of its figures was simulated.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "report/sample_city.hpp"
#include "sim/situations.hpp"
#include "sim/stress.hpp"

namespace balcao::report::sample {

// The other city: fewer sites, a name of its own.
inline model::Model hill_city() {
    model::Model made = model();
    made.key = "hill";
    made.name = text("Cidade da colina", "Hill city", "Ciudad de la colina");
    made.sites.resize(3);
    return made;
}

inline std::vector<model::Target> stress_targets() {
    std::vector<model::Target> targets(4);
    targets[0].measure = "served_within";
    targets[0].limit = std::chrono::minutes{20};
    targets[0].at_least = 0.8;
    targets[1].measure = "abandoned_share";
    targets[1].at_most = 0.08;
    targets[1].group = model::GroupKey{"older"};
    targets[2].measure = "wait";
    targets[2].at_most = 5;
    targets[3].measure = "no_show_share";
    targets[3].at_most = 0.15;
    return targets;
}

inline sim::TargetOutcome judged(const model::Target& target, double mean, double half_width) {
    sim::TargetOutcome outcome{target, mean, half_width, sim::Verdict::undecided};
    const bool is_low = target.at_least && mean + half_width < *target.at_least;
    const bool is_high = target.at_most && mean - half_width > *target.at_most;
    const bool is_well = (!target.at_least || mean - half_width >= *target.at_least) &&
                         (!target.at_most || mean + half_width <= *target.at_most);
    if (is_low || is_high)
        outcome.verdict = sim::Verdict::missed;
    else if (is_well)
        outcome.verdict = sim::Verdict::met;
    return outcome;
}

// The targets of a city under that much strain, 0 and up: the first breaks, the second soon after, the third
// is missed from the start, the last does not move.
inline std::vector<sim::TargetOutcome> strained(double strain) {
    const std::vector<model::Target> targets = stress_targets();
    return {judged(targets[0], 0.95 - 0.5 * strain, 0.01), judged(targets[1], 0.05 + 0.11 * strain, 0.008),
            judged(targets[2], 6.2 + 9 * strain, 0.4), judged(targets[3], 0.12 + 0.01 * strain, 0.004)};
}

struct StepName {
    double level = 0;
    std::string label;
    std::string closed{};
};

inline sim::StressCurve curve(sim::Axis axis, const std::vector<StepName>& steps, double weight) {
    sim::StressCurve made;
    made.axis = axis;
    double strain = 0;
    for (const StepName& step : steps) {
        const double unserved = step.closed.empty() || axis == sim::Axis::sites ? 0 : 0.031;
        made.points.push_back({step.level, step.label, step.closed, strained(strain * weight), unserved});
        strain += 0.1;
    }
    for (std::size_t target = 0; target < stress_targets().size(); ++target) {
        const auto is_missed = [&](const sim::StressPoint& point) {
            return point.targets[target].verdict == sim::Verdict::missed;
        };
        const auto first = std::find_if(made.points.begin(), made.points.end(), is_missed);
        const bool breaks = axis != sim::Axis::channels && first != made.points.begin();
        made.breaks_at.push_back(breaks && first != made.points.end() ? std::optional{first->level}
                                                                      : std::nullopt);
    }
    return made;
}

inline sim::StressResult stress_of(const std::string& key,
                                   double weight,
                                   const std::vector<StepName>& sites) {
    sim::StressResult made;
    made.model = key;
    made.targets = stress_targets();
    made.as_it_is = results();
    made.as_it_is.targets = strained(0);
    std::vector<StepName> demand{{1, "as it is"}};
    std::vector<StepName> desks{{0, "as it is"}};
    for (int step = 1; step <= 10; ++step)
        demand.push_back({1 + 0.1 * step, "+" + std::to_string(step * 10) + " %"});
    for (int step = 1; step <= 5; ++step)
        desks.push_back({0.1 * step, "-" + std::to_string(step * 10) + " %"});
    made.curves = {curve(sim::Axis::demand, demand, weight), curve(sim::Axis::desks, desks, weight * 2),
                   curve(sim::Axis::sites, sites, weight * 0.4),
                   curve(sim::Axis::channels,
                         {{0, "as it is"}, {1, "without counter", "counter"}, {2, "without video", "video"}},
                         weight * 2)};
    return made;
}

inline sim::StressResult stress() {
    return stress_of("sample", 1,
                     {{0, "as it is"}, {1, "without river", "river"}, {2, "without north", "north"}});
}

inline std::vector<sim::StressResult> stress_of_two() {
    return {stress(), stress_of("hill", 0.6, {{0, "as it is"}, {1, "without hill", "hill"}})};
}

inline sim::SituationOutcome situation(const std::string& key,
                                       const LocalText& about,
                                       const std::string& group,
                                       double served) {
    sim::SituationOutcome made;
    made.situation.key = key;
    made.situation.about = about;
    if (!group.empty()) made.situation.group = model::GroupKey{group};
    made.situation.wants = model::ServiceKey{"identity"};
    made.situation.must = {model::MustBeServed{}, model::MustTakeVisits{2},
                           model::MustEndWithin{std::chrono::hours{24}}, model::MustCost{{2000, "EUR"}}};
    made.is_possible = true;
    made.how = "at north by counter";
    made.walks = 240;
    const double half_width = served < 1 ? 0.03 : 0;
    made.all_share = served * served;
    made.all_half_width = half_width;
    for (const model::Must& must : made.situation.must)
        made.musts.push_back({must,
                              std::holds_alternative<model::MustTakeVisits>(must) ? served * served : served,
                              half_width});
    made.errands = {{{model::ServiceKey{"identity"}},
                     model::SiteKey{"north"},
                     model::ChannelKey{"counter"},
                     served,
                     half_width},
                    {{model::ServiceKey{"tax"}, model::ServiceKey{"social"}},
                     model::SiteKey{"river"},
                     model::ChannelKey{"video"},
                     1,
                     0.0}};
    made.visits = sim::WeekMean{1.6, 0.1};
    made.minutes = sim::WeekMean{3200, 140.0};
    made.cost = sim::WeekMean{18.2, 0.4};
    return made;
}

// One always, one for certain often enough, one undecided, one too seldom, one that no desk serves.
inline std::vector<sim::SituationOutcome> situations() {
    std::vector<sim::SituationOutcome> made{
        situation("move", text("Mudar de casa", "Moving house", "Mudarse de casa"), "others", 1),
        situation("lost", text("Perdi a carteira", "I lost my wallet", "He perdido la cartera"), "older",
                  0.98),
        situation("death", text("Morte de um familiar", "A death in the family", "Muerte de un familiar"),
                  "older", 0.94),
        situation("arrive", text("Acabada de chegar", "Just arrived", "Recién llegada"), "newcomers", 0.6),
        situation("works", text("Obras <em casa>", "Works <at home>", "Obras <en casa>"), "", 0)};
    sim::SituationOutcome& refused = made.back();
    refused.is_possible = false;
    refused.refused = model::ServiceKey{"works"};
    refused.how = "no desk serves works by a channel that this person can use";
    refused.walks = 0;
    refused.all_half_width.reset();
    refused.errands.clear();
    refused.visits.reset();
    refused.minutes.reset();
    refused.cost.reset();
    for (sim::MustOutcome& must : refused.musts)
        must.half_width.reset();
    return made;
}

}  // namespace balcao::report::sample
