// How a site kept its word, for anybody; the day's report on the law, for who may see it; and what the page
// of a site says of now.
#include "web/town_test.hpp"

namespace balcao::web {
namespace {

const office::DeskId desk{model::DeskKey{"both"}, 1};

// Two wait, one of them with priority; the other is called by number and served in six minutes.
void live(Town& town) {
    town.command(office::OpenDesk{desk, office::StaffKey{"rui"}});
    town.command(office::TakeTicket{.services = {model::ServiceKey{"identity"}},
                                    .standing = office::Standing::priority,
                                    .channel = "kiosk"});
    town.command(office::TakeTicket{.services = {model::ServiceKey{"tax"}}, .channel = "kiosk"});
    town.clock.pass(12min);
    town.command(office::CallNumber{desk, {2}});
    town.command(office::Start{desk});
    town.clock.pass(6min);
    town.command(office::Finish{.desk = desk});
}

}  // namespace

TEST_CASE(
    "S148 the page of a site tells who waits, which number is called, the last wait and the time at the "
    "desk") {
    Town town;
    live(town);
    town.command(office::CallNext{desk});
    town.command(office::TakeTicket{.services = {model::ServiceKey{"tax"}}, .channel = "kiosk"});
    const auto page = town.get("/en/sites/shop");
    CHECK(page.status == 200);
    CHECK(has(page, "<strong>1</strong> person is waiting"));
    CHECK(has(page, "Last called: 1, Counter 1"));
    CHECK(has(page, "Wait of the last one served: 12 min"));
    CHECK(has(page, "Tax: 6 min on average (1)"));
    CHECK(has(page, "/en/sites/shop/record"));
    CHECK(has(town.get("/pt/sites/shop"), "Espera do último atendido: 12 min"));
    CHECK(has(town.get("/es/sites/shop"), "Espera del último atendido: 12 min"));
}

TEST_CASE("anybody reads how a site kept its word, in three languages and without a name") {
    Town town;
    live(town);
    for (const char* path : {"/pt/sites/shop/record", "/en/sites/shop/record", "/es/sites/shop/record"}) {
        const auto page = town.get(path);
        INFO(path);
        CHECK(page.status == 200);
        CHECK(has(page, "2026-01-05"));
        CHECK_FALSE(has(page, "rui"));
        CHECK_FALSE(has(page, "<script>"));
    }
    const auto page = town.get("/en/sites/shop/record");
    CHECK(has(page, "Mean wait, minutes"));
    CHECK(has(page, "12.0"));
    CHECK(has(page, "Known from what others write of this text."));
    CHECK(has(page, "Who may claim it: Pregnant women."));
    CHECK(has(page, "not kept: 1"));
    CHECK(town.get("/en/sites/nowhere/record").status == 404);
}

TEST_CASE("the report on the law names every case by its numbers, and only to who may see it") {
    Town town;
    live(town);
    CHECK(town.get("/en/hall/shop/report").status == 303);
    const auto cookie = sign_in(town);
    const auto page = town.get("/en/hall/shop/report?date=2026-01-05", {{"Cookie", cookie}});
    CHECK(page.status == 200);
    CHECK(has(page,
              "number 2 was called to Counter 1 (called by number, by hand) while number 1 with priority had "
              "waited 12.0 min."));
    CHECK(has(page, "It was not called after that."));
    CHECK(has(page, "10:18: number 2, Tax"));
    CHECK(has(page, "Known only because it is reported; the text was not read."));
    CHECK(has(town.get("/en/hall/shop", {{"Cookie", cookie}}), "/en/hall/shop/report"));
    const auto wrong = town.get("/es/hall/shop/report?date=ayer", {{"Cookie", cookie}});
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "«ayer» no es una fecha"));
    CHECK(has(town.get("/pt/hall/shop/report?date=2026-01-02", {{"Cookie", cookie}}), "Nada registado"));
}

TEST_CASE("S146 too little time left to walk-ins is an alarm on the report") {
    Town town;
    town.command(office::OpenDesk{desk, office::StaffKey{"rui"}});
    town.command(office::TakeTicket{.services = {model::ServiceKey{"identity"}},
                                    .channel = "reception",
                                    .appointment = town.clock.now()});
    town.command(office::CallNext{desk});
    town.command(office::Start{desk});
    town.clock.pass(30min);
    town.command(office::Finish{.desk = desk});
    const auto page = town.get("/en/hall/shop/report", {{"Cookie", sign_in(town)}});
    CHECK(has(page, "role=\"alert\""));
    CHECK(has(page, "Too little is left to who comes without an appointment."));
}

}  // namespace balcao::web
