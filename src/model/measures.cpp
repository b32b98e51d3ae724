#include "model/measures.hpp"

#include <utility>

namespace balcao::model {
namespace {

constexpr std::pair<std::string_view, MeasureUnit> measures[] = {
    {"arrivals", MeasureUnit::number},
    {"served", MeasureUnit::number},
    {"abandoned_share", MeasureUnit::share},
    {"balked_share", MeasureUnit::share},
    {"sent_away_share", MeasureUnit::share},
    {"no_show_share", MeasureUnit::share},
    {"wait", MeasureUnit::minutes},
    {"wait_all", MeasureUnit::minutes},
    {"waited_share", MeasureUnit::share},
    {"served_within", MeasureUnit::share},
    {"time_in_system", MeasureUnit::minutes},
    {"queue_length", MeasureUnit::number},
    {"number_in_system", MeasureUnit::number},
    {"utilisation", MeasureUnit::share},
    {"visits_per_need", MeasureUnit::number},
    {"days_to_solution", MeasureUnit::days},
    {"cost_per_need", MeasureUnit::money},
    {"travel_per_need", MeasureUnit::minutes},
    {"solved_share", MeasureUnit::share},
};

}  // namespace

std::optional<MeasureUnit> unit_of_measure(std::string_view measure) {
    for (const auto& [name, unit] : measures)
        if (name == measure) return unit;
    return std::nullopt;
}

std::vector<std::string> measure_names() {
    std::vector<std::string> names;
    for (const auto& [name, unit] : measures)
        names.emplace_back(name);
    return names;
}

}  // namespace balcao::model
