// How a payment goes, and how it goes wrong.
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

TEST_CASE("what was asked for is paid by a reference, and gets a receipt by the same commit") {
    Town town;
    const auto number = town.asked();
    const std::string reference = town.reference(number);
    CHECK(is_multibanco("99999", reference, 4800));
    CHECK(town.state(number) == State::payable);
    REQUIRE(town.at_bank.pay(reference, Money{4800}));
    CHECK(town.state(number) == State::payable);  // nobody has told us yet
    town.tell();
    CHECK(town.state(number) == State::paid);
    CHECK(town.totals(number) == Totals{4800, 4800, 0, 0, 0});
    const auto receipt = std::get<Paid>(town.find(number).stage).receipt;
    CHECK(to_text(receipt) == "shop/2026/1");
}

TEST_CASE("a command that is given twice is done once and gets its answer again") {
    Town town;
    const Asking asking{town.quote({card}), "ticket/117", shop};
    const auto first = good(town.server.payments.ask(asking, "k"));
    CHECK(good(town.server.payments.ask(asking, "k")) == first);
    CHECK(good(town.server.payments.ask(asking, "other")) != first);
    const auto slip = good(town.server.payments.begin({first, bank}, "b"));
    CHECK(good(town.server.payments.begin({first, bank}, "b")) == slip);
    CHECK(good(town.server.payments.begin({first, bank}, "")) == slip);
    CHECK(town.find(first).collections.size() == 1);
}

TEST_CASE("the payments of a case are found by it, on any server that has followed the journal") {
    Town town;
    const std::vector numbers{town.paid(), town.asked({card})};
    good(town.server.payments.ask({town.quote({card}), "ticket/117", shop}, ""));
    Server other{town.store, town.clock, town.settings, town.providers};
    CHECK(other.payments.about("case/2026-000001").empty());
    while (*other.payments.catch_up(100) > 0) {
    }
    CHECK(other.payments.about("case/2026-000001") == numbers);
    CHECK(other.payments.about("ticket/117").size() == 1);
    CHECK(other.payments.about("").empty());
}

TEST_CASE("a charge of which nobody could be told is found by the line of its settlement") {
    Town town;
    const auto till = town.opened();
    const auto number = town.asked();
    town.at_terminal.set_habits({.loses_answer = 1});
    good(town.server.payments.begin({number, terminal, till, ana}, ""));
    town.server.settle();
    const auto lines = *town.at_terminal.settled(morning, morning + hours{1});
    REQUIRE(lines.size() == 1);
    const Notice line{lines[0].key, lines[0].reference, {lines[0].transaction, lines[0].amount, lines[0].at}};
    CHECK(good(town.server.payments.hear(terminal, line)) == Heard::taken);
    CHECK(town.state(number) == State::paid);
    CHECK(town.at_terminal.sent_again() == 0);
}

TEST_CASE("a notice that comes twice, or after the look that found its money, changes nothing more") {
    Town town;
    const auto number = town.asked();
    REQUIRE(town.at_bank.pay(town.reference(number), Money{4800}));
    const auto told = town.at_bank.notices();
    REQUIRE(told.size() == 1);
    good(town.server.payments.look(number));
    CHECK(town.state(number) == State::paid);
    const auto before = town.find(number).end.version;
    CHECK(good(town.server.payments.hear(bank, told[0])) == Heard::known_already);
    CHECK(good(town.server.payments.hear(bank, told[0])) == Heard::known_already);
    CHECK(town.find(number).end.version == before);
}

TEST_CASE("a notice that comes before the reference was heard of finds its payment by our key") {
    Town town;
    const auto number = town.asked();
    town.at_bank.set_habits({.loses_answer = 1});
    good(town.server.payments.begin({number, bank}, ""));
    town.server.settle();
    REQUIRE(std::holds_alternative<Unclear>(town.find(number).collections[0].state));
    // The bank made a reference all the same; somebody found it and paid.
    const auto reference = make_multibanco("99999", 1, 4800)->reference;
    REQUIRE(town.at_bank.pay(reference, Money{4800}));
    town.tell();
    CHECK(town.state(number) == State::paid);
    town.at_bank.set_habits({});
    town.server.go_on(10, minutes{1});
    CHECK(town.find(number).collections[0].state == CollectionState{Given{"99999", reference}});
    CHECK(town.totals(number) == Totals{4800, 4800, 0, 0, 0});
}

