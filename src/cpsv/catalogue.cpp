#include "cpsv/catalogue.hpp"

#include <algorithm>
#include <set>

#include "model/serving.hpp"
#include "text/json.hpp"

namespace balcao::cpsv {
namespace {

using text::JsonWriter;

constexpr std::string_view provider_role = "urn:balcao:terms:service-provider";
constexpr std::string_view authority = "http://publications.europa.eu/resource/authority/";

// ISO 639-1 to the three letters of the Publications Office; the language as it is where it has none here.
std::string language_code(const std::string& language) {
    if (language == "pt") return "POR";
    if (language == "en") return "ENG";
    if (language == "es") return "SPA";
    return language;
}

// XML Schema's duration knows no working days: five of them are seven days, rounded up.
std::string duration_of(model::Term term) {
    constexpr int working_week = 5;
    constexpr int week = 7;
    const int days = term.is_working ? (term.days * week + working_week - 1) / working_week : term.days;
    return "P" + std::to_string(days) + "D";
}

// "16.20"; a fee is never negative.
std::string amount_of(const Money& money) {
    constexpr std::int64_t cents = 100;
    const std::string part = std::to_string(money.cents % cents);
    return std::to_string(money.cents / cents) + "." + (part.size() < 2 ? "0" + part : part);
}

class Writer {
public:
    Writer(JsonWriter& json, const model::Model& model, std::string_view base)
        : json_{json}, model_{model}, base_{base}, channels_{all_channels()} {}

    void write() {
        json_.begin_object(text::JsonLines::each);
        write_context();
        json_.key("@graph").begin_array(text::JsonLines::each);
        write_city();
        for (const auto& entity : model_.entities)
            write_entity(entity);
        for (const auto& event : model_.life_events)
            write_event(event);
        for (const auto& document : model_.documents)
            write_document(document);
        for (const auto& channel : channels_)
            write_channel(channel);
        for (const auto& service : model_.services)
            write_service(service);
        write_concepts();
        json_.end().end();
    }

private:
    using LocalTexts = std::vector<std::pair<std::string, std::string>>;

    [[nodiscard]] std::string iri(std::string_view kind, std::string_view key) const {
        return base_ + std::string{kind} + "/" + std::string{key};
    }

    void write_context() {
        json_.key("@context").begin_object(text::JsonLines::each);
        for (const auto& [prefix, is] : {std::pair{"cv", "http://data.europa.eu/m8g/"},
                                         {"cpsv", "http://purl.org/vocab/cpsv#"},
                                         {"dct", "http://purl.org/dc/terms/"},
                                         {"foaf", "http://xmlns.com/foaf/0.1/"},
                                         {"skos", "http://www.w3.org/2004/02/skos/core#"},
                                         {"xsd", "http://www.w3.org/2001/XMLSchema#"}})
            json_.member(prefix, is);
        json_.member("balcao", terms).end();
    }

    void begin(const std::string& id, std::initializer_list<const char*> types) {
        json_.begin_object().member("@id", id).key("@type").begin_array();
        for (const char* type : types)
            json_.value(type);
        json_.end();
    }

    // "@id" of one thing, or of several.
    void refer(std::string_view property, const std::string& id) {
        json_.key(property).begin_object().member("@id", id).end();
    }

    void refer(std::string_view property, const std::vector<std::string>& ids) {
        if (ids.empty()) return;
        json_.key(property).begin_array();
        for (const auto& id : ids)
            json_.begin_object().member("@id", id).end();
        json_.end();
    }

    // In each language in which it is said; `key` in the first where it is said in none.
    [[nodiscard]] LocalTexts texts_of(const LocalText& text, const std::string& key) const {
        LocalTexts texts;
        for (const auto& language : model_.languages)
            if (const auto said = text.in(language, ""); !said.empty()) texts.emplace_back(language, said);
        if (texts.empty()) texts.emplace_back(model_.languages.front(), key);
        return texts;
    }

    void write_texts(std::string_view property, const LocalTexts& texts) {
        json_.key(property).begin_array();
        std::set<std::string> seen;
        for (const auto& [language, text] : texts)
            if (seen.insert(language).second)
                json_.begin_object().member("@value", text).member("@language", language).end();
        json_.end();
    }

