#pragma once
// A simulated run taken to the live office ticket by ticket: what simulated people and desks did becomes
// commands, and these events. Used by tests that set the two side by side.
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/zone.hpp"
#include "journal/store.hpp"
#include "model/model.hpp"
#include "office/decide.hpp"
#include "sim/results.hpp"
#include "sim/trace.hpp"

namespace balcao::replay {

// One of models/examples; the test stops when it cannot be read.
std::shared_ptr<const model::Model> example(const std::string& name);

struct Run {
    sim::Results results;
    std::vector<sim::TracedVisit> visits;  // in the order of those who come at one time
};

// One replication of so many days, with seed 7.
Run simulated(const model::Model& model, int days);

// One thing that happened to one visit of a day; kinds are in the order in which the simulator does them at
// one time.
struct Moment {
    enum class Kind : std::uint8_t { ends, leaves, comes, begins };

    des::Time time = 0;
    Kind kind{};
    std::size_t visit = 0;
    std::size_t leg = 0;
};

std::vector<Moment> moments_of(const std::vector<sim::TracedVisit>& visits, int day);

// The live hall of one simulated day.
class Day {
public:
    Day(std::shared_ptr<const model::Model> model, const std::vector<sim::TracedVisit>& visits, int day);

    void replay(const Moment& moment);

    // The doors are shut.
    void end();

    // Writes the day to its stream of a journal that answers at once.
    void keep(journal::Store& store) const;

    [[nodiscard]] int called() const { return called_; }

    // Of them, those whom the simulator called.
    [[nodiscard]] int same() const { return same_; }

    [[nodiscard]] Date date() const { return hall_.date(); }

    [[nodiscard]] const std::vector<std::pair<office::HallEvent, Instant>>& events() const { return events_; }

private:
    std::vector<office::HallEvent> must(const office::Command& command);

    std::shared_ptr<const model::Model> model_;
    const std::vector<sim::TracedVisit>& visits_;
    std::int64_t day_ = 0;
    Instant midnight_{};
    office::Hall hall_;
    std::vector<std::pair<office::HallEvent, Instant>> events_;
    std::map<std::size_t, office::Number> numbers_;
    Instant at_{};
    int minute_ = 0;
    int called_ = 0;
    int same_ = 0;
};

}  // namespace balcao::replay
