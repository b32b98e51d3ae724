// A case from its submission to its end, one behaviour at a time.
#include "cases/case.hpp"

#include <doctest/doctest.h>

#include "cases/town_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

TEST_CASE("LE-01: a lost wallet is one case of six requests to five entities, under one number") {
    Town town;
    const auto number =
        town.accept({wanted("card", keyed), wanted("certificate", keyed), wanted("licence", looked),
                     wanted("pension", by_hand), wanted("health", by_hand), wanted("club", blind)});
    CHECK(to_text(number) == "2026-000001");
    CHECK(town.find(number).steps.size() == 6);
    CHECK(town.see(number).state == CaseState::accepted);
    town.run();
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(town.entities.at(keyed)->sends == 2);
    CHECK(town.entities.at(blind)->sends == 1);
}

TEST_CASE(
    "LE-05: an entity gets only the data to which the citizen agreed, and consent is recorded by name") {
    Town town;
    auto step = wanted("club", blind);
    step.data.push_back({"address", "Rua A"});
    const auto refusal = town.refusal(town.server->cases->accept(submission({step}), "k"));
    CHECK(refusal.reason == Reason::consent_missing);
    CHECK(refusal.what == "address");
    step.consents = {"name", "address", "birth"};
    Effect seen;
    town.entities.at(blind)->before_done = [&](const Effect& effect) { seen = effect; };
    const auto number = town.accept({step, wanted("card", keyed)});
    town.run();
    CHECK(seen.data == step.data);
    CHECK(town.find(number).find(StepKey{"club"})->asked.consents == step.consents);
}

TEST_CASE("personal data is in no event but sealed") {
    Town town;
    const auto number = town.accept({wanted("card", keyed)});
    town.run();
    const auto events = town.world.disk.read(stream_of(number), 0);
    REQUIRE(events.has_value());
    REQUIRE_FALSE(events->empty());
    for (const auto& event : *events) {
        CHECK(event.body.find("Ana Silva") == std::string::npos);
        CHECK(event.body.find("example.pt") == std::string::npos);
    }
}

TEST_CASE(
    "LE-06: one entity that is down is tried until it is there, the others go on, and the case says so") {
    Town town;
    town.entities.at(looked)->down_until = minutes{30};
    const auto number =
        town.accept({wanted("card", keyed), wanted("licence", looked), wanted("club", blind)});
    town.run_for(minutes{29});
    auto view = town.see(number);
    CHECK(view.state == CaseState::under_way);
    CHECK(view.steps[0].progress == Progress::concluded);
    CHECK(view.steps[1].progress == Progress::to_be_sent_again);
    CHECK(view.steps[1].owner == Owner::city);
    CHECK(view.steps[2].progress == Progress::concluded);
    town.run_for(minutes{40});
    view = town.see(number);
    CHECK(view.state == CaseState::concluded);
    CHECK(town.entities.at(looked)->done(town.effect(number, "licence")) == 1);
    CHECK(town.entities.at(keyed)->sends == 1);
    CHECK(town.world.wrong.empty());
}

TEST_CASE(
    "LE-07: a reply that is lost makes no second request at an entity that knows keys or can be asked") {
    for (const auto& entity : {keyed, looked}) {
        Town town;
        town.world.faults.reply_lost = 1;
        const auto number = town.accept({wanted("card", entity)});
        town.run_for(seconds{20});
        CHECK(town.entities.at(entity)->done(town.effect(number, "card")) == 1);
        CHECK((town.see(number).state == CaseState::concluded) == (entity == looked));
        town.world.faults.reply_lost = 0;
        town.run_for(minutes{20});
        const auto view = town.see(number);
        CHECK(view.state == CaseState::concluded);
        CHECK(town.entities.at(entity)->done(town.effect(number, "card")) == 1);
        CHECK(view.steps[0].reference == town.entities.at(entity)->reference(town.effect(number, "card")));
    }
}

TEST_CASE("an entity that can neither be asked nor told twice is sent to once; a person finds out the rest") {
    Town town;
    town.world.faults.reply_lost = 1;
    const auto number = town.accept({wanted("club", blind), wanted("card", keyed, {StepKey{"club"}})});
    town.run_for(hours{2});
    CHECK(town.entities.at(blind)->sends == 1);
    const auto view = town.see(number);
    CHECK(view.state == CaseState::waits_for_person);
    CHECK(view.steps[0].progress == Progress::held_up);
    CHECK(view.steps[0].owner_name == "case-workers");
    CHECK(view.steps[0].by_when == town.find(number).incidents[0].promised);
    CHECK(view.steps[1].progress == Progress::waits_for_others);
    auto& cases = *town.server->cases;
    const IncidentName incident{number, 1};
    CHECK(town.refusal(cases.settle(incident, {Settlement::undone_by_hand, {}, town.rita}, "")).reason ==
          Reason::not_settled_so);
    CHECK(town.refusal(cases.settle(incident, {Settlement::it_is_there, {}, town.rita}, "")).reason ==
          Reason::reference_unfit);
    town.world.faults.reply_lost = 0;
    town.good(cases.settle(incident, {Settlement::it_is_there, "club-1", town.rita}, "1"));
    town.good(cases.report({number, StepKey{"club"}}, {Report::Word::concluded, "club-1", {}, {}}, "2"));
    town.run_for(minutes{1});
    CHECK(town.see(number).state == CaseState::concluded);
}

