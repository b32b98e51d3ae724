// A way in drafted from an entity's own description.
#include "entity_check/draft.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "model/read.hpp"

using namespace balcao;
using namespace balcao::entity_check;

namespace {

const char* const model_text = R"(balcao: 1
name: Town
details:
  full-name: {name: {pt: Nome completo, en: Full name}, autofill: name}
  birth-date: {name: {pt: Data de nascimento, en: Date of birth}, kind: date, autofill: bday}
  card-number: {name: {pt: Número do cartão (CC), en: Number of the card (ID)}, kind: digits, length: 8}
languages: [pt, en]
entities: {registry: {name: Registry}}
services:
  card: {entity: registry, duration: 6 min, request: {asks: [full-name, birth-date, card-number]}}
sites: {shop: {open: {mon-fri: "09-17"}, desks: {a: {serves: [card]}}}}
demand: [{service: card, site: shop, arrivals: {poisson: 5 per hour}}]
ENTITIES)";

model::Model city(const std::string& entities = {}) {
    std::string text = model_text;
    const std::string place = "ENTITIES";
    text.replace(text.find(place), place.size(), "");
    if (!entities.empty()) {
        const std::string known = "entities: {registry: {name: Registry}}\n";
        text.replace(text.find(known), known.size(), entities + "  registry: {name: Registry}\n");
    }
    const model::MemoryFiles files{{{"m.yaml", text}}};
    const auto read = model::read_model("m.yaml", files, {});
    for (const auto& remark : read.remarks)
        INFO(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return *read.value;
}

const char* const described = R"({
  "openapi": "3.0.3",
  "servers": [{"url": "https://registry.example/v1/"}],
  "security": [{"key": []}],
  "paths": {
    "/requests": {
      "get": {"parameters": [{"name": "key", "in": "query"}]},
      "post": {
        "parameters": [{"$ref": "#/components/parameters/Key"}],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Request"}}}}
      }
    },
    "/requests/{reference}/undo": {"post": {}},
    "/ping": {"get": {}}
  },
  "components": {
    "parameters": {"Key": {"name": "Idempotency-Key", "in": "header", "required": true}},
    "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}},
    "schemas": {
      "Request": {
        "required": ["applicant", "office"],
        "properties": {
          "applicant": {"$ref": "#/components/schemas/Person"},
          "office": {"type": "string"},
          "remark": {"type": "string"}
        }
      },
      "Person": {
        "allOf": [
          {"required": ["name"], "properties": {"name": {"type": "string"}, "dateOfBirth": {"type": "string"}}},
          {"properties": {"no": {"type": "string", "title": "Number of the card"}, "self": {"$ref": "#/components/schemas/Loop"}}}
        ]
      },
      "Loop": {"$ref": "#/components/schemas/Loop"}
    }
  }
})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

Error wrong(const std::string& description, const DraftOf& of = {"entity.json", {}, {}}) {
    const auto draft = draft_of(description, city(), of);
    REQUIRE_FALSE(draft.has_value());
    return draft.error();
}

}  // namespace

TEST_CASE(
    "IN-01 an entity's description says where requests go, what it promises and which field is which "
    "detail") {
    const auto draft = draft_of(described, city(), {"entity.json", {}, {}});
    REQUIRE_MESSAGE(draft.has_value(), (draft ? "" : draft.error().what));
    CHECK(draft->way_in.by == model::WayKind::http);
    CHECK(draft->way_in.address == "https://registry.example/v1/requests");
    CHECK(draft->way_in.on_doubt == model::OnDoubt::send_again);
    CHECK(draft->way_in.takes_back);
    CHECK(draft->has_token);
    CHECK(draft->header == "X-Api-Key");
    CHECK(draft->way_in.fields == std::vector<model::FieldName>{{"full-name", "applicant.name"},
                                                                {"birth-date", "applicant.dateOfBirth"},
                                                                {"card-number", "applicant.no"}});
    CHECK(draft->unknown_needed == std::vector<std::string>{"office"});
    CHECK(draft->unknown == std::vector<std::string>{"remark"});
}