TEST_CASE("a request whose answer was lost is looked up and not made twice") {
    Town town;
    const auto number = town.asked();
    town.at_bank.set_habits({.loses_answer = 1});
    good(town.server.payments.begin({number, bank}, ""));
    town.server.go_on(20, seconds{30});
    CHECK(state_of(town.find(number)) == State::open);
    town.at_bank.set_habits({});
    town.server.go_on(20, minutes{2});
    // The first reference that there ever was, after one attempt.
    CHECK(town.find(number).collections[0].state ==
          CollectionState{Given{"99999", make_multibanco("99999", 1, 4800)->reference}});
}

TEST_CASE("a request that was lost is made again once nothing of it can arrive any more, and not before") {
    Town town;
    const auto number = town.asked();
    town.at_bank.set_habits({.loses_request = 1});
    good(town.server.payments.begin({number, bank}, ""));
    town.server.settle();
    town.at_bank.set_habits({});
    town.server.go_on(10, seconds{10});  // the bank says that it has nothing, and is not believed yet
    CHECK(std::holds_alternative<Unclear>(town.find(number).collections[0].state));
    town.server.go_on(10, minutes{1});
    CHECK(town.state(number) == State::payable);
}

TEST_CASE("whoever sent and died is found out by a lease, by whichever server is left") {
    Town town;
    const auto number = town.asked();
    good(town.server.payments.begin({number, bank}, ""));
    // What a server writes before it sends, and then nothing more.
    good(town.server.room.run({}, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto refusal = draft.load(number)) return refusal;
        draft.record(CollectionSent{1, 1});
        return std::nullopt;
    }));
    Server other{town.store, town.clock, town.settings, town.providers};
    while (*other.payments.catch_up(100) > 0) {
    }
    other.go_on(2, seconds{10});
    CHECK(std::holds_alternative<Sending>(town.find(number).collections[0].state));
    other.go_on(20, seconds{30});
    CHECK(town.state(number) == State::payable);
}

TEST_CASE("what comes for a reference that nobody here gave out is shown to a person and changes nothing") {
    Town town;
    const auto number = town.asked();
    town.reference(number);
    const Notice stray{{}, "123456789", {"T-9", Money{700}, morning}};
    CHECK(good(town.server.payments.hear(bank, stray)) == Heard::stray);
    CHECK(good(town.server.payments.hear(bank, stray)) == Heard::stray);
    const Notice by_key{"2026-000999.c1.0011223344556677", {}, {"T-8", Money{700}, morning}};
    CHECK(good(town.server.payments.hear(bank, by_key)) == Heard::stray);
    // The number is right, the key is not.
    const Notice forged{to_text(number) + ".c1.0011223344556677", {}, {"T-7", Money{4800}, morning}};
    CHECK(good(town.server.payments.hear(bank, forged)) == Heard::stray);
    CHECK(town.totals(number) == Totals{});
    const auto strays = good(town.server.payments.strays());
    REQUIRE(strays.size() == 3);
    CHECK(strays[0].what.transaction == "T-9");
    good(town.server.payments.settle_stray(strays[0].number, ana, "sent back by the bank"));
    CHECK(refused(town.server.payments.settle_stray(strays[0].number, rui, "again")) == "already-settled");
    CHECK(refused(town.server.payments.settle_stray(99, rui, "what")) == "no-such-stray");
    CHECK(good(town.server.payments.strays())[0].settled->by == ana);
}

