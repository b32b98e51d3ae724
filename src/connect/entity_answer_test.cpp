// What entities answer, read by the contract and whatever else comes.
#include "connect/entity_answer.hpp"

#include <rapidcheck.h>

#include "connect/entity_test.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;

namespace {

HttpResult answered(long status, std::string body, std::string type = "application/json") {
    return {HttpAnswer{status, std::move(body), std::move(type)}, std::nullopt};
}

cases::Outcome heard(const HttpResult& result, Taking by = Taking::by_word) {
    return outcome_of(result, effect_of("k1"), by, morning);
}

std::string problem(const std::string& detail, const std::string& more = {}) {
    return R"({"type": "urn:registry:name-differs", "title": "Refused", "detail": ")" + detail + "\"" + more +
           "}";
}

}  // namespace

TEST_CASE("what an entity has already counts as delivered, even where it calls the request a conflict") {
    for (const long status : {200, 201, 202, 409})
        CHECK(as<cases::Delivered>(
                  heard(answered(status, R"({"key": "k1", "reference": "r1", "state": "accepted"})")))
                  .reference == "r1");
    CHECK(as<cases::Delivered>(
              heard(answered(200, R"({"key": "k1", "reference": "r1", "state": "concluded"})")))
              .is_concluded);
}

TEST_CASE("an answer of good will that is no clear word is none") {
    for (const char* body :
         {"", "OK", "{}", "[]", "null", R"({"key": "k1"})", R"({"key": "k1", "reference": "r1"})",
          R"({"key": 1, "reference": "r1", "state": "accepted"})",
          R"({"key": "k1", "reference": "r1", "state": "perhaps"})", "{\"key\": \"k1\""})
        CHECK(as<cases::Unknown>(heard(answered(200, body))).why == "answer-unreadable");
    CHECK(as<cases::Unknown>(heard(answered(200, R"({"key": "k2", "reference": "r1", "state": "accepted"})")))
              .why == "answer-astray");
    for (const long status : {204, 301, 302, 303, 307, 500, 501, 502, 504, 599})
        CHECK(std::holds_alternative<cases::Unknown>(heard(answered(status, ""))));
}

TEST_CASE("an event is taken up by the status alone, under the key where no reference is named") {
    const auto alone = as<cases::Delivered>(heard(answered(202, "", ""), Taking::by_status));
    CHECK(alone.reference == "k1");
    CHECK_FALSE(alone.is_concluded);
    CHECK(as<cases::Delivered>(heard(answered(204, "thank you", "text/plain"), Taking::by_status)).key ==
          "k1");
    CHECK(as<cases::Delivered>(heard(answered(200, R"({"reference": "r1"})"), Taking::by_status)).reference ==
          "r1");
    CHECK(as<cases::Unknown>(heard(answered(200, R"({"key": "k2"})"), Taking::by_status)).why ==
          "answer-astray");
}

TEST_CASE("a refusal is final with its reason, unless the entity says that it can be mended") {
    const auto final = as<cases::Refused>(heard(answered(422, problem("The card was cancelled already."))));
    CHECK(final.is_final);
    CHECK(final.why == "The card was cancelled already.");
    CHECK(as<cases::Refused>(heard(answered(400, "no JSON", "text/html"))).why == "400");
    CHECK_FALSE(
        as<cases::Refused>(heard(answered(422, problem("A digit is missing.", ", \"mendable\": true"))))
            .is_final);
    CHECK_FALSE(as<cases::Refused>(heard(answered(409, problem("That key had another body.")))).is_final);
    CHECK(as<cases::Refused>(heard(answered(404, problem("No such service."), "application/problem+json")))
              .is_final);
}

TEST_CASE("a refusal that may be of somebody in between, or is about us, denies nobody anything") {
    for (const long status : {401, 403, 404, 405, 410, 413, 415, 431})
        CHECK(as<cases::TryLater>(heard(answered(status, "<html>", "text/html"))).why ==
              std::to_string(status));
    for (const long status : {401, 403})
        CHECK(std::holds_alternative<cases::TryLater>(heard(answered(status, problem("Who are you?")))));
}

TEST_CASE("what an entity says of a person goes into no text") {
    const auto refused = as<cases::Refused>(heard(
        answered(422, problem("ANA MARIA SILVA (12345678) is no holder; Ana never was, nor is Silva."))));
    CHECK(refused.why == "… (…) is no holder; Ana never was, nor is ….");
    // Of an undoing nobody here knows what was said, so only its name counts.
    const auto undone =
        outcome_of(answered(409, problem("Silva has it.")), undo_of("u1", "r1"), Taking::by_word, morning);
    CHECK(as<cases::Refused>(undone).why == "name-differs");
}

TEST_CASE("a long reason is cut where a word ends, and what it says of a person is taken out first") {
    std::string detail;
    while (detail.size() < 1020)
        detail += "word ";
    detail += "12345678 and more";
    const auto why = as<cases::Refused>(heard(answered(422, problem(detail)))).why;
    CHECK(why.find("1234") == std::string::npos);
    CHECK(why.size() <= 1024);
}

