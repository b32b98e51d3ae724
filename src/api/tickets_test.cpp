// Tickets, as a program takes them.
#include "api/town_test.hpp"
#include "journal/memory_store.hpp"

using namespace balcao;
using namespace balcao::api;

TEST_CASE("a program takes a ticket, sees it by its link and gives it up") {
    const Town town;
    const auto taken = town.take();
    REQUIRE(taken.status == 201);
    CHECK(taken.number("number") == 1);
    CHECK(taken.text("state") == "waiting");
    CHECK(taken.headers.text("content-language") == "en");
    const auto link = taken.text("link");
    CHECK(town.get("/tickets/" + link).text("site") == "shop");
    const auto left = town.post("/tickets/" + link + "/leave");
    CHECK(left.status == 200);
    CHECK(left.text("state") == "left");
    const auto again = town.post("/tickets/" + link + "/leave");
    CHECK(again.status == 409);
    CHECK(again.problem() == "visit-is-over");
    CHECK(again.json()["now"]["state"].as_text() == "left");
}

TEST_CASE("the same Idempotency-Key is one command with one answer, in quotes or bare") {
    const Town town;
    const std::string body = R"({"services": ["tax"]})";
    const auto first = town.post("/sites/shop/tickets", body, with_key("\"8e03978e-40d5-43dd\""));
    const auto again = town.post("/sites/shop/tickets", body, with_key("8e03978e-40d5-43dd"));
    CHECK(first.number("number") == 1);
    CHECK(again.text("link") == first.text("link"));
    const auto other =
        town.post("/sites/shop/tickets", R"({"services": ["identity"]})", with_key("8e03978e-40d5-43dd"));
    CHECK(other.number("number") == 2);
    CHECK(town.post("/sites/shop/tickets", body).number("number") == 3);
}

TEST_CASE("a key that somebody else would hit upon by chance is refused") {
    const Town town;
    const auto refused = town.post("/sites/shop/tickets", R"({"services": ["tax"]})", with_key("1"));
    CHECK(refused.status == 422);
    CHECK(refused.json()["errors"].at(0)["parameter"].as_text() == "Idempotency-Key");
    CHECK(town.take().number("number") == 1);
}

TEST_CASE("members that are not known, missing or of the wrong kind are each named with their cure") {
    const Town town;
    const auto refused =
        town.post("/sites/shop/tickets", R"({"services": "tax", "has_priority": 1, "a/b": {}})");
    CHECK(refused.status == 422);
    CHECK(refused.problem() == "mistakes");
    const auto errors = refused.json()["errors"];
    REQUIRE(errors.size() == 3);
    CHECK(errors.at(0)["pointer"].as_text() == "#/services");
    CHECK(errors.at(0)["detail"].as_text() == "Give a list.");
    CHECK(errors.at(1)["pointer"].as_text() == "#/has_priority");
    CHECK(errors.at(2)["pointer"].as_text() == "#/a~1b");
    const auto missing = town.post("/sites/shop/tickets", "{}", {{"Accept-Language", "pt"}});
    CHECK(missing.json()["errors"].at(0)["detail"].as_text() == "Isto falta.");
    CHECK(missing.headers.text("content-language") == "pt");
    CHECK(town.post("/sites/shop/tickets", "{}", {{"Accept-Language", "es"}})
              .json()["errors"]
              .at(0)["detail"]
              .as_text() == "Falta esto.");
}

