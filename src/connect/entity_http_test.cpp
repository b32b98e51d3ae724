// Requests to entities, over a real line to the stand-in.
#include "connect/entity_http.hpp"

#include "base/temporary_folder.hpp"
#include "connect/entity_test.hpp"
#include "http/server.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;
using stand_in::Kind;

namespace {

// A server that answers each request with what a test wants of it.
struct Odd {
    explicit Odd(std::function<http::Response(const http::Request&)> answers) {
        http::Router router;
        for (const auto method : {http::Method::get, http::Method::post})
            for (const char* pattern : {"/", "/{reference}/undo"})
                router.add(method, pattern, [answers](const http::Request& request, http::Reply reply) {
                    reply.send(answers(request));
                });
        auto started = http::Server::start({}, std::move(router));
        REQUIRE(started.has_value());
        server = *std::move(started);
    }

    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server->port()) + "/";
    }

    std::unique_ptr<http::Server> server;
};

}  // namespace

TEST_CASE("a request is taken by an entity that knows keys, once however often it is sent") {
    Entities entities;
    EntityHttp line = entities.to(Kind::keys);
    const auto first = as<cases::Delivered>(line.send(effect_of("k1")));
    CHECK(first.key == "k1");
    CHECK(first.reference == "keys-1");
    CHECK_FALSE(first.is_concluded);
    auto again = effect_of("k1");
    again.attempt = 2;
    CHECK(as<cases::Delivered>(line.send(again)).reference == "keys-1");
    CHECK(entities.times("k1") == 1);
}

TEST_CASE("what an entity has is found by its key, and what it does not have is absent") {
    Entities entities;
    EntityHttp line = entities.to(Kind::slow);
    CHECK(std::holds_alternative<cases::Absent>(line.look_up(effect_of("k1"))));
    CHECK(std::holds_alternative<cases::Delivered>(line.send(effect_of("k1"))));
    CHECK(as<cases::Delivered>(line.look_up(effect_of("k1"))).reference == "slow-1");
    CHECK(std::holds_alternative<cases::Absent>(line.look_up(effect_of("k2"))));
}

TEST_CASE("an entity that cannot be asked is not taken for one that does not have it") {
    Entities entities;
    EntityHttp line = entities.to(Kind::no_keys);
    CHECK(as<cases::Unknown>(line.look_up(effect_of("k1"))).why == "answer-unreadable");
}

TEST_CASE("what was done is taken back under a key of its own, or refused where nothing is taken back") {
    Entities entities;
    EntityHttp line = entities.to(Kind::keys);
    const auto done = as<cases::Delivered>(line.send(effect_of("k1")));
    const auto undone = as<cases::Delivered>(line.send(undo_of("u1", done.reference)));
    CHECK(undone.key == "u1");
    CHECK(as<cases::Delivered>(line.send(undo_of("u1", done.reference))).reference == undone.reference);
    CHECK(entities.times("u1") == 1);
    CHECK(as<cases::Refused>(line.send(undo_of("u2", "nobody's"))).why == "not-here");
    EntityHttp other = entities.to(Kind::no_keys);
    const auto there = as<cases::Delivered>(other.send(effect_of("k2")));
    const auto refused = as<cases::Refused>(other.send(undo_of("u3", there.reference)));
    CHECK(refused.is_final);
    CHECK(refused.why == "not-taken-back");
}

TEST_CASE("an event is taken up by its id, and taken back by another") {
    Entities entities;
    EntityHttp line = entities.to(Kind::club);
    CHECK(as<cases::Delivered>(line.send(effect_of("k1"))).reference == "club-1");
    CHECK(as<cases::Delivered>(line.send(effect_of("k1"))).reference == "club-1");
    CHECK(std::holds_alternative<cases::Delivered>(line.send(undo_of("u1", "club-1"))));
    CHECK(entities.times("k1") == 1);
    CHECK(as<cases::Delivered>(line.look_up(effect_of("k1"))).reference == "club-1");
    const auto ledger = entities.server->ledger();
    REQUIRE(ledger.size() == 2);
    CHECK(ledger.front().effect.number == "2026-000123");
    CHECK(ledger.front().effect.step == "card");
    CHECK(ledger.front().effect.state == stand_in::State::undone);
}

TEST_CASE("an entity that is busy says when to come again") {
    Entities entities;
    entities.server->fail(Kind::keys, 60s, stand_in::Failing::busy);
    EntityHttp line = entities.to(Kind::keys);
    const auto later = as<cases::TryLater>(line.send(effect_of("k1")));
    CHECK(later.why == "503");
    REQUIRE(later.after.has_value());
    CHECK(*later.after > 50s);
    CHECK(*later.after <= 60s);
    CHECK(entities.times("k1") == 0);
}

TEST_CASE("of an entity that says nothing nobody knows, and nobody waits longer than agreed") {
    Entities entities;
    entities.server->fail(Kind::keys, 60s, stand_in::Failing::silent);
    EntityHttp line = entities.to(Kind::keys, 200ms);
    const auto began = std::chrono::steady_clock::now();
    CHECK(as<cases::Unknown>(line.send(effect_of("k1"))).why == "timeout");
    CHECK(std::chrono::steady_clock::now() - began < 1s);
}

TEST_CASE("an entity that breaks down leaves it unknown") {
    Entities entities;
    entities.server->fail(Kind::keys, 60s, stand_in::Failing::error);
    CHECK(as<cases::Unknown>(entities.to(Kind::keys).send(effect_of("k1"))).why == "500");
}