TEST_CASE("the same transaction of another amount is noted once, shown, and changes nothing") {
    Town town;
    const auto number = town.paid();
    const auto taking = town.find(number).takings[0].what;
    for (int times = 0; times < 2; ++times)
        CHECK(good(town.server.payments.hear(bank, {key_of_collection(town.find(number), 1),
                                                    {},
                                                    {taking.transaction, Money{9999}, taking.paid}})) ==
              Heard::odd);
    CHECK(good(town.server.payments.hear(bank, {key_of_collection(town.find(number), 1),
                                                {},
                                                {"T-1", Money{4800, "USD"}, taking.paid}})) == Heard::odd);
    CHECK(town.totals(number) == Totals{4800, 4800, 0, 0, 0});
    REQUIRE(town.find(number).oddities.size() == 2);
    REQUIRE(town.server.payments.to_decide().size() == 1);
    CHECK(town.server.payments.to_decide()[0].oddities == std::vector<std::uint32_t>{1, 2});
    good(town.server.payments.look_at_oddity(number, 1, ana, "a slip of theirs"));
    good(town.server.payments.look_at_oddity(number, 2, ana, "a slip of theirs"));
    CHECK(refused(town.server.payments.look_at_oddity(number, 2, ana, "x")) == "already-settled");
    CHECK(town.server.payments.to_decide().empty());
}

TEST_CASE("who pays too much gets back what was too much, by itself and once") {
    Town town;
    const auto number = town.paid(5000);
    CHECK(town.totals(number) == Totals{5000, 4800, 0, 200, 0});
    town.server.settle();
    CHECK(town.totals(number) == Totals{5000, 4800, 200, 0, 0});
    CHECK(town.at_bank.balance_cents() == 4800);
    town.server.go_on(5, hours{1});
    CHECK(town.at_bank.refunds() == 1);
}

TEST_CASE("who pays twice gets the second sum back") {
    Town town;
    const auto number = town.paid();
    const auto reference = std::get<Given>(town.find(number).collections[0].state).reference;
    REQUIRE(town.at_bank.pay(reference, Money{4800}));
    town.tell();
    town.server.settle();
    CHECK(town.totals(number) == Totals{9600, 4800, 4800, 0, 0});
    CHECK(town.at_bank.balance_cents() == 4800);
}

TEST_CASE("too little pays for nothing and waits for a person, who gives it back") {
    Town town;
    const auto number = town.paid(4700);
    CHECK(town.state(number) == State::payable);
    CHECK(town.totals(number) == Totals{4700, 0, 0, 0, 4700});
    CHECK(town.server.payments.to_decide()[0].takings == std::vector<std::uint32_t>{1});
    CHECK(refused(town.server.payments.accept_late(number, 1, ana)) == "not-acceptable");
    good(town.server.payments.give_back_surplus(number, 1, ana));
    CHECK(refused(town.server.payments.give_back_surplus(number, 1, ana)) == "not-undecided");
    town.server.settle();
    CHECK(town.totals(number) == Totals{4700, 0, 4700, 0, 0});
    // And the right sum still pays.
    REQUIRE(town.at_bank.pay(std::get<Given>(town.find(number).collections[0].state).reference, Money{4800}));
    town.tell();
    CHECK(town.state(number) == State::paid);
}

TEST_CASE("a payment lapses at its time, once the provider has been asked for the last time") {
    Town town;
    const auto number = town.asked();
    const auto reference = town.reference(number);
    const auto untold = town.asked();
    REQUIRE(town.at_bank.pay(town.reference(untold), Money{4800}));
    CHECK(town.at_bank.notices().size() == 1);  // and it never arrives
    town.clock.pass(hours{48});
    CHECK_FALSE(town.at_bank.pay(reference, Money{4800}));  // the machine refuses it too
    town.server.settle();
    CHECK(town.state(number) == State::lapsed);
    CHECK(town.state(untold) == State::paid);
    CHECK(refused(town.server.payments.begin({number, bank}, "")) == "payment-over");
}

