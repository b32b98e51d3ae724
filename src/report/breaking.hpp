#pragma once
// Where targets break under stress: one result, or several side by side, read target by target and axis by
// axis. Used by the page and the terminal's curves of stress; it says what is so and leaves the words to
// them.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/stress.hpp"

namespace balcao::report {

inline constexpr sim::Axis all_axes[] = {sim::Axis::demand, sim::Axis::desks, sim::Axis::sites,
                                         sim::Axis::channels};

// Null where the axis was not walked.
const sim::StressCurve* curve_of(const sim::StressResult& result, sim::Axis axis);

// Every target of any of the results once, in the order of the first that has it.
std::vector<model::Target> targets_of(const std::vector<const sim::StressResult*>& results);

// The outcome of a target at a point; null where that result does not have the target.
const sim::TargetOutcome* outcome_at(const sim::StressPoint& point, const model::Target& target);

enum class Fate : std::uint8_t {
    breaks,     // met or undecided as it is, and missed for certain from `level` on
    holds,      // up to `level`, the last step
    missed,     // as it is
    undecided,  // from `level` on: more replications may tell
    gone,       // from `level` on nothing is left to measure: the target is of a site or channel that closed
};

struct Ending {
    Fate fate = Fate::holds;
    double level = 0;
    double severity = 0;  // the share of demand added, of desks removed or of sites closed; for ordering
};

// How a target ends along an axis of steps (never channels, which are closed one at a time); nothing where
// the axis was not walked or the result does not have the target.
std::optional<Ending> ending_of(const sim::StressResult& result,
                                sim::Axis axis,
                                const model::Target& target,
                                std::size_t sites);

// The channels that break a target when they alone are closed, by key.
std::vector<std::string> breaking_channels(const sim::StressResult& result, const model::Target& target);

}  // namespace balcao::report
