// Staff, as their programs work: rights, desks, the hall, people.
#include "api/town_test.hpp"

using namespace balcao;
using namespace balcao::api;

TEST_CASE("without a token nothing of staff is done, and a cookie is no token") {
    const Town town;
    const auto in = town.administrator();
    const std::string token{in.text("authorization").substr(7)};
    const auto refused = town.get("/sites/shop/floor");
    CHECK(refused.status == 401);
    CHECK(refused.problem() == "not-signed-in");
    CHECK(refused.headers.text("www-authenticate") == "Bearer realm=\"balcao\"");
    CHECK(town.get("/sites/shop/floor", {{"Cookie", "session=" + token}}).status == 401);
    CHECK(town.get("/sites/shop/floor", {{"Authorization", "Bearer nobody"}}).status == 401);
    CHECK(town.get("/sites/shop/floor", in).status == 200);
    CHECK(town.ask(http::Method::remove, "/api/v1/sessions/current", {}, in).status == 204);
    CHECK(town.get("/sites/shop/floor", in).status == 401);
}

TEST_CASE("a wrong password and a name that is not there get the same answer") {
    const Town town;
    town.administrator();
    const auto wrong = town.post("/sessions", R"({"sign_in_name": "ana", "password": "wrong wrong wrong"})");
    const auto unknown =
        town.post("/sessions", R"({"sign_in_name": "eva", "password": "wrong wrong wrong"})");
    CHECK(wrong.status == 403);
    CHECK(wrong.body == unknown.body);
    CHECK(wrong.headers.text("set-cookie") == "");
}

TEST_CASE("roles allow by program what they allow on pages") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    CHECK(town.get("/sites/shop/desks", rui).status == 200);
    CHECK(town.get("/sites/shop/floor", rui).status == 200);
    CHECK(town.post("/sites/shop/end-of-day", {}, rui).status == 403);
    CHECK(town.post("/sites/shop/end-of-day", {}, rui).problem() == "not-allowed");
    CHECK(town.get("/people", rui).json()["people"].size() == 0);
    CHECK(
        town.post("/people",
                  R"({"name": "Eva", "sign_in_name": "eva", "roles": [{"role": "manager", "site": "shop"}]})",
                  rui)
            .status == 403);
    const auto lia = town.somebody("lia", "auditor");
    CHECK(town.get("/sites/shop/floor", lia).status == 200);
    CHECK(town.get("/sites/shop/desks", lia).status == 403);
    CHECK(town.post("/sites/shop/desks/both-1/open", {}, lia).status == 403);
}

TEST_CASE("a visit at a desk from the call to the end") {
    Town town;
    const auto rui = town.somebody("rui", "attendant");
    town.take("tax");
    town.clock.pass(1s);
    town.take("identity");
    const std::string desk = "/sites/shop/desks/both-1";
    const auto closed = town.post(desk + "/call-next", {}, rui);
    CHECK(closed.status == 409);
    CHECK(closed.problem() == "desk-is-closed");
    CHECK(town.post(desk + "/open", {}, rui).status == 200);
    CHECK(town.get(desk, rui).json()["waiting"].size() == 2);
    CHECK(town.post(desk + "/call-next", {}, rui).number("number") == 1);
    CHECK(town.post(desk + "/recall", {}, rui).number("calls") >= 1);
    CHECK(town.post(desk + "/undo-call", {}, rui).status == 200);
    CHECK(town.post(desk + "/call", R"({"number": 2})", rui).number("number") == 2);
    CHECK(town.get(desk, rui).json()["visit"]["state"].as_text() == "called");
    CHECK(town.post(desk + "/start", {}, rui).text("state") == "served");
    CHECK(town.post(desk + "/add-service", R"({"service": "tax"})", rui).status == 200);
    CHECK(town.post(desk + "/park", {}, rui).text("state") == "parked");
    CHECK(town.get(desk, rui).json()["parked"].at(0).as_whole_number() == 2);
    CHECK(town.post(desk + "/resume-visit", R"({"number": 2})", rui).text("state") == "served");
    CHECK(town.post(desk + "/finish", R"({"leaves_desk": true})", rui).text("state") == "waiting");
    CHECK(town.post(desk + "/call-next", {}, rui).status == 200);
    CHECK(town.post(desk + "/no-show", {}, rui).status == 200);
    const auto fourth = town.post(desk + "/call", R"({"number": 77})", rui);
    CHECK(fourth.status == 404);
    CHECK(fourth.problem() == "no-such-number");
    CHECK(town.post(desk + "/transfer", "{}", rui).status == 422);
    CHECK(town.post("/sites/shop/desks/both-9/open", {}, rui).status == 404);
}

