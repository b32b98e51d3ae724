// What people have to do with a case: tasks, incidents, reports, and what the citizen reads.
#include <doctest/doctest.h>

#include "cases/town_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

TEST_CASE("IN-02: an entity with nobody but people gets a task in its inbox, with a date") {
    Town town;
    town.agree(inbox, [](EntityTerms& terms) { terms.eyes = Eyes::two; });
    town.restart();
    const auto number = town.accept({wanted("letter", inbox), wanted("card", keyed, {StepKey{"letter"}})});
    town.run();
    const auto tasks = town.server->cases->open_cases(
        [](const Case& one) { return std::holds_alternative<WithPerson>(one.steps[0].state); });
    REQUIRE(tasks.size() == 1);
    const auto view = town.see(number);
    CHECK(view.state == CaseState::waits_for_person);
    CHECK(view.steps[0].progress == Progress::with_person);
    CHECK(view.steps[0].owner_name == "parish");
    CHECK(view.steps[0].by_when == morning + hours{48});
    auto& cases = *town.server->cases;
    const StepName task{number, StepKey{"letter"}};
    CHECK(town.refusal(cases.finish(task, town.rita, {Verdict::Word::done, "7"}, "")).reason ==
          Reason::not_claimed);
    town.good(cases.claim(task, town.rita, "c"));
    town.good(cases.claim(task, town.rita, "c"));
    const auto claimed = town.refusal(cases.claim(task, town.joao, ""));
    CHECK(claimed.reason == Reason::claimed_by_other);
    CHECK(claimed.who == town.rita);
    town.good(cases.delegate(task, town.rita, town.joao, ""));
    CHECK(town.refusal(cases.release(task, town.rita, "")).reason == Reason::not_claimed);
    CHECK(town.refusal(cases.finish(task, town.joao, {Verdict::Word::done, {}}, "")).reason ==
          Reason::reference_unfit);
    town.good(cases.finish(task, town.joao, {Verdict::Word::done, "7"}, ""));
    CHECK(town.refusal(cases.claim(task, town.rita, "")).reason == Reason::no_task);
    town.run();
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(town.see(number).steps[0].reference == "7");
}

TEST_CASE("four eyes: the second is another person, who must say the same") {
    Town town;
    const auto number = town.accept({wanted("letter", inbox)});
    town.run();
    auto& cases = *town.server->cases;
    const StepName task{number, StepKey{"letter"}};
    town.good(cases.claim(task, town.rita, ""));
    town.good(cases.finish(task, town.rita, {Verdict::Word::done, "7"}, ""));
    CHECK(town.see(number).state == CaseState::waits_for_person);
    CHECK(town.refusal(cases.claim(task, town.rita, "")).reason == Reason::same_eyes);
    town.good(cases.claim(task, town.joao, ""));
    CHECK(town.refusal(cases.delegate(task, town.joao, town.rita, "")).reason == Reason::same_eyes);
    town.good(cases.finish(task, town.joao, {Verdict::Word::denied, "no seal"}, ""));
    // They do not agree: it begins anew, and who was first may be first again.
    town.good(cases.claim(task, town.rita, ""));
    town.good(cases.finish(task, town.rita, {Verdict::Word::denied, "no seal"}, ""));
    town.good(cases.claim(task, town.joao, ""));
    town.good(cases.finish(task, town.joao, {Verdict::Word::denied, "no seal"}, ""));
    CHECK(town.see(number).state == CaseState::not_concluded);
    CHECK(town.see(number).steps[0].what == "no seal");
}

TEST_CASE("LE-08: nothing goes out before the other parent confirmed; silence climbs three rungs") {
    Town town;
    const auto number = town.accept({wanted("confirm", inbox), wanted("tax", keyed, {StepKey{"confirm"}}),
                                     wanted("health", by_hand, {StepKey{"confirm"}})});
    town.run_for(hours{47});
    CHECK(town.find(number).incidents.empty());
    town.run_for(hours{2});
    REQUIRE(town.find(number).incidents.size() == 1);
    const auto incident = [&] { return town.find(number).incidents[0]; };
    CHECK(incident().kind == IncidentKind::task_overdue);
    CHECK(incident().owner == "case-workers");
    CHECK(incident().promised == incident().opened + hours{48});
    town.run_for(hours{48});
    CHECK(incident().level == 2);
    CHECK(incident().owner == "coordinator");
    town.good(town.server->cases->promise({number, 1}, town.rita, incident().promised + hours{10}, ""));
    town.run_for(hours{30});
    CHECK(incident().level == 2);
    CHECK(incident().by == town.rita);
    town.run_for(hours{100});
    CHECK(incident().level == 3);
    CHECK(incident().owner == "management");
    CHECK(town.find(number).incidents.size() == 1);
    CHECK(town.entities.at(keyed)->sends == 0);
    const StepName task{number, StepKey{"confirm"}};
    for (const auto& clerk : {town.rita, town.joao}) {
        town.good(town.server->cases->claim(task, clerk, ""));
        town.good(town.server->cases->finish(task, clerk, {Verdict::Word::done, "ok"}, ""));
    }
    town.run();
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(incident().settled == Settlement::moved_on);
}

