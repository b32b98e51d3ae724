#include "sim/targets.hpp"

#include <algorithm>
#include <cmath>

namespace balcao::sim {

namespace {

// A row without a limit of its own, or a target that names none, goes with any.
bool has_limit(const Row& row, const model::Target& target) {
    if (!target.limit || !row.limit_minutes) return true;
    return std::abs(*row.limit_minutes - static_cast<double>(target.limit->count()) / 60e6) < 1e-9;
}

Verdict verdict_on(const model::Target& target, double low, double high) {
    const bool is_met =
        (!target.at_least || low >= *target.at_least) && (!target.at_most || high <= *target.at_most);
    if (is_met) return Verdict::met;
    const bool is_missed =
        (target.at_least && high < *target.at_least) || (target.at_most && low > *target.at_most);
    return is_missed ? Verdict::missed : Verdict::undecided;
}

}  // namespace

std::vector<TargetOutcome> judge(const model::Model& model, const Results& results) {
    std::vector<TargetOutcome> outcomes;
    const auto text = [](const auto& key) { return key ? std::optional{key->text()} : std::nullopt; };
    for (const auto& target : model.targets) {
        TargetOutcome outcome;
        outcome.target = target;
        const auto measure = parse_measure(target.measure);
        Breakdown of{.site = text(target.site), .service = text(target.service)};
        of.group = text(target.group);
        of.channel = text(target.channel);
        const auto row = std::ranges::find_if(results.rows, [&](const Row& each) {
            return measure && each.measure == *measure && each.of == of && has_limit(each, target);
        });
        if (row != results.rows.end()) {
            outcome.mean = row->mean;
            outcome.half_width = row->half_width;
            if (row->half_width)
                outcome.verdict =
                    verdict_on(target, row->mean - *row->half_width, row->mean + *row->half_width);
        }
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace balcao::sim
