// When the citizen does not agree, cannot confirm, or is not there.
#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

TEST_CASE("AS-03: the citizen stops at any moment, the mediator sees why, and nothing goes on or out") {
    Town town;
    const auto session = town.opened();
    town.go_through(session);
    const auto shown = good(town.sessions.see(town.citizen(session), Depth::all)).now;
    good(town.sessions.dispute(town.screen(session), {DisputeReason::value_wrong, "Já não moro aí"}));
    const auto view = good(town.sessions.see(Town::mediator(session), Depth::all));
    CHECK(view.outline.state == State::disputed);
    CHECK(view.outline.dispute == DisputeReason::value_wrong);
    CHECK(view.disputes.at(0).words == "Já não moro aí");
    const auto mediator = Town::mediator(session);
    const auto citizen = town.citizen(session);
    for (const auto& call : {mediator, citizen}) {
        const auto answer = town.sessions.hand_over(call);
        CHECK(refused(answer) == "disputed");
        CHECK(std::get<Refusal>(answer).when == morning);
        CHECK(refused(town.sessions.show(call, sheet(address, "Rua B"))) == "disputed");
        CHECK(refused(town.sessions.leave_out(call, address)) == "disputed");
        CHECK(refused(town.sessions.type(call, {review, FieldKey{"street"}, "R", false, 1})) == "disputed");
        CHECK(refused(town.sessions.set_lesson(call, {Mode::let_me_try, Side::citizen})) == "disputed");
        CHECK(refused(town.sessions.part(call)) == "disputed");
    }
    CHECK(refused(town.sessions.confirm(town.screen(session), {shown->hash})) == "disputed");
    CHECK(refused(town.sessions.keep(town.screen(session))) == "disputed");
    CHECK(refused(town.sessions.carry_home(town.screen(session))) == "disputed");
    CHECK(refused(town.sessions.abandon(mediator)) == "disputed");
    CHECK(refused(town.sessions.ask_over(session, {joao, spot}, "")) == "disputed");
    CHECK(refused(town.sessions.dispute(town.screen(session), {})) == "disputed");
    good(town.sessions.lift(town.screen(session)));
    CHECK(refused(town.sessions.lift(town.screen(session))) == "not-disputed");
    good(town.sessions.hand_over(mediator));
    CHECK(refused(town.sessions.dispute(town.screen(session), {})) == "session-over");
}

TEST_CASE("only the screen that stopped a session lifts it: a code given out before lets no other one in") {
    Town town;
    const auto session = town.opened();
    const auto slip = good(town.sessions.new_code(Town::desk(session)));
    good(town.sessions.dispute(town.screen(session), {DisputeReason::feels_pressed, {}}));
    CHECK(refused(town.sessions.new_code(Town::desk(session))) == "disputed");
    const JoiningScreen other{Sessions::new_secret(), ScreenKind::desk};
    CHECK(refused(town.sessions.join(slip.text, other, "")) == "disputed");
    CHECK(refused(town.sessions.lift({session, {other.secret}, {}})) == "no-such-screen");
    good(town.sessions.lift(town.screen(session)));
    // And it stays void.
    CHECK(refused(town.sessions.join(slip.text, other, "")) == "code-over");
}

TEST_CASE("AS-03: a dispute can be called to a supervisor, who comes and does not lift it") {
    Town town;
    const auto session = town.opened();
    const MediatorKey eva{"eva"};
    CHECK(refused(town.sessions.call_supervisor(town.citizen(session))) == "not-disputed");
    good(town.sessions.dispute(town.screen(session), {DisputeReason::not_understood, {}}));
    CHECK(refused(town.sessions.supervisor_comes(session, eva, "")) == "not-called");
    good(town.sessions.call_supervisor(town.citizen(session)));
    const auto called = town.sessions.open_sessions(
        [](const Session& one) { return one.dispute() != nullptr && one.dispute()->is_supervisor_called; });
    REQUIRE(called.size() == 1);
    CHECK(called[0].session == session);
    CHECK(called[0].is_supervisor_called);
    good(town.sessions.supervisor_comes(session, eva, ""));
    const auto view = good(town.sessions.see(town.citizen(session), Depth::all));
    CHECK(view.outline.supervisor == eva);
    CHECK(view.outline.state == State::disputed);
    CHECK(refused(town.sessions.hand_over(town.citizen(session))) == "disputed");
}