    void write_concept(const std::string& id, const char* type) {
        if (written_.insert(id).second) concepts_.emplace_back(id, type);
    }

    std::string concept_of(std::string_view list, std::string_view code, const char* type = "skos:Concept") {
        std::string id = std::string{authority} + std::string{list} + "/" + std::string{code};
        write_concept(id, type);
        return id;
    }

    void write_organisation(const std::string& id, const std::string& key, const LocalText& name) {
        begin(id, {"cv:PublicOrganisation"});
        json_.member("dct:identifier", key);
        write_texts("skos:prefLabel", texts_of(name, key));
        refer("dct:spatial", concept_of("country", "PRT", "dct:Location"));
        json_.end();
    }

    void write_city() { write_organisation(city(), model_.key, model_.name); }

    [[nodiscard]] std::string city() const { return iri("city", model_.key); }

    void write_entity(const model::Entity& entity) {
        const std::string id = iri("entity", entity.key.text());
        if (entity.kind == model::EntityKind::public_body)
            return write_organisation(id, entity.key.text(), entity.name);
        begin(id, {"foaf:Agent"});
        json_.member("dct:identifier", entity.key.text());
        write_texts("dct:title", texts_of(entity.name, entity.key.text()));
        json_.end();
    }

    void write_event(const model::LifeEvent& event) {
        begin(iri("life-event", event.key.text()), {"cv:LifeEvent", "cv:Event"});
        json_.member("dct:identifier", event.key.text());
        write_texts("dct:title", texts_of(event.name, event.key.text()));
        if (!event.about.empty()) write_texts("dct:description", texts_of(event.about, ""));
        std::vector<std::string> services;
        for (const auto& step : event.steps)
            services.push_back(iri("service", step.service.text()));
        refer("cv:hasRelatedService", services);
        write_source(event.source);
        json_.end();
    }

    void write_document(const model::Document& document) {
        begin(iri("document", document.key.text()), {"cv:Evidence"});
        json_.member("dct:identifier", document.key.text());
        write_texts("dct:title", texts_of(document.name, document.key.text()));
        if (document.held_by) refer("balcao:heldBy", iri("entity", document.held_by->text()));
        json_.end();
    }

    // All by which a service can be had or costs something.
    [[nodiscard]] std::set<std::string> all_channels() const {
        std::set<std::string> found{"counter"};
        for (const auto& site : model_.sites)
            for (const auto& desk : site.desks)
                for (const auto& channel : desk.channels)
                    found.insert(channel.text());
        for (const auto& service : model_.services)
            for (const auto& one : service.fee.by_channel)
                found.insert(one.first.text());
        return found;
    }

    void write_channel(const std::string& channel) {
        begin(iri("channel", channel), {"cv:Channel"});
        json_.member("dct:identifier", channel).end();
    }

    [[nodiscard]] std::vector<std::string> channels_of(const model::Service& service) const {
        std::vector<std::string> ids;
        for (const auto& name : channels_) {
            const model::ChannelKey channel{name};
            if (std::ranges::any_of(model_.sites, [&](const model::Site& site) {
                    return model::serves(site, service, channel);
                }))
                ids.push_back(iri("channel", name));
        }
        return ids;
    }

    // Whose figure it is, where the model says so.
    void write_source(const std::string& source) {
        if (!source.empty()) json_.member("balcao:source", source);
    }

    void write_costs(const model::Service& service) {
        if (service.fee.by_channel.empty() && !service.fee.all) return;
        json_.key("cv:hasCost").begin_array();
        const auto write = [&](const model::ChannelKey* channel, const Money& amount) {
            const std::string key =
                service.key.text() + (channel != nullptr ? "-" + channel->text() : std::string{});
            begin(iri("cost", key), {"cv:Cost"});
            json_.member("dct:identifier", key).key("cv:hasValue").begin_object();
            json_.member("@value", amount_of(amount));
            json_.member("@type", "xsd:double").end();
            refer("cv:currency", concept_of("currency", amount.currency));
            if (channel != nullptr) refer("cv:ifAccessedThrough", iri("channel", channel->text()));
            write_source(channel != nullptr ? service.source_of_fee(*channel) : service.source_of("fee"));
            json_.end();
        };
        for (const auto& [channel, amount] : service.fee.by_channel)
            write(&channel, amount);
        if (service.fee.all) write(nullptr, *service.fee.all);
        json_.end();
    }

