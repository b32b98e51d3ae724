// Whatever bytes an entity answers, and whatever it does with the line: who asks it never throws, never waits
// longer than agreed, and never believes that something is done under another key.
#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "connect/entity_http.hpp"
#include "connect/entity_mail.hpp"
#include "raw_entity.hpp"

using namespace balcao;
using namespace balcao::entities;
using namespace std::chrono_literals;

namespace {

// Waiting for a processor counts too, where many are at work.
constexpr auto agreed = 120ms;
constexpr auto grace = 400ms;

cases::Effect effect_of(const std::string& key) {
    cases::Effect effect;
    effect.key = key;
    effect.number = {2026, 1};
    effect.step = cases::StepKey{"card"};
    effect.entity = model::EntityKey{"registry"};
    effect.service = model::ServiceKey{"card"};
    effect.data = {{"name", "Ana Silva"}};
    return effect;
}

model::WayIn way_to(const std::string& address, model::WayKind by) {
    model::WayIn way;
    way.by = by;
    way.address = address;
    way.gives_up = agreed;
    return way;
}

struct Asked {
    std::variant<cases::Outcome, cases::Looked> came;
    std::chrono::steady_clock::duration took{};
};

template <class Do>
Asked timed(const Do& ask) {
    const auto began = std::chrono::steady_clock::now();
    Asked asked{ask(), {}};
    asked.took = std::chrono::steady_clock::now() - began;
    return asked;
}

// Pieces of answers, whole and broken.
rc::Gen<std::string> some_bytes() {
    const std::string good = R"({"key":"k1","reference":"r1","state":"accepted"})";
    const std::string other = R"({"key":"k2","reference":"r1","state":"accepted"})";
    const auto whole = [](const std::string& status, const std::string& body) {
        return "HTTP/1.1 " + status +
               "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    };
    return rc::gen::element<std::string>(
        whole("200 OK", good), whole("200 OK", other), whole("503 Busy", ""), whole("500 Oh", good),
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + good, "HTTP/1.1 200 OK\r\n\r\n" + good,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + good,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
        "HTTP/1.1 200\r\n", "HTTP/9.9 999 ?\r\n\r\n", "HTTP/1.1 -1 x\r\n\r\n", "220 mail.example ESMTP\r\n",
        "Retry-After: 99999999999999999999\r\n", std::string(3, '\0'), "\xFF\xFE", good, "\r\n\r\n", "");
}

}  // namespace

TEST_CASE("whatever an entity does to the line, the answer comes in time and is of the right key or none") {
    RawEntity entity;
    SystemClock clock;
    connect::EntitySecrets secrets{{}};
    const connect::EntityLine line{secrets, clock, "https://city.example"};
    connect::EntityHttp request{model::EntityKey{"registry"}, way_to(entity.url(), model::WayKind::http),
                                line};
    connect::EntityHttp event{model::EntityKey{"registry"}, way_to(entity.url(), model::WayKind::events),
                              line};
    const auto manners = rc::gen::weightedElement<Manner>({{6, Manner::answers},
                                                           {2, Manner::interrupts},
                                                           {1, Manner::hangs},
                                                           {1, Manner::drips},
                                                           {1, Manner::resets},
                                                           {1, Manner::never_ends},
                                                           {1, Manner::says_nothing}});
    CHECK(rc::check("lines", [&] {
        std::string bytes;
        for (const auto& piece : *rc::gen::container<std::vector<std::string>>(some_bytes()))
            bytes += piece;
        entity.behave(*manners, bytes);
        connect::EntityHttp& connector = *rc::gen::arbitrary<bool>() ? request : event;
        const bool looks = *rc::gen::arbitrary<bool>();
        const auto asked = timed([&]() -> std::variant<cases::Outcome, cases::Looked> {
            if (looks) return connector.look_up(effect_of("k1"));
            return connector.send(effect_of("k1"));
        });
        RC_ASSERT(asked.took < agreed + grace);
        std::visit(
            [](const auto& came) {
                if (const auto* delivered = std::get_if<cases::Delivered>(&came))
                    RC_ASSERT(delivered->key == "k1");
            },
            asked.came);
    }));
}

TEST_CASE("what an entity may have is never taken for what it does not have") {
    RawEntity entity;
    SystemClock clock;
    connect::EntitySecrets secrets{{}};
    connect::EntityHttp connector{model::EntityKey{"registry"}, way_to(entity.url(), model::WayKind::http),
                                  connect::EntityLine{secrets, clock, {}}};
    // Each of them had the request before it did something else with the line.
    for (const auto manner : {Manner::hangs, Manner::resets, Manner::drips, Manner::says_nothing})
        for (const char* bytes : {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 404 Not Found\r\n"}) {
            entity.behave(manner, bytes);
            CHECK(std::holds_alternative<cases::Unknown>(connector.send(effect_of("k1"))));
            CHECK_FALSE(std::holds_alternative<cases::Absent>(connector.look_up(effect_of("k1"))));
        }
}

TEST_CASE(
    "a mail server that is gone after the end of the letter may have it, and one gone before does not") {
    RawEntity server;
    SystemClock clock;
    model::WayIn way = way_to("requests@club.example", model::WayKind::mail);
    way.gives_up = 2s;
    connect::EntityMailSettings settings;
    settings.city = "City";
    settings.pages = [] { return "https://city.example"; };
    settings.hand_over = connect::hand_over_to({.server = "smtp://127.0.0.1:" + std::to_string(server.port()),
                                                .from = {"City", "no-reply@city.example"}});
    connect::EntityMail mail{way, settings,
                             connect::EntityLinks{*crypto::SecretKey::from(std::string(32, 'i'))}, clock};
    const auto came = [&](Manner manner, const std::string& bytes) {
        server.behave(manner, bytes);
        const auto asked =
            timed([&] { return std::variant<cases::Outcome, cases::Looked>{mail.send(effect_of("0f3a"))}; });
        CHECK(asked.took < 2s + grace);
        return std::get<cases::Outcome>(asked.came);
    };
    CHECK(std::holds_alternative<cases::TryLater>(came(Manner::interrupts, "")));
    CHECK(std::holds_alternative<cases::TryLater>(came(Manner::says_nothing, "")));
    const std::string until_letter = "220 m\n250 m\n250 ok\n250 ok\n";
    CHECK(std::holds_alternative<cases::TryLater>(came(Manner::mails, "220 m\n250 m\n250 ok\n")));
    CHECK(std::holds_alternative<cases::TryLater>(came(Manner::mails, until_letter)));
    CHECK(std::get<cases::Refused>(came(Manner::mails, "220 m\n250 m\n250 ok\n550 who?\n")).why == "550");
    CHECK(std::holds_alternative<cases::Unknown>(came(Manner::mails, until_letter + "354 go\n")));
    CHECK(std::get<cases::TryLater>(came(Manner::mails, until_letter + "354 go\n451 not now\n")).why ==
          "451");
    CHECK(std::get<cases::Delivered>(came(Manner::mails, until_letter + "354 go\n250 taken\n221 bye\n"))
              .reference == "0f3a");
    CHECK(std::holds_alternative<cases::Unknown>(came(Manner::mails, until_letter + "354 go\n\n")));
    CHECK(std::holds_alternative<cases::Delivered>(
        came(Manner::mails, until_letter + "354 go\n250 taken\n\n")));
}