TEST_CASE("money after the lapse waits for a person, who takes it for paying or gives it back, never both") {
    for (const bool is_accepted : {true, false}) {
        Town town;
        const auto number = town.asked();
        const auto reference = town.reference(number);
        town.clock.pass(hours{49});
        town.server.settle();
        REQUIRE(town.at_bank.pay(reference, Money{4800}, StandInProvider::Machine::looks_away));
        town.tell();
        CHECK(town.state(number) == State::lapsed);
        CHECK(town.totals(number) == Totals{4800, 0, 0, 0, 4800});
        if (is_accepted) {
            CHECK(to_text(good(town.server.payments.accept_late(number, 1, ana))) == "shop/2026/1");
            CHECK(town.state(number) == State::paid);
            CHECK(refused(town.server.payments.give_back_surplus(number, 1, rui)) == "not-undecided");
            CHECK(town.totals(number) == Totals{4800, 4800, 0, 0, 0});
        } else {
            good(town.server.payments.give_back_surplus(number, 1, rui));
            CHECK(refused(town.server.payments.accept_late(number, 1, ana)) == "not-undecided");
            town.server.settle();
            CHECK(town.totals(number) == Totals{4800, 0, 4800, 0, 0});
        }
    }
}

TEST_CASE("who paid in time has paid, though we hear of it after the lapse") {
    Town town;
    const auto number = town.asked();
    const auto reference = town.reference(number);
    town.clock.pass(hours{47});
    REQUIRE(town.at_bank.pay(reference, Money{4800}));
    town.at_bank.set_habits({.loses_answer = 1});
    town.clock.pass(hours{26});  // the bank has not answered for a day
    town.server.settle();
    CHECK(town.state(number) == State::lapsed);
    town.tell();
    CHECK(town.state(number) == State::paid);
}

TEST_CASE("what was cancelled cannot be paid, and money for it goes back") {
    Town town;
    const auto number = town.asked();
    const auto reference = town.reference(number);
    good(town.server.payments.cancel(number, {}, "c"));
    CHECK(good(town.server.payments.cancel(number, {}, "c")).is_repeated);
    CHECK(refused(town.server.payments.cancel(number, {}, "d")) == "payment-over");
    REQUIRE(town.at_bank.pay(reference, Money{4800}));
    town.tell();
    town.server.settle();
    CHECK(town.totals(number) == Totals{4800, 0, 4800, 0, 0});
    CHECK(refused(town.server.payments.cancel(town.paid(), ana, "")) == "payment-over");
}

TEST_CASE("FE-05: a terminal whose answer is lost has charged once, however often it is tried again") {
    Town town;
    const auto till = town.opened();
    const auto number = town.asked();
    town.at_terminal.set_habits({.loses_answer = 1});
    good(town.server.payments.begin({number, terminal, till, ana}, ""));
    town.server.settle();
    for (int times = 0; times < 5; ++times) {
        const auto slip = good(town.server.payments.begin({number, terminal, till, ana}, ""));
        CHECK(slip.collection == 1);
        town.server.go_on(3, seconds{30});
    }
    CHECK(refused(town.server.tills.take_cash({till, ana}, number, 4800)) == "charge-under-way");
    town.at_terminal.set_habits({});
    town.server.go_on(20, minutes{5});
    CHECK(town.at_terminal.charges() == 1);
    CHECK(town.state(number) == State::paid);
    CHECK(sum_by(good(town.server.tills.find(till)), Means::card) == 4800);
}

TEST_CASE(
    "a charge that never reached the terminal is not made by itself when nobody stands there any more") {
    Town town;
    const auto till = town.opened();
    const auto number = town.asked();
    town.at_terminal.set_habits({.loses_request = 1});
    good(town.server.payments.begin({number, terminal, till, ana}, ""));
    town.server.settle();
    town.at_terminal.set_habits({});
    town.server.go_on(60, minutes{1});
    CHECK(town.at_terminal.charges() == 0);
    CHECK(town.find(number).collections[0].state == CollectionState{Declined{"not-charged"}});
    // Somebody presses the button again.
    good(town.server.payments.begin({number, terminal, till, ana}, ""));
    town.server.settle();
    CHECK(town.state(number) == State::paid);
    CHECK(town.at_terminal.charges() == 1);
}

