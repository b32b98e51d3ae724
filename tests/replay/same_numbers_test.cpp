// The same numbers: days that were simulated, taken through the live office, and the journal that this left
// read by the record. What it finds must be what the simulator counted.
#include <cmath>
#include <filesystem>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "model/read.hpp"
#include "plan/log_model.hpp"
#include "plan/ticket_log.hpp"
#include "record/reader.hpp"
#include "record/statistics.hpp"
#include "record/ticket_rows.hpp"
#include "replay.hpp"

using namespace balcao;

namespace {

// The journal of so many simulated days of one of the examples.
struct Lived {
    Lived(const std::string& name, int days)
        : model{replay::example(name)}, run{replay::simulated(*model, days)} {
        for (int day = 0; day < days; ++day) {
            replay::Day live{model, run.visits, day};
            for (const auto& moment : replay::moments_of(run.visits, day))
                live.replay(moment);
            live.end();
            live.keep(store);
        }
        clock.set(Instant{model->first_day + std::chrono::days{days + 1}});
    }

    [[nodiscard]] record::Statistics statistics(int days) const {
        const auto reader = record::Reader::of(store, *model, clock);
        REQUIRE(reader.has_value());
        record::Tally tally{*model, reader->zone(), model->first_day};
        const Date last = model->first_day + std::chrono::days{days - 1};
        const auto span =
            reader->each({.from = model->first_day, .to = last}, [&](const record::HallDay& day) {
                tally.add(day);
                return true;
            });
        REQUIRE(span.has_value());
        CHECK(span->to == last);
        return tally.finish(last);
    }

    std::shared_ptr<const model::Model> model;
    replay::Run run;
    journal::MemoryStore store;
    SetClock clock;
};

// Measured and simulated, to the milliseconds that events have.
void compare(const record::Statistics& measured, const sim::Results& simulated, sim::Measure measure) {
    int compared = 0;
    for (const auto& row : simulated.rows) {
        if (row.measure != measure || row.of.desk || row.of.group) continue;
        const auto* found = measured.results.find(measure, row.of);
        if (row.limit_minutes || row.of.channel) continue;
        INFO(sim::name_of(measure), " site ", row.of.site.value_or("*"), " service ",
             row.of.service.value_or("*"), " step ", row.of.step.value_or("*"), " hour ",
             row.of.hour.value_or(-1));
        REQUIRE(found != nullptr);
        CHECK(found->mean == doctest::Approx(row.mean).epsilon(1e-4));
        if (row.quantiles) {
            CHECK(found->quantiles->p90 == doctest::Approx(row.quantiles->p90).epsilon(0.01));
        }
        ++compared;
    }
    CHECK(compared > 0);
}

}  // namespace

TEST_CASE("the record of simulated days has the simulator's own figures") {
    constexpr int days = 20;
    const Lived lived{"five-class-shop", days};
    const auto measured = lived.statistics(days);
    for (const auto measure : {sim::Measure::arrivals, sim::Measure::served, sim::Measure::abandoned_share,
                               sim::Measure::wait, sim::Measure::wait_all, sim::Measure::time_in_system})
        compare(measured, lived.run.results, measure);
    const auto* mine = measured.results.find(sim::Measure::wait);
    const auto* theirs = lived.run.results.find(sim::Measure::wait);
    REQUIRE(mine->half_width.has_value());
    CHECK(*mine->half_width == doctest::Approx(*theirs->half_width).epsilon(0.25));
    CHECK(measured.left_out == 0);
    CHECK(measured.results.customers == lived.run.results.customers);
}

TEST_CASE("a visit over several desks has the simulator's waits, in all and by step") {
    constexpr int days = 10;
    const Lived lived{"passport-two-desks", days};
    const auto measured = lived.statistics(days);
    for (const auto measure : {sim::Measure::served, sim::Measure::wait, sim::Measure::time_in_system})
        compare(measured, lived.run.results, measure);
}

TEST_CASE("a model learnt from the journal has the parameters of the one that was lived") {
    constexpr int days = 40;
    const Lived lived{"five-class-shop", days};
    const auto reader = record::Reader::of(lived.store, *lived.model, lived.clock);
    plan::TicketLog log;
    REQUIRE(reader->each({.from = lived.model->first_day}, [&](const record::HallDay& day) {
        const Instant midnight = reader->zone().midnight(day.date);
        const auto minute = [&](Instant at) {
            return std::chrono::duration<double, std::ratio<60>>(at - midnight).count();
        };
        for (const auto& row : record::ticket_rows(day).rows) {
            auto& ticket = log.tickets.emplace_back();
            ticket.site = day.site.text();
            ticket.service = row.service.text();
            ticket.desk = row.desk;
            ticket.date = day.date;
            ticket.taken = minute(row.taken);
            if (row.called) ticket.called = minute(*row.called);
            if (row.ended) ticket.ended = minute(*row.ended);
            ticket.is_served = row.is_served;
        }
        return true;
    }));
    const auto sites = plan::fit_log(log);
    REQUIRE(sites.size() == 1);
    const std::map<std::string, std::pair<double, double>> known{// minutes; people at ten o'clock
                                                                 {"identity", {6, 28}},
                                                                 {"transport", {10, 16.8}},
                                                                 {"social", {15, 14}},
                                                                 {"tax", {8, 25.2}},
                                                                 {"works", {20, 11.2}}};
    REQUIRE(sites.front().services.size() == known.size());
    for (const auto& service : sites.front().services) {
        INFO(service.name);
        const auto& [mean, people] = known.at(service.name);
        const double served = static_cast<double>(service.tickets);
        REQUIRE(service.duration.has_value());
        // Exponential: the standard error of a mean is the mean over the root of the count.
        CHECK(std::abs(service.duration->mean - mean) < 3 * mean / std::sqrt(0.6 * served));
        double at_ten = 0;
        for (const auto& day : service.per_hour)
            at_ten += day[10] / 7;
        CHECK(std::abs(at_ten - people) < 4 * std::sqrt(people / days));
        REQUIRE(service.leaving_rate.has_value());
        CHECK(1 / *service.leaving_rate == doctest::Approx(30).epsilon(0.25));
    }
}
