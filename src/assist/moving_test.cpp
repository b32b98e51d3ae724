// Kept for the day, gone on with at another desk, carried home.
#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

TEST_CASE(
    "GO-01 what a host may not do under its protocol is neither begun there nor gone on with; practice is") {
    Town town;
    const Date today = town.settings.zone.at(town.clock.now()).date;
    Date last = today;
    town.settings.is_agreed = [&](const model::SiteKey& site, const Subject&, Date day) {
        return site == spot && day <= last;
    };
    const auto session = town.opened();
    town.go_through(session, address, "Rua Augusta");
    const auto slip = good(town.sessions.keep(town.screen(session)));
    CHECK(refused(town.sessions.take_over(slip.text, {joao, other_spot}, "")) == "not-agreed");
    CHECK(good(town.sessions.take_over(slip.text, {joao, spot}, "")) == session);
    auto opening = town.opening();
    opening.site = other_spot;
    CHECK(refused(town.sessions.open(opening, "")) == "not-agreed");
    opening.purpose = Purpose::practice;
    good(town.sessions.open(opening, ""));
    // Until midnight, by the clocks of the city.
    opening = town.opening();
    town.clock.set(town.settings.zone.midnight(last + std::chrono::days{1}) - std::chrono::milliseconds{1});
    good(town.sessions.open(opening, ""));
    town.clock.pass(std::chrono::milliseconds{1});
    CHECK(refused(town.sessions.open(opening, "")) == "not-agreed");
    last = today + std::chrono::days{1};
    good(town.sessions.open(opening, ""));
}

TEST_CASE("a half-filled session is kept for the day and gone on with by another mediator at another spot") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address, "Rua Augusta");
    const auto slip = good(town.sessions.keep(town.screen(session)));
    CHECK(slip.until == morning + hours{15});
    CHECK(town.state(session) == State::kept);
    // The screen of the spot stays behind and knows nothing any more; the mediator neither.
    CHECK(refused(town.sessions.see(town.citizen(session), Depth::all)) == "no-such-screen");
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "kept");
    CHECK(refused(town.sessions.show(Town::mediator(session), sheet(review, "R"))) == "kept");
    town.clock.pass(hours{5});
    CHECK(refused(town.sessions.take_over(slip.text, {trainee, other_spot}, "")) == "not-certified");
    Sessions other{town.store, town.clock, town.key, town.settings};
    CHECK(good(other.take_over(slip.text, {joao, other_spot}, "t1")) == session);
    CHECK(good(town.sessions.take_over(slip.text, {joao, other_spot}, "t1")) == session);
    CHECK(refused(other.take_over(slip.text, {joao, other_spot}, "t2")) == "code-used");
    // Nothing personal before the citizen sits there as well.
    CHECK(refused(other.see(Town::mediator(session, joao), Depth::all)) == "no-screen");
    const auto code = good(other.new_code(Town::desk(session, joao)));
    const auto secret = Sessions::new_secret();
    good(other.join(code.text, {secret, ScreenKind::desk}, ""));
    const auto view = good(other.see(Town::mediator(session, joao), Depth::all));
    CHECK(view.steps[0].sheet->fields[0].value == "Rua Augusta");
    CHECK(view.steps[0].progress == Progress::confirmed);
    CHECK(view.outline.site == other_spot);
    CHECK(refused(other.see(Town::mediator(session, rita), Depth::all)) == "not-your-session");
    const auto shown = good(other.show(Town::mediator(session, joao), sheet(review, "Rua Augusta")));
    good(other.confirm({session, {secret}, {}}, {shown.hash}));
    CHECK(good(other.hand_over(Town::mediator(session, joao))).given().mediator == joao);
}

TEST_CASE("on the citizen's own screen it is agreed who goes on, and with nobody else") {
    Town town;
    town.kind = ScreenKind::own;
    const auto session = town.opened();
    const Desk desk{joao, other_spot};
    CHECK(refused(town.sessions.agree_over(town.screen(session), desk)) == "nobody-asked");
    const auto slip = good(town.sessions.keep(town.screen(session)));
    good(town.sessions.beat(town.screen(session)));  // it is still the citizen's
    good(town.sessions.ask_over(session, desk, ""));
    CHECK(good(town.sessions.outline(session)).asking == desk);
    CHECK(good(town.sessions.outline(session)).mediator == rita);
    // What the citizen agrees to is what was seen: somebody else who asks meanwhile gets nothing by it.
    good(town.sessions.ask_over(session, {MediatorKey{"eva"}, spot}, ""));
    CHECK(refused(town.sessions.agree_over(town.screen(session), desk)) == "nobody-asked");
    good(town.sessions.ask_over(session, desk, ""));
    CHECK(refused(town.sessions.agree_over({session, {Sessions::new_secret()}, {}}, desk)) ==
          "no-such-screen");
    good(town.sessions.agree_over(town.screen(session), desk));
    CHECK(town.state(session) == State::under_way);
    good(town.sessions.show(Town::mediator(session, joao), sheet(address, "Rua A")));
    CHECK(refused(town.sessions.ask_over(session, {trainee, spot}, "")) == "not-certified");
    // The code that was given out when it was kept is of no use beside that.
    CHECK(refused(town.sessions.take_over(slip.text, {rita, spot}, "")) == "not-kept");
}

