#pragma once
// Says what a change of the model would do to waits: answers the port of the pages (web/effects.hpp) with
// `sim::compare`, today's model and the changed one on the same people. One thread of low priority, for a
// bounded time; where that is too short it says so and nothing else.
#include "base/instant.hpp"
#include "base/zone.hpp"
#include "web/effects.hpp"

namespace balcao::cli {

class EffectSimulator final : public web::Simulator {
public:
    // The clock must outlive it.
    EffectSimulator(const Clock& clock,
                    Zone zone,
                    std::chrono::milliseconds time_most = std::chrono::seconds{seconds_most})
        : clock_{clock}, zone_{std::move(zone)}, time_most_{time_most} {}

    Result<web::Effect> effect_of(const model::Model& now,
                                  const model::Model& after,
                                  const std::atomic<bool>& stop) override;

private:
    const Clock& clock_;
    const Zone zone_;
    const std::chrono::milliseconds time_most_;
};

// The Monday of the week that is simulated: that of the first day from today on that has other hours of its
// own before than after, or is closed in only one of the two; else of next week.
Date first_day_to_simulate(const model::Model& now, const model::Model& after, Date today);

}  // namespace balcao::cli
