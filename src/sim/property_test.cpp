// What must hold for any model: people are conserved, Little's law to the microsecond, the same bytes for any
// number of threads, more desks never later.
#include <algorithm>
#include <map>
#include <rapidcheck.h>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "des/time.hpp"
#include "sim/ledger.hpp"
#include "sim/running_test.hpp"
#include "sim/world.hpp"
#include "sim/world_plan.hpp"

using namespace balcao::sim;
using balcao::des::Time;

namespace {

bool coin() { return *rc::gen::inRange(0, 2) == 1; }

std::string number(int low, int high) { return std::to_string(*rc::gen::inRange(low, high)); }

std::string duration() {
    std::string mean = number(1, 30) + " min";
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return "{exponential: " + mean + "}";
        case 1:
            return mean;
        case 2:
            return "{lognormal: {mean: " + mean + ", cv: 1.2}}";
        default:
            return "{hyperexponential: {mean: " + mean + ", cv: 2}}";
    }
}

std::string arrivals() {
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return "{poisson: " + number(1, 40) + " per hour}";
        case 1:
            return "{renewal: " + duration() + "}";
        case 2:
            return "{batch: {size: " + number(1, 5) + ", poisson: " + number(1, 6) + " per hour}}";
        default:
            return "{poisson: " + number(1, 40) + " per hour, day_factor: {gamma: {mean: 1, cv: 0.5}}}";
    }
}

std::string desk(const std::string& serves) {
    std::string text = "{serves: [" + serves + "], count: ";
    if (coin())
        text += number(1, 4);
    else
        text +=
            "{every day: {\"08-10\": " + number(1, 3) + ", \"10-13\": " + number(1, 4) + ", \"13-20\": 1}}";
    if (coin()) text += ", breaks: [{\"10:30\": 15 min}, {\"14:00\": 30 min}]";
    if (coin()) text += ", absence: 20 %";
    if (coin()) text += ", after_work: {exponential: 1 min}";
    if (coin()) text += ", concurrent: " + number(1, 4);
    if (coin()) text += ", away_when_idle: {exponential: 5 min}";
    return text + "}";
}

std::string entry(const std::string& service) {
    std::string text = "  - {service: " + service + ", site: s, priority: " + number(1, 3);
    const bool has_arrivals = coin();
    if (has_arrivals) text += ", arrivals: " + arrivals();
    if (!has_arrivals || coin())
        text += ", bookings: {per_day: " + number(1, 60) + ", slot: 20 min, per_slot: " + number(1, 3) +
                ", no_show: 13 %, punctuality: {normal: {mean: -4 min, sd: 9 min}}, late_after: 10 min}";
    if (coin()) text += ", patience: " + duration();
    if (coin()) text += ", balking: {at_length: " + number(1, 10) + ", share: 60 %}";
    if (coin()) text += ", if_unserved: {retry_after: {exponential: 5 h}, share: 70 %, at_most: 3}";
    if (coin()) text += ", missing_document: 10 %";
    return text + "}\n";
}

// A small city of one site, with two services of which one may have steps.
std::string any_model() {
    std::string text = "services:\n  x: {duration: " + duration() +
                       "}\n  y:\n    steps: [{id: in, at: a, duration: 2 min}"
                       ", {id: on, at: c, duration: " +
                       duration() + ", next: {in: 20 %, leave: 80 %}}]\n";
    const char* const open[] = {"{every day: \"08-20\"}", "{every day: [\"08-12\", \"13-20\"]}", "always"};
    text += "sites:\n  s:\n    open: " + std::string{open[*rc::gen::inRange(0, 3)]} + "\n";
    if (coin()) text += "    at_closing: send_away\n";
    if (coin()) text += "    capacity: " + number(3, 40) + "\n";
    const char* const queue[] = {"[arrival]",      "[priority, arrival]",     "[booked_due, arrival]",
                                 "[last_arrival]", "[priority, leg_arrival]", "[{weights: {x: 2, y: 1}}]",
                                 "[shortest_mean]"};
    const int order = *rc::gen::inRange(0, 7);
    text += "    queue: " + std::string{queue[order]} + "\n";
    if ((order == 1 || order == 4) && coin()) text += "    preempt: true\n";
    text += "    desks: {a: " + desk("x") + ", b: " + desk("x") + ", c: {count: " + number(1, 3) + "}}\n";
    return text + "demand:\n" + entry("x") + entry("y");
}

struct Counted {
    ContactCell contacts;
    SiteCell sites;
};

Counted totals_of(const World& world) {
    Counted sum;
    for (const auto& cell : world.ledger.contacts) {
        sum.contacts.arrivals += cell.arrivals;
        sum.contacts.served += cell.served;
        sum.contacts.abandoned += cell.abandoned;
        sum.contacts.balked += cell.balked;
        sum.contacts.sent_away += cell.sent_away;
        sum.contacts.wait_served += cell.wait_served;
        sum.contacts.wait_unserved += cell.wait_unserved;
        sum.contacts.queue_area += cell.queue_area;
        sum.contacts.system_area += cell.system_area;
    }
    for (const auto& cell : world.ledger.sites) {
        sum.sites.queue_area += cell.queue_area;
        sum.sites.system_area += cell.system_area;
    }
    return sum;
}

}  // namespace

