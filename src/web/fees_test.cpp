// Paying for a request on its page, the till of a desk, the city's money, behind a real server.
#include "web/case_town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

struct FeeTown : CaseTown {
    // Withdrawn, and what that asks of its money is done.
    void withdraw(const std::string& page) {
        REQUIRE(post(*this, page + "/withdraw").status == 303);
        work();
        cases::CaseNumber number;
        REQUIRE(from_text(number_in(page), number));
        REQUIRE(std::holds_alternative<pay::Done>(fees.settle(number)));
        collect();
    }

    // The reference that the page tells, as nine digits.
    std::string reference(const std::string& page) {
        REQUIRE(post(*this, page + "/pay").status == 303);
        collect();
        const std::string body = get(page).body;
        const std::string before = "reference=";
        const auto begin = body.find(before);
        REQUIRE(begin != std::string::npos);
        return body.substr(begin + before.size(), 9);
    }

    [[nodiscard]] http::Answer pay(const std::string& reference, const std::string& amount) const {
        return ask(http::Method::post, "/en/cash-machine", "reference=" + reference + "&amount=" + amount);
    }
};

const std::string till = "/en/till/shop/both-2";

}  // namespace

TEST_CASE("what a request costs stands on its page, is paid by a reference, and has a receipt") {
    FeeTown town;
    const std::string page = town.handed_in();
    // 16.20 online for the card, 30 for the licence.
    CHECK(has(town.get(page), "To pay: 46.20 €"));
    CHECK(has(town.get("/pt" + page.substr(3)), "A pagar: 46,20 €"));
    CHECK(has(town.get("/es" + page.substr(3)), "A pagar: 46,20 €"));
    const auto reference = town.reference(page);
    CHECK(has(town.get(page),
              reference.substr(0, 3) + " " + reference.substr(3, 3) + " " + reference.substr(6)));
    CHECK(town.pay(reference, "46.30").status == 422);
    CHECK(town.pay("123456789", "46.20").status == 422);
    CHECK(town.pay(reference, "much").status == 422);
    CHECK(post(town, page + "/look").status == 303);
    CHECK(town.pay(reference, "46%2C20").status == 200);
    const auto paid = town.get(page);
    CHECK(has(paid, "46.20 € were paid on Monday, 5 January 2026."));
    CHECK_FALSE(has(paid, "To pay"));
    CHECK(post(town, page + "/look").status == 303);
    CHECK(post(town, page + "/pay").status == 409);
    const auto receipt = town.get(page + "/receipts/online/2026/1");
    CHECK(has(receipt, "Receipt online/2026/1: paid"));
    CHECK(has(receipt, "16.20 € · Registry office"));
    CHECK(has(receipt, "It is not an invoice."));
    // Another's link shows nothing of it.
    const std::string other = town.handed_in();
    CHECK(town.get(other + "/receipts/online/2026/1").status == 404);
    CHECK(town.get(page + "/receipts/online/2026/2").status == 404);
    CHECK(town.get(page + "/receipts/online/2026/none").status == 404);
}

TEST_CASE("LE-15 what was paid and is withdrawn goes back, and the page says so in three languages") {
    FeeTown town;
    const std::string page = town.handed_in();
    CHECK(town.pay(town.reference(page), "46.20").status == 200);
    town.withdraw(page);
    const auto seen = town.get(page);
    CHECK(has(seen, "46.20 € were given back to you on Monday, 5 January 2026."));
    CHECK(has(seen, "Receipt online/2026/2"));
    CHECK(has(town.get("/pt" + page.substr(3)), "46,20 € foram-lhe devolvidos em"));
    CHECK(has(town.get("/es" + page.substr(3)), "Se le devolvieron 46,20 € el"));
    CHECK(has(town.get(page + "/receipts/online/2026/2"), "given back"));
    CHECK(town.bank.balance_cents() == 0);
}

TEST_CASE("a reference that is asked for twice, or pressed twice, is one") {
    FeeTown town;
    const std::string page = town.handed_in();
    const auto fees = [&] {
        const std::string body = town.get(page).body;
        const auto begin = body.find("<section class=\"fees\"");
        REQUIRE(begin != std::string::npos);
        return body.substr(begin, body.find("</section>", begin) - begin);
    };
    // While nothing happens a page that follows is not drawn anew.
    CHECK(fees() == fees());
    const auto first = town.reference(page);
    CHECK(town.reference(page) == first);
}

TEST_CASE("FE-05 a request is paid in cash at a desk, with its change told, and once") {
    FeeTown town;
    const Clerk clerk{town};
    const std::string number = number_in(town.handed_in());
    CHECK(has(clerk.get("/en/desk/shop/both-2"), "/en/till/shop/both-2"));
    CHECK(has(clerk.get(till), "The till of this desk is not open on this day."));
    CHECK(clerk.post(till + "/open", "amount=many").status == 422);
    CHECK(clerk.post(till + "/open", "amount=50").status == 303);
    CHECK(clerk.post(till + "/open", "amount=50").status == 409);
    const auto asked = clerk.get(till + "?request=" + number);
    CHECK(has(asked, "Replacement licence"));
    CHECK(has(asked, "To pay: 46.20 €"));
    CHECK(has(clerk.get(till + "?request=2026-000077"), "There is no such request."));
    CHECK(has(clerk.get(till + "?request=none"), "Write the number as it stands on the request"));
    const std::string form = "request=" + number + "&sum=4620&received=";
    CHECK(has(clerk.post(till + "/take", form + "40"), "That is less than what is to pay: 46.20 €."));
    CHECK(clerk.post(till + "/take", form).status == 422);
    CHECK(clerk.post(till + "/take", "request=" + number + "&sum=1&received=50").status == 422);
    const auto taken = clerk.post(till + "/take", form + "50&key=" + CaseTown::key_of_form(77));
    CHECK(has(taken, "Change to give back: 3.80 €. Receipt shop/2026/1."));
    // The same press again takes nothing more, and says the same.
    CHECK(has(clerk.post(till + "/take", form + "50&key=" + CaseTown::key_of_form(77)),
              "There is nothing to pay."));
    CHECK(has(clerk.get(till), "96.20 €"));
}

