// Appointments in the hands of staff, looks, own data, letters: as a program works with them.
#include "api/town_test.hpp"

using namespace balcao;
using namespace balcao::api;

namespace {

// A booking of tomorrow for Ana, made by somebody who works there.
Told booked(const Town& town, const http::Headers& by, const std::string& start = "2026-01-06T09:00:00Z") {
    return town.post("/sites/shop/staff-bookings",
                     R"({"services": ["identity"], "start": ")" + start +
                         R"(", "name": "Ana Sousa", "mail": "ana@example.org", "language": "pt"})",
                     by);
}

std::string path_of(const Told& booking) { return "/sites/shop/appointments/" + booking.text("appointment"); }

}  // namespace

TEST_CASE(
    "staff book for somebody, find it by its code, move it, note and cancel it with a reason, by program") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const auto slots =
        town.get("/sites/shop/staff-slots?service=identity&from=2026-01-06&to=2026-01-06", rui);
    REQUIRE(slots.json()["slots"].size() > 3);
    const auto made = booked(town, rui);
    REQUIRE(made.status == 201);
    CHECK(made.text("state") == "confirmed");
    CHECK(made.body.find("Ana Sousa") == std::string::npos);
    const auto found = town.get("/sites/shop/codes/" + made.text("code"), rui);
    CHECK(found.text("appointment") == made.text("appointment"));
    CHECK(town.get("/sites/shop/codes/000000", rui).status == 404);
    const auto moved = town.post(path_of(made) + "/move", R"({"start": "2026-01-06T10:00:00Z"})", rui);
    CHECK(moved.text("start") == "2026-01-06T10:00:00Z");
    CHECK(town.ask(http::Method::put, "/api/v1" + path_of(made) + "/note", R"({"note": "has the form"})", rui)
              .status == 200);
    CHECK(town.post(path_of(made) + "/cancel", R"({"reason": "tired"})", rui).status == 422);
    const auto cancelled = town.post(path_of(made) + "/cancel", R"({"reason": "too-few-staff"})", rui);
    CHECK(cancelled.text("state") == "cancelled");
    CHECK(town.post(path_of(made) + "/move", R"({"start": "2026-01-06T11:00:00Z"})", rui).status >= 404);
}

TEST_CASE("a place that somebody else has is refused to staff with what is free next, in three languages") {
    const Town town;
    auto rui = town.somebody("rui", "attendant");
    REQUIRE(booked(town, rui).status == 201);
    for (const auto& [language, words] :
         {std::pair{"pt", "Escolha outr"}, std::pair{"en", "Choose another one"},
          std::pair{"es", "Elija otr"}}) {
        rui.set("Accept-Language", language);
        const auto refused = booked(town, rui);
        CHECK(refused.status == 409);
        CHECK(refused.problem() == "full");
        CHECK(refused.text("detail").find(words) != std::string::npos);
        CHECK(refused.json()["now"]["next_free"].as_text() == "2026-01-06T09:30:00Z");
    }
}

TEST_CASE("the same key books once, and another site's staff see nothing of it") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const auto headers = with_key("01J9ZK3M9QZT7K3M9QZT7K3M9Q", rui);
    CHECK(booked(town, headers).text("appointment") == booked(town, headers).text("appointment"));
    CHECK(town.get("/sites/shop/appointments/shop.2026-01-06.AAAAAAAA", rui).status == 404);
    CHECK(town.get("/sites/shop/staff-slots?service=identity").status == 401);
}

TEST_CASE("a look by program is an event before anything is shown, and its person reads it") {
    const Town town;
    const auto rui = town.somebody("rui", "manager");
    const auto made = booked(town, rui);
    CHECK(town.post(path_of(made) + "/looks", {}, rui).status == 415);
    CHECK(town.post(path_of(made) + "/looks", R"({"why": "curious"})", rui).status == 422);
    CHECK(town.get("/sites/shop/looks?date=2026-01-06", town.administrator()).json()["looks"].size() == 0);
    const auto seen = town.post(path_of(made) + "/looks", R"({"why": "to-serve"})", rui);
    REQUIRE(seen.status == 201);
    CHECK(seen.json()["contact"]["name"].as_text() == "Ana Sousa");
    CHECK(town.post("/sites/shop/looks", R"({"date": "2026-01-06", "why": "to-tell"})", rui)
              .json()["people"]
              .at(0)["contact"]["name"]
              .as_text() == "Ana Sousa");
    const auto looks = town.get("/sites/shop/looks?date=2026-01-06", town.administrator());
    REQUIRE(looks.json()["looks"].size() == 2);
    CHECK(looks.json()["looks"].at(0)["name"].as_text() == "rui");
    CHECK(looks.json()["looks"].at(1)["is_of_list"].as_bool() == true);
    CHECK(looks.body.find("Ana Sousa") == std::string::npos);
    const auto found =
        town.bookings->find(booking::BookingKey{made.text("appointment")}, booking::People::with_links);
    const std::string link = std::get<booking::Appointment>(found).link;
    const auto own = town.get("/appointments/" + link + "/looks");
    REQUIRE(own.json()["looks"].size() == 2);
    CHECK(own.json()["looks"].at(0)["role"].as_text() == "manager");
    CHECK(own.body.find("account") == std::string::npos);
    CHECK(own.body.find("rui") == std::string::npos);
    const auto data = town.get("/appointments/" + link + "/data");
    CHECK(data.json()["person"]["name"].as_text() == "Ana Sousa");
    CHECK(data.json()["looks"].size() == 2);
    CHECK(data.headers.text("content-disposition").find("appointment-") != std::string::npos);
}

