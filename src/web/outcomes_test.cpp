// How long it really takes, as pages say it: nothing of a few, and of more nothing that leads to one of them.
#include "web/case_town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

struct BusyTown : CaseTown {
    // Asks for all that a lost wallet needs, and has it so many days later.
    void have(std::chrono::hours later) {
        cases::CaseNumber number;
        REQUIRE(from_text(number_in(handed_in()), number));
        clock.pass(later);
        for (int rounds = 0; rounds < 4; ++rounds) {
            work();
            const auto view = std::get<cases::CaseView>(cases.see(number));
            for (const auto& step : view.steps) {
                if (step.progress != cases::Progress::with_person) continue;
                const cases::StepName task{number, step.step};
                REQUIRE(
                    std::holds_alternative<cases::CaseState>(cases.claim(task, cases::ClerkKey{"rui"}, "")));
                REQUIRE(std::holds_alternative<cases::CaseState>(
                    cases.finish(task, cases::ClerkKey{"rui"}, {cases::Verdict::Word::done, "r-1"}, "")));
            }
        }
        names.push_back(to_text(number));
    }

    void count() {
        for (;;) {
            const auto taken = outcomes.catch_up(1'000);
            REQUIRE(taken.has_value());
            if (*taken == 0) return;
        }
    }

    std::vector<std::string> names;
};

}  // namespace

TEST_CASE(
    "how long it really takes is told from ten people on, beside what is promised, in three languages") {
    BusyTown town;
    CHECK(has(town.get("/en/outcomes"), "The journal is still being read"));
    CHECK(has(town.get("/en"), "href=\"/en/outcomes\""));
    CHECK(has(town.get("/en"), "href=\"/en/cases\""));
    for (int one = 0; one < 9; ++one)
        town.have(std::chrono::hours{48});
    town.count();
    CHECK(has(town.get("/en/outcomes"), "There is no service yet of which anything can be told."));
    CHECK_FALSE(has(town.get("/en/services/card"), "How long it really took"));
    town.have(std::chrono::hours{240});
    town.count();
    const auto page = town.get("/en/outcomes");
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "The journal is still being read"));
    CHECK(has(page, "<td data-title=\"Promised\">8 working days</td>"));
    CHECK(has(page, "<td data-title=\"Half had it within\">3 days</td>"));
    CHECK(has(page, "<td data-title=\"Denied\">fewer than 10</td>"));
    CHECK(has(page, "<td data-title=\"Concluded\">10</td>"));
    CHECK(has(town.get("/en/services/card"), "half within 3 days, nine of ten within 3 days (10 requests"));
    CHECK(has(town.get("/pt/services/card"), "metade em 3 dias, nove em dez em 3 dias (10 pedidos"));
    CHECK(has(town.get("/es/outcomes"), "menos de 10"));
    // Who is not signed in finds no way to single ones.
    CHECK_FALSE(has(page, "one by one"));
    CHECK(town.get("/en/outcomes/card").status == 303);
}

TEST_CASE("GO-04 who sees statistics reads single ones without their numbers, and nobody else does") {
    BusyTown town;
    for (int one = 0; one < 10; ++one)
        town.have(std::chrono::hours{24});
    town.count();
    const Clerk clerk{town};
    CHECK(has(clerk.get("/en/outcomes"), "one by one"));
    const auto page = clerk.get("/en/outcomes/card");
    CHECK(page.status == 200);
    CHECK(has(page, "<td data-title=\"How it ended\">Concluded</td>"));
    for (const auto& name : town.names)
        CHECK_FALSE(has(page, name));
    CHECK_FALSE(has(page, "Ana S"));
    CHECK(has(clerk.get("/en/outcomes/tax"), "Of fewer than 10 people nothing is told."));
    CHECK(clerk.get("/en/outcomes/atlantis").status == 404);
    // An auditor without any right to personal data.
    const auto eva = colleague(town, "eva", staff::Role::auditor, std::nullopt);
    CHECK(town.get("/en/outcomes/card", {{"Cookie", eva}}).status == 200);
    const auto rita = colleague(town, "rita", staff::Role::attendant);
    CHECK(town.get("/en/outcomes/card", {{"Cookie", rita}}).status == 403);
}
