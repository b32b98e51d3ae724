// The till of a desk: opened, counted, closed, and never changed afterwards.
#include "pay/till.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

// A till with 100.00 and one payment of 48.00 in it.
TillKey busy(Town& town) {
    const auto till = town.opened();
    good(town.server.tills.take_cash({till, ana}, town.asked(), 4800));
    return till;
}

}  // namespace

TEST_CASE("a till that is right is closed by who counts it") {
    Town town;
    const auto till = busy(town);
    const auto sheet =
        good(town.server.tills.count({till, ana}, {14'800, {{5'000, 2}, {2'000, 2}, {800, 1}}, {}}));
    CHECK(sheet.is_closed);
    CHECK(sheet.float_cents == 10'000);
    CHECK(sheet.cash == 4'800);
    CHECK(sheet.count->difference() == 0);
    CHECK(good(town.server.tills.sheet(till)) == sheet);
}

TEST_CASE("a till is opened once for a desk and day") {
    Town town;
    const auto till = town.opened();
    CHECK(refused(town.server.tills.open({till, rui}, 0)) == "till-open-already");
    good(town.server.tills.open({town.till("2"), rui}, 0));
    town.clock.pass(hours{24});
    good(town.server.tills.open({town.till(), rui}, 0));
    CHECK(refused(town.server.tills.open({town.till("3"), rui}, -1)) == "amount-unfit");
    CHECK(refused(town.server.tills.open({town.till("3/4"), rui}, 0)) == "name-unfit");
}

TEST_CASE("cash is the sum that was asked for, of a payment that is not over, into a till that is open") {
    Town town;
    const auto number = town.asked();
    CHECK(refused(town.server.tills.take_cash({town.till(), ana}, number, 4800)) == "no-such-till");
    const auto till = town.opened();
    CHECK(refused(town.server.tills.take_cash({till, ana}, number, 4799)) == "other-sum");
    CHECK(refused(town.server.tills.take_cash({till, ana}, {2026, 99}, 4800)) == "no-such-payment");
    const auto taken = good(town.server.tills.take_cash({till, ana, "k"}, number, 4800));
    CHECK(good(town.server.tills.take_cash({till, ana, "k"}, number, 4800)) == taken);
    CHECK(refused(town.server.tills.take_cash({till, ana, "l"}, number, 4800)) == "payment-over");
    CHECK(sum_by(good(town.server.tills.find(till)), Means::cash) == 4800);
    const auto lapsing = town.asked();
    town.clock.pass(hours{48});
    CHECK(refused(town.server.tills.take_cash({till, ana}, lapsing, 4800)) == "payment-over");
}

TEST_CASE("a difference is explained, and a large one is signed by a second person") {
    Town town;
    const auto till = busy(town);
    CHECK(refused(town.server.tills.count({till, ana}, {14'790, {}, {}})) == "why-missing");
    CHECK(refused(town.server.tills.count({till, ana}, {14'790, {{10'000, 1}}, "x"})) == "other-sum");
    const auto counted = good(town.server.tills.count({till, ana}, {13'800, {}, "a note is missing"}));
    CHECK_FALSE(counted.is_closed);
    CHECK(counted.count->difference() == -1'000);
    CHECK(refused(town.server.tills.take_cash({till, ana}, town.asked(), 4800)) == "till-counted");
    CHECK(refused(town.server.tills.correct({till, ana}, 100, "x")) == "till-counted");
    CHECK(refused(town.server.tills.countersign({till, ana})) == "same-person");
    const auto closed = good(town.server.tills.countersign({till, rui}));
    CHECK(closed.is_closed);
    CHECK(closed.second == rui);
    CHECK(refused(town.server.tills.countersign({till, rui})) == "no-second-needed");
}

TEST_CASE("what waits for a second person may be counted again, and is closed where it is right then") {
    Town town;
    const auto till = busy(town);
    good(town.server.tills.count({till, ana}, {4'800, {}, "the float is missing"}));
    CHECK(good(town.server.tills.count({till, ana}, {14'800, {}, "it was below"})).is_closed);
}

TEST_CASE("a small difference is closed by one, and stays written down") {
    Town town;
    const auto till = busy(town);
    const auto sheet = good(town.server.tills.count({till, ana}, {14'801, {}, "a cent too much"}));
    CHECK(sheet.is_closed);
    CHECK(sheet.count->why == "a cent too much");
}

TEST_CASE("a closed till is not changed: what is found later is written beside it") {
    Town town;
    const auto till = busy(town);
    good(town.server.tills.count({till, ana}, {14'800, {}, {}}));
    const auto sheet = good(town.server.tills.sheet(till));
    CHECK(refused(town.server.tills.take_cash({till, ana}, town.asked(), 4800)) == "till-counted");
    CHECK(refused(town.server.tills.count({till, ana}, {1, {}, "x"})) == "till-closed");
    CHECK(refused(town.server.tills.correct({till, rui}, 500, "")) == "why-missing");
    good(town.server.tills.correct({till, rui}, 500, "a note lay under the drawer"));
    CHECK(good(town.server.tills.sheet(till)) == sheet);
    CHECK(good(town.server.tills.find(till)).found_later.size() == 1);
}

TEST_CASE("a correction of an open till changes what should be in it, and says why") {
    Town town;
    const auto till = busy(town);
    good(town.server.tills.correct({till, ana}, -2'000, "change fetched from the safe was short"));
    CHECK(good(town.server.tills.count({till, ana}, {12'800, {}, {}})).is_closed);
}

TEST_CASE("no more is paid out than is there") {
    Town town;
    const auto till = town.opened(0);
    const auto number = town.asked();
    good(town.server.tills.take_cash({till, ana}, number, 4800));
    good(town.server.payments.give_back(number, {{ItemKey{"card"}, Because::refused}}, ana, ""));
    good(town.server.tills.correct({till, ana}, -4'000, "brought to the bank"));
    CHECK(refused(town.server.tills.pay_out({till, ana}, number, 1)) == "not-enough-cash");
    good(town.server.tills.correct({till, ana}, 1'000, "brought from the bank"));
    good(town.server.tills.pay_out({till, ana}, number, 1));
    CHECK(expected_cash(good(town.server.tills.find(till))) == 0);
}

TEST_CASE("a charge that is heard of after its till was closed pays, and leaves the till as it was") {
    Town town;
    const auto till = town.opened();
    const auto number = town.asked();
    town.at_terminal.set_habits({.loses_answer = 1});
    good(town.server.payments.begin({number, terminal, till, ana}, ""));
    town.server.settle();
    const auto sheet = good(town.server.tills.count({till, ana}, {10'000, {}, {}}));
    town.at_terminal.set_habits({});
    town.server.go_on(10, minutes{5});
    CHECK(town.state(number) == State::paid);
    CHECK_FALSE(town.find(number).takings[0].what.till);
    CHECK(good(town.server.tills.sheet(till)) == sheet);
    CHECK(refused(town.server.payments.begin({town.asked(), terminal, till, ana}, "")) == "till-counted");
}