TEST_CASE("a code for a desk lets no screen in, and one for a screen no mediator") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    CHECK(refused(town.sessions.take_over(slip.text, {joao, spot}, "")) == "code-unfit");
    const auto secret = Sessions::new_secret();
    good(town.sessions.join(slip.text, {secret, ScreenKind::desk}, ""));
    const auto kept = good(town.sessions.keep({slip.session, {secret}, {}}));
    CHECK(refused(town.sessions.join(kept.text, {Sessions::new_secret(), ScreenKind::own}, "")) ==
          "code-unfit");
    CHECK(town.state(slip.session) == State::kept);
}

TEST_CASE(
    "AS-07: what was begun at a desk is carried home for thirty days and ended there without retyping") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address, "Rua Augusta");
    const auto until = good(town.sessions.carry_home(town.screen(session, "h1")));
    CHECK(until == morning + hours{24 * 30});
    CHECK(town.state(session) == State::carried_home);
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "not-your-session");
    CHECK(refused(town.sessions.see(town.citizen(session), Depth::all)) == "no-such-screen");
    CHECK(refused(town.sessions.ask_over(session, {joao, spot}, "")) == "carried-home");
    town.clock.pass(hours{24 * 29});
    CHECK(town.sessions.let_time_pass() == 0);
    const auto secret = Sessions::new_secret();
    good(town.sessions.enter_at_home({session, {secret}, {}}));
    const Call at_home{session, ByScreen{secret}, {}};
    const auto view = good(town.sessions.see(at_home, Depth::all));
    CHECK(view.steps[0].sheet->fields[0].value == "Rua Augusta");
    CHECK(view.outline.lesson.driver == Side::citizen);
    CHECK(refused(town.sessions.carry_home({session, {secret}, {}})) == "at-home");
    CHECK(refused(town.sessions.keep({session, {secret}, {}})) == "at-home");
    CHECK(refused(town.sessions.set_lesson(at_home, {})) == "driver-unfit");
    const auto shown = good(town.sessions.show(at_home, sheet(review, "Rua Augusta")));
    good(town.sessions.confirm({session, {secret}, {}}, {shown.hash}));
    const auto handover = good(town.sessions.hand_over(at_home));
    CHECK(handover.given().mediator.empty());
    CHECK(handover.given().steps.size() == 2);
    CHECK(handover.given().steps[1].doer == Doer::citizen_alone);
}

TEST_CASE("AS-07: what was carried home and not ended expires after thirty days, and its values with it") {
    Town town;
    const auto session = town.opened();
    town.go_through(session, address);
    good(town.sessions.carry_home(town.screen(session)));
    town.clock.pass(hours{24 * 30});
    CHECK(refused(town.sessions.enter_at_home({session, {Sessions::new_secret()}, {}})) == "session-over");
    CHECK(town.sessions.let_time_pass() == 1);
    CHECK(town.state(session) == State::expired);
    CHECK_FALSE(town.store.key_of(town.fold_of(session).person.text())->has_value());
}

TEST_CASE("nobody enters at home what was not carried there; who did can come back to a desk") {
    Town town;
    const auto session = town.opened();
    CHECK(refused(town.sessions.enter_at_home({session, {Sessions::new_secret()}, {}})) ==
          "not-carried-home");
    good(town.sessions.carry_home(town.screen(session)));
    const auto first = Sessions::new_secret();
    const auto second = Sessions::new_secret();
    good(town.sessions.enter_at_home({session, {first}, {}}));
    good(town.sessions.enter_at_home({session, {second}, {}}));
    CHECK(refused(town.sessions.beat({session, {first}, {}})) == "no-such-screen");
    good(town.sessions.ask_over(session, {joao, spot}, ""));
    good(town.sessions.agree_over({session, {second}, {}}, {joao, spot}));
    good(town.sessions.see(Town::mediator(session, joao), Depth::all));
    CHECK(refused(town.sessions.enter_at_home({session, {first}, {}})) == "not-carried-home");
}
