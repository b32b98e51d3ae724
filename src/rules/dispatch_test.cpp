#include "rules/dispatch.hpp"

#include <algorithm>
#include <rapidcheck.h>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::rules;
using model::Criterion;

namespace {

// One group of desks that serves every queue.
HallPlan plan_of(std::vector<QueueTraits> queues, std::vector<Criterion> criteria) {
    std::vector<QueueIndex> all;
    for (std::size_t queue = 0; queue < queues.size(); ++queue)
        all.push_back(static_cast<QueueIndex>(queue));
    model::QueueOrder order;
    order.criteria = std::move(criteria);
    auto plan = make_hall_plan(std::move(queues), {all}, order);
    REQUIRE(plan);
    return *plan;
}

PersonIndex call_next(HallState& hall, rules::Instant now = 1000) {
    const auto queue = next_queue(hall, 0, now);
    if (!queue) return nobody;
    const auto person = hall.head(*queue);
    hall.leave(*queue, person);
    hall.count_turn(*queue);
    return person;
}

std::vector<PersonIndex> call_all(HallState& hall, rules::Instant now = 1000) {
    std::vector<PersonIndex> called;
    for (auto person = call_next(hall, now); person != nobody; person = call_next(hall, now))
        called.push_back(person);
    return called;
}

using People = std::vector<PersonIndex>;

}  // namespace

TEST_CASE("who arrived first is called first, whatever the queue") {
    const auto plan = plan_of({{}, {}}, {Criterion::arrival});
    HallState hall{plan};
    hall.join(1, 10, 5, 5);
    hall.join(0, 11, 7, 7);
    hall.join(1, 12, 6, 8);
    CHECK(call_all(hall) == People{10, 12, 11});
}

TEST_CASE("the smallest priority number goes before a longer wait") {
    const auto plan = plan_of({{.priority = 2}, {.priority = 1}}, {Criterion::priority, Criterion::arrival});
    HallState hall{plan};
    hall.join(plan.place_of[0], 10, 1, 1);
    hall.join(plan.place_of[1], 11, 2, 2);
    hall.join(plan.place_of[1], 12, 3, 3);
    CHECK(call_all(hall) == People{11, 12, 10});
}

TEST_CASE("a wait named before priority outweighs it") {
    const auto plan = plan_of({{.priority = 2}, {.priority = 1}}, {Criterion::arrival, Criterion::priority});
    HallState hall{plan};
    hall.join(plan.place_of[0], 10, 1, 1);
    hall.join(plan.place_of[1], 11, 2, 2);
    hall.join(plan.place_of[1], 12, 1, 3);
    CHECK(call_all(hall) == People{12, 10, 11});
}

TEST_CASE("booked people go before walk-ins once their time has come, and not before") {
    const auto plan = plan_of({{}, {.is_booked = true}}, {Criterion::booked_due, Criterion::arrival});
    HallState hall{plan};
    hall.join(plan.place_of[0], 10, 1, 1);
    hall.join(plan.place_of[1], 11, 100, 2);
    SUBCASE("before her time the walk-in is called") { CHECK(call_all(hall, 99) == People{10, 11}); }
    SUBCASE("from her time on she is called") { CHECK(call_all(hall, 100) == People{11, 10}); }
}

TEST_CASE("leg_arrival counts the wait at this queue, arrival the time at the site") {
    for (const bool by_leg : {false, true}) {
        const auto plan = plan_of({{}, {}}, {by_leg ? Criterion::leg_arrival : Criterion::arrival});
        HallState hall{plan};
        hall.join(0, 10, 1, 50);
        hall.join(1, 11, 40, 40);
        CHECK(call_all(hall) == (by_leg ? People{11, 10} : People{10, 11}));
    }
}

TEST_CASE("last_arrival calls the newest first") {
    const auto plan = plan_of({{}, {}}, {Criterion::last_arrival});
    HallState hall{plan};
    hall.join(0, 10, 1, 1);
    hall.join(1, 11, 2, 2);
    hall.join(0, 12, 3, 3);
    hall.join(0, 13, 3, 3);
    CHECK(call_all(hall) == People{13, 12, 11, 10});
}

TEST_CASE("last_arrival holds a booked time against the newest arrival") {
    const auto plan = plan_of({{}, {.is_booked = true}}, {Criterion::last_arrival});
    HallState hall{plan};
    hall.join(plan.place_of[0], 10, 10, 10);
    hall.join(plan.place_of[1], 11, 20, 5);
    hall.join(plan.place_of[0], 12, 30, 30);
    CHECK(call_all(hall) == People{12, 11, 10});
}

TEST_CASE("shortest_mean calls the shortest service first, equals by arrival") {
    const auto plan = plan_of({{.expected_minutes = 9}, {.expected_minutes = 3}, {.expected_minutes = 9}},
                              {Criterion::shortest_mean, Criterion::arrival});
    HallState hall{plan};
    hall.join(plan.place_of[0], 10, 2, 2);
    hall.join(plan.place_of[2], 11, 1, 1);
    hall.join(plan.place_of[1], 12, 3, 3);
    CHECK(call_all(hall) == People{12, 11, 10});
}

