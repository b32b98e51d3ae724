// Steps: shown, confirmed, taught.
#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

namespace {

const StepSeen& step_of(const View& view, const StepKey& step) {
    for (const auto& one : view.steps)
        if (one.step == step) return one;
    FAIL("no such step");
    return view.steps.front();
}

Doer doer_of(const Town& town, const SessionKey& session, const StepKey& step) {
    return std::get<Confirmed>(town.fold_of(session).find(step)->state).doer;
}

}  // namespace

TEST_CASE("AS-01: the citizen's screen shows each step as it is shown, with secrets masked") {
    Town town;
    const auto session = town.opened();
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    for (const auto& who : {town.citizen(session), Town::mediator(session)}) {
        const auto view = good(town.sessions.see(who, Depth::on_screen));
        CHECK(view.now == shown);
        const auto& seen = step_of(view, address);
        REQUIRE(seen.sheet.has_value());
        CHECK(seen.sheet->title == "A sua morada");
        CHECK(seen.sheet->fields[0].value == "Rua A");
        CHECK(seen.sheet->fields[1].value == secret_mask);
        CHECK(hash_of(*seen.sheet) == shown.hash);
        CHECK(seen.progress == Progress::shown);
    }
}

TEST_CASE("what a mediator showed counts for nothing until the citizen confirms it") {
    Town town;
    const auto session = town.opened();
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    town.go_through(session, review);
    const auto answer = town.sessions.hand_over(Town::mediator(session));
    CHECK(refused(answer) == "not-confirmed");
    CHECK(std::get<Refusal>(answer).step == address);
    // It is not on the screen any more, so it cannot be confirmed unseen.
    CHECK(refused(town.sessions.confirm(town.screen(session), {shown.hash})) == "other-hash");
    town.go_through(session, address);
    good(town.sessions.hand_over(Town::mediator(session)));
}

TEST_CASE("a confirmation of something else than stands there is refused, with what does") {
    Town town;
    const auto session = town.opened();
    CHECK(refused(town.sessions.confirm(town.screen(session), {"00"})) == "nothing-shown");
    const auto before = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    const auto now = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua B")));
    const auto answer = town.sessions.confirm(town.screen(session), {before.hash});
    CHECK(refused(answer) == "other-hash");
    CHECK(std::get<Refusal>(answer).now == now);
    good(town.sessions.confirm(town.screen(session), {now.hash}));
    CHECK(town.count(session, "step-confirmed") == 1);
}

TEST_CASE("the same sheet shown again is another showing, and what was confirmed before is so no more") {
    Town town;
    const auto session = town.opened();
    town.go_through(session);
    const auto again = good(town.sessions.show(Town::mediator(session), sheet(review, "Rua A")));
    CHECK(again.showing == 3);
    CHECK(refused(town.sessions.hand_over(Town::mediator(session))) == "not-confirmed");
    good(town.sessions.confirm(town.screen(session), {again.hash}));
    good(town.sessions.hand_over(Town::mediator(session)));
}

TEST_CASE("what is confirmed twice is confirmed once, unless the citizen has changed a consent") {
    Town town;
    const auto session = town.opened();
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    good(town.sessions.confirm(town.screen(session), {shown.hash}));
    good(town.sessions.confirm(town.screen(session), {shown.hash}));
    CHECK(town.count(session, "step-confirmed") == 1);
    good(town.sessions.confirm(town.screen(session),
                               {shown.hash, Confirmer::citizen, {{registry, "street"}}}));
    CHECK(town.count(session, "step-confirmed") == 2);
    town.go_through(session, review);
    const auto handover = good(town.sessions.hand_over(Town::mediator(session)));
    CHECK(handover.given().steps[0].given == std::vector<Consent>{{registry, "street"}});
    CHECK(handover.given().steps[1].given.empty());
}

TEST_CASE("a consent is given by receiver and item, and only where it was asked for") {
    Town town;
    const auto session = town.opened();
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    const auto given = [&](std::vector<Consent> consents) {
        return refused(town.sessions.confirm(town.screen(session),
                                             {shown.hash, Confirmer::citizen, std::move(consents)}));
    };
    CHECK(given({{registry, "pin"}}) == "consent-not-asked");
    CHECK(given({{ReceiverKey{"club"}, "street"}}) == "consent-not-asked");
    CHECK(given({{registry, "street"}, {registry, "street"}}) == "consent-twice");
    CHECK(given({{registry, "street"}}) == "nothing");
}

