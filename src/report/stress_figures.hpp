#pragma once
// The figures of a stress walk: where each target breaks, and along each axis the curve of every target, a
// column a model. Used by stress_page.cpp only.
#include <string>
#include <vector>

#include "report/content.hpp"
#include "report/names.hpp"
#include "sim/stress.hpp"

namespace balcao::report {

// One of the models beside each other; all must outlive it.
struct StressSide {
    std::string name;
    const model::Model* model = nullptr;
    const sim::StressResult* result = nullptr;
};

// "More demand", "Fewer desks", "Sites closed", "Channels closed".
std::string axis_title(sim::Axis axis, const Words& words);

// "+20 %", "−10 %", "2 of 16"; never of channels.
std::string level_text(sim::Axis axis, double level, const StressSide& side, const Words& words);

// "Served within 20 min: at least 80 %".
std::string target_title(const model::Target& target, const Names& names);

// Targets that are missed for certain as it is.
std::size_t count_missed(const sim::StressResult& result);

Figure breaks_figure(const std::vector<StressSide>& sides, const Names& names);

Figure axis_figure(sim::Axis axis, const std::vector<StressSide>& sides, const Names& names);

}  // namespace balcao::report
