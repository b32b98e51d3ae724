// The model changed by programs, two at once; and what the journal shows of days gone by.
#include "api/town_test.hpp"

using namespace balcao;
using namespace balcao::api;

namespace {

const std::string hours =
    R"({"kind": "hours", "site": "shop", "hours": {"mon": "10-12", "tue": "9:00-13:00, 14:00-18:00"}})";

Told publish(const Town& town, http::Headers by, const std::string& seen, const std::string& change = hours) {
    if (!seen.empty()) by.set("If-Match", seen);
    return town.post("/model/versions", R"({"change": )" + change + R"(, "note": "new hours"})", by);
}

}  // namespace

TEST_CASE("hours are changed by program: seen first, put in force, and gone back from") {
    const Town town;
    const auto ana = town.administrator();
    const auto now = town.get("/model", ana);
    CHECK(now.number("version") == 1);
    CHECK(now.headers.text("etag") == "\"1\"");
    const auto seen = town.post("/model/preview", R"({"change": )" + hours + "}", ana);
    REQUIRE(seen.status == 200);
    CHECK(seen.json()["differences"].size() > 0);
    CHECK(seen.json()["in_the_way"].size() == 0);
    // The windows of appointments go beyond the new hours.
    REQUIRE(seen.json()["warnings"].size() == 1);
    CHECK(seen.json()["warnings"].at(0).as_text()->find("not all of which") != std::string::npos);
    const auto made = publish(town, ana, "\"1\"");
    REQUIRE(made.status == 201);
    CHECK(made.headers.text("etag") == "\"2\"");
    CHECK(town.get("/sites/shop/hours?from=2026-01-06&days=1").json()["days"].at(0)["open"].size() == 2);
    const auto back = publish(town, ana, "\"2\"", R"({"kind": "back", "version": 1})");
    CHECK(back.number("version") == 3);
    CHECK(back.number("back_to") == 1);
    const auto versions = town.get("/model/versions?limit=2", ana);
    CHECK(versions.json()["versions"].size() == 2);
    CHECK(versions.text("next") == "2");
    CHECK(town.get("/model/versions/2", ana).json()["differences"].size() > 0);
    CHECK(town.get("/model/versions/1/text", ana).body.find("balcao: 1") == 0);
    CHECK(town.get("/model/versions/9", ana).status == 404);
}

TEST_CASE("of two who change the model at once one is told what the other did, and nothing is lost") {
    const Town town;
    const auto ana = town.administrator();
    REQUIRE(publish(town, ana, "\"1\"").status == 201);
    const std::string other = R"({"kind": "desks", "site": "shop", "desks": "both", "count": 3})";
    const auto late = publish(town, ana, "\"1\"", other);
    CHECK(late.status == 412);
    CHECK(late.problem() == "changed-meanwhile");
    CHECK(late.json()["now"]["version"].as_whole_number() == 2);
    CHECK(publish(town, ana, "", other).status == 428);
    auto seen = ana;
    seen.set("If-Match", "\"1\"");
    CHECK(
        town.post("/model/preview", R"({"change": )" + other + "}", seen).json()["changed_meanwhile"].size() >
        0);
    CHECK(publish(town, ana, "\"2\"", other).status == 201);
}

TEST_CASE("the same key publishes once") {
    const Town town;
    const auto ana = with_key("01J9ZK3M9QZT7K3M9QZT7K3M9Q", town.administrator());
    const auto first = publish(town, ana, "\"1\"");
    const auto again = publish(town, ana, "\"1\"");
    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(again.number("version") == first.number("version"));
}

TEST_CASE("what is wrong with a change is said where it stands, with its cure") {
    const Town town;
    const auto ana = town.administrator();
    const auto wrong =
        publish(town, ana, "\"1\"", R"({"kind": "hours", "site": "shop", "hours": {"mon": "late"}})");
    CHECK(wrong.status == 422);
    CHECK(wrong.json()["errors"].at(0)["pointer"].as_text() == "#/change/hours/mon");
    const auto text = publish(town, ana, "\"1\"", R"({"kind": "text", "text": "balcao: 1\nsites: 7"})");
    CHECK(text.status == 422);
    CHECK(text.json()["errors"].at(0)["pointer"].as_text() == "#/change/text");
    CHECK(publish(town, ana, "\"1\"", R"({"kind": "back", "version": 9})").problem() == "no-such-version");
    CHECK(publish(town, ana, "\"1\"", R"({"kind": "back", "version": 1})").problem() == "same-as-now");
    CHECK(publish(town, town.somebody("rui", "manager"), "\"1\"").status == 403);
}

