#include "cpsv/catalogue.hpp"

#include <functional>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "model/read.hpp"
#include "text/json.hpp"

using namespace balcao;

namespace {

constexpr const char* yaml = R"(balcao: 1
name: {pt: Vila, en: Town}
languages: [pt, en]
sources: {bulletin: {title: Bulletin}}
entities:
  registry: {name: {pt: Registos, en: Registry office}}
  club: {name: Motor club, kind: private}
documents:
  photo: {name: {pt: Fotografia, en: Photograph}, held_by: registry}
facts:
  resident: {ask: {pt: Mora cá?, en: Do you live here?}}
services:
  card:
    name: {pt: Cartão, en: Card}
    also: {en: [identity card, ID]}
    entity: registry
    duration: 6 min
    fee: {counter: 18 EUR, online: 16.20 EUR}
    takes: 8 working days
    documents: [photo]
    refused: [{when: {resident: no}, because: {pt: Peça-o onde mora., en: Ask for it where you live.}}]
    source: {name: bulletin, duration: demonstration, fee: {counter: bulletin, online: demonstration}, takes: unverified, documents: bulletin, refused: unverified}
  badge: {name: Badge, entity: club, duration: 3 min}
  bare: {duration: 1 min}
life_events:
  loss: {name: {pt: Perdi tudo, en: I lost everything}, services: [card, badge]}
sites:
  hall:
    open: {mon-fri: "09-17"}
    desks: {counter: {serves: [card, badge, bare]}, web: {channels: [online], serves: [card]}}
demand:
  - {service: card, site: hall, arrivals: {poisson: 5 per hour}}
)";

model::Model town() {
    const model::MemoryFiles files{{{"town.yaml", yaml}}};
    auto read = model::read_model("town.yaml", files, {});
    for (const auto& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return *std::move(read.value);
}

// Its things by their names.
struct Graph {
    text::Json json;
    std::map<std::string, text::JsonView> things{};

    explicit Graph(const std::string& document) : json{*text::Json::parse(document, "catalogue")} {
        const auto graph = json.root()["@graph"];
        for (std::size_t place = 0; place < graph.size(); ++place)
            CHECK(things.emplace(*graph.at(place)["@id"].as_text(), graph.at(place)).second);
    }

    [[nodiscard]] text::JsonView service(const std::string& key) const {
        return things.at("urn:balcao:town:service/" + key);
    }
};

Graph catalogue() {
    const auto model = town();
    return Graph{cpsv::json_ld(model, cpsv::base_of(model))};
}

std::string id_of(text::JsonView thing) { return std::string{thing["@id"].as_text().value_or("")}; }

}  // namespace

TEST_CASE("a service is published with its names, authority, costs, channels, documents and life events") {
    const auto graph = catalogue();
    const auto card = graph.service("card");
    CHECK(card["dct:identifier"].as_text() == "card");
    CHECK(card["dct:title"].at(1)["@value"].as_text() == "Card");
    CHECK(card["dct:title"].at(1)["@language"].as_text() == "en");
    CHECK(id_of(card["cv:hasCompetentAuthority"]) == "urn:balcao:town:entity/registry");
    CHECK(card["cv:hasChannel"].size() == 2);
    CHECK(card["cv:hasCost"].at(1)["cv:hasValue"]["@value"].as_text() == "16.20");
    CHECK(id_of(card["cv:hasCost"].at(1)["cv:ifAccessedThrough"]) == "urn:balcao:town:channel/online");
    CHECK(card["cv:hasCost"].at(1)["balcao:source"].as_text() == "demonstration");
    CHECK(id_of(card["cpsv:hasInput"].at(0)) == "urn:balcao:town:document/photo");
    CHECK(id_of(card["cv:isGroupedBy"].at(0)) == "urn:balcao:town:life-event/loss");
    CHECK(card["cpsv:follows"].at(0)["dct:description"].at(1)["@value"].as_text() ==
          "Ask for it where you live.");
    CHECK(card["http://www.w3.org/ns/dcat#keyword"].size() == 2);
}

TEST_CASE(
    "working days are said as days of the calendar, never too few, and once more as the model says them") {
    const auto graph = catalogue();
    const auto card = graph.service("card");
    CHECK(card["cv:processingTime"]["@value"].as_text() == "P12D");
    CHECK(card["balcao:takes"].as_text() == "8 working days");
}

TEST_CASE("for a private body the city answers, and the body provides") {
    const auto graph = catalogue();
    const auto badge = graph.service("badge");
    CHECK(id_of(badge["cv:hasCompetentAuthority"]) == "urn:balcao:town:city/town");
    CHECK(id_of(badge["cv:hasParticipation"]["cv:hasParticipant"]) == "urn:balcao:town:entity/club");
    CHECK_FALSE(graph.service("card")["cv:hasParticipation"].exists());
}

TEST_CASE("what has no name has its key, and the city answers for what nobody is named for") {
    const auto graph = catalogue();
    const auto bare = graph.service("bare");
    CHECK(bare["dct:title"].at(0)["@value"].as_text() == "bare");
    CHECK(bare["dct:title"].at(0)["@language"].as_text() == "pt");
    CHECK(id_of(bare["cv:hasCompetentAuthority"]) == "urn:balcao:town:city/town");
    CHECK_FALSE(bare["cv:hasCost"].exists());
}

TEST_CASE("everything that is named is there") {
    const auto graph = catalogue();
    std::set<std::string> inside;
    std::set<std::string> named;
    const std::function<void(text::JsonView, bool)> walk = [&](text::JsonView value, bool is_thing) {
        for (std::size_t place = 0; value.is_array() && place < value.size(); ++place)
            walk(value.at(place), false);
        if (!value.is_object()) return;
        if (const auto id = value["@id"].as_text())
            (is_thing || value["@type"].exists() ? inside : named).insert(std::string{*id});
        for (const auto& name : value.keys())
            if (!name.starts_with('@')) walk(value[name], false);
    };
    for (const auto& [id, thing] : graph.things)
        walk(thing, true);
    for (const auto& id : named) {
        INFO(id);
        CHECK(inside.contains(id));
    }
}