TEST_CASE("what was paid in cash and is withdrawn is fetched at a desk, and the till says so") {
    FeeTown town;
    const Clerk clerk{town};
    const std::string page = town.handed_in();
    CHECK(clerk.post(till + "/open", "amount=50").status == 303);
    CHECK(clerk.post(till + "/take", "request=" + number_in(page) + "&sum=4620&received=46.20").status ==
          200);
    town.withdraw(page);
    CHECK(has(town.get(page), "46.20 € wait for you at a counter."));
    CHECK(has(clerk.get(till), "What people come to fetch"));
    const std::string refund = "payment=2026-000001&refund=1";
    CHECK(clerk.post(till + "/pay-out", "payment=2026-000001&refund=2").status == 404);
    CHECK(has(clerk.post(till + "/pay-out", refund), "Paid out. Receipt online/2026/1."));
    CHECK(clerk.post(till + "/pay-out", refund).status == 409);
    CHECK(has(clerk.get(till), "50.00 €"));
}

TEST_CASE("a till is counted in the evening; where much is wrong another person signs") {
    FeeTown town;
    const Clerk clerk{town};
    CHECK(clerk.post(till + "/open", "amount=50").status == 303);
    CHECK(clerk.post(till + "/correct", "direction=less&amount=1&reason=").status == 422);
    CHECK(has(clerk.post(till + "/correct", "direction=less&amount=1&reason=A+false+coin"), "A false coin"));
    CHECK(has(clerk.post(till + "/count", "counted=30"), "Write why."));
    CHECK(clerk.post(till + "/count", "counted=30&why=Nobody+knows").status == 303);
    CHECK(has(clerk.get(till), "waits for a second person to sign"));
    CHECK(has(clerk.post(till + "/countersign"), "somebody else than who counted"));
    CHECK(clerk.post(till + "/count", "counted=49").status == 303);
    const auto closed = clerk.get(till);
    CHECK(has(closed, "The till is closed."));
    CHECK(has(closed, "Counted by"));
    CHECK(clerk.post(till + "/count", "counted=49").status == 409);
    CHECK(clerk.post(till + "/nothing").status == 404);
    CHECK(clerk.get("/en/till/shop/both-9").status == 404);
    // A till of another day is another.
    CHECK(has(clerk.get(till + "?day=2026-01-04"), "not open on this day"));
}

TEST_CASE("the city's money: what was collected for whom, for who answers for it alone") {
    FeeTown town;
    CHECK(town.get("/en/money").status == 303);
    const Clerk clerk{town};
    CHECK(has(clerk.get("/en/money"), "Nothing was collected on this day."));
    const std::string page = town.handed_in();
    CHECK(town.pay(town.reference(page), "46.20").status == 200);
    const auto day = clerk.get("/en/money");
    CHECK(has(day, "Transport authority"));
    CHECK(has(day, "30.00 €"));
    CHECK(has(day, "Nothing waits for anybody."));
    CHECK(has(clerk.get("/pt/money"), "O dinheiro da cidade"));
    CHECK(has(clerk.get("/es/money?day=2026-01-04"), "Este día no se cobró nada."));
    CHECK(clerk.post("/en/money/give-back", "payment=2026-000001&number=1").status == 409);
    CHECK(clerk.post("/en/money/give-back", "payment=none&number=1").status == 404);
    CHECK(clerk.post("/en/money/stray", "number=1&note=none").status == 404);
    CHECK(town.ask(http::Method::post, "/en/money/give-back", "payment=2026-000001&number=1").status == 303);
}

TEST_CASE("money that waits for a decision is shown with what can be done, and decided once") {
    FeeTown town;
    const Clerk clerk{town};
    const std::string page = town.handed_in();
    const auto reference = town.reference(page);
    // As if the machine had not looked at the digits that check the amount.
    REQUIRE(town.bank.pay(reference, Money{4'000}, pay::StandInProvider::Machine::looks_away));
    town.collect();
    CHECK(has(town.get(page), "40.00 € came that do not pay for this. Somebody looks after it."));
    CHECK(has(clerk.get("/en/money"), "40.00 € came, which is less than was asked for."));
    const std::string decision = "payment=2026-000001&number=1";
    CHECK(clerk.post("/en/money/accept", decision).status == 409);
    CHECK(clerk.post("/en/money/give-back", decision).status == 303);
    CHECK(clerk.post("/en/money/give-back", decision).status == 409);
    town.collect();
    CHECK(has(town.get(page), "40.00 € were given back to you"));
    CHECK(has(clerk.get("/en/money"), "Nothing waits for anybody."));
}
