#include "replay.hpp"

#include <algorithm>
#include <filesystem>

#include <doctest/doctest.h>

#include "model/read.hpp"
#include "sim/simulate.hpp"

namespace balcao::replay {

namespace {

struct Visits final : sim::Trace {
    std::vector<sim::TracedVisit> visits;

    void visit(const sim::TracedVisit& visit) override { visits.push_back(visit); }
};

office::DeskId desk_of(const std::string& traced) {
    const auto space = traced.rfind(' ');
    return {model::DeskKey{traced.substr(0, space)}, std::stoi(traced.substr(space + 1))};
}

}  // namespace

std::shared_ptr<const model::Model> example(const std::string& name) {
    const model::DiskFiles disk;
    const std::string path = std::filesystem::is_directory("models/examples/" + name) ? name : name + ".yaml";
    auto read = model::read_model("models/examples/" + path, disk, {});
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*std::move(read.value));
}

Run simulated(const model::Model& model, int days) {
    Visits trace;
    sim::RunOptions options;
    options.days = days;
    options.replications = 1;
    options.seed = 7;
    options.trace = &trace;
    auto results = sim::simulate(model, options);
    REQUIRE(results.has_value());
    std::ranges::sort(trace.visits, {}, &sim::TracedVisit::number);
    return {*std::move(results), std::move(trace.visits)};
}

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

Day::Day(std::shared_ptr<const model::Model> model, const std::vector<sim::TracedVisit>& visits, int day)
    : model_{std::move(model)},
      visits_{visits},
      day_{day},
      hall_{*office::Layout::of(model_, model_->sites.front().key),
            model_->first_day + std::chrono::days{day}} {
    const auto zone = Zone::find(model_->time_zone);
    REQUIRE(zone.has_value());
    midnight_ = zone->midnight(hall_.date());
    at_ = midnight_;
    for (const auto& group : model_->sites.front().desks)
        for (int place = 1; place <= hall_.layout().desks_in(group.key); ++place) {
            const office::DeskId desk{group.key, place};
            must(office::OpenDesk{desk, office::StaffKey{to_string(desk)}});
        }
}

void Day::replay(const Moment& moment) {
    at_ = midnight_ + std::chrono::milliseconds{(moment.time - day_ * des::day) / 1000};
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
            const auto called = std::get<office::VisitCalled>(must(office::CallNext{desk}).front()).number;
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

void Day::end() { must(office::EndDay{}); }

void Day::keep(journal::Store& store) const {
    journal::Commit commit;
    journal::Writing& writing = commit.writings.emplace_back();
    writing.stream = office::stream_of(model_->sites.front().key, date());
    for (const auto& [event, at] : events_) {
        const auto draft = office::encode(event);
        writing.events.push_back(
            {writing.stream, writing.events.size() + 1, at, draft.type, draft.body, "0123456789abcdef"});
    }
    auto outcome = journal::Outcome::unavailable;
    store.submit(std::move(commit), [&](journal::Outcome told) { outcome = told; });
    REQUIRE(outcome == journal::Outcome::written);
}

std::vector<office::HallEvent> Day::must(const office::Command& command) {
    hall_.rest_until(at_);
    const auto decision = office::decide(hall_, command, {at_, minute_});
    if (const auto* refusal = std::get_if<office::Refusal>(&decision))
        FAIL("minute " << minute_ << ": " << std::string{office::name_of(refusal->reason)});
    const auto& events = std::get<std::vector<office::HallEvent>>(decision);
    for (const auto& event : events) {
        hall_.apply(event, at_);
        events_.emplace_back(event, at_);
    }
    return events;
}

}  // namespace balcao::replay