TEST_CASE(
    "AS-04: without a sign of life of the citizen's screen for a minute a mediator sees and shows nothing") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    town.clock.pass(seconds{60});
    good(town.sessions.see(Town::mediator(session), Depth::all));
    town.clock.pass(seconds{1});
    const auto answer = town.sessions.see(Town::mediator(session), Depth::all);
    CHECK(refused(answer) == "citizen-absent");
    CHECK(std::get<Refusal>(answer).when == morning);
    CHECK(refused(town.sessions.show(Town::mediator(session), sheet(review, "Rua A"))) == "citizen-absent");
    CHECK(refused(town.sessions.type(Town::mediator(session), {review, FieldKey{"street"}, "R", false, 1})) ==
          "citizen-absent");
    CHECK(refused(town.sessions.echoed(Town::mediator(session), 0)) == "citizen-absent");
    CHECK(refused(town.sessions.summary(Town::mediator(session))) == "citizen-absent");
    CHECK(refused(town.sessions.name_proxy(Town::desk(session), {ProxyKind::companion, "Eva", {}, joao})) ==
          "citizen-absent");
    good(town.sessions.beat(town.screen(session)));
    good(town.sessions.show(Town::mediator(session), sheet(review, "Rua A")));
    // What anybody of the staff may know is not personal, and is told all the while.
    town.clock.pass(hours{1});
    CHECK(good(town.sessions.outline(session)).state == State::under_way);
}

TEST_CASE("a clock that was set back or far ahead makes no absent citizen present") {
    Town town;
    const auto session = town.opened();
    town.clock.pass(hours{-1});
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "citizen-absent");
    good(town.sessions.beat(town.screen(session)));
    good(town.sessions.see(Town::mediator(session), Depth::all));
    town.clock.pass(hours{3});
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "citizen-absent");
}

TEST_CASE(
    "on a server that has not heard of the citizen's screen the mediator waits for its next sign of life") {
    Town town;
    const auto session = town.opened();
    Sessions other{town.store, town.clock, town.key, town.settings};
    CHECK(refused(other.show(Town::mediator(session), sheet(address, "Rua A"))) == "citizen-absent");
    good(other.beat(town.screen(session)));
    const auto shown = good(other.show(Town::mediator(session), sheet(address, "Rua A")));
    good(town.sessions.confirm(town.screen(session), {shown.hash}));
}

TEST_CASE("whoever drives shows, and the other does not; the citizen alone confirms") {
    Town town;
    const auto session = town.opened(trying);
    const auto answer = town.sessions.show(Town::mediator(session), sheet(address, "Rua A"));
    CHECK(refused(answer) == "not-driving");
    CHECK(std::get<Refusal>(answer).side == Side::citizen);
    CHECK(refused(town.sessions.leave_out(Town::mediator(session), address)) == "not-driving");
    const auto shown = good(town.sessions.show(town.citizen(session), sheet(address, "Rua A")));
    CHECK(refused(town.sessions.confirm({session, {Sessions::new_secret()}, {}}, {shown.hash})) ==
          "no-such-screen");
    good(town.sessions.confirm(town.screen(session), {shown.hash}));
    const auto guided = town.opened();
    CHECK(refused(town.sessions.show(town.citizen(guided), sheet(address, "Rua A"))) == "not-driving");
}

TEST_CASE("the citizen takes and gives the wheel; a mediator only gives it") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.set_lesson(Town::mediator(session), {Mode::i_do_you_watch, Side::mediator}));
    good(town.sessions.set_lesson(Town::mediator(session), trying));
    CHECK(refused(town.sessions.set_lesson(Town::mediator(session), {})) == "not-driving");
    good(town.sessions.set_lesson(town.citizen(session), {}));
    CHECK(refused(town.sessions.set_lesson(town.citizen(session), {Mode::show_me, Side::citizen})) ==
          "driver-unfit");
    CHECK(refused(town.sessions.set_lesson(town.citizen(session), {Mode::let_me_try, Side::mediator})) ==
          "driver-unfit");
    good(town.sessions.set_lesson(town.citizen(session), {Mode::i_do_you_watch, Side::citizen}));
    CHECK(good(town.sessions.outline(session)).lesson == Lesson{Mode::i_do_you_watch, Side::citizen});
}

TEST_CASE("of each step it is known who did it: the citizen, alone or with help, or the mediator") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address);
    CHECK(doer_of(town, session, address) == Doer::mediator);
    good(town.sessions.set_lesson(town.citizen(session), trying));
    town.go_through(session, review);
    CHECK(doer_of(town, session, review) == Doer::citizen_alone);
    // What the mediator has shown before, the citizen does with help; and what somebody helped with.
    town.go_through(session, address);
    CHECK(doer_of(town, session, address) == Doer::citizen_with_help);
    good(town.sessions.help(Town::mediator(session), review));
    town.go_through(session, review);
    CHECK(doer_of(town, session, review) == Doer::citizen_with_help);
    CHECK(refused(town.sessions.help(Town::mediator(session), StepKey{"nothing"})) == "no-such-step");
}

