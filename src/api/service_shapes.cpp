#include "api/service_shapes.hpp"

namespace balcao::api {

void write_fees(text::JsonWriter& json, const model::PerChannel<Money>& fee) {
    json.key("fees").begin_array();
    const auto write = [&](const model::ChannelKey* channel, const Money& amount) {
        json.begin_object();
        if (channel != nullptr) json.member("channel", channel->text());
        json.member("cents", std::int64_t(amount.cents)).member("currency", amount.currency).end();
    };
    for (const auto& [channel, amount] : fee.by_channel)
        write(&channel, amount);
    if (fee.all) write(nullptr, *fee.all);
    json.end();
}

void write_takes(text::JsonWriter& json, const std::optional<model::Term>& takes) {
    if (!takes) return;
    json.key("takes").begin_object().member("days", takes->days);
    json.member("are_working_days", takes->is_working).end();
}

void write_document(text::JsonWriter& json, const model::Document& document, const Words& words) {
    json.begin_object().member("document", document.key.text());
    json.member("name", model::name_of(document, words.code()));
    if (document.held_by) json.member("held_by", document.held_by->text());
    json.end();
}

namespace shape {

SchemaRef fees() {
    static const SchemaRef fee =
        object("Fee", "What is paid.",
               {maybe("channel", text("By that channel; without it by all others.", {.example = "counter"})),
                needed("cents", whole("Hundredths of the currency.", 0, 100'000'000, 1800)),
                needed("currency", text("ISO 4217.", {.example = "EUR"}))});
    return list(fee, "None: nothing is said of money.");
}

const SchemaRef& term() {
    static const SchemaRef shape = object("Term", "How long it takes.",
                                          {needed("days", whole("None: the same day.", 0, 100'000, 8)),
                                           needed("are_working_days", truth("Or days of the calendar."))});
    return shape;
}

const SchemaRef& document() {
    static const SchemaRef shape =
        object("RequiredDocument", "Something to bring, or that an entity has already.",
               {needed("document", text("Its key.", {.example = "citizen-card"})),
                needed("name", text("Its name.", {.example = "Citizen Card"})),
                maybe("held_by", text("The entity that has it already.", {.example = "irn"}))});
    return shape;
}

}  // namespace shape

}  // namespace balcao::api