TEST_CASE("nobody says that nothing arrived while it may still be on its way") {
    Town town;
    town.world.faults.reply_lost = 1;
    const auto number = town.accept({wanted("club", blind)});
    town.run_for(seconds{1});
    auto& cases = *town.server->cases;
    const auto early = town.refusal(cases.settle({number, 1}, {Settlement::send_again, {}, town.rita}, ""));
    CHECK(early.reason == Reason::too_soon);
    town.world.pass(*early.when - town.server->clock.now());
    town.good(cases.settle({number, 1}, {Settlement::give_up, {}, town.rita}, ""));
    CHECK(town.see(number).state == CaseState::not_concluded);
}

TEST_CASE("a step begins when those before it are concluded, not when they are only taken up") {
    Town town;
    town.entities.at(keyed)->concludes_at_once = false;
    const auto number =
        town.accept({wanted("address", keyed), wanted("badge", looked, {StepKey{"address"}})});
    town.run_for(minutes{5});
    auto view = town.see(number);
    CHECK(view.steps[0].progress == Progress::taken_up);
    CHECK(view.steps[1].waits_for == std::vector{StepKey{"address"}});
    CHECK(town.entities.at(looked)->sends == 0);
    const auto reference = view.steps[0].reference;
    town.good(town.server->cases->report({number, StepKey{"address"}},
                                         {Report::Word::concluded, reference, {}, {}}, "1"));
    const auto concluded = town.world.time.passed;
    town.run_for(seconds{5});
    CHECK(town.see(number).state == CaseState::concluded);
    const auto whole = town.find(number);
    // LE-11: within five seconds.
    CHECK(whole.find(StepKey{"badge"})->changed - (morning + concluded) <= seconds{5});
}

TEST_CASE(
    "what cannot be undone goes last; the refusal of a step stops what depends on it and nothing else") {
    Town town;
    auto pay = wanted("pay", looked);
    pay.effect_class = EffectClass::point_of_no_return;
    town.world.faults.refused = 1;
    std::vector<std::string> order;
    for (const auto& entity : {keyed, looked, blind})
        town.entities.at(entity)->before_done = [&](const Effect& effect) {
            order.push_back(effect.step.text());
        };
    const auto number = town.accept({pay, wanted("card", keyed), wanted("badge", blind, {StepKey{"card"}})});
    town.run_for(seconds{1});
    CHECK(town.entities.at(keyed)->sends == 1);
    town.world.faults.refused = 0;
    town.run_for(minutes{1});
    const auto view = town.see(number);
    CHECK(view.steps[1].progress == Progress::denied);
    CHECK(view.steps[2].progress == Progress::not_sent);
    CHECK(view.steps[2].what == "card");
    CHECK(town.entities.at(blind)->sends == 0);

    order.clear();
    const auto second = town.accept({pay, wanted("card", keyed), wanted("badge", blind, {StepKey{"card"}})});
    town.run_for(minutes{1});
    CHECK(order == std::vector<std::string>{"card", "badge", "pay"});
    CHECK(town.see(second).state == CaseState::concluded);
}

TEST_CASE("LE-15: who withdraws gets undone what can be, in reverse; a person does what the entity cannot") {
    Town town;
    auto final_step = wanted("final", keyed);
    final_step.effect_class = EffectClass::point_of_no_return;
    const auto number = town.accept(
        {wanted("one", keyed), wanted("two", looked, {StepKey{"one"}}), wanted("hand", by_hand), final_step,
         wanted("never", blind, {StepKey{"slow"}}), wanted("slow", looked, {StepKey{"two"}})});
    town.entities.at(looked)->before_done = [&](const Effect&) {
        town.entities.at(looked)->down_until = town.world.time.passed + hours{1};
    };
    town.run_for(minutes{2});
    CHECK(town.see(number).steps[5].progress == Progress::to_be_sent_again);
    std::vector<std::string> order;
    for (const auto& entity : {keyed, looked})
        town.entities.at(entity)->before_done = [&](const Effect& effect) {
            order.push_back((effect.errand == Errand::undo ? "undo " : "") + effect.step.text());
        };
    town.good(town.server->cases->cancel(number, {}, "1"));
    CHECK(town.refusal(town.server->cases->cancel(number, {}, "2")).reason == Reason::already_cancelled);
    town.run_for(hours{3});
    const Case whole = town.find(number);
    const auto view = town.see(number);
    CHECK(view.state == CaseState::waits_for_person);
    const auto progress = [&](const char* step) {
        for (const auto& one : view.steps)
            if (one.step == StepKey{step}) return one.progress;
        return Progress::to_be_sent;
    };
    CHECK(progress("one") == Progress::undone);
    CHECK(progress("two") == Progress::undone);
    CHECK(progress("never") == Progress::not_sent);
    CHECK(progress("hand") == Progress::being_undone);
    const std::vector<std::string> last{"undo two", "undo one"};
    CHECK(std::vector<std::string>(order.end() - 2, order.end()) == last);
    const StepName task{number, StepKey{"hand"}};
    town.good(town.server->cases->claim(task, town.rita, ""));
    town.good(town.server->cases->finish(task, town.rita, {Verdict::Word::done, {}}, ""));
    CHECK(town.see(number).state == CaseState::cancelled);
}

