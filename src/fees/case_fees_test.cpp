// What becomes of a case's money, on the stage of cases with a bank that is none.
#include "fees/case_fees.hpp"

#include "cases/town_test.hpp"
#include "pay/receipt.hpp"
#include "pay/stand_in_provider.hpp"

namespace balcao::fees {
namespace {

using namespace cases::stage;  // NOLINT(google-build-using-namespace): its words are the words of the tests

const pay::ProviderKey bank{"bank"};
const pay::ClerkKey ana{"ana"};
const model::SiteKey shop{"shop"};

// One server's money.
struct Desk {
    Desk(const cases::Cases& cases,
         journal::Store& store,
         const Clock& clock,
         const Stopwatch& stopwatch,
         const pay::Settings& settings,
         const pay::Providers& providers)
        : room{store, clock, settings, providers},
          payments{room, stopwatch},
          fees{cases, room, payments, tills} {}

    void work() {
        REQUIRE(payments.catch_up(1'000).has_value());
        while (payments.work()) {
        }
    }

    pay::Room room;
    pay::Payments payments;
    pay::Tills tills{room};
    FeeOffice fees;
};

struct Office : Town {
    cases::CaseNumber asked() {
        auto card = wanted("card", keyed);
        card.fee = Money{1'620};
        auto licence = wanted("licence", by_hand);
        licence.fee = Money{3'000};
        auto advice = wanted("advice", inbox);
        return accept({card, licence, advice});
    }

    [[nodiscard]] CaseFees of(const cases::CaseNumber& number) const {
        auto fees = desk.fees.of(number);
        REQUIRE(std::holds_alternative<CaseFees>(fees));
        return std::get<CaseFees>(std::move(fees));
    }

    std::string reference(const cases::CaseNumber& number) {
        REQUIRE(std::holds_alternative<pay::CollectionSlip>(desk.fees.begin(number, {bank}, "")));
        desk.work();
        const auto fees = of(number);
        REQUIRE(fees.open() != nullptr);
        for (const auto& collection : fees.open()->collections)
            if (const auto* given = std::get_if<pay::Given>(&collection.state)) return given->reference;
        FAIL("no reference was given");
        return {};
    }

    void pay(const std::string& reference, std::int64_t cents) {
        REQUIRE(at_bank.pay(reference, Money{cents}));
        for (const auto& notice : at_bank.notices())
            REQUIRE(std::holds_alternative<pay::Heard>(desk.payments.hear(bank, notice)));
    }

    // All is sent; the card is made, the licence is refused.
    void refuse_licence(const cases::CaseNumber& number) {
        entities[by_hand]->concludes_at_once = false;
        run();
        const cases::StepKey licence{"licence"};
        const auto refused = server->cases->report(
            {number, licence}, {cases::Report::Word::denied, find(number).find(licence)->reference, "no", {}},
            "");
        REQUIRE(std::holds_alternative<cases::CaseState>(refused));
        settle(number);
    }

    void settle(const cases::CaseNumber& number) {
        REQUIRE(std::holds_alternative<pay::Done>(desk.fees.settle(number)));
        desk.work();
    }

    SkewedClock clock{world.time};
    SetStopwatch stopwatch{world.time};
    pay::Settings money{settings.zone, model::SiteKey{"online"}};
    pay::StandInProvider at_bank{pay::Means::reference, "99999", clock};
    pay::Providers providers{{bank, {at_bank, {}}}};
    Desk desk{*server->cases, world.disk, clock, stopwatch, money, providers};
};

std::string refused_by_pay(const auto& answer) {
    const auto* refusal = std::get_if<pay::Refusal>(&answer);
    return refusal == nullptr ? "nothing" : std::string{name_of(refusal->reason)};
}

}  // namespace

TEST_CASE("a case costs what its steps were said to cost when it was handed in") {
    Office office;
    const auto number = office.asked();
    const auto fees = office.of(number);
    CHECK(fees.sum == 4'620);
    REQUIRE(fees.to_pay.size() == 2);
    CHECK(fees.to_pay[0].service == model::ServiceKey{"card"});
    CHECK(fees.to_pay[1].entity == by_hand);
    CHECK(fees.payments.empty());
    CHECK(fees.open() == nullptr);
}

TEST_CASE("a case that costs nothing has nothing to pay") {
    Office office;
    const auto number = office.accept({wanted("advice", inbox)});
    CHECK(office.of(number).to_pay.empty());
    CHECK(refused_by_pay(office.desk.fees.demand(number)) == "nothing-to-pay");
    CHECK(refused_by_pay(office.desk.fees.look(number)) == "nothing-to-pay");
}

TEST_CASE("however often, and at however many servers, a case is asked to pay: one payment") {
    Office office;
    const auto number = office.asked();
    Desk other{*office.server->cases, office.world.disk, office.clock,
               office.stopwatch,      office.money,      office.providers};
    const auto first = office.desk.fees.demand(number);
    REQUIRE(std::holds_alternative<pay::PaymentNumber>(first));
    // The other one has not followed the journal yet, and does not know of it.
    CHECK(std::get<pay::PaymentNumber>(other.fees.demand(number)) == std::get<pay::PaymentNumber>(first));
    CHECK(std::get<pay::PaymentNumber>(office.desk.fees.demand(number)) ==
          std::get<pay::PaymentNumber>(first));
    CHECK(office.of(number).payments.size() == 1);
}

TEST_CASE("what was paid by a reference is not to be paid again, and has a receipt") {
    Office office;
    const auto number = office.asked();
    office.pay(office.reference(number), 4'620);
    const auto fees = office.of(number);
    CHECK(fees.to_pay.empty());
    CHECK(fees.sum == 0);
    REQUIRE(fees.payments.size() == 1);
    const auto* paid = std::get_if<pay::Paid>(&fees.payments.front().stage);
    REQUIRE(paid != nullptr);
    const auto sheet = pay::find_receipt(office.desk.room, paid->receipt);
    REQUIRE(std::holds_alternative<pay::ReceiptSheet>(sheet));
    CHECK(std::get<pay::ReceiptSheet>(sheet).about == about_of(number));
    CHECK(case_about(std::get<pay::ReceiptSheet>(sheet).about) == number);
}

TEST_CASE("what somebody at a desk pays in cash is in the till and in the case") {
    Office office;
    const auto number = office.asked();
    const pay::TillCall call{
        {shop, pay::TillDeskKey{"1"}, Date{std::chrono::floor<std::chrono::days>(office.clock.now())}},
        ana,
        ""};
    REQUIRE(std::holds_alternative<pay::Done>(office.desk.tills.open(call, 5'000)));
    CHECK(refused_by_pay(office.desk.fees.take_cash(number, call, 4'000)) == "other-sum");
    CHECK(std::holds_alternative<pay::CashTaken>(office.desk.fees.take_cash(number, call, 4'620)));
    CHECK(office.of(number).to_pay.empty());
    CHECK(std::get<pay::TillSheet>(office.desk.tills.sheet(call.till)).expected == 9'620);
    CHECK(refused_by_pay(office.desk.fees.take_cash(number, call, 4'620)) == "nothing-to-pay");
}

TEST_CASE("what is refused after it was paid goes back, once, and nothing else does") {
    Office office;
    const auto number = office.asked();
    office.pay(office.reference(number), 4'620);
    office.refuse_licence(number);
    const auto returned = [&] { return pay::totals_of(office.of(number).payments.front()).returned; };
    CHECK(returned() == 3'000);
    CHECK(office.at_bank.balance_cents() == 1'620);
    office.settle(number);
    CHECK(returned() == 3'000);
    CHECK(office.of(number).to_pay.empty());
}

TEST_CASE(
    "a case that is withdrawn before it is paid asks for nothing more, and money that comes all the same "
    "goes back") {
    Office office;
    const auto number = office.asked();
    const auto reference = office.reference(number);
    REQUIRE(std::holds_alternative<cases::CaseState>(office.server->cases->cancel(number, {}, "")));
    office.settle(number);
    const auto fees = office.of(number);
    CHECK(fees.to_pay.empty());
    CHECK(pay::state_of(fees.payments.front()) == pay::State::cancelled);
    office.pay(reference, 4'620);
    office.desk.work();
    CHECK(office.at_bank.balance_cents() == 0);
}

TEST_CASE(
    "where one of two is refused before anybody paid, the other alone is asked for, by another reference") {
    Office office;
    const auto number = office.asked();
    const auto first = office.reference(number);
    office.refuse_licence(number);
    CHECK(office.of(number).sum == 1'620);
    const auto second = office.reference(number);
    CHECK(second != first);
    office.pay(second, 1'620);
    CHECK(office.of(number).to_pay.empty());
    const auto fees = office.of(number);
    REQUIRE(fees.payments.size() == 2);
    CHECK(pay::state_of(fees.payments[0]) == pay::State::cancelled);
    CHECK(pay::state_of(fees.payments[1]) == pay::State::paid);
}

TEST_CASE("a payment that has lapsed is asked for anew") {
    Office office;
    const auto number = office.asked();
    const auto first = office.desk.fees.demand(number);
    office.world.pass(office.money.payable_for + minutes{10});
    office.desk.work();
    REQUIRE(office.of(number).open() == nullptr);
    const auto second = office.desk.fees.demand(number);
    REQUIRE(std::holds_alternative<pay::PaymentNumber>(second));
    CHECK(std::get<pay::PaymentNumber>(second) != std::get<pay::PaymentNumber>(first));
    CHECK(office.of(number).sum == 4'620);
}

}  // namespace balcao::fees