TEST_CASE("IN-01 what is drafted is a model's own text, and reads back to the same way in") {
    const auto draft = draft_of(described, city(), {"entity.json", {}, {}});
    REQUIRE(draft.has_value());
    const auto text = text_of(*draft, "waters");
    CHECK(text.find("entity.waters.token, and entity.waters.header = X-Api-Key") != std::string::npos);
    CHECK(text.find("It needs these, and no detail of the model is one of them: office") !=
          std::string::npos);
    CHECK(text.find("balcao entity-check https://registry.example/v1/requests") != std::string::npos);
    const auto joined = city(text);
    CHECK(joined.find(model::EntityKey{"waters"})->way_in == draft->way_in);
}

TEST_CASE("an entity promises no more than its description says") {
    const std::string text = described;
    const auto without_key = draft_of(replaced(text, "Idempotency-Key", "Trace"), city(), {"e", {}, {}});
    REQUIRE(without_key.has_value());
    CHECK(without_key->way_in.on_doubt == model::OnDoubt::look_up);
    const auto blind = draft_of(
        replaced(replaced(text, "Idempotency-Key", "Trace"), "\"in\": \"query\"", "\"in\": \"path\""), city(),
        {"e", {}, {}});
    REQUIRE(blind.has_value());
    CHECK(blind->way_in.on_doubt == model::OnDoubt::ask_person);
    CHECK(text_of(*blind, "waters").find("It promises nothing when an answer is lost") != std::string::npos);
    const auto kept = draft_of(replaced(text, "/undo", "/redo"), city(), {"e", {}, {}});
    REQUIRE(kept.has_value());
    CHECK_FALSE(kept->way_in.takes_back);
    const auto events = draft_of(
        R"({openapi: "3.1.0", paths: {/events: {post: {requestBody: {content: {"application/cloudevents+json":
            {schema: {properties: {id: {}, data: {properties: {fullName: {}}}}}}}}}}}})",
        city(), {"e", {}, "https://club.example"});
    REQUIRE_MESSAGE(events.has_value(), (events ? "" : events.error().what));
    CHECK(events->way_in.by == model::WayKind::events);
    CHECK(events->way_in.address == "https://club.example/events");
    CHECK(events->way_in.fields == std::vector<model::FieldName>{{"full-name", "fullName"}});
}

TEST_CASE(
    "a field is a detail by what stands in the brackets of its name, too, and each detail is found once") {
    const auto draft = draft_of(
        R"({openapi: "3.0.0", paths: {/r: {post: {requestBody: {content: {application/json:
            {schema: {required: [id], properties: {id: {}, cc: {}, fullName: {}, name: {}}}}}}}}}})",
        city(), {"e", {}, "https://e.example"});
    REQUIRE_MESSAGE(draft.has_value(), (draft ? "" : draft.error().what));
    CHECK(draft->way_in.fields ==
          std::vector<model::FieldName>{{"card-number", "id"}, {"full-name", "fullName"}});
    CHECK(draft->unknown == std::vector<std::string>{"cc", "name"});
}

TEST_CASE("a description that cannot be meant is told with its place and what to do") {
    CHECK(wrong("{swagger: \"2.0\"}").what.find("no description in OpenAPI 3") != std::string::npos);
    CHECK(wrong("[1, 2").field.starts_with("entity.json:"));
    CHECK(wrong("just a text").what.find("no description in OpenAPI 3") != std::string::npos);
    CHECK(wrong("{openapi: \"3.0.0\", paths: {}}").what == "no path takes an object of JSON by POST");
    CHECK(wrong(described, {"e", "/other", {}}).what == "the path /other takes no object of JSON by POST");
    const std::string text = described;
    CHECK(wrong(replaced(text, "https://registry.example/v1/", "/v1")).what.find("--base https://") !=
          std::string::npos);
    const std::string two =
        "{openapi: \"3.0.0\", paths: {/a: {post: {requestBody: {content: {application/json: {}}}}}, "
        "/b: {post: {requestBody: {content: {application/json: {}}}}}}}";
    CHECK(wrong(two).what == "several requests could be meant: say which with --path: /a, /b");
    const auto chosen = draft_of(two, city(), {"e", "/b", "https://e.example"});
    REQUIRE(chosen.has_value());
    CHECK(chosen->way_in.address == "https://e.example/b");
}