TEST_CASE("an undoing that fails is an incident; the record shows what stands") {
    Town town;
    const auto number = town.accept({wanted("one", keyed)});
    town.run();
    town.entities.at(keyed)->concludes_at_once = false;
    const auto open = town.accept({wanted("one", keyed)});
    CHECK(town.refusal(town.server->cases->cancel(number, {}, "")).reason == Reason::case_over);
    town.run_for(seconds{1});
    town.world.faults.refused_for_now = 1;
    town.good(town.server->cases->cancel(open, {}, ""));
    town.run_for(minutes{1});
    CHECK(town.find(open).incidents.at(0).kind == IncidentKind::undo_failed);
    CHECK(town.see(open).state == CaseState::waits_for_person);
    town.good(town.server->cases->settle({open, 1}, {Settlement::cannot_be_undone, {}, town.rita}, ""));
    CHECK(town.see(open).steps[0].progress == Progress::cannot_be_undone);
    CHECK(town.see(open).state == CaseState::cancelled);
}

TEST_CASE("IN-07: each lease that ends unheard counts as an attempt, and at last a person is told") {
    Town town;
    auto step = wanted("card", keyed);
    step.haste = Haste::interactive;
    const auto number = town.accept({step});
    for (int ends = 0; ends < 10 && town.find(number).incidents.empty(); ++ends) {
        town.world.faults.killed_sending = 1;
        for (int round = 0; round < 120; ++round) {
            try {
                town.run_for(seconds{1});
            } catch (const Killed&) {
                break;
            }
        }
        town.world.faults.killed_sending = 0;
        town.restart();
    }
    const Case whole = town.find(number);
    REQUIRE(whole.incidents.size() == 1);
    CHECK(whole.incidents[0].kind == IncidentKind::budget_spent);
    CHECK(whole.incidents[0].opened - whole.opened <= minutes{5});
    CHECK(std::get<Held>(whole.steps[0].state).attempts >= 2);
    CHECK(town.entities.at(keyed)->done(town.effect(number, "card")) <= 1);
}

TEST_CASE("a final no is believed only once nothing sent before can still arrive") {
    Town town;
    const auto number = town.accept({wanted("card", keyed)});
    town.world.faults.request_late = 1;
    town.run_for(Milliseconds{0});
    const Milliseconds arrives = town.world.to_come.at(0).at;
    town.world.faults.request_late = 0;
    town.world.faults.refused = 1;
    town.run_for(arrives - Milliseconds{1});
    CHECK(town.entities.at(keyed)->sends >= 2);
    CHECK(is_open(town.find(number).steps[0]));
    town.run_for(minutes{10});
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(town.entities.at(keyed)->done(town.effect(number, "card")) == 1);
}

TEST_CASE("RB-03: a journal that cannot write refuses new cases, and the same key finds what was done") {
    Town town;
    town.world.faults.write_refused = 1;
    CHECK(town.refusal(town.server->cases->accept(submission({wanted("card", keyed)}), "k")).reason ==
          Reason::unavailable);
    town.world.faults.write_refused = 0;
    const auto first = town.accept({wanted("card", keyed)}, "k");
    town.world.faults.write_silent = 1;
    CHECK(town.refusal(town.server->cases->accept(submission({wanted("card", keyed)}), "l")).reason ==
          Reason::unavailable);
    town.world.faults.write_silent = 0;
    const auto second = town.accept({wanted("card", keyed)}, "l");
    CHECK(second != first);
    CHECK(town.accept({wanted("card", keyed)}, "l") == second);
    const auto otherwise =
        town.refusal(town.server->cases->accept(submission({wanted("licence", keyed)}), "l"));
    CHECK(otherwise.reason == Reason::key_used_otherwise);
    CHECK(otherwise.number == second);
    while (*town.server->cases->catch_up(10) > 0) {
    }
    town.run();
    CHECK(town.entities.at(keyed)->sends == 2);
}

TEST_CASE("what came of an effect while the journal could not be written is written once it can") {
    Town town;
    const auto number = town.accept({wanted("club", blind)});
    town.entities.at(blind)->before_done = [&](const Effect&) { town.world.faults.write_refused = 1; };
    CHECK(town.server->carrier->work());
    CHECK_FALSE(town.server->carrier->work());
    const auto next = town.server->carrier->next();
    REQUIRE(next.has_value());
    CHECK(*next > town.world.time.passed);
    town.world.faults.write_refused = 0;
    town.run_for(seconds{5});
    CHECK(town.see(number).state == CaseState::concluded);
    CHECK(town.entities.at(blind)->sends == 1);
}
