// Receipts, what a day came to, and whether a provider says the same.
#include "pay/summary.hpp"

#include <rapidcheck.h>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "crypto/hash.hpp"
#include "merkle/tree.hpp"
#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

const Period always{Instant{}, morning + hours{24 * 365}};

// Six payments in four ways, of which some went back.
std::vector<Payment> busy_day(Town& town) {
    const auto till = town.opened();
    std::vector<PaymentNumber> numbers{town.paid(), town.paid(5000), town.paid(100)};
    numbers.push_back(town.asked());
    good(town.server.tills.take_cash({till, ana}, numbers.back(), 4800));
    numbers.push_back(town.asked({card}));
    good(town.server.payments.begin({numbers.back(), terminal, till, ana}, ""));
    numbers.push_back(town.asked());
    good(town.server.payments.give_back(numbers[0], {{ItemKey{"licence"}, Because::refused}}, ana, ""));
    town.server.settle();
    std::vector<Payment> payments;
    for (const auto& number : numbers)
        payments.push_back(town.find(number));
    return payments;
}

}  // namespace

TEST_CASE("a day says what was collected for whom, and every cent of it is somewhere") {
    Town town;
    busy_day(town);
    const auto date = town.till().date;
    const auto day = good(town.server.payments.day(date, {}));
    CHECK(day.by_entity.at(registry) == EntityDay{4 * 1800, 0, 4});
    CHECK(day.by_entity.at(roads) == EntityDay{3 * 3000, 3000, 3});
    CHECK(day.taken.at(Means::cash) == 4800);
    CHECK(day.taken.at(Means::card) == 1800);
    CHECK(day.taken.at(Means::reference) == 4800 + 5000 + 100);
    CHECK(day.returned == 3000 + 200);
    CHECK(day.surplus_taken == 200 + 100);
    CHECK(day.surplus_returned == 200);
    CHECK(good(town.server.payments.day(date, shop)) == day);
    CHECK(good(town.server.payments.day(date, model::SiteKey{"elsewhere"})).taken.empty());
    CHECK(good(town.server.payments.day(date + std::chrono::days{1}, {})).taken.empty());
}

TEST_CASE("the sum of a day that is over does not change by what goes back or is accepted later") {
    Town town;
    const auto number = town.asked();
    const auto reference = town.reference(number);
    const auto date = town.till().date;
    const auto paid = town.paid();
    town.clock.pass(hours{72});
    town.server.settle();
    REQUIRE(town.at_bank.pay(reference, Money{4800}, StandInProvider::Machine::looks_away));
    town.tell();
    const auto day = good(town.server.payments.day(date, {}));
    const auto late = good(town.server.payments.day(date + std::chrono::days{3}, {}));
    CHECK(late.surplus_taken == 4800);
    town.clock.pass(hours{24});
    good(town.server.payments.accept_late(number, 1, ana));
    good(town.server.payments.give_back(paid, {{ItemKey{"card"}, Because::refused}}, ana, ""));
    town.server.settle();
    CHECK(good(town.server.payments.day(date, {})) == day);
    CHECK(good(town.server.payments.day(date + std::chrono::days{3}, {})) == late);
    const auto then = good(town.server.payments.day(date + std::chrono::days{4}, {}));
    CHECK(then.by_entity.at(registry) == EntityDay{1800, 1800, 1});
    CHECK(then.surplus_taken == -4800);
}

TEST_CASE("a server that came later sums up a day as the one that lived it") {
    Town town;
    busy_day(town);
    const auto day = good(town.server.payments.day(town.till().date, {}));
    Server other{town.store, town.clock, town.settings, town.providers};
    CHECK(good(other.payments.day(town.till().date, {})) == day);
    CHECK(other.payments.to_decide() == town.server.payments.to_decide());
}

TEST_CASE("a provider that says the same as our payments leaves no difference") {
    Town town;
    const auto payments = busy_day(town);
    CHECK(reconcile(bank, payments, *town.at_bank.settled(always.from, always.to), always).empty());
    CHECK(reconcile(terminal, payments, *town.at_terminal.settled(always.from, always.to), always).empty());
}