TEST_CASE("an entity says when to come again in seconds or by a date of its own clock") {
    CHECK(wait_of("120", "", morning) == 120s);
    CHECK(wait_of("0", "", morning) == 0s);
    CHECK(wait_of("Fri, 20 Nov 2026 10:00:00 GMT", "", morning) == 1h);
    // Its clock is an hour ahead of ours.
    CHECK(wait_of("Fri, 20 Nov 2026 10:00:30 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", morning) == 30s);
    CHECK(wait_of("Fri, 20 Nov 2026 08:00:00 GMT", "", morning) == 0s);
    CHECK(wait_of("999999999999999999999999", "", morning) == 24h * 365);
    for (const char* nothing : {"", "soon", "-5", "12 s", "1.5"})
        CHECK_FALSE(wait_of(nothing, "", morning).has_value());
    for (const long status : {408, 425, 429, 503}) {
        auto result = answered(status, "");
        result.first.retry_after = "7";
        CHECK(as<cases::TryLater>(heard(result)).after == 7s);
    }
}

TEST_CASE("a gateway that says that its entity is gone says nothing of what that one did") {
    for (const long status : {408, 503}) {
        CHECK(
            std::holds_alternative<cases::Unknown>(heard(answered(status, "upstream reset", "text/plain"))));
        CHECK(std::holds_alternative<cases::TryLater>(heard(answered(status, problem("Closed at night.")))));
    }
    for (const long status : {425, 429})
        CHECK(std::holds_alternative<cases::TryLater>(heard(answered(status, ""))));
}

TEST_CASE("a line that broke leaves it unknown, unless nothing can have arrived") {
    CHECK(std::holds_alternative<cases::TryLater>(heard({{}, Failure{true, "no-answer", false}})));
    CHECK(std::holds_alternative<cases::Unknown>(heard({{}, Failure{true, "timeout", true}})));
    CHECK(std::holds_alternative<cases::Unknown>(looked_of({{}, Failure{true, "no-answer", false}}, "k1")));
}

TEST_CASE("an absence is believed only where it names the key") {
    CHECK(std::holds_alternative<cases::Absent>(looked_of(answered(404, R"({"key": "k1"})"), "k1")));
    for (const char* body : {"", "Not Found", "{}", R"({"key": "k2"})", "[\"k1\"]"})
        CHECK(std::holds_alternative<cases::Unknown>(looked_of(answered(404, body), "k1")));
    const char* has = R"({"key": "k1", "reference": "r1", "state": "undone"})";
    CHECK(as<cases::Delivered>(looked_of(answered(200, has), "k1")).reference == "r1");
    CHECK(std::holds_alternative<cases::Unknown>(looked_of(answered(200, has), "k2")));
    CHECK(std::holds_alternative<cases::Unknown>(looked_of(answered(503, has), "k1")));
}

TEST_CASE("whatever an entity answers, nothing counts as delivered but under the right key") {
    const auto pieces = rc::gen::element<std::string>(
        R"({"key": "k1", "reference": "r1", "state": "accepted"})",
        R"({"key": "k2", "reference": "r1", "state": "accepted"})", R"({"key":"k1"})", R"("key":"k1",)",
        R"({"key": "k1", "reference": 7, "state": "concluded"})", R"({"detail": "no", "mendable": true})",
        "{", "}", "[", "\"", "\xFF", "\\u0000", "null", "{\"a\":{\"a\":{\"a\":", ",", "");
    CHECK(rc::check("answers", [&] {
        std::string body;
        for (const auto& piece : *rc::gen::container<std::vector<std::string>>(pieces))
            body += piece;
        const long status = *rc::gen::inRange(100, 600);
        const auto type = *rc::gen::element<std::string>("application/json", "application/problem+json",
                                                         "text/html", "", ";;;");
        auto result = answered(status, body, type);
        result.first.retry_after = *rc::gen::arbitrary<std::string>();
        result.first.date = *rc::gen::arbitrary<std::string>();
        if (*rc::gen::inRange(0, 8) == 0) result.second = Failure{true, "cut", *rc::gen::arbitrary<bool>()};
        for (const auto by : {Taking::by_word, Taking::by_status}) {
            const auto outcome = outcome_of(result, effect_of("k1"), by, morning);
            if (const auto* delivered = std::get_if<cases::Delivered>(&outcome)) {
                RC_ASSERT(delivered->key == "k1");
                RC_ASSERT(!result.second);
                RC_ASSERT((status >= 200 && status < 300) || status == 409);
            }
            if (const auto* refused = std::get_if<cases::Refused>(&outcome)) RC_ASSERT(!refused->why.empty());
        }
        const auto looked = looked_of(result, "k1");
        if (const auto* delivered = std::get_if<cases::Delivered>(&looked)) RC_ASSERT(delivered->key == "k1");
    }));
}

TEST_CASE("no value of a person is left in a text, however it is woven into it") {
    const auto word = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'e')));
    CHECK(rc::check("texts", [&] {
        const std::string value = *word;
        RC_PRE(value.size() >= 4);
        const std::string text = *word + " " + value + " " + *word + value + *word;
        const std::string clean = without_data(text, {{"name", value}});
        RC_ASSERT(clean.find(value) == std::string::npos);
    }));
}
