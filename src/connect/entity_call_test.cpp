// What is said to entities, to the byte.
#include "connect/entity_call.hpp"

#include <rapidcheck.h>

#include "connect/entity_test.hpp"
#include "text/json.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;

namespace {

bool has(const EntityCall& call, const std::string& header) {
    return std::find(call.headers.begin(), call.headers.end(), header) != call.headers.end();
}

}  // namespace

TEST_CASE("data go under the names that the entity gave, as members of members, and else under their own") {
    CHECK(data_json({}, {}) == "{}");
    CHECK(data_json({{"full-name", "Ana"}, {"born", "1990-03-12"}, {"card", "1"}},
                    {{"full-name", "person.name"}, {"card", "person.papers.card"}}) ==
          R"({"person": {"name": "Ana", "papers": {"card": "1"}}, "born": "1990-03-12"})");
    CHECK(data_json({{"a", "\"\n"}}, {}) == R"({"a": "\"\n"})");
}

TEST_CASE("what would stand where something else stands is handed over beside it") {
    CHECK(data_json({{"name", "Ana"}, {"full-name", "Ana Silva"}}, {{"full-name", "name"}}) ==
          R"({"name": "Ana Silva", "also": {"name": "Ana"}})");
    CHECK(data_json({{"a", "1"}, {"b", "2"}}, {{"a", "x"}, {"b", "x.y"}}) == R"({"x": "1", "b": "2"})");
    CHECK(data_json({{"a", "1"}, {"b", "2"}}, {{"a", "x.y"}, {"b", "x"}}) ==
          R"({"x": {"y": "1"}, "b": "2"})");
    CHECK(data_json({{"a", "1"}, {"also", "2"}}, {{"a", "also.x"}}) ==
          R"({"a": "1", "also": {"also": "2"}})");
}

TEST_CASE("whatever was said is handed over, whatever names it has there") {
    const std::vector<std::string> said{"a", "b", "c", "also", "name"};
    const std::vector<std::string> places{"a", "b", "a.b", "a.b.c", "also", "also.a", "name", "b.c"};
    const auto count_of = [](auto&& self, text::JsonView at, const std::string& text) -> int {
        if (at.as_text()) return at.as_text() == text ? 1 : 0;
        int count = 0;
        for (std::size_t place = 0; place < at.size(); ++place)
            count += self(self, at.at(place), text);
        return count;
    };
    CHECK(rc::check("bodies", [&] {
        std::vector<cases::Datum> data;
        for (const auto& name : said)
            if (*rc::gen::arbitrary<bool>()) data.push_back({name, "value of " + name});
        std::vector<model::FieldName> fields;
        for (const auto& place : places)
            if (*rc::gen::arbitrary<bool>()) fields.push_back({*rc::gen::elementOf(said), place});
        const auto json = text::Json::parse(data_json(data, fields), "body");
        RC_ASSERT(json.has_value());
        for (const auto& datum : data)
            RC_ASSERT(count_of(count_of, json->root(), datum.text) == 1);
    }));
}

TEST_CASE("an address keeps the query that it has") {
    CHECK(entity_address("https://a.example/r", "/x/undo", {}) == "https://a.example/r/x/undo");
    CHECK(entity_address("https://a.example/r/", "/x/undo", {}) == "https://a.example/r/x/undo");
    CHECK(entity_address("https://a.example/r?tenant=1", "/x/undo", {}) ==
          "https://a.example/r/x/undo?tenant=1");
    CHECK(entity_address("https://a.example/r?tenant=1", {}, "key=k") ==
          "https://a.example/r?tenant=1&key=k");
    CHECK(entity_address("https://a.example/r", {}, "key=k") == "https://a.example/r?key=k");
}

TEST_CASE("a request sent again is the same but for the number of the attempt") {
    auto again = effect_of("k1");
    again.attempt = 2;
    const EntityCall first = request_of(effect_of("k1"), way_to("https://a.example/r"));
    const EntityCall second = request_of(again, way_to("https://a.example/r"));
    CHECK(first.url == second.url);
    CHECK(first.body == second.body);
    CHECK(has(first, "Balcao-Attempt: 1"));
    CHECK(has(second, "Balcao-Attempt: 2"));
    for (const auto& header : first.headers)
        CHECK((has(second, header) || header == "Balcao-Attempt: 1"));
}

TEST_CASE("an undoing names what is to be undone, whatever that is called, and hands over nothing") {
    const EntityCall call = request_of(undo_of("u1", "a/b?c 7"), way_to("https://a.example/r?tenant=1"));
    CHECK(call.url == "https://a.example/r/a%2Fb%3Fc%207/undo?tenant=1");
    CHECK(call.body == "{}");
    CHECK(has(call, "Idempotency-Key: u1"));
}

TEST_CASE("an event says what it is of, when, and what is handed over") {
    const EntityCall call =
        event_of(effect_of("k1"), way_to("https://a.example/e"), "https://city.example", morning);
    CHECK(has(call, "Content-Type: application/cloudevents+json; charset=utf-8"));
    CHECK(
        call.body ==
        R"({"specversion": "1.0", "id": "k1", "source": "https://city.example", "type": "city.balcao.request.deliver", )"
        R"("subject": "2026-000123/card", "time": "2026-11-20T09:00:00Z", "datacontenttype": "application/json", )"
        R"("service": "card-duplicate", "protocol": 1, "attempt": 1, )"
        R"("data": {"applicant": {"name": "Ana Maria Silva", "card": "12345678"}}})");
    const EntityCall undoing =
        event_of(undo_of("u1", "r1"), way_to("https://a.example/e"), "https://city.example", morning);
    CHECK(undoing.url == "https://a.example/e");
    CHECK(undoing.body.find(R"("type": "city.balcao.request.undo")") != std::string::npos);
    CHECK(undoing.body.ends_with(R"("data": {"reference": "r1"}})"));
}

TEST_CASE("a list is asked for since a moment, page after page") {
    CHECK(list_of(way_to("https://a.example/r"), morning, {}).url ==
          "https://a.example/r?since=2026-11-20T09%3A00%3A00Z");
    CHECK(list_of(way_to("https://a.example/r"), morning, "x&y").url ==
          "https://a.example/r?since=2026-11-20T09%3A00%3A00Z&page=x%26y");
}