TEST_CASE("at a desk where somebody sits only that person acts, and whoever manages the hall") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const auto lia = town.somebody("lia", "attendant");
    const auto eva = town.somebody("eva", "manager");
    const std::string desk = "/sites/shop/desks/both-1";
    CHECK(town.post(desk + "/open", {}, rui).status == 200);
    const auto refused = town.post(desk + "/close", {}, lia);
    CHECK(refused.status == 409);
    CHECK(refused.problem() == "desk-taken-by-other");
    CHECK(town.get(desk, lia).json()["is_yours"].as_bool() == false);
    CHECK(town.post(desk + "/close", {}, eva).status == 200);
}

TEST_CASE("a desk that goes from the model while somebody sits there is there until she closes it") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const std::string desk = "/sites/shop/desks/both-2";
    CHECK(town.post(desk + "/open", {}, rui).status == 200);
    std::string smaller{city};
    smaller.replace(smaller.find("count: 2"), 8, "count: 1");
    REQUIRE(town.office->adopt({model_of(smaller.c_str()), 2}).has_value());
    CHECK(town.get(desk, rui).status == 200);
    const auto floor = town.get("/sites/shop/floor", rui);
    REQUIRE(floor.json()["desks"].size() == 2);
    CHECK(floor.json()["desks"].at(1)["desk"].as_text() == "both-2");
    CHECK(town.post(desk + "/close", {}, rui).status == 200);
    CHECK(town.get(desk, rui).status == 404);
    CHECK(town.get("/sites/shop/floor", rui).json()["desks"].size() == 1);
}

TEST_CASE("a service that was added is told again by its key, also when the visit is over") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const std::string desk = "/sites/shop/desks/both-1";
    const auto key = with_key("01J9ZK3M9QZT7K3M9QZT7K3M9Q", rui);
    const std::string tax = R"({"service": "tax"})";
    town.take("identity");
    CHECK(town.post(desk + "/open", {}, rui).status == 200);
    CHECK(town.post(desk + "/add-service", tax, rui).problem() == "desk-has-no-visit");
    CHECK(town.post(desk + "/call-next", {}, rui).status == 200);
    CHECK(town.post(desk + "/start", {}, rui).status == 200);
    const auto added = town.post(desk + "/add-service", tax, key);
    CHECK(added.status == 200);
    CHECK(town.post(desk + "/finish", R"({"leaves_desk": true})", rui).status == 200);
    REQUIRE(town.post(desk + "/finish", {}, rui).problem() == "desk-has-no-visit");
    CHECK(town.post(desk + "/add-service", tax, key).body == added.body);
}

TEST_CASE("who is locked out is told when to try again") {
    const Town town;
    town.administrator();
    Told answer;
    for (int attempt = 0; attempt < 50 && answer.status != 429; ++attempt)
        answer = town.post("/sessions", R"({"sign_in_name": "ana", "password": "wrong wrong wrong"})");
    REQUIRE(answer.status == 429);
    CHECK(answer.problem() == "locked");
    CHECK(std::stoi(std::string{answer.headers.text("retry-after")}) > 0);
}