TEST_CASE("LE-12: a legal term that passes is told to a person, while the step goes on") {
    Town town;
    town.entities.at(keyed)->concludes_at_once = false;
    auto step = wanted("benefit", keyed);
    step.term = morning + hours{24 * 30};
    const auto number = town.accept({step});
    town.run_for(hours{24 * 29});
    CHECK(town.see(number).steps[0].by_when == step.term);
    CHECK(town.find(number).incidents.empty());
    town.run_for(hours{24 * 2});
    REQUIRE(town.find(number).incidents.size() == 1);
    CHECK(town.find(number).incidents[0].kind == IncidentKind::term_passed);
    CHECK(town.see(number).state == CaseState::under_way);
    const auto reference = town.see(number).steps[0].reference;
    town.good(
        town.server->cases->report({number, step.step}, {Report::Word::concluded, reference, {}, {}}, ""));
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(town.find(number).incidents[0].settled == Settlement::moved_on);
    CHECK(town.server->cases->open() == 0);
}

TEST_CASE("an entity that is down for longer than the budget is a person's affair, and may be tried again") {
    Town town;
    town.entities.at(keyed)->down_until = hours{100};
    auto quick = wanted("card", keyed);
    quick.haste = Haste::interactive;
    const auto number = town.accept({quick});
    town.run_for(minutes{3});
    REQUIRE(town.find(number).incidents.size() == 1);
    CHECK(town.find(number).incidents[0].kind == IncidentKind::budget_spent);
    CHECK(town.find(number).incidents[0].opened - morning <= minutes{2} + seconds{1});
    town.run_for(hours{100});
    CHECK(town.server->cases->is_broken(keyed));
    town.good(town.server->cases->settle({number, 1}, {Settlement::send_again, {}, town.rita}, ""));
    CHECK(town.refusal(town.server->cases->settle({number, 1}, {Settlement::noted, {}, town.rita}, ""))
              .reason == Reason::already_settled);
    town.run_for(minutes{5});
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK_FALSE(town.server->cases->is_broken(keyed));
}

TEST_CASE("what an entity asks of the citizen goes to it under a key of its own") {
    Town town;
    town.entities.at(keyed)->concludes_at_once = false;
    const auto number = town.accept({wanted("card", keyed)});
    town.run();
    auto& cases = *town.server->cases;
    const StepName step{number, StepKey{"card"}};
    const std::string reference = town.see(number).steps[0].reference;
    const std::string key = town.effect(number, "card");
    CHECK(town.refusal(cases.answer(step, {}, {}, "")).reason == Reason::not_asked);
    const Report wish{Report::Word::citizen_needed, reference, "a photo", morning + hours{24}};
    town.good(cases.report(step, wish, "w"));
    auto view = town.see(number);
    CHECK(view.state == CaseState::waits_for_citizen);
    CHECK(view.steps[0].owner == Owner::citizen);
    CHECK(view.steps[0].what == "a photo");
    CHECK(view.steps[0].by_when == morning + hours{24});
    CHECK(town.refusal(cases.answer(step, {{"photo", "…"}}, {}, "")).reason == Reason::consent_missing);
    town.run_for(hours{25});
    CHECK(town.find(number).incidents.at(0).kind == IncidentKind::citizen_silent);
    town.good(cases.answer(step, {{"photo", "…"}}, {"photo"}, ""));
    Effect seen;
    town.entities.at(keyed)->before_done = [&](const Effect& effect) { seen = effect; };
    town.run();
    CHECK(seen.key != key);
    CHECK(seen.reference == reference);
    CHECK(seen.data == std::vector<Datum>{{"photo", "…"}});
    CHECK(town.see(number).steps[0].progress == Progress::taken_up);
}

