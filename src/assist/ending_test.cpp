// How sessions end.
#include <type_traits>

#include <doctest/doctest.h>

#include "assist/town_test.hpp"
#include "journal/log.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

// What practice gives cannot be passed for what is real, nor can anybody but a session make that.
static_assert(!std::is_convertible_v<PracticeHandover, Handover>);
static_assert(!std::is_constructible_v<Handover, PracticeHandover>);
static_assert(!std::is_constructible_v<Handover, Given>);
static_assert(!std::is_default_constructible_v<Handover>);

TEST_CASE("what is handed over is what was confirmed, with secrets in clear, by whom and with which hash") {
    Town town;
    const auto session = town.opened();
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua Augusta")));
    town.clock.pass(seconds{10});
    good(town.sessions.confirm(town.screen(session),
                               {shown.hash, Confirmer::citizen, {{registry, "street"}}}));
    town.go_through(session, review, "Rua B");
    const auto handover = good(town.sessions.hand_over(Town::mediator(session)));
    const Given& given = handover.given();
    CHECK(given.subject == card);
    CHECK(given.edition == "7");
    CHECK(given.site == spot);
    CHECK(given.mediator == rita);
    REQUIRE(given.steps.size() == 2);
    CHECK(given.steps[0].fields == sheet(address, "Rua Augusta").fields);
    CHECK(given.steps[0].hash == shown.hash);
    CHECK(given.steps[0].confirmed == morning + seconds{10});
    CHECK(given.steps[1].fields == sheet(review, "Rua B").fields);
    CHECK(handover.key() == "assist-" + session.text());
}

TEST_CASE("a session is handed over once; the same key gets the same again, another is told when it was") {
    Town town;
    Sessions other{town.store, town.clock, town.key, town.settings};
    const auto session = town.opened();
    town.go_through(session);
    const auto call = Town::mediator(session, rita, "h1");
    const auto first = good(town.sessions.hand_over(call));
    town.clock.pass(minutes{1});
    const auto again = good(other.hand_over(call));
    CHECK(again.given().at == first.given().at);
    CHECK(again.given().steps[0].fields == first.given().steps[0].fields);
    for (const auto& late : {Town::mediator(session, rita, "h2"), town.citizen(session, "h1")}) {
        const auto answer = other.hand_over(late);
        CHECK(refused(answer) == "already-handed-over");
        CHECK(std::get<Refusal>(answer).when == morning);
    }
    CHECK(town.count(session, "session-handed-over") == 1);
}

TEST_CASE("nothing is handed over by a session without a screen, without steps, or without the citizen") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    CHECK(refused(town.sessions.hand_over(Town::mediator(slip.session))) == "no-screen");
    auto opening = Town::opening();
    opening.steps.clear();
    const auto empty = good(town.sessions.open(opening, ""));
    const auto secret = Sessions::new_secret();
    good(town.sessions.join(empty.text, {secret, ScreenKind::own}, ""));
    CHECK(refused(town.sessions.hand_over(Town::mediator(empty.session))) == "nothing-confirmed");
    const auto session = town.opened();
    town.go_through(session);
    town.clock.pass(minutes{2});
    CHECK(refused(town.sessions.hand_over(Town::mediator(session))) == "citizen-absent");
    good(town.sessions.hand_over(town.citizen(session)));
}

TEST_CASE("what was handed over waits until another room has made something of it, and can be had again") {
    Town town;
    const auto session = town.opened();
    CHECK(refused(town.sessions.handed_over(session)) == "not-handed-over");
    CHECK(refused(town.sessions.taken(session, "2026-000001")) == "not-handed-over");
    town.go_through(session);
    good(town.sessions.hand_over(town.citizen(session)));
    Sessions restarted{town.store, town.clock, town.key, town.settings};
    while (*restarted.catch_up(100) > 0) {
    }
    CHECK(restarted.not_taken() == std::vector<SessionKey>{session});
    CHECK(good(restarted.handed_over(session)).given().steps.size() == 2);
    town.clock.pass(hours{24 * 100});
    CHECK(restarted.let_time_pass() == 0);
    good(restarted.taken(session, "2026-000001"));
    good(restarted.taken(session, "2026-000001"));
    const auto answer = restarted.taken(session, "2026-000002");
    CHECK(refused(answer) == "already-taken");
    CHECK(std::get<Refusal>(answer).what == "2026-000001");
    CHECK(refused(restarted.handed_over(session)) == "already-taken");
    CHECK(restarted.not_taken().empty());
    // A day later its values are gone here, and what was confirmed when and by which hash is not.
    town.clock.pass(hours{24});
    CHECK(restarted.let_time_pass() == 1);
    CHECK(restarted.let_time_pass() == 0);
    CHECK_FALSE(town.store.key_of(town.fold_of(session).person.text())->has_value());
    const auto view = good(restarted.see(town.citizen(session), Depth::all));
    CHECK_FALSE(view.steps[0].sheet.has_value());
    CHECK(view.steps[0].progress == Progress::confirmed);
    CHECK(view.steps[0].hash.size() == 64);
}