TEST_CASE(
    "what is no JSON, is nested too deep, is not marked as JSON or is too large is refused as a problem") {
    const Town town;
    const std::string path = "/sites/shop/tickets";
    const auto check = [](const Told& told, int status, std::string_view problem) {
        CHECK(told.status == status);
        CHECK(told.problem() == problem);
        CHECK(told.headers.text("content-type").find("application/problem+json") == 0);
        CHECK(told.number("status") == status);
        CHECK(told.text("title") != "");
        CHECK(told.text("detail") != "");
    };
    check(town.post(path, "{"), 400, "unreadable");
    check(town.post(path, std::string(9, '[') + std::string(9, ']')), 400, "unreadable");
    check(town.post(path, std::string(5000, '[')), 400, "unreadable");
    check(town.post(path, "services=tax", {{"Content-Type", "application/x-www-form-urlencoded"}}), 415,
          "not-json");
    check(town.post(path, "{\"services\": [\"" + std::string(20'000, 'x') + "\"]}"), 413, "too-large");
    check(town.ask(http::Method::put, "/api/v1/sites/shop/tickets"), 405, "wrong-method");
    check(town.get("/nowhere"), 404, "not-found");
    check(town.post("/sites/nowhere/tickets", R"({"services": ["tax"]})"), 404, "not-found");
    check(town.get("/sites/shop/hours?from=tomorrow"), 422, "mistakes");
    check(town.get("/sites/shop/hours?until=2026-01-05"), 422, "mistakes");
}

TEST_CASE("nobody finds another's ticket by counting") {
    const Town town;
    const auto link = town.take().text("link");
    town.take();
    std::string other = link;
    other.replace(other.find(".1."), 3, ".2.");
    const auto refused = town.get("/tickets/" + other);
    CHECK(refused.status == 404);
    CHECK(refused.problem() == "not-found");
    CHECK(town.post("/tickets/" + other + "/leave").status == 404);
}

TEST_CASE("what cannot be done is told in the person's language, with what is true now") {
    const Town town;
    const auto link = town.take().text("link");
    for (const auto& [language, sentence] : {std::pair{"en", "Number 1 was not missed: it keeps its place."},
                                             std::pair{"pt", "1"}, std::pair{"es", "1"}}) {
        const auto refused =
            town.post("/tickets/" + link + "/come-back", {}, {{"Accept-Language", language}});
        CHECK(refused.status == 409);
        CHECK(refused.problem() == "visit-not-missed");
        CHECK(refused.text("detail").find(sentence) != std::string::npos);
        CHECK(refused.json()["now"]["number"].as_whole_number() == 1);
    }
    const auto unknown = town.post("/sites/shop/tickets", R"({"services": ["fishing"]})");
    CHECK(unknown.status == 422);
    CHECK(unknown.problem() == "service-not-offered");
}

TEST_CASE("a program follows a ticket and a hall, and is told when they change") {
    const Town town;
    const auto link = town.take().text("link");
    const std::string base = "http://127.0.0.1:" + std::to_string(town.server->port()) + "/api/v1";
    auto ticket = http::EventReader::open({.url = base + "/tickets/" + link + "/events"});
    auto hall = http::EventReader::open({.url = base + "/sites/shop/hall/events"});
    REQUIRE(ticket.has_value());
    REQUIRE(hall.has_value());
    const auto state = [](http::EventReader& reader, const char* member) {
        const auto event = reader.next(5s);
        REQUIRE((event.has_value() && event->has_value()));
        const auto json = text::Json::parse((*event)->data, "event");
        REQUIRE(json.has_value());
        const auto value = json->root()[member];
        return value.as_text() ? std::string{*value.as_text()}
                               : std::to_string(value.as_whole_number().value_or(-1));
    };
    CHECK(state(*ticket, "state") == "waiting");
    CHECK(state(*hall, "waiting") == "1");
    town.post("/tickets/" + link + "/leave");
    CHECK(state(*ticket, "state") == "left");
    CHECK(state(*hall, "waiting") == "0");
}

TEST_CASE("what everybody may see of the city: sites, services, hours, the hall") {
    const Town town;
    CHECK(town.get("/city").text("name") == "Town");
    CHECK(town.get("/sites").json()["sites"].at(0)["services"].size() == 2);
    CHECK(town.get("/sites/shop", {{"Accept-Language", "es"}}).text("name") == "Tienda");
    CHECK(town.get("/services?q=FINANCAS", {{"Accept-Language", "pt"}}).json()["services"].size() == 1);
    const auto told = town.get("/sites/shop/hours?from=2026-01-09&days=2");
    const auto hours = told.json()["days"];
    REQUIRE(hours.size() == 2);
    CHECK(hours.at(0)["open"].at(0)["from"].as_text() == "09:00");
    CHECK(hours.at(1)["open"].size() == 0);
    CHECK(town.get("/sites/shop/hall").json()["is_open"].as_bool() == true);
}
