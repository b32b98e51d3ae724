// From the model to who carries.
#include "connect/entity_ways.hpp"

#include "connect/entity_test.hpp"
#include "model/read.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;

TEST_CASE("each entity of a model gets who carries there, and an inbox nobody") {
    const model::MemoryFiles files{{{"model.yaml", R"(
balcao: 1
name: {pt: Cidade, en: City}
languages: [pt, en]
entities:
  registry: {name: Registry, way_in: {by: http, address: "https://registry.example/r", on_doubt: send_again}}
  club: {name: Club, way_in: {by: events, address: "https://club.example/e", on_doubt: send_again}}
  parish: {name: Parish, way_in: {by: mail, address: requests@parish.example}}
  transport: {name: Transport}
details: {full-name: {name: {pt: Nome completo, en: Full name}}}
services:
  card: {name: {pt: Cartão, en: Card}, entity: parish, duration: 9 min, request: {asks: full-name}}
sites: {shop: {open: {mon-fri: "09-17"}, desks: {desk: {count: 1, serves: card}}}}
demand: [{service: card, site: shop, arrivals: {poisson: 8 per hour}}]
)"}}};
    const auto read = model::read_model("model.yaml", files, {});
    REQUIRE(read.value.has_value());
    const model::Model& city = *read.value;
    SystemClock clock;
    EntitySecrets secrets{{}};
    const EntityLine line{secrets, clock, "https://city.example"};
    std::vector<letters::Message> carried;
    EntityPost post{[] { return "https://city.example"; },
                    [&](const letters::Message& letter, std::chrono::milliseconds) {
                        carried.push_back(letter);
                        return HandedOver{};
                    },
                    EntityLinks{*crypto::SecretKey::from(std::string(32, 'i'))}};
    const auto to = [&](const char* key) {
        return connector_to(*city.find(model::EntityKey{key}), city, line, post);
    };
    CHECK(to("transport") == nullptr);
    CHECK(dynamic_cast<EntityHttp*>(to("registry").get()) != nullptr);
    CHECK(dynamic_cast<EntityHttp*>(to("club").get()) != nullptr);
    const auto mail = to("parish");
    REQUIRE(mail != nullptr);
    auto effect = effect_of("k1");
    effect.service = model::ServiceKey{"card"};
    CHECK(std::holds_alternative<cases::Delivered>(mail->send(effect)));
    REQUIRE(carried.size() == 1);
    CHECK(carried.front().subject == "Pedido 2026-000123: Cartão");
    CHECK(carried.front().text.find("Nome completo:") != std::string::npos);
    post.hand_over = nullptr;
    CHECK(to("parish") == nullptr);
}

TEST_CASE("what is asked of a stand-in goes to where it is, and nowhere where nobody started it") {
    Entities entities;
    SystemClock clock;
    EntitySecrets secrets{{}};
    EntityLine line{secrets, clock, "https://city.example"};
    const EntityPost post{[] { return "https://city.example"; },
                          {},
                          EntityLinks{*crypto::SecretKey::from(std::string(32, 'i'))}};
    model::Model city;
    city.languages = {"pt"};
    const auto to = [&](model::WayKind by, const char* address) {
        model::Entity entity;
        entity.key = model::EntityKey{"registry"};
        entity.way_in.by = by;
        entity.way_in.address = address;
        return connector_to(entity, city, line, post);
    };
    CHECK(to(model::WayKind::http, "stand-in:keys") == nullptr);
    line.stand_in = [&](std::string_view name) {
        const auto kind = stand_in::parse_kind(name);
        return kind ? entities.server->address(*kind) : std::string{};
    };
    CHECK(to(model::WayKind::http, "stand-in:nobody") == nullptr);
    const auto sent = to(model::WayKind::http, "stand-in:keys")->send(effect_of("k1"));
    CHECK(std::holds_alternative<cases::Delivered>(sent));
    CHECK(entities.times("k1") == 1);
    const auto posted = to(model::WayKind::mail, "stand-in:mail")->send(effect_of("k2"));
    CHECK(std::holds_alternative<cases::Delivered>(posted));
    REQUIRE(entities.server->letters().size() == 1);
    CHECK(entities.server->letters().front().text.find("https://city.example/pt/answers/") !=
          std::string::npos);
}

TEST_CASE("when the model changes, requests go by its ways, and those under way are finished as they began") {
    Entities entities;
    SystemClock clock;
    EntitySecrets secrets{{}};
    EntityWays ways{EntityLine{secrets, clock, {}},
                    EntityPost{{}, {}, EntityLinks{*crypto::SecretKey::from(std::string(32, 'i'))}}};
    const auto city = [&](std::initializer_list<std::pair<const char*, model::WayIn>> agreed) {
        model::Model model;
        for (const auto& [key, way] : agreed)
            model.entities.push_back(
                {model::EntityKey{key}, {}, {}, model::EntityKind::public_body, way, {}});
        return model;
    };
    const auto to = [&](stand_in::Kind kind) { return way_to(entities.server->address(kind)); };
    CHECK(ways.adopt(city({{"registry", to(stand_in::Kind::keys)}, {"parish", model::WayIn{}}})));
    const cases::Connectors connectors = ways.connectors();
    REQUIRE(connectors.size() == 2);
    cases::Connector& line = connectors.at(registry).get();
    CHECK(as<cases::Delivered>(line.send(effect_of("k1"))).reference == "keys-1");
    CHECK(as<cases::TryLater>(connectors.at(model::EntityKey{"parish"}).get().send(effect_of("k1"))).why ==
          "no-way");
    // The same entities, otherwise reached.
    CHECK_FALSE(
        ways.adopt(city({{"registry", to(stand_in::Kind::slow)}, {"parish", to(stand_in::Kind::no_keys)}})));
    CHECK(as<cases::Delivered>(line.send(effect_of("k1"))).reference == "slow-1");
    CHECK(std::holds_alternative<cases::Delivered>(line.look_up(effect_of("k1"))));
    CHECK(std::holds_alternative<cases::Delivered>(
        connectors.at(model::EntityKey{"parish"}).get().send(effect_of("k2"))));
    // One is gone, and one is new.
    CHECK(ways.adopt(city({{"club", to(stand_in::Kind::club)}})));
    CHECK(std::holds_alternative<cases::TryLater>(line.send(effect_of("k3"))));
    CHECK(std::holds_alternative<cases::Unknown>(line.look_up(effect_of("k3"))));
    CHECK(ways.connectors().size() == 3);
}
