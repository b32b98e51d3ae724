// How long it really takes, service by service; and what ended lately, for who answers for figures.
#include "api/service_shapes.hpp"
#include "api/table.hpp"
#include "outcomes/figures.hpp"

namespace balcao::api {
namespace {

using outcomes::Ended;
using outcomes::Figures;

constexpr std::int64_t count_most = 1'000'000'000;

std::int64_t in_seconds(std::chrono::milliseconds length) {
    return std::chrono::ceil<std::chrono::seconds>(length).count();
}

void write_count(text::JsonWriter& json, std::string_view name, const std::optional<std::uint64_t>& count) {
    if (count) json.member(name, *count);
}

void write_figures(text::JsonWriter& json, const Call& call, const Figures& figures) {
    const model::Service* service = call.rooms().office.model().find(figures.service);
    json.begin_object().member("service", figures.service.text());
    if (service != nullptr) {
        json.member("name", model::name_of(*service, call.words().code()));
        write_takes(json, service->takes);
    }
    write_count(json, "concluded", figures.had);
    write_count(json, "denied", figures.denied);
    write_count(json, "dropped", figures.dropped);
    if (figures.half) json.member("half_within_seconds", in_seconds(*figures.half));
    if (figures.nine_of_ten) json.member("nine_of_ten_within_seconds", in_seconds(*figures.nine_of_ten));
    if (figures.with_citizen) json.member("share_with_citizen", *figures.with_citizen);
    json.end();
}

const outcomes::Outcomes* outcomes_of(const CallRef& call) {
    const auto* found = call->rooms().settings.outcomes;
    if (found == nullptr) call->refuse(404);
    return found;
}

void see_outcomes(const CallRef& call) {
    const auto* found = outcomes_of(call);
    if (found == nullptr) return;
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object()
            .member("is_whole", found->is_current())
            .member("months", outcomes::Outcomes::months)
            .member("told_from", outcomes::told_from)
            .key("services")
            .begin_array();
        for (const auto& figures : found->all(call->rooms().now().date))
            write_figures(json, *call, figures);
        json.end().end();
    }));
}

void see_ended(const CallRef& call) {
    const auto* found = outcomes_of(call);
    if (found == nullptr) return;
    const model::ServiceKey service{call->parameter("service")};
    const auto ended = found->lately(service);
    if (ended.empty() && call->rooms().office.model().find(service) == nullptr) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("service", service.text()).key("ended").begin_array();
        for (const auto& one : ended)
            json.begin_object()
                .member("name", one.name)
                .member("asked_for", format_date(one.opened))
                .member("ended", format_date(one.ended))
                .member("how", outcomes::name_of(one.fate))
                .member("took_seconds", in_seconds(one.took))
                .member("with_citizen_seconds", in_seconds(one.with_citizen))
                .end();
        json.end().end();
    }));
}

SchemaRef figures_shape() {
    static const SchemaRef shape = object(
        "ServiceOutcome",
        "How requests for one service went. What is of fewer people than are told is missing.",
        {needed("service", shape::service_key("Its key.")),
         maybe("name", text("Its name; missing where the model has it no more.")),
         maybe("takes", shape::term()),
         maybe("concluded", whole("So many had it.", outcomes::told_from, count_most, 34)),
         maybe("denied", whole("To so many their entity said no.", outcomes::told_from, count_most, 12)),
         maybe("dropped", whole("So many were withdrawn or not sent.", outcomes::told_from, count_most, 10)),
         maybe(
             "half_within_seconds",
             whole("Half of those who had it had it within, from when they asked; at most five in a hundred "
                   "too long.",
                   1, count_most, 259'200)),
         maybe("nine_of_ten_within_seconds", whole("Nine of ten of them.", 1, count_most, 691'200)),
         maybe("share_with_citizen",
               number_of("Of all that time, the share that waited for an answer of the person, 0 to 1."))});
    return shape;
}

SchemaRef outcomes_shape() {
    static const SchemaRef shape = object(
        "Outcomes", "How long it really takes.",
        {needed("is_whole", truth("The journal was read to its end; before that this is of a part of it.")),
         needed("months", whole("Over so many months, this one among them.", 1, 12, 12)),
         needed("told_from", whole("Of fewer people nothing is told.", 1, 1'000, 10)),
         needed("services", list(figures_shape(), "Those of which anything is told."))});
    return shape;
}

SchemaRef ended_shape() {
    static const SchemaRef one = object(
        "EndedRequest", "A request for a service that has ended, of whomever.",
        {needed("name", text("From which nobody finds its number; the same in exported logs.",
                             {.example = "c-3f09a1d2b4c5e6f7"})),
         needed("asked_for", date("On which day.")), needed("ended", date("On which day.")),
         needed("how", one_of("had: it was concluded; denied: by its entity; dropped: withdrawn or not sent.",
                              {"had", "denied", "dropped"})),
         needed("took_seconds", whole("From when it was asked for.", 0, count_most, 259'200)),
         needed("with_citizen_seconds", whole("Of that, waiting for the person.", 0, count_most, 0))});
    static const SchemaRef shape = object(
        "EndedRequests", "The last that ended.",
        {needed("service", shape::service_key("For which service.")),
         needed("ended", list(one, "The latest first, at most 100; none of fewer people than are told."))});
    return shape;
}

}  // namespace

void add_outcomes(Table& table) {
    table.push_back({.path = "/outcomes",
                     .id = "getOutcomes",
                     .tag = "Record",
                     .summary = "How long it really takes, service by service",
                     .answer = outcomes_shape(),
                     .work = see_outcomes});
    Operation ended{.path = "/services/{service}/ended",
                    .id = "listEndedRequests",
                    .tag = "Record",
                    .summary = "What was asked for and ended lately, without a person in it",
                    .answer = ended_shape(),
                    .work = see_ended};
    ended.who = Who::staff;
    ended.permission = staff::Permission::see_statistics;
    table.push_back(std::move(ended));
}

}  // namespace balcao::api
