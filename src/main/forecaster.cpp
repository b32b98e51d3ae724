#include "main/forecaster.hpp"

#include <utility>

#include "sim/hall_forecast.hpp"

namespace balcao::cli {

void SimulatingForecaster::learn(const office::Layout& layout, Date date, const rules::HallPast& past) {
    Known known;
    known.habits = sim::habits_by_model(layout.city(), layout.site(), layout.plan(), layout.names(), date);
    const bool is_much = past.legs() >= sim::enough_of_a_site;
    if (is_much) sim::learn_from(known.habits, past, layout.names());
    known.is_enough = is_much || otherwise_ == WithoutHistory::trust_the_model;
    sites_[layout.site().key] = std::move(known);
}

rules::Outlook SimulatingForecaster::forecast(const office::Layout& layout,
                                              const rules::HallNow& now,
                                              const std::vector<rules::QueueIndex>& newcomers,
                                              double level) {
    const Known& known = sites_.at(layout.site().key);
    if (!known.is_enough) return sim::queue_length_outlook(known.habits, now, newcomers, level);
    sim::ForecastOptions options;
    options.paths = paths_;
    options.level = level;
    // One for the day: what is shown changes when the hall does, not from look to look.
    options.seed = static_cast<std::uint64_t>(now.date.time_since_epoch().count());
    return sim::simulated_outlook(known.habits, now, newcomers, options);
}

}  // namespace balcao::cli
