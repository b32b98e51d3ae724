#pragma once
// A network of shops in the model language: model.yaml with what it includes, and two scenarios. Written by
// `calibrate`, and read back by the correction so that what is simulated is what is written.
#include <map>
#include <string>

#include "plan/network.hpp"

namespace balcao::plan {

// Files by path within the model's folder: model.yaml, services.yaml, sites.yaml, demand.yaml,
// scenarios/integrated-desks.yaml and scenarios/saturday.yaml (where some shop is closed on Saturdays).
using ModelFiles = std::map<std::string, std::string>;

ModelFiles export_model(const Network& network);

// What people wait for, by hours of the day: "{"09:00-10:00": 12.5, …}", `people` spread by the profile.
std::string per_hour_in_words(const DayProfile& profile, double people);

// "{mon-thu: 5, fri: 4}" with equal weekdays joined; weekdays of 0 are left out.
std::string roster_in_words(const std::array<int, 7>& count);

}  // namespace balcao::plan
