#include "record/hall_day.hpp"

#include <doctest/doctest.h>

#include "record/clock_time.hpp"
#include "record/hall_test.hpp"
#include "record/period_table.hpp"
#include "record/statistics.hpp"
#include "record/statistics_text.hpp"
#include "text/json.hpp"

namespace balcao::record {
namespace {

using std::chrono::minutes;

std::vector<std::string> doings(const Ticket& ticket) {
    std::vector<std::string> names;
    for (const Period& period : ticket.periods)
        names.push_back(std::string{name_of(period.doing)} + " " + std::string{name_of(period.ending)});
    return names;
}

// The periods of a ticket follow each other without a gap.
void check_whole(const Ticket& ticket) {
    REQUIRE_FALSE(ticket.periods.empty());
    CHECK(ticket.periods.front().begin == ticket.arrived);
    for (std::size_t place = 1; place < ticket.periods.size(); ++place)
        CHECK(ticket.periods[place].begin == ticket.periods[place - 1].end);
}

Statistics statistics_of(const HallDay& day) {
    Tally tally{shop_of_test(), zone_of_test(), day.date};
    tally.add(day);
    return tally.finish(day.date);
}

}  // namespace

TEST_CASE(
    "a call by mistake keeps nobody waiting less and no desk busy, though the desk was changed meanwhile") {
    const office::StaffKey staff{"ana"};
    const auto day = Told{}
                         .at(ten)
                         .told(office::DeskOpened{Told::desk("a-1"), staff})
                         .begun(1)
                         .at(ten + 5)
                         .called(1, "a-1")
                         .at(ten + 7)
                         .told(office::DeskMoved{Told::desk("a-1"), Told::desk("a-2"), staff})
                         .at(ten + 10)
                         .told(office::CallUndone{{1}, Told::desk("a-2")})
                         .at(ten + 20)
                         .day(ten + 20);
    const Ticket& ticket = day.tickets.at(0);
    check_whole(ticket);
    CHECK(doings(ticket) ==
          std::vector<std::string>{"waiting called", "way undone", "way undone", "waiting open"});
    CHECK_FALSE(ticket.first_called.has_value());
    CHECK_FALSE(ticket.legs.at(0).called.has_value());
    CHECK(ticket.legs.at(0).on_the_way == milliseconds{0});
    DaySums sums;
    add_to(sums, day, City{shop_of_test(), zone_of_test()});
    const Sums& all = sums.parts[{}].sums;
    CHECK(all.busy == 0);
    CHECK(all.queue_area == 20 * 60'000'000LL);
}

TEST_CASE("of today the site has been open up to now, of a day that is over until it closed") {
    const auto open_minutes = [](double now) {
        const auto day = Told{}.at(ten).begun(1).day(now);
        DaySums sums;
        add_to(sums, day, City{shop_of_test(), zone_of_test()});
        return sums.parts[{}].sums.open / 60'000'000;
    };
    CHECK(open_minutes(ten + 30) == 90);
    CHECK(open_minutes(2000) == 8 * 60);
}

TEST_CASE("opening hours are those that the clocks show, on the day on which they are changed too") {
    const Date spring = *parse_date("2026-03-29");  // at one o'clock it is two
    const Date autumn = *parse_date("2026-10-25");
    for (const Date date : {spring, autumn})
        for (const int minute : {9 * 60, 17 * 60}) {
            const auto shown = zone_of_test().at(instant_at(zone_of_test(), date, minute));
            CHECK(shown.date == date);
            CHECK(shown.since_midnight == minutes{minute});
        }
    CHECK(instant_at(zone_of_test(), spring, 90) == zone_of_test().midnight(spring) + minutes{90});
    CHECK(instant_at(zone_of_test(), autumn, 24 * 60) ==
          zone_of_test().midnight(autumn + std::chrono::days{1}));
}

TEST_CASE("every interval of a visit is a row, to the millisecond") {
    const auto day = Told{}
                         .at(ten)
                         .begun(1)
                         .at(ten + 7.25)
                         .called(1, "a-1")
                         .at(ten + 7.5)
                         .started(1, "a-1")
                         .at(ten + 12)
                         .told(office::VisitParked{{1}, Told::desk("a-1")})
                         .at(ten + 20)
                         .started(1, "b-1")
                         .at(ten + 23)
                         .ended(1, "b-1")
                         .day(ten + 60);
    const Ticket& ticket = day.tickets.at(0);
    check_whole(ticket);
    CHECK(doings(ticket) == std::vector<std::string>{"waiting called", "way came", "service parked",
                                                     "parked resumed", "service done"});
    CHECK(ticket.waited() == milliseconds{435'000});
    CHECK(ticket.legs.at(0).on_the_way == milliseconds{15'000});
    // The parts added: four and a half minutes, parked, three minutes.
    CHECK(ticket.legs.at(0).served == milliseconds{450'000});
    CHECK(ticket.fate == Fate::served);
    CHECK(ticket.is_exact);
}

TEST_CASE("a call that was a mistake is as if it had not been, and its interval is marked") {
    const auto day = Told{}
                         .at(ten)
                         .begun(1)
                         .at(ten + 5)
                         .called(1, "a-1")
                         .at(ten + 6)
                         .told(office::CallUndone{{1}, Told::desk("a-1")})
                         .at(ten + 9)
                         .called(1, "a-1")
                         .day(ten + 9.5);
    const Ticket& ticket = day.tickets.at(0);
    check_whole(ticket);
    CHECK(doings(ticket) ==
          std::vector<std::string>{"waiting called", "way undone", "waiting called", "way open"});
    CHECK(ticket.waited() == minutes{9});
}

TEST_CASE("a transfer ends one leg and begins another, and taking it back leaves one") {
    const office::Leg papers{model::ServiceKey{"papers"}, {}, {}};
    Told told;
    told.at(ten).begun(1).at(ten + 2).called(1, "b-1").started(1, "b-1").at(ten + 5).told(
        office::VisitTransferred{{1}, Told::desk("b-1"), papers});
    Told undone = told;
    told.at(ten + 8).called(1, "a-1").started(1, "a-1").at(ten + 9).ended(1, "a-1");
    const auto sent = told.day(ten + 60).tickets.at(0);
    check_whole(sent);
    CHECK(sent.legs.size() == 2);
    CHECK(sent.waited() == minutes{2 + 3});
    undone.at(ten + 6)
        .told(office::TransferUndone{{1}, Told::desk("b-1"), "wrong desk"})
        .at(ten + 7)
        .ended(1, "b-1");
    const auto back = undone.day(ten + 60).tickets.at(0);
    check_whole(back);
    CHECK(back.legs.size() == 1);
    CHECK(back.legs.at(0).served == minutes{3 + 1});
}

TEST_CASE("the wait is fixed at the first call, and whoever is missed went without being served") {
    const auto day = Told{}
                         .at(ten)
                         .begun(1)
                         .at(ten + 4)
                         .called(1, "a-1")
                         .at(ten + 5)
                         .told(office::VisitRequeued{{1}, Told::desk("a-1"), office::Requeue::keep_count})
                         .at(ten + 30)
                         .called(1, "a-1")
                         .at(ten + 31)
                         .told(office::VisitMissed{{1}})
                         .day(ten + 60);
    const Ticket& ticket = day.tickets.at(0);
    check_whole(ticket);
    CHECK(ticket.fate == Fate::missed);
    CHECK(ticket.waited() == minutes{4});
}

TEST_CASE("who has an appointment waits from its time on, and never less than nothing") {
    const auto day = Told{}
                         .at(ten)
                         .booked(1, ten + 20)
                         .at(ten + 10)
                         .called(1, "c-1")
                         .started(1, "c-1")
                         .at(ten + 15)
                         .ended(1, "c-1")
                         .day(ten + 60);
    CHECK(day.tickets.at(0).waited() == minutes{0});
}

TEST_CASE("S119 a ticket of yesterday that is finished today is marked and in no average") {
    Told told;
    told.at(ten).begun(1).at(ten + 6).called(1, "a-1").started(1, "a-1").at(ten + 10).ended(1, "a-1");
    told.at(ten + 20).begun(2).at(ten + 30).called(2, "a-1").started(2, "a-1");
    // Nobody pressed the key before midnight.
    told.at(1440 + 9 * 60).ended(2, "a-1");
    const auto day = told.day(1440 + 10 * 60);
    CHECK(day.tickets.at(0).is_exact);
    CHECK_FALSE(day.tickets.at(1).is_exact);
    const auto found = statistics_of(day);
    CHECK(found.tickets == 2);
    CHECK(found.left_out == 1);
    CHECK(found.results.find(sim::Measure::served)->mean == doctest::Approx(2));
    CHECK(found.results.find(sim::Measure::wait)->mean == doctest::Approx(6));
    CHECK(found.results.find(sim::Measure::wait)->count == 1);
    CHECK(found.results.find(sim::Measure::time_in_system)->mean == doctest::Approx(10));
    CHECK(period_lines(day, zone_of_test()).find(",2,kiosk,no,no,served,no,") != std::string::npos);
}

TEST_CASE("S119 who left, or was ended by the night, is in no average either") {
    Told told;
    told.at(ten).begun(1).begun(2).begun(3).at(ten + 5).called(1, "a-1").started(1, "a-1");
    told.at(1440 + 1).told(office::VisitLeft{{2}}).told(office::DayEnded{});
    const auto day = told.day(1440 + 60);
    CHECK(day.tickets.at(0).fate == Fate::served);
    CHECK(day.tickets.at(1).fate == Fate::left);
    CHECK(day.tickets.at(2).fate == Fate::sent_away);
    const auto found = statistics_of(day);
    CHECK(found.left_out == 3);
    CHECK(found.results.find(sim::Measure::wait) == nullptr);
    CHECK(found.results.find(sim::Measure::abandoned_share)->mean == doctest::Approx(1.0 / 3));
    CHECK(found.results.find(sim::Measure::sent_away_share)->mean == doctest::Approx(1.0 / 3));
}

TEST_CASE(
    "desks are busy from the call to the end, of the time in which somebody is behind them and does not "
    "rest") {
    const office::StaffKey staff{"ana"};
    const auto day = Told{}
                         .at(ten)
                         .told(office::DeskOpened{Told::desk("a-1"), staff})
                         .begun(1)
                         .called(1, "a-1")
                         .at(ten + 1)
                         .started(1, "a-1")
                         .at(ten + 10)
                         .ended(1, "a-1")
                         .told(office::DeskPaused{Told::desk("a-1")})
                         .at(ten + 30)
                         .told(office::DeskResumed{Told::desk("a-1")})
                         .at(ten + 40)
                         .told(office::DeskClosed{Told::desk("a-1")})
                         .day(ten + 60);
    const auto found = statistics_of(day);
    CHECK(found.results.find(sim::Measure::utilisation)->mean == doctest::Approx(10.0 / 20));
    CHECK(found.results.find(sim::Measure::utilisation, {.site = "shop", .desk = "a"})->mean ==
          doctest::Approx(10.0 / 20));
}

TEST_CASE("a promise is kept by the first call, and targets stand beside what was measured") {
    Told told;
    for (std::uint32_t number = 1; number <= 4; ++number)
        told.at(ten + number)
            .begun(number)
            .told(office::PromiseMade{{number},
                                      Told::instant(ten + 5),
                                      Told::instant(ten + 20),
                                      Told::instant(ten + 20),
                                      rules::WaitBasis::simulated});
    told.at(ten + 15).called(1, "a-1").started(1, "a-1").called(2, "a-2").started(2, "a-2");
    told.at(ten + 25).ended(1, "a-1").ended(2, "a-2").called(3, "a-1").started(3, "a-1").told(
        office::VisitLeft{{4}});
    const auto found = statistics_of(told.at(ten + 30).ended(3, "a-1").day(ten + 60));
    const auto kept = std::ranges::find(found.own, "promise_kept", &OwnRow::measure);
    REQUIRE(kept != found.own.end());
    CHECK(kept->count == 4);
    CHECK(kept->mean == doctest::Approx(0.5));
    REQUIRE(found.results.targets.size() == 1);
    CHECK(found.results.targets.front().mean == doctest::Approx(0.5));
    CHECK(found.results.targets.front().verdict == sim::Verdict::undecided);  // one day has no interval
}

TEST_CASE("what leaves the record holds nothing personal") {
    const auto day = Told{}
                         .at(ten)
                         .told(office::DeskOpened{Told::desk("a-1"), office::StaffKey{"ana-secret"}})
                         .told([] {
                             office::VisitBegun event;
                             event.number = {1};
                             event.legs.push_back({model::ServiceKey{"identity"}, {}, {}});
                             event.person = office::PersonName{"person-secret"};
                             return office::HallEvent{event};
                         }())
                         .day(ten + 60);
    const auto found = statistics_of(day);
    for (const std::string& text :
         {period_lines(day, zone_of_test()), statistics_json(found), statistics_table(found)})
        CHECK(text.find("secret") == std::string::npos);
}

TEST_CASE("a simulation's JSON comes back as the rows that stand beside, and other JSON is refused") {
    const auto rows = results_of_json(
        R"({"balcao": 1, "model": "m", "measures": [{"measure": "wait", "unit": "min", "site": "shop", "mean": 3.5, "half_width": null, "count": 9}]})",
        "run.json");
    REQUIRE(rows.has_value());
    CHECK(rows->find(sim::Measure::wait, {.site = "shop"})->mean == doctest::Approx(3.5));
    CHECK_FALSE(results_of_json(R"({"balcao": 2})", "run.json").has_value());
}

}  // namespace balcao::record