TEST_CASE("whatever is wrong in a provider's list is found, and nothing else") {
    Town town;
    const auto payments = busy_day(town);
    const auto list = *town.at_bank.settled(always.from, always.to);
    REQUIRE(list.size() == 5);
    CHECK(rc::check("one line that is wrong", [&] {
        auto wrong = list;
        const auto place = *rc::gen::inRange<std::size_t>(0, list.size());
        const auto kind = *rc::gen::inRange(0, 4);
        auto& line = wrong[place];
        const auto cents = *rc::gen::inRange<std::int64_t>(1, 50);
        if (kind == 0) line.transaction += "-x";  // another one here, and one too few there
        if (kind == 1) wrong.erase(wrong.begin() + static_cast<std::ptrdiff_t>(place));
        if (kind == 2) line.amount.cents += cents;
        if (kind == 3) wrong.push_back(list[place]);
        const auto found = reconcile(bank, payments, wrong, always);
        RC_ASSERT(found.size() == (kind == 0 ? 2U : 1U));
        const auto has = [&](Difference::Kind wanted) {
            for (const auto& one : found)
                if (one.kind == wanted && one.transaction.starts_with(list[place].transaction)) return true;
            return false;
        };
        if (kind == 0) RC_ASSERT(has(Difference::Kind::not_here) && has(Difference::Kind::not_there));
        if (kind == 1) RC_ASSERT(has(Difference::Kind::not_there));
        if (kind == 2)
            RC_ASSERT(has(Difference::Kind::other_amount) && found[0].theirs - found[0].ours == cents);
        if (kind == 3) RC_ASSERT(has(Difference::Kind::twice_there));
    }));
}

TEST_CASE("money that a list knows and we do not is taken by telling of its line, once") {
    Town town;
    const auto number = town.asked();
    REQUIRE(town.at_bank.pay(town.reference(number), Money{4800}));
    CHECK(town.at_bank.notices().size() == 1);  // lost
    const auto list = *town.at_bank.settled(always.from, always.to);
    const auto found = reconcile(bank, {town.find(number)}, list, always);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == Difference::Kind::not_here);
    const Notice line{{}, list[0].reference, {list[0].transaction, list[0].amount, list[0].at}};
    CHECK(good(town.server.payments.hear(bank, line)) == Heard::taken);
    CHECK(good(town.server.payments.hear(bank, line)) == Heard::known_already);
    CHECK(reconcile(bank, {town.find(number)}, list, always).empty());
    CHECK(town.state(number) == State::paid);
}

TEST_CASE("receipts of a site and year are numbered without gaps, whatever they are of") {
    Town town;
    const auto payments = busy_day(town);
    const auto book = good(book_of(town.server.room, shop, 2026));
    std::set<std::uint32_t> numbers;
    for (const auto& payment : payments) {
        if (const auto* paid = std::get_if<Paid>(&payment.stage))
            CHECK(numbers.insert(paid->receipt.serial).second);
        for (const auto& refund : payment.refunds)
            if (const auto* made = std::get_if<Made>(&refund.state))
                CHECK(numbers.insert(made->receipt.serial).second);
    }
    CHECK(numbers.size() == book.size());
    CHECK(*numbers.begin() == 1);
    CHECK(*numbers.rbegin() == book.size());
}

TEST_CASE("a receipt says what was paid to whom, that it is no invoice, and where it stands in the record") {
    Town town;
    const auto number = town.paid();
    const auto receipt = std::get<Paid>(town.find(number).stage).receipt;
    const auto sheet = good(find_receipt(town.server.room, receipt));
    CHECK(sheet.cents == 4800);
    CHECK(sheet.lines == std::vector<ReceiptLine>{{card, registry, 1800}, {licence, roads, 3000}});
    // An outsider makes the same hash of the entry in the log.
    const auto entry = journal::entry_of((*town.store.read("receipts/shop/2026", 0))[0]);
    const auto hash = crypto::sha256({std::string_view{"\0", 1}, entry});
    CHECK(sheet.entry_hash == crypto::to_hex(crypto::bytes_of(hash)));
    CHECK(
        text_of(sheet, town.model, "en", town.settings.zone) ==
        "Proof of payment shop/2026/1\n2026-11-24 09:00\nPayment 2026-000001\nAbout: case/2026-000001\n\n"
        "A card (The registry): 18 EUR\nA licence (The roads): 30 EUR\nSum: 48 EUR\nPaid by reference\n\n"
        "This proves what was paid and is no invoice. Taxes, if there are any, are on the invoice of whom it "
        "was paid to.\nIn the city's record as " +
            sheet.entry_hash + "\n");
    CHECK(text_of(sheet, town.model, "pt", town.settings.zone).find("não é uma fatura") != std::string::npos);
    CHECK(refused(find_receipt(town.server.room, {shop, 2026, 2})) == "no-such-payment");
    good(town.server.payments.give_back(number, {{ItemKey{"card"}, Because::refused}}, ana, ""));
    town.server.settle();
    const auto back = good(find_receipt(town.server.room, {shop, 2026, 2}));
    CHECK(back.kind == ReceiptKind::refund);
    CHECK(back.lines == std::vector<ReceiptLine>{{card, registry, 1800}});
}

TEST_CASE("a year's book begins anew with the city's year") {
    Town town;
    town.paid();
    // Half past midnight of the first of January in Lisbon.
    town.clock.set(Instant{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1} + minutes{30}});
    const auto number = town.paid();
    CHECK(to_text(std::get<Paid>(town.find(number).stage).receipt) == "shop/2027/1");
    CHECK(number.year == 2027);
}