TEST_CASE("everybody who came was served, gave up, was turned away or sent away, or is still inside") {
    CHECK(rc::check([] {
        const auto text = any_model();
        const auto model = model_of(text);
        const auto city = make_city(model);
        RC_ASSERT(city.has_value());
        VisitList list;
        World world{*city, city->worlds.front()};
        world.trace = &list;
        world.begin({*rc::gen::arbitrary<std::uint64_t>(), 1});
        if (city->is_steady_state)
            world.run_until(3 * balcao::des::day);
        else
            for (int day = 0; day < 5; ++day)
                world.run_day();
        if (city->is_steady_state) world.settle();
        const auto counted = totals_of(world);
        const auto& people = counted.contacts;
        RC_ASSERT(people.arrivals ==
                  people.served + people.abandoned + people.balked + people.sent_away + world.inside());
        RC_ASSERT(static_cast<std::int64_t>(list.visits.size()) == people.arrivals - world.inside());
        if (!city->is_steady_state) RC_ASSERT(world.inside() == 0);
        // Little's law: person-time inside is the sum of the times of those who were inside, and each hour's.
        RC_ASSERT(counted.sites.system_area == people.system_area);
        RC_ASSERT(counted.sites.queue_area == people.queue_area);
        if (world.inside() != 0) return;
        std::int64_t times = 0;
        std::int64_t waits = 0;
        bool has_booked = false;
        for (const auto& visit : list.visits) {
            times += visit.left - visit.arrived;
            waits += visit.waited;
            has_booked = has_booked || visit.is_booked;
            RC_ASSERT(visit.waited >= 0);
            RC_ASSERT(visit.waited <= visit.left - visit.arrived);
        }
        RC_ASSERT(people.system_area == times);
        RC_ASSERT(people.wait_served + people.wait_unserved == waits);
        RC_ASSERT(people.queue_area >= waits);
        if (!has_booked) RC_ASSERT(people.queue_area == waits);
    }));
}

TEST_CASE("no desk group is busier than it is staffed, in any hour") {
    CHECK(rc::check([] {
        const auto model = model_of(any_model());
        const auto city = make_city(model);
        World world{*city, city->worlds.front()};
        world.begin({*rc::gen::arbitrary<std::uint64_t>(), 1});
        if (city->is_steady_state)
            world.run_until(3 * balcao::des::day);
        else
            for (int day = 0; day < 5; ++day)
                world.run_day();
        if (city->is_steady_state) world.settle();
        for (const auto& cell : world.ledger.desks) {
            RC_ASSERT(cell.busy >= 0);
            RC_ASSERT(cell.busy <= cell.staffed);
        }
    }));
}

TEST_CASE("there are never more people inside than the room holds") {
    CHECK(rc::check([] {
        const int capacity = *rc::gen::inRange(1, 12);
        const auto model =
            model_of("services: {x: {duration: " + duration() +
                     "}}\nsites: {s: {open: {every day: "
                     "\"08-20\"}, capacity: " +
                     std::to_string(capacity) + ", desks: {a: " + desk("x") + "}}}\ndemand:\n" + entry("x"));
        std::map<Time, int> change;
        std::map<Time, int> entering;
        for (const auto& visit : visits_of(model, 3)) {
            if (visit.outcome == Outcome::balked) continue;
            ++entering[visit.arrived];
            --change[visit.left];
        }
        for (const auto& [time, count] : entering)
            change[time] += count;
        int inside = 0;
        for (const auto& [time, count] : change) {
            inside += count;
            RC_ASSERT(inside <= capacity);
        }
    }));
}

TEST_CASE("results are the same for one thread and for three") {
    CHECK(rc::check([] {
        const auto model = model_of(any_model());
        RunOptions options;
        options.days = 3;
        options.replications = *rc::gen::inRange(1, 5);
        options.seed = *rc::gen::arbitrary<std::uint64_t>();
        if (model.is_steady_state()) options.warm_up = 0.5;
        options.threads = 1;
        const auto one = run(model, options);
        options.threads = 3;
        const auto three = run(model, options);
        RC_ASSERT(one.rows == three.rows);
        RC_ASSERT(one.customers == three.customers);
        RC_ASSERT(one.notes == three.notes);
    }));
}

TEST_CASE("without patience and capacity, one desk more never makes anyone start later") {
    CHECK(rc::check([] {
        const int desks = *rc::gen::inRange(1, 6);
        const auto length = duration();
        const auto coming = arrivals();
        const auto model = [&](int count) {
            return model_of("services: {x: {duration: " + length +
                            "}}\nsites: {s: {open: {every day: \"08-20\"}, desks: "
                            "{a: {count: " +
                            std::to_string(count) +
                            ", serves: [x]}}}}\ndemand: [{service: x, site: s, "
                            "arrivals: " +
                            coming + "}]\n");
        };
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        // Whoever came when the counter was cut off after four days has no start to compare.
        const auto few = visits_of(model(desks), 2, seed);
        const auto many = visits_of(model(desks + 1), 2, seed);
        RC_ASSERT(few.size() == many.size());
        std::map<std::pair<Time, std::uint64_t>, Time> starts;
        std::vector<Time> first;
        std::vector<Time> second;
        for (std::size_t place = 0; place < few.size(); ++place) {
            RC_ASSERT(few[place].arrived == many[place].arrived);
            if (few[place].legs.empty() || few[place].legs[0].started < 0) continue;
            if (many[place].legs.empty() || many[place].legs[0].started < 0)
                RC_FAIL("served by fewer, not by more");
            first.push_back(few[place].legs[0].started);
            second.push_back(many[place].legs[0].started);
        }
        std::ranges::sort(first);
        std::ranges::sort(second);
        for (std::size_t place = 0; place < first.size(); ++place)
            RC_ASSERT(second[place] <= first[place]);
    }));
}
