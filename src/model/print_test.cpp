// The canonical form reads back to the same model; the schema knows every key of the table.
#include "model/print.hpp"

#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/key_table.hpp"
#include "text/json.hpp"

namespace balcao::model {
namespace {

void check_round_trip(const std::filesystem::path& path) {
    CAPTURE(path.string());
    const auto read = read_model(path, DiskFiles{}, options_of_test());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const std::string printed = print_canonical(*read.value);
    auto again = read_model("m.yaml", MemoryFiles{{{"m.yaml", printed}}}, options_of_test());
    REQUIRE_MESSAGE(again.value.has_value(), told(again.remarks));
    again.value->key = read.value->key;
    CHECK(*again.value == *read.value);
    CHECK(differences(*again.value, *read.value).empty());
    CHECK(print_canonical(*again.value) == printed);
}

TEST_CASE("every shipped example and the model of Lisbon read back from their canonical form") {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{shipped_model("")}) {
        check_round_trip(entry.path());
        ++count;
    }
    CHECK(count >= 5);
    if (std::filesystem::exists(shipped_model("../lisbon/model.yaml")))
        check_round_trip(shipped_model("../lisbon"));
}

TEST_CASE("texts that would mean something else in YAML are quoted") {
    SmallModel small;
    small.service = R"(identity: {duration: 6 min, name: "a: b, {c} # 'd' \"e\" \\ \n \t \u2028 é -"})";
    const auto read = read_text_model(small.text());
    REQUIRE(read.value.has_value());
    auto again = read_text_model(print_canonical(*read.value));
    REQUIRE_MESSAGE(again.value.has_value(), told(again.remarks));
    CHECK(again.value->services[0].name == read.value->services[0].name);
}

TEST_CASE("the canonical form leaves defaults out and says hours the short way") {
    const auto read = read_text_model(SmallModel{
        .site =
            "shop: {open: {every day: [\"08:00-20:00\"]}, at_closing: serve, queue: [arrival], desks: {a: "
            "{count: 1, serves: identity, takes: both, channels: [counter]}}}",
        .demand = "- {service: identity, site: shop, priority: 0, arrivals: {per_hour: {\"08:00-09:00\": 12, "
                  "\"09-11\": 20}}}"}
                                          .text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(print_canonical(*read.value) ==
          "balcao: 1\nname: Small\nfirst_day: 2026-01-05\nservices:\n  identity: {duration: 6 min}\nsites:\n"
          "  shop: {open: {every day: \"08:00-20:00\"}, desks: {a: {serves: [identity]}}}\ndemand:\n"
          "  - service: identity\n    site: shop\n    arrivals: {per_hour: {\"08\": 12, \"09-11\": 20}}\n");
}

TEST_CASE("two models differ in words") {
    const auto from = read_text_model(SmallModel{}.text());
    const auto to = read_text_model(SmallModel{
        .service = "identity: {duration: {exponential: 6 min}}",
        .site = "shop: {open: {every day: \"08-20\"}, desks: {b: {serves: identity}, a: {count: 3, serves: "
                "[identity]}}}"}
                                        .text());
    REQUIRE(from.value.has_value());
    REQUIRE(to.value.has_value());
    CHECK(differences(*from.value, *from.value).empty());
    CHECK(differences(*from.value, *to.value) ==
          std::vector<std::string>{"services.identity: duration 6 min → {exponential: 6 min}",
                                   "sites.shop.desks.a: count 2 → 3",
                                   "sites.shop.desks: b added: {serves: [identity]}"});
}

TEST_CASE("the JSON Schema is JSON and knows every key of the table") {
    const std::string schema = json_schema();
    const auto json = text::Json::parse(schema, "schema");
    REQUIRE_MESSAGE(json.has_value(), (json.has_value() ? "" : json.error().what));
    const auto definitions = json->root()["$defs"];
    for (const KeyRow& row : key_table()) {
        CAPTURE(row.object);
        CAPTURE(row.key);
        const auto object = definitions[row.object];
        REQUIRE(object.exists());
        if (!row.key.starts_with('<')) CHECK(object["properties"][row.key].exists());
    }
    CHECK(definitions["demand"]["additionalProperties"].as_bool() == false);
    CHECK(definitions["demand"]["required"].at(0).as_text() == "service");
}

TEST_CASE("no two types of the language have one name") {
    for (const TypeRow& row : type_table())
        CHECK_MESSAGE(keys_of(row.name).empty(), row.name);
}

}  // namespace
}  // namespace balcao::model
