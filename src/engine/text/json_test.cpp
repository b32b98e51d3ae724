#include "text/json.hpp"

#include <cmath>
#include <limits>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::text;

namespace {

template <class Build>
std::string written(Build build) {
    std::string out;
    JsonWriter json{out};
    build(json);
    return out;
}

Json parsed(std::string_view text) {
    auto document = Json::parse(text, "t.json");
    REQUIRE_MESSAGE(document, (document ? "" : document.error().what));
    return *document;
}

std::string mistake_in(std::string_view text) {
    const auto document = Json::parse(text, "t.json");
    REQUIRE_FALSE(document);
    CHECK(document.error().code == Errc::invalid);
    return document.error().what;
}

}  // namespace

TEST_CASE("a result is written with one row a line") {
    const std::string out = written([](JsonWriter& json) {
        json.begin_object()
            .member("balcao", 1)
            .member("model", "shop")
            .key("measures")
            .begin_array(JsonLines::each);
        json.begin_object().member("measure", "wait").member("mean", 1.13).end();
        json.begin_object().member("half_width", std::optional<double>{}).member("better", true).end();
        json.end().end();
    });
    CHECK(out ==
          "{\"balcao\": 1, \"model\": \"shop\", \"measures\": [\n"
          "  {\"measure\": \"wait\", \"mean\": 1.13},\n"
          "  {\"half_width\": null, \"better\": true}\n"
          "]}");
}

TEST_CASE("what is empty stays on its line") {
    CHECK(written([](JsonWriter& json) { json.begin_array(JsonLines::each).end(); }) == "[]");
    CHECK(written([](JsonWriter& json) { json.begin_object(JsonLines::each).end(); }) == "{}");
    CHECK(written([](JsonWriter& json) { json.value("alone"); }) == "\"alone\"");
}

TEST_CASE("lines within lines are set in") {
    const std::string out = written([](JsonWriter& json) {
        json.begin_object(JsonLines::each)
            .member("a", 1)
            .key("b")
            .begin_array(JsonLines::each)
            .value(2)
            .end()
            .end();
    });
    CHECK(out == "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}");
}

TEST_CASE("strings are escaped, and what is not UTF-8 is replaced") {
    const auto string = [](std::string_view text) {
        return written([&](JsonWriter& json) { json.value(text); });
    };
    CHECK(string("São \"João\" \\ / \n\r\t\x01\x1F\x7F") ==
          "\"São \\\"João\\\" \\\\ / \\n\\r\\t\\u0001\\u001f\x7F\"");
    CHECK(string("S\xE3o") == "\"S\xEF\xBF\xBDo\"");
    CHECK(string(std::string_view{"\0", 1}) == "\"\\u0000\"");
}

TEST_CASE("what is not a number in JSON is null") {
    CHECK(written([](JsonWriter& json) { json.value(std::nan("")); }) == "null");
    CHECK(written([](JsonWriter& json) { json.value(-std::numeric_limits<double>::infinity()); }) == "null");
}

TEST_CASE("every text and every number reads back as it was written") {
    CHECK(rc::check([](const std::string& bytes, double number, std::int64_t whole) {
        std::string text = bytes;
        for (char& c : text)
            c = static_cast<char>(c & 0x7F);
        const double real = std::isfinite(number) ? number : 0;
        const std::string out = written([&](JsonWriter& json) {
            json.begin_object(JsonLines::each)
                .member("text", text)
                .member("real", real)
                .member("whole", whole)
                .end();
        });
        const auto document = Json::parse(out, "t.json");
        RC_ASSERT(document.has_value());
        RC_ASSERT(document->root()["text"].as_text() == std::optional<std::string_view>{text});
        RC_ASSERT(document->root()["real"].as_number() == real);
        RC_ASSERT(document->root()["whole"].as_whole_number() == whole);
    }));
}

TEST_CASE("a document is walked without asking what is there") {
    const Json document =
        parsed(R"({"sites": [{"name": "Loja", "open": true, "x": null}], "n": 3, "r": 2.5})");
    const JsonView root = document.root();
    CHECK(root["sites"].at(0)["name"].as_text() == "Loja");
    CHECK(root["sites"].at(0)["open"].as_bool() == true);
    CHECK(root["sites"].at(0)["x"].is_null());
    CHECK(root["sites"].size() == 1);
    CHECK(root["n"].as_whole_number() == 3);
    CHECK(root["n"].as_number() == 3.0);
    CHECK(root["r"].as_number() == 2.5);
    CHECK_FALSE(root["r"].as_whole_number());
    CHECK(root.keys() == std::vector<std::string_view>{"sites", "n", "r"});
    CHECK(root.at(1).as_whole_number() == 3);
    CHECK_FALSE(root["sites"].at(1).exists());
    CHECK_FALSE(root["none"]["deeper"].at(7).exists());
    CHECK_FALSE(root["n"].as_text());
    CHECK_FALSE(root["sites"].as_number());
}

TEST_CASE("a view outlives the handle it came from, as long as a copy of the document lives") {
    JsonView name;
    std::optional<Json> kept;
    {
        const Json document = parsed(R"({"name": "a name that is too long to be stored in place"})");
        name = document.root()["name"];
        kept = document;
    }
    CHECK(name.as_text() == "a name that is too long to be stored in place");
}

TEST_CASE("a document that is not JSON is refused with line and column") {
    CHECK(mistake_in("{\"a\": 1,\n \"b\": x}") == "t.json:2:7: not JSON: syntax error");
    CHECK(mistake_in("{} {}").starts_with("t.json:1:4: not JSON: "));
    CHECK(mistake_in("").starts_with("t.json:1:1: not JSON: "));
    CHECK(mistake_in("{\"a\": [1, 2").starts_with("t.json:1:12: not JSON: "));
    CHECK(mistake_in("{\"a\": \"\xE3\"}").starts_with("t.json:1:8: not JSON: "));
    CHECK(mistake_in(std::string(200, '[')).starts_with("t.json:1:101: not JSON: "));
}

TEST_CASE("space around a document and a byte-order mark do no harm") {
    CHECK(parsed("\xEF\xBB\xBF {\"a\": 1}\n\n").root()["a"].as_whole_number() == 1);
}
