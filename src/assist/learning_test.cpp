// What is learnt: by a person who wants it kept, and by all of a spot together.
#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

namespace {

// A session to its end, in that lesson.
SessionKey lived(Town& town, Lesson lesson, Purpose purpose = Purpose::real) {
    const auto session = town.opened(lesson, purpose);
    town.go_through(session);
    if (purpose == Purpose::real)
        good(town.sessions.hand_over(town.citizen(session)));
    else
        good(town.sessions.end_practice(town.citizen(session)));
    return session;
}

}  // namespace

TEST_CASE("AS-05: who has done a service with somebody once is proposed to try, then to be watched") {
    Town town;
    const auto me = Sessions::new_learner();
    CHECK(good(town.sessions.propose(me, card)) == Lesson{Mode::show_me, Side::mediator});
    auto session = lived(town, {});
    // Nothing is kept of who did not ask for it.
    CHECK(good(town.sessions.propose(me, card)) == Lesson{Mode::show_me, Side::mediator});
    good(town.sessions.keep_lesson(town.screen(session), me));
    CHECK(good(town.sessions.propose(me, card)) == trying);
    CHECK(good(town.sessions.propose(me, licence)) == Lesson{Mode::show_me, Side::mediator});
    session = lived(town, trying);
    good(town.sessions.keep_lesson(town.screen(session), me));
    CHECK(good(town.sessions.propose(me, card)) == Lesson{Mode::i_do_you_watch, Side::citizen});
    const auto learnt = good(town.sessions.learnt(me));
    REQUIRE(learnt.size() == 2);
    CHECK(learnt[0].by_mediator == 2);
    CHECK(learnt[1].alone == 2);
    CHECK(learnt[1].site == spot);
    // As it stands on paper, and typed as people type.
    std::string typed = me;
    typed.insert(4, " - ");
    for (char& letter : typed)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    CHECK(good(town.sessions.learnt(typed)) == learnt);
}

TEST_CASE("a lesson is kept once, of what was gone through to its end, by the citizen's screen alone") {
    Town town;
    const auto me = Sessions::new_learner();
    const auto open = town.opened();
    CHECK(refused(town.sessions.keep_lesson(town.screen(open), me)) == "not-handed-over");
    const auto session = lived(town, {});
    CHECK(refused(town.sessions.keep_lesson({session, {Sessions::new_secret()}, {}}, me)) ==
          "no-such-screen");
    CHECK(refused(town.sessions.keep_lesson(town.screen(session), "ana")) == "learner-unfit");
    good(town.sessions.keep_lesson(town.screen(session), me));
    CHECK(refused(town.sessions.keep_lesson(town.screen(session), me)) == "already-learnt");
    CHECK(refused(town.sessions.keep_lesson(town.screen(session), Sessions::new_learner())) ==
          "already-learnt");
    const auto practised = lived(town, trying, Purpose::practice);
    good(town.sessions.keep_lesson(town.screen(practised), me));
    CHECK(good(town.sessions.learnt(me)).at(1).is_practice);
}

TEST_CASE("what somebody has learnt is theirs to erase: its key is gone, and a new beginning is empty") {
    Town town;
    const auto me = Sessions::new_learner();
    CHECK(refused(town.sessions.forget_learnt(me, "")) == "nothing-learnt");
    good(town.sessions.keep_lesson(town.screen(lived(town, {})), me));
    const auto bytes = town.bytes();
    good(town.sessions.forget_learnt(me, "f1"));
    good(town.sessions.forget_learnt(me, "f1"));
    CHECK(good(town.sessions.learnt(me)).empty());
    CHECK(good(town.sessions.propose(me, card)).mode == Mode::show_me);
    good(town.sessions.keep_lesson(town.screen(lived(town, trying)), me));
    CHECK(good(town.sessions.learnt(me)).size() == 1);
    CHECK(good(town.sessions.learnt(Sessions::new_learner())).empty());
}

TEST_CASE("nothing in a learner's stream leads to a session, nor the other way") {
    Town town;
    const auto me = Sessions::new_learner();
    const auto session = lived(town, {});
    good(town.sessions.keep_lesson(town.screen(session), me));
    const auto all = town.store.follow({}, 1'000);
    std::string learnt;
    for (const auto& event : all->events)
        if (event.stream.starts_with("learnt/")) learnt += event.stream + event.body;
    CHECK(learnt.size() > 100);
    CHECK(learnt.find(session.text()) == std::string::npos);
    CHECK(learnt.find("health-card") == std::string::npos);
    CHECK(learnt.find("spot") == std::string::npos);
    const auto events = town.store.read(stream_of(session), 0);
    CHECK(events->back().type == "lesson-kept");
    CHECK(events->back().body == "{}");
    CHECK(town.bytes().find(me) == std::string::npos);
}

TEST_CASE(
    "the share of steps done alone, by spot and service, counts what was handed over and nothing else") {
    Town town;
    lived(town, {});
    lived(town, trying);
    const auto session = town.opened(trying);
    town.go_through(session, address);
    good(town.sessions.help(Town::mediator(session), review));
    town.go_through(session, review);
    good(town.sessions.hand_over(town.citizen(session)));
    lived(town, trying, Purpose::practice);
    const auto abandoned = town.opened(trying);
    town.go_through(abandoned);
    good(town.sessions.abandon(town.citizen(abandoned)));
    town.opened();
    while (*town.sessions.catch_up(7) > 0) {
    }
    const auto teaching = town.sessions.teaching();
    REQUIRE(teaching.size() == 1);
    const Tally& tally = teaching.at({spot, card});
    CHECK(tally == Tally{3, 3, 1, 2});
    CHECK(tally.share_alone() == doctest::Approx(0.5));
    CHECK_FALSE(Tally{}.share_alone().has_value());
    // Whoever has the events gets the same.
    TeachingFold fold;
    const auto all = town.store.follow({}, 10'000);
    for (const auto& event : all->events)
        REQUIRE(fold.take(event).has_value());
    CHECK(fold.so_far() == teaching);
}