    // Who cannot have it, as rules.
    void write_rules(const model::Service& service) {
        if (service.refused.empty()) return;
        json_.key("cpsv:follows").begin_array();
        for (std::size_t place = 0; place < service.refused.size(); ++place) {
            const std::string key = service.key.text() + "-" + std::to_string(place + 1);
            const auto because = texts_of(service.refused[place].because, key);
            begin(iri("rule", key), {"cpsv:Rule"});
            json_.member("dct:identifier", key);
            write_texts("dct:title", because);
            write_texts("dct:description", because);
            json_.end();
        }
        json_.end();
    }

    // A public body answers for its services; of a private one the city does, and the private one provides
    // it.
    void write_authority(const model::Service& service) {
        const auto* entity = service.entity ? model_.find(*service.entity) : nullptr;
        const bool is_public = entity != nullptr && entity->kind == model::EntityKind::public_body;
        refer("cv:hasCompetentAuthority", is_public ? iri("entity", entity->key.text()) : city());
        if (entity == nullptr || is_public) return;
        const std::string key = service.key.text() + "-" + entity->key.text();
        json_.key("cv:hasParticipation");
        begin(iri("participation", key), {"cv:Participation"});
        json_.member("dct:identifier", key);
        write_texts("dct:description", texts_of(entity->name, entity->key.text()));
        const std::string role{provider_role};
        write_concept(role, "skos:Concept");
        refer("cv:role", role);
        refer("cv:hasParticipant", iri("entity", entity->key.text()));
        json_.end();
    }

    void write_service(const model::Service& service) {
        const std::string& key = service.key.text();
        begin(iri("service", key), {"cpsv:PublicService"});
        json_.member("dct:identifier", key);
        const auto names = texts_of(service.name, key);
        write_texts("dct:title", names);
        write_texts("dct:description", service.about.empty() ? names : texts_of(service.about, key));
        write_keywords(service);
        std::vector<std::string> languages;
        for (const auto& language : model_.languages)
            languages.push_back(concept_of("language", language_code(language), "dct:LinguisticSystem"));
        refer("dct:language", languages);
        write_authority(service);
        if (service.specialises) refer("cv:relatedService", iri("service", service.specialises->text()));
        refer("cv:hasChannel", channels_of(service));
        write_costs(service);
        write_rules(service);
        if (service.takes) {
            json_.key("cv:processingTime").begin_object().member("@value", duration_of(*service.takes));
            json_.member("@type", "xsd:duration").end();
            json_.member("balcao:takes", model::format_term(*service.takes));
        }
        std::vector<std::string> documents;
        for (const auto& required : service.documents)
            documents.push_back(iri("document", required.document.text()));
        refer("cpsv:hasInput", documents);
        std::vector<std::string> events;
        for (const auto& event : model_.life_events)
            if (event.find(service.key) != nullptr) events.push_back(iri("life-event", event.key.text()));
        refer("cv:isGroupedBy", events);
        write_source(service.source_of("name"));
        json_.end();
    }

    // What people call it in other words.
    void write_keywords(const model::Service& service) {
        if (service.also.empty()) return;
        json_.key("http://www.w3.org/ns/dcat#keyword").begin_array();
        for (const auto& language : model_.languages)
            for (const auto& word : service.also.in(language))
                json_.begin_object().member("@value", word).member("@language", language).end();
        json_.end();
    }

    // Codes of others: each named with what it is, or nobody knows that it is a concept, a place, a language.
    void write_concepts() {
        for (const auto& [id, type] : concepts_) {
            begin(id, {type});
            json_.end();
        }
    }

    JsonWriter& json_;
    const model::Model& model_;
    std::string base_;
    std::set<std::string> channels_;
    std::set<std::string> written_;
    std::vector<std::pair<std::string, const char*>> concepts_;
};

}  // namespace

std::string base_of(const model::Model& model) { return "urn:balcao:" + model.key + ":"; }

std::string json_ld(const model::Model& model, std::string_view base) {
    std::string text;
    {
        JsonWriter json{text};
        Writer{json, model, base}.write();
    }
    return text + "\n";
}

}  // namespace balcao::cpsv
