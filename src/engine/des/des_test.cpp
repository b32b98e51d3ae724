#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <queue>
#include <rapidcheck.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "des/deadline_heap.hpp"
#include "des/event_heap.hpp"
#include "des/tournament.hpp"

using namespace balcao::des;

TEST_CASE("events come in order of time, and in the order in which they were made where times are equal") {
    CHECK(rc::check([] {
        struct Later {
            bool operator()(const Event& a, const Event& b) const { return b < a; }
        };

        EventHeap heap;
        std::priority_queue<Event, std::vector<Event>, Later> expected;
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-3, 20));
        std::uint32_t subject = 0;
        for (const int step : steps) {
            if (step >= 0) {
                const auto kind = static_cast<std::uint32_t>(step % 16);
                const auto order = heap.push(step, kind, ++subject);
                expected.push({step, order});
            } else if (!expected.empty()) {
                const Event event = heap.pop();
                RC_ASSERT(event.time == expected.top().time);
                RC_ASSERT(event.order == expected.top().order);
                RC_ASSERT(event.kind() == static_cast<std::uint32_t>(event.time) % 16);
                expected.pop();
            }
            RC_ASSERT(heap.size() == expected.size());
        }
    }));
}

TEST_CASE("the heap holds more events than it began with room for") {
    EventHeap heap;
    for (Time time = 5000; time > 0; --time)
        heap.push(time, 1, 7);
    for (Time time = 1; time <= 5000; ++time)
        REQUIRE(heap.pop().time == time);
    CHECK(heap.empty());
}

TEST_CASE("the deadlines know who gives up next, whoever was taken out before") {
    CHECK(rc::check([] {
        EventHeap maker;
        DeadlineHeap deadlines;
        std::map<std::uint32_t, Event> expected;
        const auto steps = *rc::gen::container<std::vector<std::pair<std::uint32_t, int>>>(
            rc::gen::pair(rc::gen::inRange<std::uint32_t>(0, 60), rc::gen::inRange(-8, 20)));
        for (const auto& [subject, step] : steps) {
            if (step >= 0 && !expected.contains(subject)) {
                expected[subject] = maker.make(step, 1, subject);
                deadlines.push(expected[subject]);
            } else {
                expected.erase(subject);
                deadlines.erase(subject);
            }
            RC_ASSERT(deadlines.empty() == expected.empty());
            const auto least = std::ranges::min_element(
                expected, [](const auto& a, const auto& b) { return a.second < b.second; });
            RC_ASSERT(deadlines.top().time == (least == expected.end() ? never : least->second.time));
            if (least != expected.end()) RC_ASSERT(deadlines.top().subject() == least->first);
        }
        deadlines.clear();
        RC_ASSERT(deadlines.empty());
    }));
}

TEST_CASE("the tournament knows the earliest source after every change, the first of equals") {
    CHECK(rc::check([] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 40);
        Tournament tournament{count};
        std::vector<Time> times(count, never);
        RC_ASSERT(tournament.time() == never);
        const auto changes = *rc::gen::container<std::vector<std::pair<std::uint32_t, Time>>>(
            rc::gen::pair(rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(count)),
                          rc::gen::oneOf(rc::gen::inRange<Time>(0, 9), rc::gen::just(never))));
        for (const auto& [source, time] : changes) {
            tournament.set(source, time);
            times[source] = time;
            const auto least = std::ranges::min_element(times);
            RC_ASSERT(tournament.time() == *least);
            if (*least != never)
                RC_ASSERT(tournament.first() == static_cast<std::uint32_t>(least - times.begin()));
        }
    }));
}

TEST_CASE("a time is rounded to the nearest microsecond, before midnight as after") {
    CHECK(to_time(2.4) == 2);
    CHECK(to_time(2.5) == 3);
    CHECK(to_time(-2.4) == -2);
    CHECK(to_time(-2.6) == -3);
    CHECK(to_time(-0.2) == 0);
}

TEST_CASE("a subject that would spill into the kind of its event ends the program") {
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL);
        static_cast<void>(close(STDERR_FILENO));
        EventHeap heap;
        heap.push(1, 0, 1U << Event::subject_bits);
        _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
}