TEST_CASE("an answer or report for something else changes nothing, and is shown to a person") {
    Town town;
    town.entities.at(keyed)->concludes_at_once = false;
    const auto number = town.accept({wanted("card", keyed), wanted("licence", looked)});
    town.run();
    auto& cases = *town.server->cases;
    const StepName step{number, StepKey{"card"}};
    const auto before = town.see(number).steps;
    const Report astray{Report::Word::concluded, "of-another", {}, {}};
    CHECK(town.refusal(cases.report(step, astray, "r")).reason == Reason::other_reference);
    CHECK(town.refusal(cases.report(step, astray, "r")).reason == Reason::other_reference);
    CHECK(town.refusal(cases.report(step, astray, "s")).reason == Reason::other_reference);
    CHECK(town.see(number).steps == before);
    REQUIRE(town.find(number).incidents.size() == 1);
    CHECK(town.find(number).incidents[0].kind == IncidentKind::astray);
    town.good(cases.settle({number, 1}, {Settlement::noted, {}, town.rita}, ""));
    const StepName done{number, StepKey{"licence"}};
    const std::string reference = town.see(number).steps[1].reference;
    town.good(cases.report(done, {Report::Word::concluded, reference, {}, {}}, ""));
    CHECK(town.refusal(cases.report(done, {Report::Word::denied, reference, "no", {}}, "")).reason ==
          Reason::not_at_entity);
    CHECK(town.see(number).steps[1].progress == Progress::concluded);
}

TEST_CASE("nonsense for an answer counts as none") {
    Town town;
    town.world.faults.reply_nonsense = 1;
    const auto number = town.accept({wanted("club", blind)});
    town.run();
    CHECK(town.find(number).incidents.at(0).kind == IncidentKind::outcome_unknown);
    CHECK(town.find(number).incidents.at(0).why == "reference-unfit");
}

TEST_CASE("fees are quoted with the case: what it began with is what it costs") {
    Town town;
    auto card = wanted("card", keyed);
    card.fee = Money{1800, "EUR"};
    auto licence = wanted("licence", looked);
    licence.fee = Money{3000, "EUR"};
    const auto number = town.accept({card, licence, wanted("club", blind)});
    CHECK(town.see(number).fees == Money{4800, "EUR"});
    CHECK(town.see(number).steps[1].fee == Money{3000, "EUR"});
    CHECK_FALSE(town.see(number).steps[2].fee);
    CHECK(town.see(number).edition == "7");
}

TEST_CASE("IN-04: a case goes on by the terms with which it began") {
    Town town;
    const auto number = town.accept({wanted("card", keyed, {StepKey{"letter"}}), wanted("letter", inbox)});
    town.agree(keyed, [](EntityTerms& terms) { terms.protocol = 2; });
    town.agree(inbox, [](EntityTerms& terms) { terms.eyes = Eyes::two; });
    town.restart();
    town.run();
    CHECK(town.find(number).steps[0].asked.protocol == 1);
    const StepName task{number, StepKey{"letter"}};
    town.good(town.server->cases->claim(task, town.rita, ""));
    town.good(town.server->cases->finish(task, town.rita, {Verdict::Word::done, "1"}, ""));
    CHECK(town.see(number).state == CaseState::waits_for_person);
    const auto after = town.accept({wanted("card", keyed)});
    CHECK(town.find(after).steps[0].asked.protocol == 2);
    CHECK(town.effect(after, "card") == key_of({after, StepKey{"card"}, Errand::deliver, 2, 0}));
}

TEST_CASE("a server that has not heard of it yet refuses nothing that another made possible") {
    Town town;
    Server other{town.world, agreed("b"), town.connectors, Milliseconds{}};
    const auto number = town.accept({wanted("letter", inbox)});
    CHECK(*other.cases->catch_up(1) == 1);
    CHECK(*other.cases->catch_up(1) == 1);
    town.run();
    // The other knows the case, and nothing of its task.
    town.good(other.cases->claim({number, StepKey{"letter"}}, town.rita, ""));
    CHECK(town.refusal(town.server->cases->claim({number, StepKey{"letter"}}, town.joao, "")).reason ==
          Reason::claimed_by_other);
}