TEST_CASE("a change that would send people away is not put in force by program either") {
    const Town town;
    const auto ana = town.administrator();
    REQUIRE(town.take("tax").status == 201);
    std::string yaml = town::city_with(50);
    yaml.replace(yaml.find("serves: [identity, tax]"), 23, "serves: [identity]");
    yaml.replace(yaml.find("services: [tax]"), 15, "services: [identity]");
    std::string text;
    text::append_json_string(text, yaml);
    const auto refused = publish(town, ana, "\"1\"", R"({"kind": "text", "text": )" + text + "}");
    CHECK(refused.status == 409);
    CHECK(refused.problem() == "in-the-way");
    CHECK(refused.json()["now"]["in_the_way"].size() == 1);
}

TEST_CASE("appointments that hours leave without a place are listed and moved by program") {
    const Town town;
    const auto ana = town.administrator();
    const auto booked =
        town.post("/sites/shop/staff-bookings",
                  R"({"services": ["identity"], "start": "2026-01-06T16:00:00Z", "name": "Ana"})", ana);
    REQUIRE(booked.status == 201);
    const std::string closed = R"({"kind": "closure", "site": "shop", "date": "2026-01-06"})";
    const auto seen = town.post("/model/preview", R"({"change": )" + closed + "}", ana);
    CHECK(seen.json()["clashes"].size() == 1);
    REQUIRE(publish(town, ana, "\"1\"", closed).status == 201);
    const auto clashes = town.get("/model/clashes", ana);
    REQUIRE(clashes.json()["clashes"].size() == 1);
    const auto offer = clashes.json()["clashes"].at(0)["offers"].at(0)["start"].as_text();
    REQUIRE(offer.has_value());
    const auto moved = town.post("/model/clashes/" + booked.text("appointment") + "/move",
                                 R"({"site": "shop", "start": ")" + std::string{*offer} + "\"}", ana);
    CHECK(moved.text("start") == *offer);
    CHECK(town.get("/model/clashes", ana).json()["clashes"].size() == 0);
}

TEST_CASE("one date gets hours of its own by program, and the usual ones back") {
    const Town town;
    const auto ana = town.administrator();
    const auto change = [](const std::string& rest) {
        return R"({"kind": "date-hours", "site": "shop", "date": "2026-01-06", )" + rest + "}";
    };
    const auto wrong =
        town.post("/model/preview", R"({"change": )" + change(R"("hours_of_date": "late")") + "}", ana);
    CHECK(wrong.status == 422);
    CHECK(wrong.json()["errors"].at(0)["pointer"].as_text() == "#/change/hours_of_date");
    REQUIRE(publish(town, ana, "\"1\"", change(R"("hours_of_date": "09:00-12:00")")).status == 201);
    const auto text_of = [&](const std::string& version) {
        return town.get("/model/versions/" + version + "/text", ana).body;
    };
    CHECK(text_of("2").find("2026-01-06") != std::string::npos);
    REQUIRE(publish(town, ana, "\"2\"", change(R"("is_usual": true)")).status == 201);
    CHECK(text_of("3").find("2026-01-06") == std::string::npos);
}

TEST_CASE("the record of a site is for everybody; law, statistics and exports for who sees them") {
    const Town town;
    REQUIRE(town.take().status == 201);
    const auto rui = town.somebody("rui", "manager");
    const auto record = town.get("/sites/shop/record");
    REQUIRE(record.json()["weeks"].size() == 8);
    CHECK(record.json()["weeks"].at(0)["tickets"].as_whole_number() == 1);
    const auto law = town.get("/sites/shop/law?date=2026-01-05", rui);
    CHECK(law.json()["days"].at(0)["tickets"].as_whole_number() == 1);
    CHECK(town.get("/sites/shop/statistics", rui).number("tickets") == 1);
    const auto csv = town.get("/sites/shop/periods", rui);
    CHECK(csv.headers.text("content-type") == "text/csv; charset=utf-8");
    CHECK(csv.body.find("shop,2026-01-05,1") != std::string::npos);
    const auto events = town.get("/sites/shop/events", rui);
    CHECK(events.json()["events"].size() > 0);
    CHECK(town.get("/sites/shop/periods?from=2026-01-05&to=2026-01-12", rui).status == 422);
    CHECK(town.get("/sites/shop/statistics?from=2026-01-06&to=2026-01-05", rui).status == 422);
    for (const char* what : {"law", "statistics", "periods", "events"})
        CHECK(town.get(std::string{"/sites/shop/"} + what).status == 401);
}

TEST_CASE("the first account is made by whoever has the address that the server said, once") {
    const Town town;
    const std::string body =
        R"({"name": "Ana", "sign_in_name": "ana", "password": "quatro casas verdes hoje"})";
    CHECK(town.post("/first-account/wrong", body).status == 404);
    const std::string path = "/first-account/" + front::founding_secret_of(town.key);
    CHECK(town.post(path, R"({"name": "Ana", "sign_in_name": "ana", "password": "short"})").status == 422);
    CHECK(town.post(path, body).status == 201);
    CHECK(town.post(path, body).status == 404);
}
