// Opening a session, and the screen that becomes the citizen's.
#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

namespace {

// The same digits but for the last.
std::string wrong(std::string code) {
    code.back() = code.back() == '9' ? '0' : static_cast<char>(code.back() + 1);
    return code;
}

}  // namespace

TEST_CASE("a code is nine digits in threes, read as people type it") {
    CHECK(to_text(Code{4829, 15370}) == "482 915 370");
    CHECK(to_text(Code{7, 5}) == "000 700 005");
    CHECK(read_code("482 915 370") == Code{4829, 15370});
    CHECK(read_code("482-915.370 ") == Code{4829, 15370});
    CHECK(read_code("000700005") == Code{7, 5});
    CHECK_FALSE(read_code("48291537").has_value());
    CHECK_FALSE(read_code("4829153700").has_value());
    CHECK_FALSE(read_code("48291537O").has_value());
    CHECK_FALSE(read_code("").has_value());
}

TEST_CASE("the citizen's screen joins by the code that the mediator was given, and by that once") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    CHECK(slip.until == morning + minutes{10});
    const auto first = Sessions::new_secret();
    CHECK(good(town.sessions.join(slip.text, {first, ScreenKind::own}, "")) == slip.session);
    CHECK(good(town.sessions.outline(slip.session)).has_screen);
    CHECK(refused(town.sessions.join(slip.text, {Sessions::new_secret(), ScreenKind::own}, "")) ==
          "code-used");
    CHECK(good(town.sessions.see({slip.session, ByScreen{first}, {}}, Depth::all)).is_citizen_here);
}

TEST_CASE("a code that is over lets nobody in, and says since when") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    town.clock.pass(minutes{10});
    const auto answer = town.sessions.join(slip.text, {Sessions::new_secret(), ScreenKind::own}, "");
    CHECK(refused(answer) == "code-over");
    CHECK(std::get<Refusal>(answer).when == slip.until);
    CHECK_FALSE(good(town.sessions.outline(slip.session)).has_screen);
}

TEST_CASE("after five wrong codes the right one is no good, and the session is as it was") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    const Session before = town.fold_of(slip.session);
    const JoiningScreen stranger{Sessions::new_secret(), ScreenKind::own};
    for (int tries = 0; tries < 7; ++tries)
        CHECK(refused(town.sessions.join(wrong(slip.text), stranger, "")) == "no-such-code");
    CHECK(refused(town.sessions.join(slip.text, stranger, "")) == "code-blocked");
    CHECK(town.fold_of(slip.session) == before);
    // Five were written down, and no more.
    const auto all = town.store.follow({}, 1000);
    int missed = 0;
    for (const auto& event : all->events)
        missed += event.type == "door-missed" ? 1 : 0;
    CHECK(missed == 5);
    const auto other = good(town.sessions.new_code(Town::desk(slip.session)));
    CHECK(good(town.sessions.join(other.text, stranger, "")) == slip.session);
}

TEST_CASE("a wrong code that cannot be written down tells nothing") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    town.store.set_broken(true);
    const JoiningScreen screen{Sessions::new_secret(), ScreenKind::own};
    CHECK(refused(town.sessions.join(wrong(slip.text), screen, "")) == "unavailable");
    CHECK(refused(town.sessions.join(slip.text, screen, "")) == "unavailable");
    town.store.set_broken(false);
    CHECK(good(town.sessions.join(slip.text, screen, "")) == slip.session);
}

TEST_CASE("codes of nobody, and what is no code, are told apart by nothing that helps a stranger") {
    Town town;
    const JoiningScreen screen{Sessions::new_secret(), ScreenKind::own};
    CHECK(refused(town.sessions.join("123 456 789", screen, "")) == "no-such-code");
    CHECK(refused(town.sessions.join("hello", screen, "")) == "code-unfit");
    CHECK(refused(town.sessions.join("123 456 789", {"short", ScreenKind::own}, "")) == "name-unfit");
    CHECK(town.store.follow({}, 10)->events.empty());
}

TEST_CASE("a new code makes the one before void, and the screen that is there stays until one joins") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    const auto next = good(town.sessions.new_code(Town::desk(slip.session)));
    const JoiningScreen screen{Sessions::new_secret(), ScreenKind::own};
    CHECK(refused(town.sessions.join(slip.text, screen, "")) == "code-over");
    good(town.sessions.join(next.text, screen, ""));
    const auto third = good(town.sessions.new_code(Town::desk(slip.session)));
    good(town.sessions.beat({slip.session, {screen.secret}, {}}));
    const JoiningScreen other{Sessions::new_secret(), ScreenKind::own};
    good(town.sessions.join(third.text, other, ""));
    CHECK(refused(town.sessions.beat({slip.session, {screen.secret}, {}})) == "no-such-screen");
    good(town.sessions.beat({slip.session, {other.secret}, {}}));
}