TEST_CASE("help is called, accepted by a colleague and ended") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const auto lia = town.somebody("lia", "attendant");
    const std::string desk = "/sites/shop/desks/both-1";
    town.post(desk + "/open", {}, rui);
    CHECK(town.post(desk + "/call-for-help", {}, rui).status == 200);
    CHECK(town.get("/sites/shop/desks/both-2", lia).json()["help"].at(0).as_text() == "both-1");
    CHECK(town.post(desk + "/accept-help", {}, rui).problem() == "own-emergency");
    CHECK(town.post(desk + "/accept-help", {}, lia).status == 200);
    CHECK(town.post(desk + "/end-help", {}, lia).status == 200);
    CHECK(town.get("/sites/shop/desks/both-2", lia).json()["help"].size() == 0);
}

TEST_CASE("the same key of two people is two commands") {
    const Town town;
    const auto rui = town.somebody("rui", "attendant");
    const auto lia = town.somebody("lia", "attendant");
    const std::string key = "8e03978e-40d5-43dd-bc93";
    CHECK(town.post("/sites/shop/desks/both-1/open", {}, with_key(key, rui)).status == 200);
    CHECK(town.post("/sites/shop/desks/both-1/open", {}, with_key(key, rui)).status == 200);
    CHECK(town.post("/sites/shop/desks/both-1/open", {}, with_key(key, lia)).status == 409);
}

TEST_CASE("a manager sees the hall, prints a ticket again and ends the day") {
    const Town town;
    const auto eva = town.somebody("eva", "manager");
    const auto link = town.take().text("link");
    CHECK(town.get("/sites/shop/floor", eva).json()["visits"].at(0)["number"].as_whole_number() == 1);
    CHECK(town.get("/sites/shop/visits/1", eva).text("link") == link);
    CHECK(town.get("/sites/shop/visits/9", eva).status == 404);
    CHECK(town.get("/sites/shop/visits/none", eva).status == 404);
    CHECK(town.post("/sites/shop/end-of-day", {}, eva).status == 200);
    CHECK(town.take().problem() == "day-has-ended");
}

TEST_CASE("people are added, given roles, shut out and let in") {
    const Town town;
    const auto ana = town.administrator();
    const auto rui = town.somebody("rui", "attendant");
    const auto listed = town.get("/people", ana);
    const auto people = listed.json()["people"];
    std::string account;
    for (std::size_t place = 0; place < people.size(); ++place)
        if (people.at(place)["name"].as_text() == "rui") account = *people.at(place)["account"].as_text();
    const std::string path = "/people/" + account;
    CHECK(town.post(path + "/roles/give", R"({"role": "manager", "site": "shop"})", ana).status == 204);
    CHECK(town.get(path, ana).json()["roles"].size() == 2);
    CHECK(town.post("/sites/shop/end-of-day", {}, rui).status == 200);
    CHECK(town.post(path + "/roles/take", R"({"role": "manager", "site": "shop"})", ana).status == 204);
    CHECK(town.post(path + "/roles/give", R"({"role": "manager", "site": "moon"})", ana).status == 422);
    CHECK(town.post(path + "/disable", {}, ana).status == 204);
    CHECK(town.get("/sites/shop/desks", rui).status == 401);
    CHECK(town.post(path + "/enable", {}, ana).status == 204);
    CHECK(town.get("/people/nobody", ana).status == 404);
}

TEST_CASE("a second factor is proposed, and a wrong first code changes nothing") {
    const Town town;
    const auto ana = town.administrator();
    const auto proposed = town.post("/account/second-factor", {}, ana);
    REQUIRE(proposed.status == 200);
    CHECK(proposed.text("address").find("otpauth://") == 0);
    const auto wrong = town.ask(http::Method::put, "/api/v1/account/second-factor",
                                R"({"ticket": ")" + proposed.text("ticket") + R"(", "code": "12"})", ana);
    CHECK(wrong.status == 403);
    CHECK(wrong.problem() == "code-wrong");
    CHECK(town.get("/account", ana).json()["has_second_factor"].as_bool() == false);
    CHECK(town.post("/account/recovery-codes", {}, ana).problem() == "no-totp");
}
