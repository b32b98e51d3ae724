// Who sees what was handed over; and what a model's way in means for its entity.
#include "cases/terms.hpp"
#include "cases/town_test.hpp"

namespace balcao::cases {
namespace {

using namespace stage;

const Onlooker worker{ClerkKey{"clerk-1"}, "case-worker", LookReason::to_do_it};

TEST_CASE("TR-01: nothing is shown before the look is an event, and the citizen reads by whom and why") {
    Town town;
    const auto number = town.accept({wanted("card", inbox), wanted("badge", blind)});
    const StepName card{number, StepKey{"card"}};
    const auto shown = town.server->cases->look(card, worker, "look-1");
    REQUIRE(std::holds_alternative<HandedOver>(shown));
    CHECK(std::get<HandedOver>(shown).data == std::vector<Datum>{{"name", "Ana Silva"}});
    const auto view = std::get<CaseView>(town.server->cases->see(number));
    REQUIRE(view.looks.size() == 1);
    CHECK(view.looks[0].what.role == "case-worker");
    CHECK(view.looks[0].what.why == LookReason::to_do_it);
    CHECK(view.looks[0].what.step == card.step);
    // The same look again is one look.
    CHECK(std::holds_alternative<HandedOver>(town.server->cases->look(card, worker, "look-1")));
    CHECK(std::get<CaseView>(town.server->cases->see(number)).looks.size() == 1);
}

TEST_CASE("where the journal cannot write, nothing is opened") {
    Town town;
    const auto number = town.accept({wanted("card", inbox)});
    town.world.faults.write_refused = 1;
    const auto shown = town.server->cases->look({number, StepKey{"card"}}, worker, "look-1");
    town.world.faults.write_refused = 0;
    REQUIRE(std::holds_alternative<Refusal>(shown));
    CHECK(std::get<Refusal>(shown).reason == Reason::unavailable);
    CHECK(std::get<CaseView>(town.server->cases->see(number)).looks.empty());
}

TEST_CASE("who has taken a task up still sees what was handed over, and once all is over nobody does it") {
    Town town;
    town.agree(inbox, [](EntityTerms& terms) { terms.eyes = Eyes::two; });
    const auto number = town.accept({wanted("card", inbox)});
    town.run_for(std::chrono::minutes{1});
    const StepName card{number, StepKey{"card"}};
    auto& cases = *town.server->cases;
    REQUIRE(std::holds_alternative<CaseState>(cases.claim(card, worker.by, "a")));
    REQUIRE(std::holds_alternative<CaseState>(
        cases.finish(card, worker.by, {Verdict::Word::taken_up, "ref-1"}, "b")));
    const auto shown = cases.look(card, worker, "look-1");
    REQUIRE(std::holds_alternative<HandedOver>(shown));
    CHECK(std::get<HandedOver>(shown).data.size() == 1);
    REQUIRE(std::holds_alternative<CaseState>(cases.report(card, {Report::Word::concluded, "ref-1"}, "c")));
    const auto late = cases.look(card, worker, "look-2");
    REQUIRE(std::holds_alternative<Refusal>(late));
    CHECK(std::get<Refusal>(late).reason == Reason::case_over);
    Onlooker asked = worker;
    asked.why = LookReason::person_asked;
    CHECK(std::holds_alternative<HandedOver>(cases.look(card, asked, "look-3")));
}

TEST_CASE("a citizen opens what was handed over with every step, and no look is recorded") {
    Town town;
    const auto number = town.accept({wanted("card", keyed), wanted("badge", blind)});
    const auto opened = town.server->cases->open(number);
    REQUIRE(std::holds_alternative<HandedOver>(opened));
    CHECK(std::get<HandedOver>(opened).data == std::vector<Datum>{{"name", "Ana Silva"}});
    CHECK(std::get<CaseView>(town.server->cases->see(number)).looks.empty());
    CHECK(std::get<Refusal>(town.server->cases->open({2031, 1})).reason == Reason::no_such_case);
}

TEST_CASE("a way in says what may be done after an outcome that nobody knows") {
    model::WayIn way;
    CHECK(terms_of(way).kind == ConnectorKind::human);
    CHECK(terms_of(way).task == std::chrono::hours{48});
    way.four_eyes = true;
    CHECK(terms_of(way).eyes == Eyes::four);
    way.by = model::WayKind::http;
    CHECK(terms_of(way).kind == ConnectorKind::none);
    way.on_doubt = model::OnDoubt::send_again;
    CHECK(terms_of(way).kind == ConnectorKind::idempotent_key);
    way.on_doubt = model::OnDoubt::look_up;
    CHECK(terms_of(way).kind == ConnectorKind::lookup_by_reference);
    CHECK(terms_of(way).is_undone_by_hand);
    way.takes_back = true;
    way.gives_up = std::chrono::microseconds{1'500'500};
    CHECK_FALSE(terms_of(way).is_undone_by_hand);
    CHECK(terms_of(way).timeout == std::chrono::milliseconds{1501});
}

TEST_CASE("IN-04: what is agreed anew binds new cases, and those under way go on as they began") {
    Town town;
    const auto before = town.accept({wanted("card", inbox)});
    town.agree(inbox, [](EntityTerms& terms) { terms.eyes = Eyes::two; });
    const auto after = town.accept({wanted("card", inbox)});
    const auto eyes_of = [&](const CaseNumber& number) {
        return std::get<Case>(town.server->cases->find(number)).steps.front().asked.eyes;
    };
    CHECK(eyes_of(before) == Eyes::four);
    CHECK(eyes_of(after) == Eyes::two);
}

}  // namespace
}  // namespace balcao::cases