TEST_CASE("practice goes through all the same and sends nothing: its values are gone, its steps are told") {
    Town town;
    const auto session = town.opened({}, Purpose::practice);
    CHECK(refused(town.sessions.end_practice(Town::mediator(session))) == "not-confirmed");
    town.go_through(session);
    CHECK(refused(town.sessions.hand_over(Town::mediator(session))) == "only-practice");
    CHECK(refused(town.sessions.hand_over(town.citizen(session))) == "only-practice");
    CHECK(refused(town.sessions.carry_home(town.screen(session))) == "only-practice");
    const auto practice = good(town.sessions.end_practice(Town::mediator(session, rita, "p1")));
    CHECK(practice.steps == std::vector<PractisedStep>{{address, Doer::mediator}, {review, Doer::mediator}});
    CHECK(good(town.sessions.end_practice(Town::mediator(session, rita, "p1"))).steps == practice.steps);
    CHECK(town.state(session) == State::practised);
    CHECK_FALSE(town.store.key_of(town.fold_of(session).person.text())->has_value());
    const auto real = town.opened();
    town.go_through(real);
    CHECK(refused(town.sessions.end_practice(Town::mediator(real))) == "not-practice");
}

TEST_CASE("what is not finished at the day's end expires by the clocks of the city, and its values with it") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address);
    town.clock.set(morning + hours{15} - seconds{1});
    CHECK(town.sessions.let_time_pass() == 0);
    town.clock.pass(seconds{1});
    // Nobody goes on with it, also before anybody has let time pass.
    CHECK(refused(town.sessions.show(Town::mediator(session), sheet(review, "R"))) == "session-over");
    CHECK(refused(town.sessions.hand_over(town.citizen(session))) == "session-over");
    CHECK(town.sessions.let_time_pass() == 1);
    CHECK(town.state(session) == State::expired);
    CHECK_FALSE(town.store.key_of(town.fold_of(session).person.text())->has_value());
    CHECK(town.sessions.open_sessions([](const Session&) { return true; }).empty());
}

TEST_CASE("an abandoned session leaves no value and no typing behind, also a disputed one") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address);
    good(town.sessions.type(Town::mediator(session), {review, FieldKey{"street"}, "R", false, 1}));
    good(town.sessions.dispute(town.screen(session), {DisputeReason::not_wanted, "Deixe"}));
    good(town.sessions.abandon(town.citizen(session, "a1")));
    good(town.sessions.abandon(town.citizen(session, "a1")));
    CHECK(refused(town.sessions.abandon(town.citizen(session))) == "session-over");
    CHECK(town.state(session) == State::abandoned);
    CHECK(good(town.sessions.echoed(town.citizen(session), 0)).empty());
    const auto view = good(town.sessions.see(town.citizen(session), Depth::all));
    CHECK(view.disputes.at(0).words.empty());
    CHECK(view.disputes.at(0).why == DisputeReason::not_wanted);
    CHECK_FALSE(view.steps[0].sheet.has_value());
}

TEST_CASE(
    "the summary for paper has what was confirmed, by labels, and each event can be proved to be in the "
    "log") {
    Town town;
    const auto session = town.opened();
    town.go_through(session);
    good(town.sessions.hand_over(Town::mediator(session)));
    const auto summary = good(town.sessions.summary(town.citizen(session)));
    CHECK(summary.screens.size() == 1);
    CHECK(summary.view.outline.state == State::handed_over);
    const auto signing = crypto::SigningKey::from(town.key);
    journal::Log log{town.store, "lisboa.example/balcao", signing};
    REQUIRE(log.take(town.clock.now(), 1'000).has_value());
    for (const auto& step : summary.view.steps) {
        REQUIRE(step.sheet.has_value());
        CHECK(step.sheet->fields[0].label == "Rua");
        CHECK(step.sheet->fields[1].value == secret_mask);
        // What is printed gives the hash that the event has, and the event is in the log.
        CHECK(hash_of(*step.sheet) == step.hash);
        const auto& event = summary.events.at(step.version - 1);
        CHECK(event.type == "step-confirmed");
        CHECK(event.body.find(step.hash) != std::string::npos);
        const auto receipt = log.receipt(event);
        REQUIRE(receipt.has_value());
        REQUIRE(receipt->has_value());
        CHECK((*receipt)->entry == journal::entry_of(event));
        CHECK(journal::check_receipt(journal::to_json(**receipt), log.verifier()).has_value());
    }
}
