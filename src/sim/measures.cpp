#include <array>
#include <string_view>

#include "sim/results.hpp"

namespace balcao::sim {

namespace {

struct Named {
    Measure measure;
    const char* name;
    const char* unit;
};

constexpr std::array<Named, 19> all{{
    {Measure::arrivals, "arrivals", "per day"},
    {Measure::served, "served", "per day"},
    {Measure::abandoned_share, "abandoned_share", "share"},
    {Measure::balked_share, "balked_share", "share"},
    {Measure::sent_away_share, "sent_away_share", "share"},
    {Measure::no_show_share, "no_show_share", "share"},
    {Measure::wait, "wait", "min"},
    {Measure::wait_all, "wait_all", "min"},
    {Measure::waited_share, "waited_share", "share"},
    {Measure::served_within, "served_within", "share"},
    {Measure::time_in_system, "time_in_system", "min"},
    {Measure::queue_length, "queue_length", "people"},
    {Measure::number_in_system, "number_in_system", "people"},
    {Measure::utilisation, "utilisation", "share"},
    {Measure::visits_per_need, "visits_per_need", "visits"},
    {Measure::days_to_solution, "days_to_solution", "days"},
    {Measure::cost_per_need, "cost_per_need", "EUR"},
    {Measure::travel_per_need, "travel_per_need", "min"},
    {Measure::solved_share, "solved_share", "share"},
}};

}  // namespace

const char* name_of(Measure measure) { return all[static_cast<std::size_t>(measure)].name; }

const char* unit_of(Measure measure) { return all[static_cast<std::size_t>(measure)].unit; }

std::optional<Measure> parse_measure(std::string_view name) {
    for (const auto& each : all)
        if (each.name == name) return each.measure;
    return std::nullopt;
}

const Row* Results::find(Measure measure, const Breakdown& of) const {
    for (const auto& row : rows)
        if (row.measure == measure && row.of == of) return &row;
    return nullptr;
}

}  // namespace balcao::sim
