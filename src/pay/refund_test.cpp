// What was not delivered is given back: by item, once, and never more than was paid.
#include <vector>

#include <doctest/doctest.h>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

const ItemKey the_card{"card"};
const ItemKey the_licence{"licence"};

}  // namespace

TEST_CASE("LE-15: of what was paid together, what was refused goes back and the rest is kept") {
    Town town;
    const auto number = town.paid();
    const auto refunds = good(
        town.server.payments.give_back(number, {{the_card, Because::refused}}, ana, "outcome of the case"));
    CHECK(refunds == std::vector<std::uint32_t>{1});
    CHECK(town.totals(number) == Totals{4800, 3000, 0, 1800, 0});
    town.server.settle();
    CHECK(town.totals(number) == Totals{4800, 3000, 1800, 0, 0});
    CHECK(town.at_bank.balance_cents() == 3000);
}

TEST_CASE("LE-15: nothing is given back twice, by the same command, another one, or for another reason") {
    Town town;
    const auto number = town.paid();
    const std::vector<NotDelivered> items{{the_card, Because::cancelled}};
    const auto first = good(town.server.payments.give_back(number, items, ana, "k"));
    CHECK(good(town.server.payments.give_back(number, items, ana, "k")) == first);
    CHECK(refused(town.server.payments.give_back(number, items, ana, "l")) == "nothing-owed");
    CHECK(refused(town.server.payments.give_back(number, {{the_card, Because::compensated}}, rui, "m")) ==
          "nothing-owed");
    town.server.settle();
    // What was not given back yet still is, and only that.
    good(town.server.payments.give_back(
        number, {{the_card, Because::refused}, {the_licence, Because::compensated}}, ana, "n"));
    town.server.settle();
    CHECK(town.totals(number) == Totals{4800, 0, 4800, 0, 0});
    CHECK(town.at_bank.refunds() == 2);
}

TEST_CASE("nothing goes back of what is not paid, nor of what was never asked for") {
    Town town;
    const auto number = town.asked();
    CHECK(refused(town.server.payments.give_back(number, {{the_card, Because::refused}}, ana, "")) ==
          "not-paid");
    CHECK(refused(town.server.payments.give_back(town.paid(), {{ItemKey{"house"}, Because::refused}}, ana,
                                                 "")) == "no-such-item");
    CHECK(refused(town.server.payments.give_back(town.paid(), {}, ana, "")) == "nothing-owed");
}

TEST_CASE("a city may keep a part of what it has done by its rule, and rounds for the payer") {
    Town town;
    town.settings.returned_permille = {1000, 333, 0};
    const auto number = town.paid();
    const auto owed = owed_back(
        town.find(number),
        {{the_card, Because::cancelled}, {the_licence, Because::compensated}, {the_card, Because::refused}},
        town.settings);
    CHECK(owed == std::vector<Owed>{{the_card, Because::cancelled, 600}});  // 599.4
    good(town.server.payments.give_back(number, {{the_card, Because::cancelled}}, ana, ""));
    town.server.settle();
    CHECK(town.totals(number) == Totals{4800, 4200, 600, 0, 0});
    CHECK(owed_back(town.find(number), {{the_card, Because::refused}}, town.settings).empty());
}

TEST_CASE("a refund whose answer is lost is looked up, and the money leaves once") {
    Town town;
    const auto number = town.paid();
    good(town.server.payments.give_back(number, {{the_card, Because::refused}}, ana, ""));
    town.at_bank.set_habits({.loses_answer = 1});
    town.server.go_on(30, minutes{1});
    CHECK(town.totals(number) == Totals{4800, 3000, 0, 1800, 0});
    CHECK(town.server.payments.to_decide()[0].refunds == std::vector<std::uint32_t>{1});
    town.at_bank.set_habits({});
    town.server.go_on(30, minutes{5});
    CHECK(town.totals(number) == Totals{4800, 3000, 1800, 0, 0});
    CHECK(town.at_bank.refunds() == 1);
}

