#pragma once
// Forecasts the waits of live halls by simulating them forward: what the office asks, answered by `sim`. With
// too little history the queue length answers instead.
#include <map>

#include "office/foresight.hpp"
#include "sim/hall_habits.hpp"

namespace balcao::cli {

// What to do while a site has little history.
enum class WithoutHistory : std::uint8_t {
    queue_length,     // people ahead over desks, and the pages say so
    trust_the_model,  // simulate by the model: where its figures are known to be true
};

class SimulatingForecaster final : public office::Forecaster {
public:
    explicit SimulatingForecaster(WithoutHistory otherwise = WithoutHistory::queue_length, int paths = 200)
        : otherwise_{otherwise}, paths_{paths} {}

    void learn(const office::Layout& layout, Date date, const rules::HallPast& past) override;

    rules::Outlook forecast(const office::Layout& layout,
                            const rules::HallNow& now,
                            const std::vector<rules::QueueIndex>& newcomers,
                            double level) override;

    // What is known of a site's hall; only after learn().
    [[nodiscard]] const sim::HallHabits& habits(const model::SiteKey& site) const {
        return sites_.at(site).habits;
    }

private:
    struct Known {
        sim::HallHabits habits;
        bool is_enough = false;
    };

    WithoutHistory otherwise_;
    int paths_;
    std::map<model::SiteKey, Known> sites_;
};

}  // namespace balcao::cli
