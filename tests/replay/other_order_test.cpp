// Who is next, beside another system: a hundred queues with the order that Munich's and Berlin's computed,
// from public data. Where nobody has a number of urgency of their own, both must call the same person. That
// system gives such numbers to single people and mixes them with the times of later appointments, so that who
// is marked most urgent can come after who is not; here urgency is a queue of the model (`priority`), ordered
// before everything else, which the last test states on the same queues.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "rules/dispatch.hpp"
#include "text/file.hpp"
#include "text/json.hpp"

using namespace balcao;
using model::Criterion;

namespace {

constexpr rules::Instant minute = 60'000'000;
constexpr rules::Instant now = 1000 * minute;
constexpr int urgencies = 4;   // 1, 2, 3 and none
constexpr double rested = 60;  // seconds since somebody was called and did not come: may be called again

struct Person {
    rules::PersonIndex number = 0;
    bool is_booked = false;
    int arrived = 0;  // or booked for, in minutes from now
    int urgency = urgencies;
    bool is_resting = false;
};

struct Queue {
    std::vector<Person> people;  // who waits
    std::optional<rules::PersonIndex> next;
};

std::filesystem::path data_file() {
    const char* folder = std::getenv("BALCAO_DATA");  // NOLINT(concurrency-mt-unsafe): one thread
    return std::filesystem::path{folder != nullptr ? folder : "../shared/data"} /
           "acceptance/queue-order-vectors.json";
}

// Nothing where the data is absent.
std::vector<Queue> queues() {
    std::vector<Queue> all;
    if (!exists(data_file())) {
        MESSAGE("the public data is not here: nothing was compared");
        return all;
    }
    const auto text = text::read_file(data_file());
    REQUIRE(text);
    const auto json = text::Json::parse(*text, "vectors");
    REQUIRE(json);
    const auto vectors = json->root()["vectors"];
    for (std::size_t which = 0; which < vectors.size(); ++which) {
        const auto vector = vectors.at(which);
        const auto people = vector["queue"];
        Queue queue;
        for (std::size_t place = 0; place < people.size(); ++place) {
            const auto one = people.at(place);
            const std::string status{one["status"].as_text().value_or("")};
            if (status != "queued" && status != "confirmed") continue;
            queue.people.push_back({static_cast<rules::PersonIndex>(*one["number"].as_whole_number()),
                                    *one["withAppointment"].as_bool(),
                                    static_cast<int>(*one["arrivalMin"].as_number()),
                                    static_cast<int>(one["priority"].as_number().value_or(urgencies)),
                                    one["lastCallSecAgo"].as_number().value_or(rested) < rested});
        }
        if (const auto next = vector["expectNext"].as_whole_number())
            queue.next = static_cast<rules::PersonIndex>(*next);
        all.push_back(std::move(queue));
    }
    return all;
}

// Walk-ins and booked people of each urgency at one desk that serves all.
std::optional<rules::PersonIndex> next_here(const Queue& queue) {
    std::vector<rules::QueueTraits> traits;
    std::vector<rules::QueueIndex> served;
    for (int urgency = 1; urgency <= urgencies; ++urgency)
        for (const bool is_booked : {false, true}) {
            served.push_back(static_cast<rules::QueueIndex>(traits.size()));
            traits.push_back({.priority = urgency, .is_booked = is_booked});
        }
    model::QueueOrder order;
    order.criteria = {Criterion::priority, Criterion::booked_due, Criterion::arrival};
    const auto plan = rules::make_hall_plan(std::move(traits), {served}, order);
    REQUIRE(plan);
    rules::HallState hall{*plan};
    for (const auto& person : queue.people) {
        if (person.is_resting) continue;
        const auto place = static_cast<std::size_t>(2 * (person.urgency - 1) + (person.is_booked ? 1 : 0));
        const auto at = now + person.arrived * minute;
        hall.join(plan->place_of[place], person.number, at, std::min(at, now));
    }
    const auto called = rules::next_queue(hall, 0, now);
    if (!called) return std::nullopt;
    return hall.head(*called);
}

bool is_plain(const Queue& queue) {
    return std::ranges::all_of(queue.people, [](const Person& one) { return one.urgency == urgencies; });
}

}  // namespace

TEST_CASE("without numbers of urgency the next person is the one that Munich's system calls") {
    int compared = 0;
    for (const auto& queue : queues()) {
        if (!is_plain(queue) || queue.people.empty()) continue;
        ++compared;
        CHECK(next_here(queue) == queue.next);
    }
    MESSAGE(compared << " queues compared");
}

TEST_CASE(
    "who is most urgent is next, whatever the others' times: otherwise than Munich's system, on purpose") {
    for (const auto& queue : queues()) {
        if (queue.people.empty()) continue;
        const auto next = next_here(queue);
        if (!next) continue;  // all rest
        int most = urgencies;
        for (const auto& one : queue.people)
            if (!one.is_resting) most = std::min(most, one.urgency);
        const auto called = std::ranges::find(queue.people, *next, &Person::number);
        CHECK(called->urgency == most);
    }
}
