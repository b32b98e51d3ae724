// The five entities, asked as a city asks them and otherwise.
#include "stand_in/stand_in.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "crypto/hash.hpp"
#include "crypto/hmac.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "text/json.hpp"

using namespace balcao;
using namespace balcao::stand_in;
using namespace std::chrono_literals;

namespace {

struct Played {
    explicit Played(Settings settings = {}) {
        auto started = StandIn::start(std::move(settings), clock);
        REQUIRE(started.has_value());
        entities = *std::move(started);
    }

    [[nodiscard]] http::Ask ask(const std::string& path, const std::string& key) const {
        http::Ask made{.method = http::Method::post,
                       .url = "http://127.0.0.1:" + std::to_string(entities->port()) + path,
                       .body = R"({"name": "Ana"})",
                       .timeout = 5s};
        made.headers.add("Content-Type", "application/json");
        if (!key.empty()) made.headers.add("Idempotency-Key", key);
        made.headers.add("Balcao-Case", "2026-000001");
        made.headers.add("Balcao-Entity", "registry");
        made.headers.add("Balcao-Step", "card");
        return made;
    }

    static http::Answer fetched(const http::Ask& ask) {
        auto answer = http::fetch(ask);
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    [[nodiscard]] http::Answer post(const std::string& path, const std::string& key) const {
        return fetched(ask(path, key));
    }

    [[nodiscard]] http::Answer get(const std::string& path) const {
        return fetched({.url = "http://127.0.0.1:" + std::to_string(entities->port()) + path});
    }

    static std::string member(const http::Answer& answer, const std::string& name) {
        const auto json = text::Json::parse(answer.body, "answer");
        return json ? std::string{json->root()[name].as_text().value_or("")} : std::string{};
    }

    SystemClock clock;
    std::unique_ptr<StandIn> entities;
};

Settings with_habits(Kind kind, Habits habits) {
    Settings settings;
    settings.habits[kind] = habits;
    return settings;
}

}  // namespace

TEST_CASE("an entity that knows keys does nothing twice, and one that knows none does it each time") {
    const Played town;
    CHECK(town.post("/keys", "k1").status == 201);
    CHECK(town.post("/keys", "k1").status == 200);
    CHECK(Played::member(town.post("/keys", "k1"), "reference") == "keys-1");
    CHECK(Played::member(town.post("/no-keys", "k1"), "reference") == "no-keys-1");
    CHECK(Played::member(town.post("/no-keys", "k1"), "reference") == "no-keys-2");
    CHECK(Played::member(town.post("/no-keys", ""), "reference") == "no-keys-3");
    const auto ledger = town.entities->ledger();
    REQUIRE(ledger.size() == 3);
    CHECK(ledger[0].times == 1);
    CHECK(ledger[1].times == 2);
    CHECK(ledger[2].times == 1);
    CHECK(town.entities->requests(Kind::keys) == 3);
}

TEST_CASE("the same key with something else is refused, and so is a request without one") {
    const Played town;
    CHECK(town.post("/keys", "k1").status == 201);
    auto other = town.ask("/keys", "k1");
    other.body = R"({"name": "Rui"})";
    CHECK(Played::fetched(other).status == 409);
    CHECK(town.post("/keys", "").status == 400);
    auto nonsense = town.ask("/keys", "k2");
    nonsense.body = "{";
    CHECK(Played::fetched(nonsense).status == 400);
    CHECK(town.get("/keys?key=k2").status == 404);
    CHECK(town.entities->ledger().size() == 1);
}

TEST_CASE("every answer says that nothing here is real") {
    const Played town;
    for (const char* path : {"/", "/ledger", "/mail/letters", "/keys", "/nowhere", "/keys?key=k"})
        CHECK(town.get(path).headers.has("balcao-stand-in"));
    CHECK(town.post("/keys", "k1").body.find("\"stand_in\": true") != std::string::npos);
    CHECK(town.post("/keys", "").body.find("\"stand_in\": true") != std::string::npos);
    CHECK(town.get("/").body.find("nothing here is real") != std::string::npos);
}

TEST_CASE("an entity that loses answers has done what it does not answer") {
    Habits habits = usual_habits(Kind::slow);
    habits.loses_answers = 1;
    habits.is_busy = 0;
    const Played town{with_habits(Kind::slow, habits)};
    auto ask = town.ask("/slow", "k1");
    ask.timeout = 100ms;
    CHECK_FALSE(http::fetch(ask).has_value());
    CHECK(town.entities->ledger().size() == 1);
    CHECK(Played::member(town.get("/slow?key=k1"), "reference") == "slow-1");
}

TEST_CASE("the same seed loses the same answers") {
    Habits habits = usual_habits(Kind::slow);
    habits.loses_answers = 0;
    habits.is_busy = 0.5;
    habits.slowest = {};
    const auto busy = [&](std::uint64_t seed) {
        Settings settings = with_habits(Kind::slow, habits);
        settings.seed = seed;
        const Played town{settings};
        std::string story;
        for (int count = 0; count < 24; ++count)
            story += town.post("/slow", "k" + std::to_string(count)).status == 503 ? 'b' : '.';
        return story;
    };
    CHECK(busy(1) == busy(1));
    CHECK(busy(1) != busy(2));
}

TEST_CASE("an entity may fail from its first request on, for a while") {
    Settings settings;
    settings.fails_first = {{Kind::keys, {1s, Failing::busy}}};
    const Played town{settings};
    CHECK(town.get("/keys?since=2026-01-01T00:00:00Z").status == 200);  // what it has is not asked for much
    CHECK(town.post("/keys", "k1").status == 503);
    CHECK(town.post("/no-keys", "k1").status == 201);
    std::this_thread::sleep_for(1s);
    CHECK(town.post("/keys", "k1").status == 201);
}

TEST_CASE("an entity fails for as long as it is told to, each in its way") {
    const Played town;
    const auto control = [&](const std::string& body) {
        auto ask = town.ask("/control/keys", "");
        ask.body = body;
        return Played::fetched(ask).status;
    };
    CHECK(control(R"({"fails_for": 60})") == 204);
    const auto busy = town.post("/keys", "k1");
    CHECK(busy.status == 503);
    CHECK(busy.headers.text("retry-after") == "60");
    CHECK(town.get("/keys?key=k1").status == 503);
    CHECK(town.post("/no-keys", "k1").status == 201);
    CHECK(control(R"({"fails_for": 60, "how": "error"})") == 204);
    CHECK(town.post("/keys", "k1").status == 500);
    CHECK(control(R"({"fails_for": 0})") == 204);
    CHECK(town.post("/keys", "k1").status == 201);
    for (const char* wrong : {"", "{}", R"({"fails_for": -1})", R"({"fails_for": 1, "how": "badly"})"})
        CHECK(control(wrong) == 422);
}

TEST_CASE("who does not name the token is not let in") {
    Settings settings;
    settings.token = "T";
    const Played town{settings};
    CHECK(town.post("/keys", "k1").status == 401);
    auto known = town.ask("/keys", "k1");
    known.headers.add("Authorization", "Bearer T");
    CHECK(Played::fetched(known).status == 201);
}

TEST_CASE(
    "what is taken is concluded after a while, and the city is told by a signed report, again if need be") {
    std::atomic<int> came{0};
    std::string body;
    std::string signature;
    std::mutex mutex;
    http::Router router;
    router.add(http::Method::post, "/api/v1/entities/{entity}/reports",
               [&](const http::Request& request, http::Reply reply) {
                   const std::lock_guard lock{mutex};
                   body = request.body;
                   signature = request.header("balcao-signature");
                   CHECK(request.parameters.text("entity") == "registry");
                   ++came;
                   reply.send(http::Response::no_content());
               });
    auto city = http::Server::start({}, std::move(router));
    REQUIRE(city.has_value());
    Settings settings;
    settings.concludes_after = 20ms;
    settings.callback = "http://127.0.0.1:" + std::to_string((*city)->port());
    settings.token = "T";
    const Played town{settings};
    auto known = town.ask("/keys", "k1");
    known.headers.add("Authorization", "Bearer T");
    CHECK(Played::member(Played::fetched(known), "state") == "accepted");
    for (int tries = 0; tries < 500 && came == 0; ++tries)
        std::this_thread::sleep_for(10ms);
    REQUIRE(came == 1);
    const std::lock_guard lock{mutex};
    CHECK(
        body.find(R"("case": "2026-000001", "step": "card", "reference": "keys-1", "state": "concluded")") !=
        std::string::npos);
    const auto time = signature.substr(2, signature.find(',') - 2);
    CHECK(signature.substr(signature.find("v1=") + 3) ==
          crypto::to_hex(crypto::bytes_of(crypto::hmac_sha256("T", time + "." + body))));
    CHECK(Played::member(Played::fetched(known), "state") == "concluded");
}

TEST_CASE("a mailbox shows what it got, each time that it got it") {
    const Played town;
    auto letter = town.ask("/mail/letters", "");
    letter.body =
        R"({"id": "m1", "to": "club@example.org", "subject": "Request", "text": "See https://city.example/a?b=c now"})";
    CHECK(Played::fetched(letter).status == 204);
    CHECK(Played::fetched(letter).status == 204);
    CHECK(town.entities->letters().size() == 2);
    CHECK(town.entities->ledger().front().times == 2);
    CHECK(town.get("/").body.find("<a href=\"https://city.example/a?b=c\">") != std::string::npos);
    letter.body = "{}";
    CHECK(Played::fetched(letter).status == 422);
}

TEST_CASE("only those that are asked for are played") {
    Settings settings;
    settings.kinds = {Kind::keys};
    const Played town{settings};
    CHECK(town.post("/keys", "k1").status == 201);
    CHECK(town.post("/no-keys", "k1").status == 404);
    CHECK(town.post("/mail/letters", "k1").status != 204);
}

TEST_CASE("who asks while it ends is let go of") {
    Habits habits = usual_habits(Kind::slow);
    habits.loses_answers = 1;
    habits.is_busy = 0;
    auto town = std::make_unique<Played>(with_habits(Kind::slow, habits));
    auto ask = town->ask("/slow", "k1");
    std::thread asker{[&] { static_cast<void>(http::fetch(ask)); }};
    while (town->entities->requests(Kind::slow) == 0)
        std::this_thread::sleep_for(1ms);
    const auto began = std::chrono::steady_clock::now();
    town.reset();
    asker.join();
    CHECK(std::chrono::steady_clock::now() - began < 4s);
}
