// Kiosks and displays as programs, and who enables them.
#include "api/town_test.hpp"

using namespace balcao;
using namespace balcao::api;

namespace {

http::Headers machine(const Told& asked) { return {{"Authorization", "Bearer " + asked.text("secret")}}; }

Told enable(const Town& town, const http::Headers& by, const std::string& code, const std::string& kind) {
    return town.post("/sites/shop/devices",
                     R"({"code": ")" + code + R"(", "kind": ")" + kind + R"(", "name": "By the door"})", by);
}

}  // namespace

TEST_CASE(
    "a kiosk of a program shows its code, is enabled by a manager, gives tickets and is taken out of use") {
    const Town town;
    const auto rui = town.somebody("rui", "manager");
    const auto asked = town.post("/machines");
    REQUIRE(asked.status == 201);
    const auto self = machine(asked);
    const std::string wish = R"({"services": ["tax"], "has_priority": true})";
    const auto before = town.get("/machines/self", self);
    CHECK(before.json()["is_enabled"].as_bool() == false);
    CHECK(before.text("code") == asked.text("code"));
    CHECK(town.post("/machines/self/tickets", wish, self).problem() == "not-enabled");
    const auto made = enable(town, rui, asked.text("code"), "kiosk");
    REQUIRE(made.status == 201);
    CHECK(made.json()["has_come"].as_bool() == false);
    CHECK(town.post("/machines/self/tickets", wish, self).status == 403);
    const auto after = town.get("/machines/self", self);
    CHECK(after.text("site") == "shop");
    CHECK(after.json()["buttons"].size() > 0);
    const auto headers = with_key("01J9ZK3M9QZT7K3M9QZT7K3M9Q", self);
    const auto ticket = town.post("/machines/self/tickets", wish, headers);
    REQUIRE(ticket.status == 201);
    CHECK(ticket.json()["has_priority"].as_bool() == true);
    CHECK(town.post("/machines/self/tickets", wish, headers).text("link") == ticket.text("link"));
    CHECK(town.post("/machines/self/check-ins", R"({"code": "000000"})", self).status == 404);
    CHECK(enable(town, rui, asked.text("code"), "kiosk").problem() == "code-in-use");
    const auto list = town.get("/sites/shop/devices", rui);
    REQUIRE(list.json()["devices"].size() == 1);
    CHECK(list.body.find(asked.text("secret")) == std::string::npos);
    CHECK(town.post("/sites/shop/devices/" + made.text("device") + "/disable", {}, rui).status == 204);
    CHECK(town.post("/machines/self/tickets", wish, self).problem() == "disabled");
}

TEST_CASE("a display gives no tickets, no secret is no machine, and attendants enable none") {
    const Town town;
    const auto rui = town.somebody("rui", "manager");
    const auto asked = town.post("/machines");
    REQUIRE(enable(town, rui, asked.text("code"), "display").status == 201);
    const auto self = machine(asked);
    CHECK(town.get("/machines/self", self).text("kind") == "display");
    CHECK(town.post("/machines/self/tickets", R"({"services": ["tax"]})", self).problem() == "not-a-kiosk");
    CHECK(town.get("/machines/self").status == 401);
    CHECK(town.get("/machines/self", rui).json()["is_enabled"].as_bool() == false);
    CHECK(town.post("/machines/self/tickets", R"({"services": ["tax"]})", rui).status == 403);
    const auto eva = town.somebody("eva", "attendant");
    CHECK(town.get("/sites/shop/devices", eva).status == 403);
    CHECK(enable(town, rui, "AAAA-AAAA", "kiosk").problem() == "code-unfit");
    CHECK(town.post("/sites/shop/devices",
                    R"({"code": "AAAA-AAAA", "kind": "kiosk", "kiosk": "none", "name": "x"})", rui)
              .status == 422);
    CHECK(town.post("/sites/shop/devices/none/disable", {}, rui).problem() == "no-such-device");
}