TEST_CASE("a step that is left out is handed over by nobody, until it is shown and confirmed again") {
    Town town;
    const auto session = town.opened();
    town.go_through(session);
    good(town.sessions.leave_out(Town::mediator(session), review));
    CHECK(refused(town.sessions.confirm(town.screen(session), {"00"})) == "nothing-shown");
    CHECK(step_of(good(town.sessions.see(town.citizen(session), Depth::all)), review).progress ==
          Progress::left_out);
    CHECK(good(town.sessions.hand_over(Town::mediator(session))).given().steps.size() == 1);
    CHECK(refused(town.sessions.leave_out(Town::mediator(session), StepKey{"nothing"})) == "session-over");
}

TEST_CASE("steps may come that nobody foresaw, and count as the others do") {
    Town town;
    const auto session = town.opened();
    town.go_through(session);
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(StepKey{"more"}, "Rua A")));
    CHECK(refused(town.sessions.hand_over(Town::mediator(session))) == "not-confirmed");
    good(town.sessions.confirm(town.screen(session), {shown.hash}));
    const auto handover = good(town.sessions.hand_over(Town::mediator(session)));
    CHECK(handover.given().steps.size() == 3);
}

TEST_CASE("a step sent twice with one key is shown once, and both are told the same") {
    Town town;
    const auto session = town.opened();
    const auto call = Town::mediator(session, rita, "s1");
    const auto shown = good(town.sessions.show(call, sheet(address, "Rua A")));
    CHECK(good(town.sessions.show(call, sheet(address, "Rua A"))) == shown);
    CHECK(town.count(session, "step-shown") == 1);
}

TEST_CASE("another mediator, another session and strangers change nothing") {
    Town town;
    const auto session = town.opened();
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    const Session before = town.fold_of(session);
    const Call stranger{session, ByScreen{Sessions::new_secret()}, {}};
    CHECK(refused(town.sessions.show(Town::mediator(session, joao), sheet(review, "R"))) ==
          "not-your-session");
    CHECK(refused(town.sessions.show(stranger, sheet(review, "R"))) == "no-such-screen");
    CHECK(refused(town.sessions.see(stranger, Depth::all)) == "no-such-screen");
    CHECK(refused(town.sessions.see(Town::mediator(session, joao), Depth::all)) == "not-your-session");
    CHECK(refused(town.sessions.hand_over(stranger)) == "no-such-screen");
    CHECK(refused(town.sessions.abandon(stranger)) == "no-such-screen");
    CHECK(refused(town.sessions.show(Town::mediator(SessionKey{"nothing"}), sheet(review, "R"))) ==
          "no-such-session");
    CHECK(refused(town.sessions.show({session, ByMediator{}, {}}, sheet(review, "R"))) == "not-your-session");
    CHECK(town.fold_of(session) == before);
    good(town.sessions.confirm(town.screen(session), {shown.hash}));
}

TEST_CASE("no value, label or word is in the journal but sealed, nor in what commands were answered") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.type(Town::mediator(session), {address, FieldKey{"street"}, "Rua Typed", false, 1}));
    const auto shown =
        good(town.sessions.show(Town::mediator(session, rita, "k1"), sheet(address, "Rua Augusta")));
    good(town.sessions.confirm(town.screen(session, "k2"), {shown.hash, Confirmer::citizen, {}}));
    good(town.sessions.name_proxy(Town::desk(session),
                                  {ProxyKind::companion, "Eva Prima", "bilhete 77", joao}));
    good(town.sessions.dispute(town.screen(session, "k3"), {DisputeReason::other, "Isto nao e meu"}));
    good(town.sessions.lift(town.screen(session, "k4")));
    good(town.sessions.leave_out(Town::mediator(session), review));
    good(town.sessions.hand_over(Town::mediator(session, rita, "k5")));
    good(town.sessions.keep_lesson(town.screen(session, "k6"), "LEARNER0000000000000000000"));
    const auto bytes = town.bytes();
    // None of them can be there by chance, in what is sealed or hashed: they have blanks, or are long.
    for (const char* personal : {"Rua Augusta", "4711-Rua", "Rua Typed", "sua morada", "Conservat",
                                 "Eva Prima", "bilhete 77", "nao e meu", "LEARNER000000"})
        CHECK_MESSAGE(bytes.find(personal) == std::string::npos, personal);
    CHECK(bytes.find(shown.hash) != std::string::npos);
}

TEST_CASE("more than is kept of one session is refused, and the session can still be ended") {
    Town town;
    const auto session = town.opened();
    std::string last;
    for (int round = 0; round < 2'100 && last != "too-much"; ++round)
        last = refused(town.sessions.set_lesson(
            town.citizen(session), round % 2 == 0 ? trying : Lesson{Mode::show_me, Side::mediator}));
    CHECK(last == "too-much");
    CHECK(town.fold_of(session).end.version == 2'000);
    good(town.sessions.abandon(town.citizen(session)));
}