TEST_CASE("a refund that is declined waits for a person, who has it made in another way") {
    Town town;
    const auto till = town.opened();
    const auto number = town.paid();
    town.at_bank.set_habits({.declines = 1});
    good(town.server.payments.give_back(number, {{the_card, Because::refused}}, ana, ""));
    CHECK(refused(town.server.payments.refund_again(number, 1, Way::desk, ana)) == "not-failed");
    town.server.settle();
    CHECK(town.totals(number) == Totals{4800, 3000, 0, 0, 1800});
    CHECK(refused(town.server.tills.pay_out({till, ana}, number, 1)) == "not-for-desk");
    good(town.server.payments.refund_again(number, 1, Way::desk, ana));
    CHECK(town.server.payments.at_desks().size() == 1);
    good(town.server.tills.pay_out({till, ana}, number, 1));
    CHECK(refused(town.server.tills.pay_out({till, ana}, number, 1)) == "not-for-desk");
    CHECK(town.totals(number) == Totals{4800, 3000, 1800, 0, 0});
    while (*town.server.payments.catch_up(100) > 0) {
    }
    CHECK(town.server.payments.at_desks().empty());
    CHECK(expected_cash(good(town.server.tills.find(till))) == 10'000 - 1'800);
}

TEST_CASE("a person says what became of a refund that nobody knows of, and is not believed too early") {
    Town town;
    const auto number = town.paid();
    good(town.server.payments.give_back(number, {{the_card, Because::refused}}, ana, ""));
    town.at_bank.set_habits({.loses_request = 1, .loses_answer = 1});
    town.server.settle();
    const RefundFate not_made{number, 1, false, "their clerk, by telephone", ana};
    CHECK(refused(town.server.payments.declare({number, 1, false, "", ana})) == "why-missing");
    CHECK(refused(town.server.payments.declare(not_made)) == "too-early");
    town.server.stopwatch.pass(minutes{5});
    good(town.server.payments.declare(not_made));
    CHECK(town.totals(number) == Totals{4800, 3000, 0, 0, 1800});
    town.at_bank.set_habits({});
    good(town.server.payments.refund_again(number, 1, Way::provider, ana));
    town.server.settle();
    CHECK(town.totals(number) == Totals{4800, 3000, 1800, 0, 0});
    CHECK(refused(town.server.payments.declare({number, 1, true, "x", ana})) == "not-unclear");
    CHECK(town.at_bank.refunds() == 1);
}

TEST_CASE("what was paid in cash is given back in cash") {
    Town town;
    const auto till = town.opened();
    const auto number = town.asked();
    good(town.server.tills.take_cash({till, ana}, number, 4800));
    good(town.server.payments.give_back(number, {{the_licence, Because::refused}}, rui, ""));
    town.server.settle();
    CHECK(town.server.payments.at_desks() ==
          std::vector<std::pair<PaymentNumber, std::uint32_t>>{{number, 1}});
    const auto receipt = good(town.server.tills.pay_out({till, rui, "k"}, number, 1));
    CHECK(good(town.server.tills.pay_out({till, rui, "k"}, number, 1)) == receipt);
    CHECK(town.totals(number) == Totals{4800, 1800, 3000, 0, 0});
    CHECK(expected_cash(good(town.server.tills.find(till))) == 10'000 + 1'800);
}

TEST_CASE("a refund that is put off for too long goes to a person") {
    Town town;
    const auto number = town.paid();
    good(town.server.payments.give_back(number, {{the_card, Because::refused}}, ana, ""));
    town.at_bank.set_habits({.puts_off = 1});
    town.server.go_on(60, minutes{15});
    CHECK(town.totals(number) == Totals{4800, 3000, 0, 0, 1800});
    CHECK(town.at_bank.refunds() == 0);
}
