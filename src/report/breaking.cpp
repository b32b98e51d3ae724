#include "report/breaking.hpp"

#include <algorithm>

namespace balcao::report {

namespace {

using sim::Axis;
using sim::Verdict;

double severity_of(Axis axis, double level, std::size_t sites) {
    if (axis == Axis::demand) return level - 1;
    if (axis == Axis::desks) return level;
    return sites == 0 ? level : level / static_cast<double>(sites);
}

// The first point after which the target is never again said to be met.
const sim::StressPoint* first_undecided(const sim::StressCurve& curve, const model::Target& target) {
    const sim::StressPoint* first = nullptr;
    for (const sim::StressPoint& point : curve.points) {
        const bool is_met = outcome_at(point, target)->verdict == Verdict::met;
        if (is_met)
            first = nullptr;
        else if (first == nullptr)
            first = &point;
    }
    return first;
}

bool is_measured_from(const sim::StressCurve& curve,
                      const sim::StressPoint& first,
                      const model::Target& target) {
    return std::ranges::any_of(curve.points, [&](const sim::StressPoint& point) {
        return point.level >= first.level && outcome_at(point, target)->half_width.has_value();
    });
}

}  // namespace

const sim::StressCurve* curve_of(const sim::StressResult& result, Axis axis) {
    const auto found = std::ranges::find(result.curves, axis, &sim::StressCurve::axis);
    return found == result.curves.end() ? nullptr : &*found;
}

std::vector<model::Target> targets_of(const std::vector<const sim::StressResult*>& results) {
    std::vector<model::Target> targets;
    for (const sim::StressResult* result : results)
        for (const model::Target& target : result->targets)
            if (std::ranges::find(targets, target) == targets.end()) targets.push_back(target);
    return targets;
}

const sim::TargetOutcome* outcome_at(const sim::StressPoint& point, const model::Target& target) {
    const auto found = std::ranges::find(point.targets, target, &sim::TargetOutcome::target);
    return found == point.targets.end() ? nullptr : &*found;
}

std::optional<Ending> ending_of(const sim::StressResult& result,
                                Axis axis,
                                const model::Target& target,
                                std::size_t sites) {
    const sim::StressCurve* curve = curve_of(result, axis);
    const auto place = std::ranges::find(result.targets, target);
    if (curve == nullptr || place == result.targets.end()) return std::nullopt;
    Ending ending;
    const auto& broken = curve->breaks_at.at(static_cast<std::size_t>(place - result.targets.begin()));
    if (outcome_at(curve->points.front(), target)->verdict == Verdict::missed) {
        ending = {Fate::missed, curve->points.front().level, 0};
    } else if (broken) {
        ending = {Fate::breaks, *broken, 0};
    } else if (const auto* first = first_undecided(*curve, target)) {
        ending = {is_measured_from(*curve, *first, target) ? Fate::undecided : Fate::gone, first->level, 0};
    } else {
        ending = {Fate::holds, curve->points.back().level, 0};
    }
    ending.severity = severity_of(axis, ending.level, sites);
    return ending;
}

std::vector<std::string> breaking_channels(const sim::StressResult& result, const model::Target& target) {
    std::vector<std::string> channels;
    const sim::StressCurve* curve = curve_of(result, Axis::channels);
    if (curve == nullptr) return channels;
    const sim::TargetOutcome* before = outcome_at(curve->points.front(), target);
    if (before == nullptr || before->verdict == Verdict::missed) return channels;
    for (const sim::StressPoint& point : curve->points)
        if (outcome_at(point, target)->verdict == Verdict::missed) channels.push_back(point.closed);
    return channels;
}

}  // namespace balcao::report
