#include "record/law.hpp"

#include <doctest/doctest.h>

#include "record/hall_test.hpp"
#include "record/law_text.hpp"

namespace balcao::record {
namespace {

DutyFound found(const HallDay& day, const std::string& duty) {
    const auto law =
        law_day(day, shop_of_test("duties:\n  asked: {kind: " + duty + ", source: law}\n"), zone_of_test());
    REQUIRE(law.duties.size() == 1);
    return law.duties.front();
}

}  // namespace

TEST_CASE("tickets are to be had in all opening hours: numbers given out and an early end are lost time") {
    Told told;
    told.at(ten).begun(1).begun(2);
    CHECK(found(told.day(17 * 60), "walk_in_hours").kept == Kept::kept);
    Told ended = told;
    const auto early = found(ended.at(16 * 60).told(office::DayEnded{}).day(17 * 60), "walk_in_hours");
    CHECK(early.kept == Kept::broken);
    CHECK(early.walk_in_hours->minutes_asked == 8 * 60);
    CHECK(early.walk_in_hours->minutes_lost == 60);
    told.at(15 * 60).begun(3).begun(4).begun(5);  // the last number of the shop's day
    const auto gone = found(told.day(17 * 60), "walk_in_hours");
    CHECK(gone.kept == Kept::broken);
    CHECK(gone.walk_in_hours->minutes_lost == 2 * 60);
    CHECK(found(Told{}.day(17 * 60), "walk_in_hours").kept == Kept::unknown);
}

TEST_CASE("a wait is told to whoever waits a minute and more, by forecast or by the queue") {
    Told told;
    told.at(ten).begun(1).begun(2).begun(3).told(office::PromiseMade{{1},
                                                                     Told::instant(ten),
                                                                     Told::instant(ten + 9),
                                                                     Told::instant(ten + 9),
                                                                     rules::WaitBasis::queue_length});
    told.at(ten + 0.5).called(2, "a-1");
    CHECK(found(Told{told}.called(3, "a-2").day(ten + 5), "wait_shown").kept == Kept::kept);
    const auto late = found(told.at(ten + 5).called(3, "a-2").day(ten + 6), "wait_shown");
    CHECK(late.kept == Kept::broken);
    CHECK(late.wait_shown->by_queue == 1);
    CHECK(late.wait_shown->without == 2);
    CHECK(late.wait_shown->long_without == 1);
}

TEST_CASE("every call before a waiting priority ticket is a case, with its numbers, how long and by what") {
    const std::string duty = "priority, who: {pt: Grávidas, en: Pregnant}";
    Told told;
    told.at(ten).begun(1, "identity", true).at(ten + 4).begun(2);
    Told by_rule = told;
    told.at(ten + 10).called(2, "a-1", {1}, office::CalledBy::hand).at(ten + 13).called(1, "a-2");
    const auto hand = found(told.day(ten + 60), duty);
    CHECK(hand.kept == Kept::broken);
    CHECK(hand.priority->tickets == 1);
    REQUIRE(hand.priority->cases.size() == 1);
    const auto& one = hand.priority->cases.front();
    CHECK(one.called.value == 2);
    CHECK(one.passed.front().number.value == 1);
    CHECK(one.passed.front().waited == std::chrono::minutes{10});
    CHECK(waited_on(one, one.passed.front()) == std::chrono::minutes{3});
    CHECK(hand.priority->longest == std::chrono::minutes{3});
    const auto rule = found(by_rule.at(ten + 10).called(2, "a-1", {1}).day(ten + 60), duty);
    CHECK(rule.kept == Kept::look);
    CHECK_FALSE(waited_on(rule.priority->cases.front(), rule.priority->cases.front().passed.front()));
    // A call that was taken back passed nobody over.
    told.at(ten + 14);
    Told undone;
    undone.at(ten)
        .begun(1, "identity", true)
        .begun(2)
        .at(ten + 1)
        .called(2, "a-1", {1})
        .at(ten + 2)
        .told(office::CallUndone{{2}, Told::desk("a-1")});
    CHECK(found(undone.day(ten + 60), duty).kept == Kept::kept);
}

TEST_CASE(
    "S146 half of the desks' time is left to who comes without an appointment, measured, and less is an "
    "alarm") {
    const office::StaffKey staff{"ana"};
    Told told;
    told.at(ten)
        .told(office::DeskOpened{Told::desk("b-1"), staff})
        .booked(1, ten)
        .called(1, "b-1")
        .started(1, "b-1");
    Told all = told;
    told.at(ten + 10).ended(1, "b-1").at(ten + 40).told(office::DeskClosed{Told::desk("b-1")});
    const auto fine = found(told.day(17 * 60), "walk_in_capacity");
    CHECK(fine.kept == Kept::kept);
    CHECK(*fine.capacity->left() == doctest::Approx(0.75));
    // Four desks for eight hours; for four of these, b and c are kept for the window, and c always.
    CHECK(*fine.capacity->planned_left() == doctest::Approx(1 - (2 * 4 + 1 * 4) / 32.0));
    all.at(ten + 30).ended(1, "b-1").at(ten + 40).told(office::DeskClosed{Told::desk("b-1")});
    const auto alarm = found(all.day(17 * 60), "walk_in_capacity");
    CHECK(alarm.kept == Kept::broken);
    CHECK(*alarm.capacity->left() == doctest::Approx(0.25));
    CHECK(found(told.day(17 * 60), "walk_in_capacity, at_least: 80 %").kept == Kept::broken);
}

TEST_CASE("a document handed in without an appointment is named by its ticket, whose receipt it has") {
    Told told;
    told.at(ten)
        .begun(1, "papers")
        .begun(2)
        .at(ten + 3)
        .called(1, "a-1")
        .started(1, "a-1")
        .at(ten + 5)
        .ended(1, "a-1");
    const auto papers = found(told.day(ten + 60), "drop_off, services: [papers]");
    CHECK(papers.kept == Kept::kept);
    REQUIRE(papers.drop_off->documents.size() == 1);
    CHECK(papers.drop_off->documents.front().number.value == 1);
    CHECK(papers.drop_off->offered.size() == 1);
}

TEST_CASE("names that a screen lacks in a language are told one by one") {
    const auto day = Told{}.at(ten).begun(1).day(ten + 1);
    CHECK(found(day, "screen_languages, languages: [pt, en]").kept == Kept::kept);
    const auto law =
        law_day(day,
                shop_of_test("duties:\n  asked: {kind: screen_languages, languages: [pt], source: law, "
                             "known_from: excerpt}\n"),
                zone_of_test());
    const std::string text = law_table({law},
                                       shop_of_test("duties:\n  asked: {kind: screen_languages, languages: "
                                                    "[pt], source: law, known_from: excerpt}\n"),
                                       zone_of_test());
    CHECK(text.find("A law (excerpt)") != std::string::npos);
}

}  // namespace balcao::record
