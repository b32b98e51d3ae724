// A case whose person is erased: it neither stops the servers nor hands anything over any more.
#include "cases/erasing_test.hpp"

#include <doctest/doctest.h>

#include "cases/inspect_test.hpp"
#include "cases/town_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

namespace {

void hear(Town& town) {
    while (*town.server->cases->catch_up(1000) > 0) {
    }
}

std::size_t events_of(const Town& town, const CaseNumber& number) {
    return town.world.disk.read(stream_of(number), 0)->size();
}

const std::vector<std::string> nothing{};

}  // namespace

TEST_CASE("of an erased person nothing more is sent, and what is at entities goes on to its end") {
    Town town;
    town.entities.at(keyed)->concludes_at_once = false;
    const auto number = town.accept({wanted("card", keyed), wanted("licence", looked, {StepKey{"card"}}),
                                     wanted("letter", inbox), wanted("slip", inbox, {StepKey{"letter"}})});
    town.run();
    const auto reference = town.see(number).steps[0].reference;
    REQUIRE(erase_person_of(town.world, number));
    hear(town);
    const auto view = town.see(number);
    CHECK(view.state == CaseState::under_way);
    CHECK(view.steps[0].progress == Progress::taken_up);
    for (const std::size_t place : {1U, 2U, 3U}) {
        CHECK(view.steps[place].progress == Progress::not_sent);
        CHECK(view.steps[place].what == "person-erased");
    }
    town.good(town.server->cases->report({number, StepKey{"card"}},
                                         {Report::Word::concluded, reference, {}, {}}, ""));
    town.run_for(hours{100});
    CHECK(town.see(number).state == CaseState::concluded_in_part);
    CHECK(town.entities.at(keyed)->sends == 1);
    CHECK(town.entities.at(looked)->sends == 0);
    CHECK(town.server->cases->open() == 0);
    CHECK(faults_in(town.world.disk) == nothing);
}

TEST_CASE("what is being sent in that very moment ends as its entity says") {
    Town town;
    const auto number = town.accept({wanted("card", keyed), wanted("licence", looked, {StepKey{"card"}})});
    town.entities.at(keyed)->before_done = [&](const Effect&) {
        REQUIRE(erase_person_of(town.world, number));
    };
    town.run_for(hours{1});
    hear(town);
    CHECK(town.see(number).steps[0].progress == Progress::concluded);
    CHECK(town.see(number).steps[1].progress == Progress::not_sent);
    CHECK(town.entities.at(looked)->sends == 0);
    CHECK(town.server->cases->open() == 0);
    CHECK(faults_in(town.world.disk) == nothing);
}

TEST_CASE("who carries and finds the key gone, says so once, sends nothing and does not try again") {
    Town town;
    town.entities.at(keyed)->down_until = minutes{2};
    const auto number = town.accept({wanted("card", keyed), wanted("licence", looked),
                                     wanted("club", blind, {StepKey{"licence"}}), wanted("letter", inbox)});
    // As in a journal that was restored from a backup before somebody could say so.
    REQUIRE(erase_person_of(town.world, number, Saying::nowhere));
    town.run_for(hours{100});
    for (const auto& [key, entity] : town.entities)
        CHECK(entity->sends == 0);
    CHECK(town.see(number).state == CaseState::not_concluded);
    CHECK(town.find(number).erased);
    CHECK(town.find(number).incidents.empty());
    CHECK(events_of(town, number) < 12);
    CHECK_FALSE(town.server->carrier->next());
    CHECK(town.server->cases->open() == 0);
    CHECK(faults_in(town.world.disk) == nothing);
}

TEST_CASE("what may be at an entity that knows keys is not sent again: a person finds out") {
    Town town;
    town.world.faults.reply_lost = 1;
    const auto number = town.accept({wanted("card", keyed)});
    while (town.entities.at(keyed)->sends == 0)
        town.server->carrier->work();
    town.world.faults.reply_lost = 0;
    REQUIRE(erase_person_of(town.world, number));
    hear(town);
    town.run_for(hours{1});
    CHECK(town.entities.at(keyed)->sends == 1);
    REQUIRE(town.find(number).incidents.size() == 1);
    CHECK(town.find(number).incidents[0].kind == IncidentKind::outcome_unknown);
    auto& cases = *town.server->cases;
    CHECK(town.refusal(cases.settle({number, 1}, {Settlement::send_again, {}, town.rita}, "")).reason ==
          Reason::forgotten);
    town.good(cases.settle({number, 1}, {Settlement::it_is_there, "7", town.rita}, ""));
    town.good(cases.report({number, StepKey{"card"}}, {Report::Word::concluded, "7", {}, {}}, ""));
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(faults_in(town.world.disk) == nothing);
}