TEST_CASE("a card that is declined pays nothing, and cash may be taken then") {
    Town town;
    const auto till = town.opened();
    const auto number = town.asked();
    town.at_terminal.set_habits({.declines = 1});
    good(town.server.payments.begin({number, terminal, till, ana}, ""));
    town.server.settle();
    CHECK(town.totals(number) == Totals{});
    good(town.server.tills.take_cash({till, ana}, number, 4800));
    CHECK(town.state(number) == State::paid);
}

TEST_CASE("what cannot be asked for is refused with what is wrong") {
    Town town;
    Quote quote = town.quote({card, licence});
    quote.lines[0].entity.reset();
    CHECK(refused(town.server.payments.ask({quote}, "")) == "no-entity");
    quote = town.quote({card, licence});
    quote.lines[1].price = KnownPrice{Money{3000, "USD"}};
    CHECK(refused(town.server.payments.ask({quote}, "")) == "other-currency");
    quote.lines[1].price = KnownPrice{Money{cents_most}};
    CHECK(refused(town.server.payments.ask({quote}, "")) == "too-much");
    quote.lines[1].price = KnownPrice{Money{-1}};
    CHECK(refused(town.server.payments.ask({quote}, "")) == "amount-unfit");
    CHECK(refused(town.server.payments.ask({town.quote({card}), "two\nlines"}, "")) == "name-unfit");
    CHECK(refused(town.server.payments.begin({{2026, 77}, bank}, "")) == "no-such-payment");
    CHECK(refused(town.server.payments.begin({town.asked(), ProviderKey{"nobody"}}, "")) ==
          "no-such-provider");
}

TEST_CASE("a journal that cannot be written takes nothing, and the same key later finds what was done") {
    Town town;
    const Asking asking{town.quote({card}), {}, shop};
    town.store.set_broken(true);
    CHECK(refused(town.server.payments.ask(asking, "k")) == "unavailable");
    town.store.set_broken(false);
    const auto number = good(town.server.payments.ask(asking, "k"));
    CHECK(good(town.server.payments.ask(asking, "k")) == number);
}

TEST_CASE("an event that does not follow is refused by the fold, and a planted one is found") {
    Town town;
    const auto number = town.paid();
    auto events = *town.store.read(stream_of(number), 0);
    REQUIRE(fold(number, events).has_value());
    auto twice = events;
    twice.push_back(events.back());
    CHECK_FALSE(fold(number, twice).has_value());
    auto missing = events;
    missing.erase(missing.begin() + 1);
    CHECK_FALSE(fold(number, missing).has_value());
    // A refund of more than was paid, by somebody who writes past the decisions.
    const auto plant = [&](const PaymentEvent& event) {
        const auto draft = encode(event);
        auto planted = events;
        planted.push_back({stream_of(number), events.size() + 1, morning, draft.type, draft.body, "s"});
        return fold(number, planted).has_value();
    };
    CHECK(plant(RefundOwed{1, 1, 1800, {{ItemKey{"card"}, 1800}}, Because::refused, Way::provider, ana}));
    CHECK_FALSE(
        plant(RefundOwed{1, 1, 1801, {{ItemKey{"card"}, 1801}}, Because::refused, Way::provider, ana}));
    CHECK_FALSE(plant(RefundOwed{1, 1, 1, {}, Because::surplus, Way::provider, ana}));
    CHECK_FALSE(
        plant(RefundOwed{1, 1, 3600, {{ItemKey{"card"}, 1800}, {ItemKey{"card"}, 1800}}, {}, {}, ana}));
    CHECK_FALSE(plant(SurplusAccepted{1, ana, {shop, 2026, 2}}));
    CHECK_FALSE(plant(PaymentLapsed{}));
    CHECK_FALSE(plant(MoneyTaken{2,
                                 1,
                                 bank,
                                 events[4].body,
                                 Means::reference,
                                 4800,
                                 morning,
                                 Surplus::none,
                                 {},
                                 ReceiptNumber{shop, 2026, 2}}));
}
