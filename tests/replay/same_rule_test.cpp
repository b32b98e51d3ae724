// What is simulated is what runs: a simulated day, taken to the live office ticket by ticket. Whenever a
// simulated desk began to serve somebody, the live desk asks who is next and must be given the same person.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "model/read.hpp"
#include "office/decide.hpp"
#include "sim/simulate.hpp"
#include "sim/trace.hpp"

using namespace balcao;

namespace {

struct Visits final : sim::Trace {
    std::vector<sim::TracedVisit> visits;

    void visit(const sim::TracedVisit& visit) override { visits.push_back(visit); }
};

std::shared_ptr<const model::Model> example(const std::string& name) {
    const model::DiskFiles disk;
    const std::string path = std::filesystem::is_directory("models/examples/" + name) ? name : name + ".yaml";
    auto read = model::read_model("models/examples/" + path, disk, {});
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*std::move(read.value));
}

std::vector<sim::TracedVisit> simulated(const model::Model& model, int days) {
    Visits trace;
    sim::RunOptions options;
    options.days = days;
    options.replications = 1;
    options.seed = 7;
    options.trace = &trace;
    const auto results = sim::simulate(model, options);
    REQUIRE(results.has_value());
    std::ranges::sort(trace.visits, {},
                      &sim::TracedVisit::number);  // the order of those who come at one time
    return std::move(trace.visits);
}

// One thing that happened to one visit of the day; kinds are in the order in which the simulator does them at
// one time.
struct Moment {
    enum class Kind : std::uint8_t { ends, leaves, comes, begins };

    des::Time time = 0;
    Kind kind{};
    std::size_t visit = 0;
    std::size_t leg = 0;
};

std::vector<Moment> moments_of(const std::vector<sim::TracedVisit>& visits, int day) {
    std::vector<Moment> moments;
    for (std::size_t index = 0; index < visits.size(); ++index) {
        const auto& visit = visits[index];
        if (visit.arrived / des::day != day || visit.outcome == sim::Outcome::balked) continue;
        moments.push_back({visit.arrived, Moment::Kind::comes, index, 0});
        for (std::size_t leg = 0; leg < visit.legs.size(); ++leg) {
            if (visit.legs[leg].started < 0) continue;
            moments.push_back({visit.legs[leg].started, Moment::Kind::begins, index, leg});
            moments.push_back({visit.legs[leg].ended, Moment::Kind::ends, index, leg});
        }
        if (visit.outcome != sim::Outcome::served)
            moments.push_back({visit.left, Moment::Kind::leaves, index, 0});
    }
    std::ranges::stable_sort(moments, [](const Moment& a, const Moment& b) {
        return std::pair{a.time, a.kind} < std::pair{b.time, b.kind};
    });
    return moments;
}

office::DeskId desk_of(const std::string& traced) {
    const auto space = traced.rfind(' ');
    return {model::DeskKey{traced.substr(0, space)}, std::stoi(traced.substr(space + 1))};
}

// The live hall of one simulated day.
class Day {
public:
    Day(std::shared_ptr<const model::Model> model, const std::vector<sim::TracedVisit>& visits, int day)
        : model_{std::move(model)},
          visits_{visits},
          hall_{*office::Layout::of(model_, model_->sites.front().key),
                model_->first_day + std::chrono::days{day}} {
        for (const auto& group : model_->sites.front().desks)
            for (int place = 1; place <= hall_.layout().desks_in(group.key); ++place) {
                const office::DeskId desk{group.key, place};
                must(office::OpenDesk{desk, office::StaffKey{to_string(desk)}});
            }
    }

    void replay(const Moment& moment) {
        at_ = Instant{std::chrono::milliseconds{moment.time / 1000}};
        minute_ = static_cast<int>(moment.time / des::minute % (24 * 60));
        const auto& visit = visits_[moment.visit];
        switch (moment.kind) {
            case Moment::Kind::comes: {
                office::TakeTicket take{.services = {model::ServiceKey{visit.service}}};
                for (const auto& demand : model_->demand)
                    if (demand.service.text() == visit.service) take.rank = demand.priority;
                numbers_[moment.visit] = std::get<office::VisitBegun>(must(take).front()).number;
                break;
            }
            case Moment::Kind::leaves:
                must(office::Leave{numbers_[moment.visit]});
                break;
            case Moment::Kind::begins: {
                const auto desk = desk_of(visit.legs[moment.leg].desk);
                const auto called =
                    std::get<office::VisitCalled>(must(office::CallNext{desk}).front()).number;
                same_ += called == numbers_[moment.visit] ? 1 : 0;
                ++called_;
                must(office::Start{desk});
                break;
            }
            case Moment::Kind::ends: {
                office::Finish finish{.desk = desk_of(visit.legs[moment.leg].desk), .stay = office::Stay::no};
                if (moment.leg + 1 < visit.legs.size())
                    finish.next = model::StepKey{visit.legs[moment.leg + 1].step};
                must(finish);
                break;
            }
        }
    }

    [[nodiscard]] int called() const { return called_; }

    [[nodiscard]] int same() const { return same_; }

private:
    std::vector<office::HallEvent> must(const office::Command& command) {
        hall_.rest_until(at_);
        const auto decision = office::decide(hall_, command, {at_, minute_});
        if (const auto* refusal = std::get_if<office::Refusal>(&decision))
            FAIL("minute " << minute_ << ": " << std::string{office::name_of(refusal->reason)});
        const auto& events = std::get<std::vector<office::HallEvent>>(decision);
        for (const auto& event : events)
            hall_.apply(event, at_);
        return events;
    }

    std::shared_ptr<const model::Model> model_;
    const std::vector<sim::TracedVisit>& visits_;
    office::Hall hall_;
    std::map<std::size_t, office::Number> numbers_;
    Instant at_{};
    int minute_ = 0;
    int called_ = 0;
    int same_ = 0;
};

void replays(const std::string& name, int days, int at_least) {
    const auto model = example(name);
    const auto visits = simulated(*model, days);
    int called = 0;
    int same = 0;
    for (int day = 0; day < days; ++day) {
        Day live{model, visits, day};
        for (const auto& moment : moments_of(visits, day))
            live.replay(moment);
        called += live.called();
        same += live.same();
    }
    CHECK(called > at_least);
    CHECK(same == called);
}

}  // namespace

TEST_CASE(
    "the live office calls whom the simulated one called: five classes, five priorities, three groups of "
    "desks") {
    replays("five-class-shop", 5, 3000);
}

TEST_CASE("the live office calls whom the simulated one called: a passport that goes from desk to desk") {
    replays("passport-two-desks", 5, 300);
}