TEST_CASE("a code of just before midnight is known just after it, when the day of its session is over") {
    Town town;
    town.clock.set(morning + hours{14} + minutes{55});
    const auto slip = good(town.sessions.open(Town::opening(), ""));
    CHECK(good(town.sessions.outline(slip.session)).until == morning + hours{15});
    town.clock.pass(minutes{6});
    const auto answer = town.sessions.join(slip.text, {Sessions::new_secret(), ScreenKind::own}, "");
    CHECK(refused(answer) == "session-over");
    CHECK(std::get<Refusal>(answer).state == State::expired);
}

TEST_CASE("the same key again opens and joins nothing twice, on any server, and answers the same") {
    Town town;
    Sessions other{town.store, town.clock, town.key, town.settings};
    const auto slip = good(town.sessions.open(Town::opening(), "k1"));
    CHECK(good(other.open(Town::opening(), "k1")) == slip);
    const JoiningScreen screen{Sessions::new_secret(), ScreenKind::own};
    CHECK(good(town.sessions.join(slip.text, screen, "j1")) == slip.session);
    CHECK(good(other.join(slip.text, screen, "j1")) == slip.session);
    CHECK(town.count(slip.session, "screen-joined") == 1);
    // A stranger who knows the key gets nothing by it.
    CHECK(refused(other.join(slip.text, {Sessions::new_secret(), ScreenKind::own}, "j1")) == "code-used");
}

TEST_CASE("a screen that left is the citizen's no more, and nothing personal is opened after it") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.part(Town::mediator(session)));
    CHECK(refused(town.sessions.beat(town.screen(session))) == "no-such-screen");
    CHECK(refused(town.sessions.see(Town::mediator(session), Depth::all)) == "no-screen");
    CHECK(refused(town.sessions.show(Town::mediator(session), sheet(address, "Rua A"))) == "no-screen");
    CHECK(refused(town.sessions.part(Town::mediator(session))) == "no-screen");
}

TEST_CASE("AS-08: who is not certified for a service opens none of it, but may practise") {
    Town town;
    auto opening = Town::opening();
    opening.mediator = trainee;
    CHECK(refused(town.sessions.open(opening, "")) == "not-certified");
    opening.purpose = Purpose::practice;
    good(town.sessions.open(opening, ""));
}

TEST_CASE("a session is about a service or a life event, and is opened as it can go on") {
    Town town;
    auto opening = Town::opening();
    opening.subject = {{}, model::LifeEventKey{"lost-wallet"}};
    CHECK(good(town.sessions.outline(good(town.sessions.open(opening, "")).session))
              .subject.life_event.text() == "lost-wallet");
    opening.subject.service = card.service;
    CHECK(refused(town.sessions.open(opening, "")) == "subject-unfit");
    opening = Town::opening({Mode::show_me, Side::citizen});
    CHECK(refused(town.sessions.open(opening, "")) == "driver-unfit");
    opening = Town::opening();
    opening.steps.emplace_back("");
    CHECK(refused(town.sessions.open(opening, "")) == "name-unfit");
}

TEST_CASE("when a session stands behind every door, the next one is told so, until the first code is over") {
    Town town;
    journal::Commit commit;
    for (std::uint32_t door = 0; door < doors; ++door)
        journal::append(
            commit, stream_of_door(Date{std::chrono::floor<std::chrono::days>(morning)}, door), {},
            encode(DoorEvent{DoorGiven{SessionKey{"other"}, 1, CodeUse::screen, morning + minutes{10}}}),
            morning);
    REQUIRE(journal::write_and_wait(town.store, std::move(commit)) == journal::Outcome::written);
    CHECK(refused(town.sessions.open(Town::opening(), "")) == "no-code-free");
    town.clock.pass(minutes{10});
    good(town.sessions.open(Town::opening(), ""));
}

TEST_CASE("neither a code nor the secret of a screen is in anything that the journal keeps") {
    Town town;
    const auto slip = good(town.sessions.open(Town::opening(), "k1"));
    const auto secret = Sessions::new_secret();
    good(town.sessions.join(slip.text, {secret, ScreenKind::own}, "k2"));
    good(town.sessions.keep({slip.session, {secret}, "k3"}));
    std::string digits;
    for (const char letter : slip.text)
        if (letter != ' ') digits.push_back(letter);
    const auto bytes = town.bytes();
    CHECK(bytes.find(slip.text) == std::string::npos);
    CHECK(bytes.find(digits) == std::string::npos);
    CHECK(bytes.find(secret) == std::string::npos);
}