TEST_CASE("weights of two to one give two turns to one while both wait") {
    const auto plan =
        plan_of({{.service = 0, .weight = 2}, {.service = 1, .weight = 1}}, {Criterion::weights});
    HallState hall{plan};
    for (PersonIndex person = 0; person < 30; ++person) {
        hall.join(0, person, person, person);
        hall.join(1, 100 + person, person, person);
    }
    int first = 0;
    for (int call = 0; call < 30; ++call) {
        first += call_next(hall) < 100 ? 1 : 0;
        if (call % 3 == 2) CHECK(first == 2 * (call + 1) / 3);
    }
}

TEST_CASE("a service that nobody asked for is not owed the turns that it missed") {
    const auto plan =
        plan_of({{.service = 0, .weight = 2}, {.service = 1, .weight = 1}}, {Criterion::weights});
    HallState hall{plan};
    for (PersonIndex person = 0; person < 200; ++person)
        hall.join(1, 1000 + person, person, person);
    for (int call = 0; call < 100; ++call)
        CHECK(call_next(hall) >= 1000);
    for (PersonIndex person = 0; person < 60; ++person)
        hall.join(0, person, 500, 500);
    int late = 0;
    for (int call = 0; call < 60; ++call)
        late += call_next(hall) < 1000 ? 1 : 0;
    CHECK(late >= 39);
    CHECK(late <= 41);
}

TEST_CASE("the first idle desk of the first group that serves her takes an arriving person") {
    model::QueueOrder order;
    const auto plan = make_hall_plan({{}, {}}, {{0}, {0, 1}, {1}}, order);
    REQUIRE(plan);
    HallState hall{*plan};
    for (GroupIndex group = 0; group < 3; ++group)
        hall.set_desks(group, 100);
    CHECK(!idle_group(hall, 0));
    hall.set_idle(2, 80);
    hall.set_idle(2, 70);
    CHECK(!idle_group(hall, 0));
    REQUIRE(idle_group(hall, 1));
    CHECK(*idle_group(hall, 1) == 2);
    CHECK(hall.first_idle(2) == 70);
    hall.set_busy(2, 70);
    CHECK(hall.first_idle(2) == 80);
    hall.set_idle(1, 0);
    CHECK(*idle_group(hall, 1) == 1);
    CHECK(*idle_group(hall, 0) == 1);
    hall.set_busy(1, 0);
    hall.set_busy(2, 80);
    CHECK(!idle_group(hall, 1));
}

TEST_CASE("a smaller priority number may interrupt a larger one, and equals may not") {
    CHECK(may_interrupt(1, 2));
    CHECK_FALSE(may_interrupt(2, 2));
    CHECK_FALSE(may_interrupt(3, 2));
}

TEST_CASE("a hall of more than 512 queues or 64 groups is refused") {
    CHECK_FALSE(make_hall_plan(std::vector<QueueTraits>(513), {}, {}));
    CHECK_FALSE(make_hall_plan({}, std::vector<std::vector<QueueIndex>>(65), {}));
    CHECK(make_hall_plan(std::vector<QueueTraits>(512), std::vector<std::vector<QueueIndex>>(64), {}));
}

// Whoever is called is the one that a plain search over everybody would name.
TEST_CASE("the next person is the least by priority, then arrival, then queue, among all who wait") {
    CHECK(rc::check([] {
        const auto queues = *rc::gen::inRange<std::size_t>(1, 150);
        std::vector<QueueTraits> traits(queues);
        for (auto& queue : traits)
            queue.priority = *rc::gen::inRange(0, 3);
        std::vector<QueueIndex> taken;
        for (std::size_t queue = 0; queue < queues; ++queue)
            if (*rc::gen::inRange(0, 4) != 0) taken.push_back(static_cast<QueueIndex>(queue));
        model::QueueOrder order;
        order.criteria = {Criterion::priority, Criterion::arrival};
        const auto made = make_hall_plan(traits, {taken}, order);
        RC_ASSERT(made.has_value());
        HallState hall{*made};

        struct Waiting {
            int priority;
            rules::Instant arrived;
            QueueIndex place;
            PersonIndex person;
        };

        std::vector<Waiting> all;
        const auto joins = *rc::gen::container<std::vector<std::pair<std::size_t, rules::Instant>>>(
            rc::gen::pair(rc::gen::inRange<std::size_t>(0, queues), rc::gen::inRange<rules::Instant>(0, 20)));
        for (const auto& [queue, arrived] : joins) {
            const auto place = made->place_of[queue];
            const auto person = static_cast<PersonIndex>(all.size());
            hall.join(place, person, arrived, 100);
            all.push_back({traits[queue].priority, arrived, place, person});
        }
        std::erase_if(all, [&](const Waiting& waiting) {
            return std::ranges::none_of(taken,
                                        [&](QueueIndex q) { return made->place_of[q] == waiting.place; });
        });
        std::ranges::stable_sort(all, {}, [](const Waiting& waiting) {
            return std::tuple{waiting.priority, waiting.arrived, waiting.place};
        });
        for (const auto& waiting : all)
            RC_ASSERT(call_next(hall) == waiting.person);
        RC_ASSERT(call_next(hall) == nobody);
    }));
}
