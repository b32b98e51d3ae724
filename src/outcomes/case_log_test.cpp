// Logs of cases for who looks for patterns: whole, and without a person in them.
#include "outcomes/case_log.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "outcomes/building_test.hpp"

using namespace balcao;
using namespace balcao::outcomes;

namespace {

std::size_t times(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size()))
        ++count;
    return count;
}

template <class Log>
std::string written(const Busy& town, const OpenedOn& days, Counted& counted) {
    std::string text;
    Log log{[&](std::string_view piece) { text += piece; }, lisbon};
    const Pseudonyms names{installation};
    const auto done = write_cases(
        town.world.disk, lisbon, days,
        [&](const cases::CaseNumber& number, const auto& events) { log.add(names.of(number), events); },
        [] { return true; });
    REQUIRE(done.has_value());
    log.finish();
    counted = *done;
    return text;
}

}  // namespace

TEST_CASE("TR-04 both logs hold every event of every case once, and as many as the journal") {
    Busy town;
    cases::stage::Dice dice{7};
    town.live(dice, 30);
    std::map<std::string, std::size_t> types;
    std::size_t events = 0;
    for (const auto& number : town.numbers) {
        const auto stream = town.world.disk.read(cases::stream_of(number), 0);
        for (const auto& event : *stream) {
            ++types[event.type];
            ++events;
        }
    }
    REQUIRE(types.size() >= 10);
    Counted counted;
    const auto xes = written<XesOfCases>(town, {}, counted);
    CHECK(counted.cases == town.numbers.size());
    CHECK(counted.events == events);
    CHECK(times(xes, "<trace>") == town.numbers.size());
    CHECK(times(xes, "<event>") == events);
    const auto ocel = written<OcelOfCases>(town, {}, counted);
    CHECK(counted.events == events);
    for (const auto& [type, count] : types) {
        CHECK(times(xes, "key=\"concept:name\" value=\"" + type + "\"") == count);
        CHECK(times(ocel, "\"type\": \"" + type + "\"") == count);
    }
    CHECK(times(ocel, "\"type\": \"case\"") == town.numbers.size());
    CHECK(times(ocel, "\"type\": \"step\"") == 3 * town.numbers.size());
    CHECK(times(ocel, "\"id\": \"service:card\"") == 1);
}

TEST_CASE("TR-04 no log of cases has a name, an account, a number of a case or anybody's words in it") {
    Busy town;
    cases::stage::Dice dice{11};
    town.live(dice, 30);
    const auto task = town.accept({cases::stage::wanted("advice", cases::stage::inbox)});
    town.run();
    town.good(town.server->cases->claim({task, cases::StepKey{"advice"}}, town.rita, ""));
    Counted counted;
    for (const std::string& log :
         {written<XesOfCases>(town, {}, counted), written<OcelOfCases>(town, {}, counted)}) {
        for (const char* word : {"Ana", "Silva", "rita", "example.pt"})
            CHECK_MESSAGE(log.find(word) == std::string::npos, word);
        for (const auto& number : town.numbers)
            CHECK(log.find(cases::to_text(number)) == std::string::npos);
        CHECK(log.find("\"staff\"") != std::string::npos);
        CHECK(log.find("\"citizen\"") != std::string::npos);
    }
}

TEST_CASE("TR-04 only cases that were opened on the days that are asked for are in a log") {
    Busy town;
    cases::stage::Dice dice{3};
    town.live(dice, 12);
    std::set<Date> days;
    for (const auto& number : town.numbers)
        days.insert(lisbon.at(town.find(number).opened).date);
    REQUIRE(days.size() > 3);
    std::size_t all = 0;
    Counted counted;
    for (const Date day : days) {
        (void)written<XesOfCases>(town, {day, day}, counted);
        CHECK(counted.cases > 0);
        all += counted.cases;
    }
    CHECK(all == town.numbers.size());
    (void)written<XesOfCases>(
        town, {*days.begin() - std::chrono::days{9}, *days.begin() - std::chrono::days{1}}, counted);
    CHECK(counted.cases == 0);
}

TEST_CASE("a log that is stopped says so") {
    Busy town;
    town.accept({cases::stage::wanted("card", cases::stage::keyed)});
    const auto done = write_cases(
        town.world.disk, lisbon, {}, [](const auto&, const auto&) {}, [] { return false; });
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == Errc::unavailable);
}
