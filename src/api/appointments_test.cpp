// Appointments, as a program books them.
#include "api/town_test.hpp"

using namespace balcao;
using namespace balcao::api;

namespace {

// The first free times of tomorrow.
std::vector<std::string> free_times(const Town& town) {
    const auto slots = town.get("/sites/shop/slots?service=identity&from=2026-01-06&to=2026-01-06");
    REQUIRE(slots.status == 200);
    std::vector<std::string> times;
    for (std::size_t place = 0; place < slots.json()["slots"].size(); ++place)
        times.emplace_back(*slots.json()["slots"].at(place)["start"].as_text());
    REQUIRE(times.size() > 2);
    return times;
}

Told hold(const Town& town, const std::string& start) {
    return town.post("/sites/shop/appointments", R"({"services": ["identity"], "start": ")" + start + "\"}");
}

constexpr const char* ana = R"({"name": "Ana Sousa", "mail": "ana@example.org"})";

std::string confirmed(Town& town, const std::string& start) {
    const auto held = hold(town, start);
    REQUIRE(held.status == 201);
    REQUIRE(
        town.ask(http::Method::put, "/api/v1/appointments/" + held.text("link") + "/contact", ana).status ==
        200);
    REQUIRE_FALSE(town.confirmations.empty());
    const auto done = town.post("/confirmations/" + town.confirmations.back());
    REQUIRE(done.status == 200);
    return done.text("link");
}

}  // namespace

TEST_CASE("a place is kept, named, confirmed by the letter, moved and cancelled") {
    Town town;
    const auto times = free_times(town);
    CHECK(times.front() == "2026-01-06T09:00:00Z");
    const auto held = hold(town, times[0]);
    REQUIRE(held.status == 201);
    CHECK(held.text("state") == "held");
    CHECK(held.text("until") != "");
    const auto link = confirmed(town, times[1]);
    const auto seen = town.get("/appointments/" + link);
    CHECK(seen.text("state") == "confirmed");
    CHECK(seen.text("code").size() == 6);
    CHECK(seen.json()["contact"]["name"].as_text() == "Ana Sousa");
    const auto moved = town.post("/appointments/" + link + "/move", R"({"start": ")" + times[2] + "\"}");
    CHECK(moved.status == 200);
    CHECK(moved.text("start") == times[2]);
    CHECK(town.post("/appointments/" + moved.text("link") + "/cancel").status == 204);
    CHECK(town.get("/appointments/" + moved.text("link")).status == 404);
}

TEST_CASE("who wants a place that another has is told which is free next") {
    Town town;
    const auto times = free_times(town);
    REQUIRE(hold(town, times[0]).status == 201);
    const auto refused = hold(town, times[0]);
    CHECK(refused.status == 409);
    CHECK(refused.problem() == "full");
    CHECK(refused.json()["now"]["next_free"].as_text() == times[1]);
    CHECK(hold(town, "2026-01-06T09:07:00Z").problem() == "no-such-slot");
    CHECK(hold(town, "soon").json()["errors"].at(0)["pointer"].as_text() == "#/start");
}

TEST_CASE("confirming takes what only the letter says") {
    Town town;
    const auto held = hold(town, free_times(town)[0]);
    const auto given =
        town.ask(http::Method::put, "/api/v1/appointments/" + held.text("link") + "/contact", ana);
    CHECK(given.text("state") == "preconfirmed");
    REQUIRE(town.confirmations.size() == 1);
    CHECK(given.body.find(town.confirmations.front()) == std::string::npos);
    CHECK(town.post("/confirmations/" + held.text("link")).status != 200);
}

TEST_CASE("the address under which nobody has an appointment gets the same answer as any other") {
    Town town;
    confirmed(town, free_times(town)[0]);
    const auto known = town.post("/lost-links", R"({"mail": "ana@example.org"})");
    const auto unknown = town.post("/lost-links", R"({"mail": "eva@example.org"})");
    CHECK(known.status == 202);
    CHECK(known.body == unknown.body);
    CHECK(known.body.find("shop.") == std::string::npos);
}

TEST_CASE("an appointment is not given to somebody whom nobody could ask to confirm it") {
    Town town;
    const auto held = hold(town, free_times(town)[0]);
    const auto given = town.ask(http::Method::put, "/api/v1/appointments/" + held.text("link") + "/contact",
                                R"({"name": "Ana", "mail": "ana+none@example.org"})");
    CHECK(given.status == 422);
    CHECK(given.problem() == "contact-missing");
    CHECK(town.confirmations.empty());
}

TEST_CASE("a lost link that cannot be sent is not said to be on its way") {
    Town town;
    CHECK(town.post("/lost-links", R"({"mail": "ana+none@example.org"})").status == 422);
    town.is_stuck = true;
    CHECK(town.post("/lost-links", R"({"mail": "ana@example.org"})").status == 503);
    CHECK(town.lost.empty());
}

TEST_CASE("staff let somebody in and take it back, at their own site, without seeing a name") {
    Town town;
    const auto link = confirmed(town, free_times(town)[0]);
    town.clock.pass(23h);  // to 9 o'clock on the day
    const auto rui = town.somebody("rui", "attendant");
    const auto day = town.get("/sites/shop/appointments", rui);
    REQUIRE(day.json()["appointments"].size() == 1);
    CHECK(day.body.find("Ana Sousa") == std::string::npos);
    const std::string path =
        "/sites/shop/appointments/" + std::string{*day.json()["appointments"].at(0)["appointment"].as_text()};
    const auto ticket = town.post(path + "/check-in", {}, rui);
    REQUIRE(ticket.status == 201);
    CHECK(ticket.text("appointment_at") == "2026-01-06T09:00:00Z");
    CHECK(town.post(path + "/check-in", {}, rui).problem() == "already-arrived");
    CHECK(town.post(path + "/undo-check-in", {}, rui).status == 204);
    CHECK(town.get("/tickets/" + ticket.text("link")).text("state") == "left");
    const auto own = town.post("/appointments/" + link + "/check-in");
    CHECK(own.status == 201);
    CHECK(own.number("number") == 2);
    CHECK(town.post("/sites/shop/appointments/shop.2026-01-06.AAAAAAAA/check-in", {}, rui).status == 404);
}

TEST_CASE("who gets no ticket has not come in either") {
    Town town;
    const auto link = confirmed(town, free_times(town)[0]);
    town.clock.pass(23h);  // to 9 o'clock on the day
    CHECK(town.post("/sites/shop/end-of-day", {}, town.administrator()).status == 200);
    const auto headers = with_key("01J9ZK3M9QZT7K3M9QZT7K3M9Q");
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto refused = town.post("/appointments/" + link + "/check-in", {}, headers);
        CHECK(refused.status == 409);
        CHECK(refused.problem() == "day-has-ended");
        CHECK(town.get("/appointments/" + link).text("state") == "confirmed");
    }
}

TEST_CASE("the same key of a check-in gets the same ticket") {
    Town town;
    const auto link = confirmed(town, free_times(town)[0]);
    town.clock.pass(23h);
    const auto headers = with_key("01J9ZK3M9QZT7K3M9QZT7K3M9Q");
    const auto ticket = town.post("/appointments/" + link + "/check-in", {}, headers);
    CHECK(ticket.status == 201);
    CHECK(town.post("/appointments/" + link + "/check-in", {}, headers).text("link") == ticket.text("link"));
}