TEST_CASE("what may be at an entity that can be asked is looked up, and is there or is not sent") {
    for (const bool is_there : {true, false}) {
        CAPTURE(is_there);
        Town town;
        (is_there ? town.world.faults.reply_lost : town.world.faults.request_lost) = 1;
        const auto number = town.accept({wanted("licence", looked)});
        while (town.entities.at(looked)->sends == 0)
            town.server->carrier->work();
        town.world.faults = Faults{};
        REQUIRE(erase_person_of(town.world, number));
        hear(town);
        town.run_for(hours{1});
        CHECK(town.entities.at(looked)->sends == 1);
        CHECK(town.see(number).steps[0].progress == (is_there ? Progress::concluded : Progress::not_sent));
        CHECK(town.find(number).incidents.empty());
        CHECK(town.server->cases->open() == 0);
        CHECK(faults_in(town.world.disk) == nothing);
    }
}

TEST_CASE("who was erased can add nothing, and no new key brings them back") {
    for (const auto saying : {Saying::in_the_case, Saying::nowhere}) {
        CAPTURE(static_cast<int>(saying));
        Town town;
        town.entities.at(keyed)->concludes_at_once = false;
        const auto number = town.accept({wanted("card", keyed)});
        town.run();
        auto& cases = *town.server->cases;
        const StepName step{number, StepKey{"card"}};
        const auto reference = town.see(number).steps[0].reference;
        town.good(cases.report(
            step, {Report::Word::citizen_needed, reference, "a photo", morning + hours{24}}, ""));
        REQUIRE(erase_person_of(town.world, number, saying));
        CHECK(town.refusal(cases.answer(step, {{"photo", "…"}}, {"photo"}, "a")).reason == Reason::forgotten);
        CHECK_FALSE(has_key(town.world, number));
        hear(town);
        town.run_for(hours{25});
        CHECK(town.find(number).incidents.at(0).kind == IncidentKind::citizen_silent);
        town.good(cases.report(step, {Report::Word::denied, reference, "no photo", {}}, ""));
        CHECK(town.see(number).state == CaseState::not_concluded);
        CHECK(faults_in(town.world.disk) == nothing);
    }
}

TEST_CASE("what was added and not sent before is not sent, while the entity keeps the rest") {
    Town town;
    town.entities.at(keyed)->concludes_at_once = false;
    const auto number = town.accept({wanted("card", keyed)});
    town.run();
    auto& cases = *town.server->cases;
    const StepName step{number, StepKey{"card"}};
    const auto reference = town.see(number).steps[0].reference;
    town.good(
        cases.report(step, {Report::Word::citizen_needed, reference, "a photo", morning + hours{24}}, ""));
    town.good(cases.answer(step, {{"photo", "…"}}, {"photo"}, ""));
    REQUIRE(erase_person_of(town.world, number));
    hear(town);
    town.run_for(hours{1});
    CHECK(town.entities.at(keyed)->sends == 1);
    REQUIRE(town.find(number).incidents.size() == 1);
    town.good(cases.settle({number, 1}, {Settlement::it_is_there, reference, town.rita}, ""));
    town.good(cases.report(step, {Report::Word::concluded, reference, {}, {}}, ""));
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(faults_in(town.world.disk) == nothing);
}

TEST_CASE("who withdraws and is erased gets undone what can be: that takes no data") {
    Town town;
    const auto number = town.accept({wanted("card", keyed), wanted("stay", by_hand), wanted("slip", inbox)});
    town.run();
    town.good(town.server->cases->cancel(number, {}, ""));
    REQUIRE(erase_person_of(town.world, number));
    hear(town);
    town.run();
    const StepName stay{number, StepKey{"stay"}};
    town.good(town.server->cases->claim(stay, town.rita, ""));
    town.good(town.server->cases->finish(stay, town.rita, {Verdict::Word::done, {}}, ""));
    CHECK(town.see(number).state == CaseState::cancelled);
    CHECK(town.see(number).steps[0].progress == Progress::undone);
    CHECK(town.see(number).steps[1].progress == Progress::undone);
    CHECK(town.see(number).steps[2].progress == Progress::not_sent);
    CHECK(faults_in(town.world.disk) == nothing);
}

TEST_CASE("a case that is over says that its person was erased, once; what is no case says nothing") {
    Town town;
    const auto number = town.accept({wanted("card", keyed)});
    town.run();
    const auto before = events_of(town, number);
    REQUIRE(erase_person_of(town.world, number));
    CHECK(events_of(town, number) == before + 1);
    CHECK(town.find(number).erased == morning + town.world.time.passed);
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK_FALSE(erasing_of(*town.world.disk.read(stream_of(number), 0), morning));
    CHECK_FALSE(erasing_of({}, morning));
    auto spoilt = *town.world.disk.read("case-numbers/2026", 0);
    REQUIRE_FALSE(spoilt.empty());
    CHECK_FALSE(erasing_of(spoilt, morning));
    for (auto& event : spoilt)
        event.stream = stream_of(number);
    CHECK_FALSE(erasing_of(spoilt, morning));
}
