// What the reader of the journal finds in the streams of the double screen: nothing where sessions went well,
// and each fault that is put into them. That nothing is found in the worst weather is said by the oracles of
// the property tests.
#include "assist/inspect.hpp"

#include <map>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

namespace {

using Streams = std::map<std::string, std::vector<journal::Event>>;

std::vector<std::string> faults_in(const Streams& streams) {
    Inspection inspection;
    std::vector<std::string> found;
    for (const auto& stream : streams)
        for (const auto& fault : inspection.take(stream.second))
            found.push_back(stream.first + ": " + fault);
    for (auto& fault : inspection.finish())
        found.push_back(std::move(fault));
    return found;
}

// A session that was gone through, what was learnt of it, and that forgotten.
struct InspectedTown : Town {
    InspectedTown() {
        session = opened();
        go_through(session);
        good(sessions.hand_over(citizen(session)));
        const auto me = Sessions::new_learner();
        good(sessions.keep_lesson(screen(session), me));
        good(sessions.forget_learnt(me, ""));
        const auto all = store.follow({}, 100'000);
        REQUIRE(all.has_value());
        for (const auto& event : all->events)
            if (is_inspected(event.stream)) streams[event.stream].push_back(event);
    }

    // The stream whose name begins so.
    std::vector<journal::Event>& stream(std::string_view prefix) {
        for (auto& one : streams)
            if (one.first.starts_with(prefix)) return one.second;
        FAIL("no such stream");
        return streams.begin()->second;
    }

    [[nodiscard]] bool is_found(const std::string& words) const {
        for (const auto& fault : faults_in(streams))
            if (fault.find(words) != std::string::npos) return true;
        return false;
    }

    SessionKey session;
    Streams streams;
};

}  // namespace

TEST_CASE("in sessions that went well nothing is found that must not be") {
    const InspectedTown town;
    CHECK(town.streams.size() == 3);
    for (const auto& fault : faults_in(town.streams))
        FAIL_CHECK(fault);
}

TEST_CASE("an event of a session that is missing, or stands there twice, is found with its place") {
    InspectedTown missing;
    auto& events = missing.stream("assist/");
    events.erase(events.begin() + 1);
    CHECK(missing.is_found("event "));
    InspectedTown twice;
    auto& again = twice.stream("assist/");
    again.insert(again.begin() + 1, again.front());
    CHECK(twice.is_found("event "));
}

TEST_CASE("a code that lets in twice, and a door to a session that is not there, are found") {
    InspectedTown twice;
    auto& door = twice.stream("assist-door/");
    door.push_back(door.back());
    CHECK(twice.is_found("a code lets in that was used, or never given"));
    InspectedTown nowhere;
    nowhere.streams.erase(stream_of(nowhere.session));
    CHECK(nowhere.is_found("which is not there"));
}

TEST_CASE("what was learnt before it was begun, or after it was forgotten, is found") {
    InspectedTown town;
    auto& learnt = town.stream("learnt/");
    learnt.push_back(learnt.at(1));
    CHECK(town.is_found("learns before it begins"));
    learnt.insert(learnt.begin(), learnt.front());
    CHECK(town.is_found("begins twice"));
}
