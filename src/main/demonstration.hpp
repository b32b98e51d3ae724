#pragma once
// A demonstration day: the people of one simulated day come to the live office, and made-up attendants call
// and serve them through the same commands as real ones, so that whoever looks at the pages sees a city at
// work. It begins in the middle of a morning, whatever the hour is. Used by `balcao serve --demonstration`
// only; nothing of it is ever counted as measured.
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "base/instant.hpp"
#include "base/zone.hpp"
#include "model/model.hpp"
#include "office/front_office.hpp"
#include "sim/trace.hpp"

namespace balcao::cli {

// Runs at the speed of the real one, but shows the demonstration day. While a thread makes up for what
// happened before, it has a time of its own.
class DemonstrationClock final : public Clock {
public:
    explicit DemonstrationClock(Instant begins);

    [[nodiscard]] Instant now() const override;

    // What this thread takes for now, until it is told otherwise.
    static void set_back(std::optional<Instant> to);

private:
    std::chrono::milliseconds ahead_;
};

// When a demonstration begins: half past ten on the first day from `today` on that most sites are open.
Instant beginning_of_demonstration(const model::Model& model, const Zone& zone, Date today);

// The people of the day that the model simulates for that date, with seed 1. Errors: as simulate.
Result<std::vector<sim::TracedVisit>> people_of(const model::Model& model, Date date);

class Demonstration {
public:
    // Lets happen what came before the clock's now, then goes on with the clock until it is destroyed.
    // Returns when the past is in the journal. `told` is called after each ticket of the past, by the thread
    // that made up for it, which still has that time.
    Demonstration(office::FrontOffice& office,
                  const DemonstrationClock& clock,
                  const std::vector<sim::TracedVisit>& people,
                  const std::function<void(const model::SiteKey&)>& told);
    ~Demonstration();
    Demonstration(const Demonstration&) = delete;
    Demonstration& operator=(const Demonstration&) = delete;
    Demonstration(Demonstration&&) = delete;
    Demonstration& operator=(Demonstration&&) = delete;

private:
    class Hall;
    std::vector<std::unique_ptr<Hall>> halls_;
    std::vector<std::jthread> threads_;  // last: they use the halls
};

}  // namespace balcao::cli