TEST_CASE("where nothing can be written nothing is shown") {
    Town town;
    const auto rui = town.somebody("rui", "manager");
    const auto made = booked(town, rui);
    town.store.set_broken(true);
    const auto refused = town.post(path_of(made) + "/looks", R"({"why": "to-serve"})", rui);
    CHECK(refused.status == 503);
    CHECK(refused.body.find("Ana Sousa") == std::string::npos);
    town.store.set_broken(false);
}

TEST_CASE("who may not see personal data looks at nobody, and attendants read no journal") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const auto made = booked(town, rui);
    const auto auditor = town.somebody("eva", "auditor");
    CHECK(town.post(path_of(made) + "/looks", R"({"why": "to-serve"})", auditor).status == 403);
    CHECK(town.get("/sites/shop/looks?date=2026-01-06", rui).status == 403);
    CHECK(town.get("/sites/shop/looks?date=2026-01-06", auditor).status == 200);
}

TEST_CASE("a long list comes in pages, each once and in order") {
    const Town town;
    const auto rui = town.somebody("rui", "manager");
    REQUIRE(booked(town, rui).status == 201);
    for (int look = 0; look < 5; ++look)
        REQUIRE(town.post("/sites/shop/looks", R"({"date": "2026-01-06", "why": "to-tell"})", rui).status ==
                201);
    const auto auditor = town.administrator();
    std::string after;
    int pages = 0;
    std::size_t seen = 0;
    do {
        const auto page = town.get(
            "/sites/shop/looks?date=2026-01-06&limit=2" + (after.empty() ? std::string{} : "&after=" + after),
            auditor);
        REQUIRE(page.status == 200);
        seen += page.json()["looks"].size();
        after = page.text("next");
        ++pages;
    } while (!after.empty() && pages < 9);
    CHECK(pages == 3);
    CHECK(seen == 5);
    CHECK(town.get("/sites/shop/looks?date=2026-01-06&after=none", auditor).status == 422);
    CHECK(town.get("/sites/shop/looks?limit=501", auditor).status == 422);
}

TEST_CASE("all that is kept of a ticket is handed to who has its link, and to nobody else") {
    const Town town;
    const auto ticket = town.take();
    const auto data = town.get("/tickets/" + ticket.text("link") + "/data");
    CHECK(data.status == 200);
    CHECK(data.json()["events"].size() == 1);
    CHECK(town.get("/tickets/shop.2026-01-05.1.AAAAAAAAAAAAAAAA/data").status == 404);
}

TEST_CASE(
    "one asks to be told of one's turn; where it is one's turn already it is said that it does not wait") {
    const Town town;
    const auto first = town.take();
    const auto second = town.take();
    const std::string path = "/api/v1/tickets/" + second.text("link") + "/notice";
    const auto ask = [&](const std::string& json) { return town.ask(http::Method::put, path, json); };
    CHECK(town.ask(http::Method::get, path).status == 404);
    CHECK(ask(R"({"before": 1, "mail": "ana@example.org"})").status == 200);
    CHECK(town.ask(http::Method::get, path).number("before") == 1);
    CHECK(ask(R"({"before": 4, "mail": "ana@example.org"})").status == 422);
    CHECK(ask(R"({"before": 1})").json()["errors"].at(0)["pointer"].as_text() == "#/mail");
    CHECK(ask(R"({"before": 1, "mail": "ana"})").problem() == "mail-unfit");
    CHECK(ask(R"({"before": 1, "mail": "ana+none@example.org"})").problem() == "contact-missing");
    REQUIRE(town.post("/tickets/" + second.text("link") + "/leave").status == 200);
    const auto refused = ask(R"({"before": 1, "mail": "ana@example.org"})");
    CHECK(refused.status == 409);
    CHECK(refused.problem() == "not-waiting");
    CHECK(refused.json()["now"]["state"].as_text() == "left");
}

TEST_CASE("lost links go to a phone number as well, and to one of the two only") {
    Town town;
    CHECK(town.post("/lost-links", R"({"phone": "+351912345678"})").status == 202);
    CHECK(town.lost.back() == "+351912345678");
    CHECK(town.post("/lost-links", R"({"phone": "+351912345678", "mail": "ana@example.org"})").status == 422);
    CHECK(town.post("/lost-links", "{}").status == 422);
}
