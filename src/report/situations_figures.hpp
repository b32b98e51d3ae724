#pragma once
// The figures of a walk through situations, and the judgement that they share: often enough is nine weeks in
// ten. Used by situations_page.cpp only.
#include <optional>
#include <string>
#include <vector>

#include "report/content.hpp"
#include "report/names.hpp"
#include "sim/situations.hpp"

namespace balcao::report {

inline constexpr double often_enough = 0.9;

using Outcomes = std::vector<const sim::SituationOutcome*>;

// good: often enough for certain; bad: too seldom for certain; unclear: the interval holds nine in ten.
Tone tone_of(const sim::SituationOutcome& outcome);

struct GroupOutcomes {
    std::string key;   // empty: anybody
    std::string name;  // for people
    Outcomes outcomes;
    Estimate share;  // of weeks in which all came true, as mean_share
};

// In the order of the first situation of each.
std::vector<GroupOutcomes> groups_of(const std::vector<sim::SituationOutcome>& outcomes, const Names& names);

// "Moving house".
std::string situation_name(const sim::SituationOutcome& outcome, const Words& words);

// Why it does not always come true, in a sentence; empty where it does.
std::string why_text(const sim::SituationOutcome& outcome, const Names& names);

Figure groups_figure(const std::vector<GroupOutcomes>& groups, const Names& names);
Figure all_figure(const std::vector<GroupOutcomes>& groups, const Names& names);
// One group: a part of the table for each situation, a line for each thing that must hold.
Figure group_figure(const GroupOutcomes& group, const Names& names);
Figure errands_figure(const std::vector<GroupOutcomes>& groups, const Names& names);

}  // namespace balcao::report
