// A service as the catalogue has it, for programs: in full, with where each figure comes from.
#include "cpsv/catalogue.hpp"

#include <algorithm>

#include "api/service_shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

void write_conditions(text::JsonWriter& json, const model::When& when) {
    json.key("when").begin_array();
    for (const auto& condition : when) {
        json.begin_object().member("fact", condition.fact.text()).key("answers").begin_array();
        for (const auto& answer : condition.answers)
            json.value(answer.text());
        json.end();
        if (condition.least) json.member("least", *condition.least);
        if (condition.most) json.member("most", *condition.most);
        json.end();
    }
    json.end();
}

void write_terms(text::JsonWriter& json, const model::Service& service) {
    json.key("terms").begin_array();
    for (const auto& line : service.terms) {
        json.begin_object();
        write_conditions(json, line.when);
        if (line.fee) write_fees(json, *line.fee);
        write_takes(json, line.takes);
        json.end();
    }
    json.end();
}

void write_refusals(text::JsonWriter& json, const model::Service& service, std::string_view language) {
    json.key("refused").begin_array();
    for (const auto& line : service.refused) {
        json.begin_object();
        write_conditions(json, line.when);
        json.member("because", line.because.in(language, "")).end();
    }
    json.end();
}

void write_documents(text::JsonWriter& json, const model::Service& service, const Call& call) {
    json.key("documents").begin_array();
    for (const auto& required : service.documents) {
        json.begin_object();
        write_conditions(json, required.when);
        json.key("what");
        write_document(json, *call.rooms().office.model().find(required.document), call.words());
        json.end();
    }
    json.end();
}

void write_sources(text::JsonWriter& json, const model::Service& service) {
    json.key("sources").begin_array();
    const auto write = [&](const model::FieldSource& of) {
        if (of.source.empty()) return;
        json.begin_object();
        if (!of.field.empty()) json.member("field", of.field);
        if (of.channel) json.member("channel", of.channel->text());
        json.member("source", of.source).end();
    };
    write({.field = "", .channel = {}, .source = service.source});
    for (const auto& of : service.field_sources)
        write(of);
    json.end();
}

void service(const CallRef& call) {
    const auto& city = call->rooms().office.model();
    const auto* service = city.find(model::ServiceKey{call->parameter("service")});
    if (service == nullptr) return call->refuse(404);
    const auto language = call->words().code();
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("service", service->key.text());
        json.member("name", model::name_of(*service, language));
        if (const auto about = service->about.in(language, ""); !about.empty()) json.member("about", about);
        if (service->entity) {
            json.member("entity", service->entity->text());
            json.member("entity_name", model::name_of(*city.find(*service->entity), language));
        }
        if (service->specialises) json.member("specialises", service->specialises->text());
        write_fees(json, service->fee);
        write_takes(json, service->takes);
        write_terms(json, *service);
        write_refusals(json, *service, language);
        write_documents(json, *service, *call);
        json.key("life_events").begin_array();
        for (const auto& event : city.life_events)
            if (event.find(service->key) != nullptr) json.value(event.key.text());
        json.end();
        write_sources(json, *service);
        json.end();
    }));
}

// The whole catalogue for portals that gather them; its names begin with where this office is found.
void whole_catalogue(const CallRef& call) {
    auto response = http::Response::text(
        cpsv::json_ld(call->rooms().office.model(), call->base() + root_path + std::string{"/catalogue/"}));
    response.headers.set("Content-Type", "application/ld+json");
    call->answer(std::move(response));
}

SchemaRef conditions() {
    static const SchemaRef condition = object(
        "Condition", "What must hold of one fact.",
        {needed("fact", text("The question.", {.example = "lost"})),
         needed("answers",
                list(text("An answer.", {.example = "citizen-card"}), "One of these; none for a number.")),
         maybe("least", whole("Of a number.", 0, 100'000, 18)),
         maybe("most", whole("Of a number.", 0, 100'000, 64))});
    return list(condition, "All must hold; none: always.");
}

}  // namespace

void add_catalogue(Table& table) {
    static const SchemaRef terms =
        object("ServiceTerms", "What it costs and takes for some people.",
               {needed("when", conditions()), maybe("fees", shape::fees()), maybe("takes", shape::term())});
    static const SchemaRef refusal =
        object("ServiceRefusal", "Who cannot have it.",
               {needed("when", conditions()), needed("because", text("Why, and what would change that."))});
    static const SchemaRef required =
        object("ServiceDocument", "What it asks for.",
               {needed("when", conditions()), needed("what", shape::document())});
    static const SchemaRef source = object(
        "FieldSource", "Where something comes from.",
        {maybe("field", text("Of which field; without it: of all others.", {.example = "fee"})),
         maybe("channel", text("Of the fee by that channel.", {.example = "spot"})),
         needed("source",
                text("A source of the model; demonstration: a made-up figure; unverified: not checked.",
                     {.example = "demonstration"}))});
    static const SchemaRef shape =
        object("CatalogueService", "A service as the catalogue has it.",
               {needed("service", shape::service_key("Its key.")), needed("name", text("Its name.")),
                maybe("about", text("In plain words.")),
                maybe("entity", text("Who answers for it.", {.example = "irn"})),
                maybe("entity_name", text("The name of that entity.")),
                maybe("specialises", shape::service_key("Of which service it is a form.")),
                needed("fees", shape::fees()), maybe("takes", shape::term()),
                needed("terms", list(terms, "In place of both, for some people; the first that holds.")),
                needed("refused", list(refusal, "The first that holds says why not.")),
                needed("documents", list(required, "What to bring.")),
                needed("life_events",
                       list(text("A life event.", {.example = "lost_wallet"}), "To which it belongs.")),
                needed("sources", list(source, "Where its figures come from."))});
    static const SchemaRef document = open_object("Catalogue", "JSON-LD: `@context` and `@graph`.");
    table.push_back(
        {.path = "/catalogue",
         .id = "getCatalogue",
         .tag = "City",
         .summary = "The whole catalogue for portals, as CPSV-AP 3.2.0",
         .about =
             "Services, organisations, life events, documents, costs and channels in JSON-LD. The same as "
             "`balcao export cpsv-ap`.",
         .where = Where::worker,
         .answer = document,
         .answer_type = "application/ld+json",
         .work = whole_catalogue});
    table.push_back({.path = "/services/{service}",
                     .id = "getService",
                     .tag = "City",
                     .summary = "A service as the catalogue has it",
                     .answer = shape,
                     .work = service});
}

}  // namespace balcao::api
