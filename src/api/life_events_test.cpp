// Life events, as a program goes through them: without keeping anything, one question after the other.
#include "api/town_test.hpp"
#include "town/wallet.hpp"

using namespace balcao;
using namespace balcao::api;

namespace {

struct WalletTown : Town {
    WalletTown() : Town{town::city_with_wallet()} {}

    Told plan(const std::string& answers) const {
        return post("/life-events/wallet/plan", R"({"answers": [)" + answers + "]}");
    }
};

const std::string lost = R"({"fact": "lost", "chosen": ["card", "licence"]})";
const std::string day = R"({"fact": "day", "date": "2026-01-02"})";
const std::string speed = R"({"fact": "speed", "chosen": ["normal"]})";
const std::string resident = R"({"fact": "resident", "chosen": ["yes"]})";

}  // namespace

TEST_CASE("a program is asked one question after the other and gets the plan") {
    const WalletTown town;
    const auto events = town.get("/life-events");
    CHECK(events.json()["life_events"].at(0)["name"].as_text() == "I lost my wallet");
    CHECK(events.json()["life_events"].at(0)["services"].size() == 3);
    const auto first = town.plan("");
    REQUIRE(first.status == 200);
    CHECK(first.json()["to_ask"]["fact"].as_text() == "lost");
    CHECK(first.json()["to_ask"]["answers"].size() == 2);
    const auto second = town.plan(lost);
    CHECK(second.json()["to_ask"]["kind"].as_text() == "date");
    CHECK(second.json()["to_ask"]["help"].as_text() == "The day on which you noticed.");
    const auto plan = town.plan(lost + "," + day + "," + speed + "," + resident);
    REQUIRE(plan.status == 200);
    CHECK_FALSE(plan.json()["to_ask"].exists());
    CHECK(plan.json()["asked"].size() == 4);
    const auto services = plan.json()["services"];
    REQUIRE(services.size() == 3);
    CHECK(services.at(0)["service"].as_text() == "cancel");
    CHECK(services.at(0)["by"].as_text() == "2026-01-12");
    CHECK(services.at(0)["because"].as_text() == "So that nobody else uses it.");
    CHECK(services.at(1)["waits_for"].at(0)["service"].as_text() == "cancel");
    CHECK(services.at(1)["waits_for"].at(0)["why"].as_text() == "order");
    CHECK(services.at(1)["fees"].at(1)["cents"].as_whole_number() == 1620);
    CHECK(services.at(1)["documents"].at(1)["held_by"].as_text() == "registry");
    CHECK(services.at(1)["takes"]["are_working_days"].as_bool() == true);
}

TEST_CASE("FE-02 a program is told what each answer costs and takes") {
    const WalletTown town;
    const auto asked = town.plan(lost + "," + day);
    const auto question = asked.json()["to_ask"];
    CHECK(question["fact"].as_text() == "speed");
    const auto urgent = question["answers"].at(1)["outcome"].at(0);
    CHECK(urgent["service"].as_text() == "card");
    CHECK(urgent["fees"].at(0)["cents"].as_whole_number() == 3300);
    CHECK(urgent["takes"]["days"].as_whole_number() == 3);
    CHECK_FALSE(town.plan("").json()["to_ask"]["answers"].at(0)["outcome"].exists());
}

TEST_CASE("a plan says where each service can be had, the soonest first") {
    const WalletTown town;
    const auto plan = town.plan(lost + "," + day + "," + speed + "," + resident);
    const auto places = plan.json()["services"].at(1)["places"];
    REQUIRE(places.size() == 2);
    // It is ten on Monday: the next free half hour; the hall is open, and nobody here foretells its wait.
    CHECK(places.at(0)["how"].as_text() == "appointment");
    CHECK(places.at(0)["at"].as_text() == "2026-01-05T10:00:00Z");
    CHECK(places.at(1)["how"].as_text() == "ticket");
    CHECK(places.at(1)["is_open"].as_bool() == true);
    CHECK_FALSE(places.at(1)["at"].exists());
    // While there is something to ask nobody looks for places.
    CHECK_FALSE(town.plan(lost).json()["services"].at(0)["places"].exists());
}

TEST_CASE("an answer that is none is refused with its place, and nothing is guessed") {
    const WalletTown town;
    const auto wrong = town.plan(lost + R"(, {"fact": "day", "date": "2026-02-30"})");
    CHECK(wrong.status == 422);
    const auto unknown = town.plan(R"({"fact": "shoe", "number": 43})");
    CHECK(unknown.status == 422);
    CHECK(unknown.json()["errors"].at(0)["pointer"].as_text() == "#/answers/0/fact");
    const auto other = town.plan(R"({"fact": "lost", "chosen": ["shoe"]})");
    CHECK(other.status == 422);
    CHECK(other.json()["errors"].at(0)["pointer"].as_text() == "#/answers/0");
    CHECK(town.plan(R"({"fact": "lost", "number": 3})").status == 422);
    CHECK(town.post("/life-events/marriage/plan", R"({"answers": []})").status == 404);
}

TEST_CASE("what somebody cannot have comes with why, and without places") {
    const WalletTown town;
    const auto plan =
        town.plan(lost + "," + day + "," + speed + R"(,{"fact": "resident", "chosen": ["no"]})");
    const auto licence = plan.json()["services"].at(2);
    CHECK(licence["refused"].as_text() == "Ask for it where you live.");
    CHECK_FALSE(licence["places"].exists());
}

TEST_CASE("free times are those of the way that was asked for, and none where a site is not called") {
    const WalletTown town;
    const auto counter = town.get("/sites/shop/slots?service=card");
    CHECK(counter.json()["slots"].size() > 0);
    CHECK(town.get("/sites/shop/slots?service=card&channel=phone").json()["slots"].size() == 0);
}