TEST_CASE("a session that was kept can be stopped on the citizen's own screen, and goes on where it was") {
    Town town;
    town.kind = ScreenKind::own;
    const auto session = town.opened();
    good(town.sessions.keep(town.screen(session)));
    good(town.sessions.dispute(town.screen(session), {DisputeReason::not_wanted, {}}));
    CHECK(refused(town.sessions.ask_over(session, {joao, spot}, "")) == "disputed");
    good(town.sessions.lift(town.screen(session)));
    CHECK(town.state(session) == State::kept);
}

TEST_CASE("who cannot confirm is stood in for by a proxy, with the document and witness that the kind asks") {
    Town town;
    const auto session = town.opened();
    const auto named = [&](const Proxy& proxy) {
        return refused(town.sessions.name_proxy(Town::desk(session), proxy));
    };
    CHECK(named({ProxyKind::legal_guardian, "Eva", {}, {}}) == "document-missing");
    CHECK(named({ProxyKind::power_of_attorney, "Eva", "procuração 77", {}}) == "witness-missing");
    CHECK(named({ProxyKind::companion, "Eva", {}, {}}) == "witness-missing");
    CHECK(named({ProxyKind::companion, "Eva", {}, rita}) == "same-eyes");
    CHECK(named({ProxyKind::legal_guardian, {}, "sentença 5", {}}) == "name-unfit");
    const auto shown = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    const Confirmation by_proxy{shown.hash, Confirmer::proxy, {}};
    CHECK(refused(town.sessions.confirm(town.screen(session), by_proxy)) == "no-proxy");
    CHECK(named({ProxyKind::power_of_attorney, "Eva Prima", "procuração 77", joao}) == "nothing");
    good(town.sessions.confirm(town.screen(session), by_proxy));
    good(town.sessions.end_proxy(town.citizen(session)));
    CHECK(refused(town.sessions.end_proxy(town.citizen(session))) == "no-proxy");
    CHECK(refused(town.sessions.confirm(town.screen(session), by_proxy)) == "no-proxy");
    town.go_through(session, review);
    const auto handover = good(town.sessions.hand_over(Town::mediator(session)));
    const Proxy eva{ProxyKind::power_of_attorney, "Eva Prima", "procuração 77", joao};
    CHECK(handover.given().steps[0].proxy == eva);
    CHECK_FALSE(handover.given().steps[1].proxy.has_value());
}

TEST_CASE("what a proxy does is no step that the citizen did alone") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.name_proxy(Town::desk(session), {ProxyKind::legal_guardian, "Eva", "sentença 5", {}}));
    good(town.sessions.set_lesson(town.citizen(session), {Mode::let_me_try, Side::citizen}));
    const auto shown = good(town.sessions.show(town.citizen(session), sheet(address, "Rua A")));
    good(town.sessions.confirm(town.screen(session), {shown.hash, Confirmer::proxy, {}}));
    const auto view = good(town.sessions.see(town.citizen(session), Depth::all));
    CHECK(view.steps[0].doer == Doer::citizen_with_help);
    CHECK(view.proxy->name == "Eva");
}

TEST_CASE("AS-04: the glass is broken by two, for ten minutes, to look only, and the citizen sees it later") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address);
    town.clock.pass(minutes{5});
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "citizen-absent");
    GlassBreaking breaking{session, rita, rita, GlassReason::person_taken_ill, {}};
    CHECK(refused(town.sessions.break_glass(breaking)) == "same-eyes");
    breaking.second = {};
    CHECK(refused(town.sessions.break_glass(breaking)) == "name-unfit");
    breaking.second = joao;
    good(town.sessions.break_glass(breaking));
    const auto seen = good(town.sessions.see(Town::mediator(session), Depth::all));
    CHECK(seen.steps[0].sheet->fields[0].value == "Rua A");
    CHECK(refused(town.sessions.show(Town::mediator(session), sheet(review, "Rua A"))) == "citizen-absent");
    CHECK(refused(town.sessions.hand_over(Town::mediator(session))) == "not-confirmed");
    CHECK(refused(town.sessions.see(Town::mediator(session, joao), Depth::all)) == "not-your-session");
    town.clock.pass(minutes{10});
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "citizen-absent");
    const auto view = good(town.sessions.see(town.citizen(session), Depth::all));
    REQUIRE(view.glass.size() == 1);
    CHECK(view.glass[0].at == morning + minutes{5});
    CHECK(view.glass[0].what.by == rita);
    CHECK(view.glass[0].what.second == joao);
    CHECK(view.glass[0].what.why == GlassReason::person_taken_ill);
    good(town.sessions.abandon(town.citizen(session)));
    CHECK(refused(town.sessions.break_glass(breaking)) == "values-gone");
}