TEST_CASE("nobody there, and nobody of that name, is no doubt: nothing arrived") {
    Entities entities;
    std::string gone;
    {
        const Odd nobody{[](const http::Request&) { return http::Response::text(""); }};
        gone = nobody.url();
    }
    CHECK(as<cases::TryLater>(entities.to(way_to(gone)).send(effect_of("k1"))).why == "no-answer");
    EntityHttp nowhere = entities.to(way_to("http://nobody.invalid/"));
    CHECK(as<cases::TryLater>(nowhere.send(effect_of("k1"))).why == "no-answer");
    // What is no address at all.
    CHECK(std::holds_alternative<cases::TryLater>(entities.to(way_to("no address")).send(effect_of("k1"))));
}

TEST_CASE("an entity that speaks no TLS where it should has got nothing") {
    Entities entities;
    const Odd plain{[](const http::Request&) { return http::Response::text(""); }};
    EntityHttp line = entities.to(way_to("https" + plain.url().substr(4)));
    CHECK(std::holds_alternative<cases::TryLater>(line.send(effect_of("k1"))));
}

TEST_CASE("no redirect is followed, and an answer beyond the bound is none") {
    Entities entities;
    int asked = 0;
    const Odd away{[&](const http::Request&) {
        ++asked;
        return http::Response::redirect("/");
    }};
    CHECK(as<cases::Unknown>(entities.to(way_to(away.url())).send(effect_of("k1"))).why == "303");
    CHECK(asked == 1);
    const Odd endless{[](const http::Request&) {
        return http::Response::json(R"({"key": "k1", "reference": "r", "state": "accepted", "x": ")" +
                                    std::string(100'000, 'x') + "\"}");
    }};
    CHECK(as<cases::Unknown>(entities.to(way_to(endless.url())).send(effect_of("k1"))).why == "cut");
}

TEST_CASE("an entity sees the names that it gave, the case, and nothing that it was not to get") {
    Entities entities;
    http::Request seen;
    const Odd curious{[&](const http::Request& request) {
        seen = request;
        return http::Response::json(R"({"key": "k1", "reference": "r", "state": "concluded"})");
    }};
    auto effect = effect_of("k1");
    effect.attempt = 3;
    effect.step = cases::StepKey{"a step\r\nX-Evil: 1"};
    const auto delivered = as<cases::Delivered>(entities.to(way_to(curious.url())).send(effect));
    CHECK(delivered.is_concluded);
    CHECK(seen.body == R"({"applicant": {"name": "Ana Maria Silva", "card": "12345678"}})");
    CHECK(seen.header("idempotency-key") == "k1");
    CHECK(seen.header("balcao-case") == "2026-000123");
    CHECK(seen.header("balcao-step") == "a%20step%0D%0AX-Evil%3A%201");
    CHECK(seen.header("balcao-service") == "card-duplicate");
    CHECK(seen.header("balcao-entity") == "registry");
    CHECK(seen.header("balcao-protocol") == "1");
    CHECK(seen.header("balcao-attempt") == "3");
    CHECK(seen.header("x-evil").empty());
}

TEST_CASE(
    "a credential is changed without a stop: an entity that refuses the old one is asked with the new one") {
    const TemporaryFolder folder;
    const auto write = [&](const std::string& token) {
        const auto path = folder.write("secrets", "entity.registry.token = " + token + "\n");
        std::filesystem::permissions(
            path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return path.string();
    };
    std::vector<std::string> seen;
    std::string good = "one";
    bool is_changed = false;
    const Odd guarded{[&](const http::Request& request) {
        seen.emplace_back(request.header("authorization"));
        if (seen.back() == "Bearer " + good)
            return http::Response::json(R"({"key": "k1", "reference": "r", "state": "accepted"})");
        if (is_changed) write("two");  // while the request with the old one is under way
        return http::Response::problem(401, "unknown", "");
    }};
    SystemClock clock;
    EntitySecrets secrets{write("one")};
    EntityHttp line{model::EntityKey{"registry"}, way_to(guarded.url()), EntityLine{secrets, clock}};
    CHECK(std::holds_alternative<cases::Delivered>(line.send(effect_of("k1"))));
    good = "two";
    CHECK(as<cases::TryLater>(line.send(effect_of("k1"))).why == "401");
    is_changed = true;
    CHECK(std::holds_alternative<cases::Delivered>(line.send(effect_of("k1"))));
    CHECK(seen == std::vector<std::string>{"Bearer one", "Bearer one", "Bearer one", "Bearer two"});
    CHECK(std::holds_alternative<cases::Delivered>(line.send(effect_of("k1"))));
    CHECK(seen.back() == "Bearer two");
}

TEST_CASE("all that an entity took is listed, page after page, and agrees with what was sent") {
    Entities entities;
    EntityHttp line = entities.to(Kind::keys);
    std::vector<cases::SentHere> sent;
    for (int count = 0; count < 130; ++count) {
        const std::string key = "k" + std::to_string(count);
        const auto delivered = as<cases::Delivered>(line.send(effect_of(key)));
        sent.push_back({key, delivered.reference, cases::HeldState::accepted});
    }
    const auto held = line.list(entities.clock.now() - 1h);
    REQUIRE(held.has_value());
    CHECK(held->size() == 130);
    CHECK(cases::differences_of(sent, *held).empty());
    CHECK(as<cases::Delivered>(line.send(undo_of("u1", sent[5].reference))).key == "u1");
    const auto now = line.list(entities.clock.now() - 1h);
    REQUIRE(now.has_value());
    CHECK(cases::differences_of(sent, *now) ==
          std::vector<cases::Difference>{{"k5", cases::DifferenceKind::other_state, "accepted", "undone"}});
    CHECK(line.list(entities.clock.now() + 1h)->empty());
    CHECK_FALSE(entities.to(Kind::no_keys).list(Instant{}).has_value());
}
