// What happened to somebody: the life events of the city, and the plan of one by what was answered. It keeps
// nothing: whoever asks sends all answers each time.
#include <algorithm>

#include "api/said.hpp"
#include "api/service_shapes.hpp"
#include "api/table.hpp"
#include "front/life_event.hpp"
#include "front/places.hpp"
#include "rules/life_plan.hpp"

namespace balcao::api {
namespace {

std::string_view name_of(front::How how) {
    switch (how) {
        case front::How::ticket:
            return "ticket";
        case front::How::appointment:
            return "appointment";
        case front::How::open:
            return "open";
    }
    return {};
}

void life_events(const CallRef& call) {
    const auto language = call->words().code();
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("life_events").begin_array();
        for (const auto& event : call->rooms().office.model().life_events) {
            json.begin_object()
                .member("event", event.key.text())
                .member("name", model::name_of(event, language));
            if (const auto about = event.about.in(language, ""); !about.empty()) json.member("about", about);
            json.key("services").begin_array();
            for (const auto& step : event.steps)
                json.value(step.service.text());
            json.end().end();
        }
        json.end().end();
    }));
}

// Where the answer decides what a service costs and takes, and nothing else.
void write_outcome(text::JsonWriter& json, const rules::Outcome& outcome) {
    json.key("outcome").begin_array();
    for (const auto& [service, quote] : outcome.quotes) {
        json.begin_object().member("service", service.text());
        write_fees(json, quote.fee);
        write_takes(json, quote.takes);
        json.end();
    }
    json.end();
}

void write_question(text::JsonWriter& json,
                    const model::Fact& fact,
                    const std::vector<rules::Outcome>& outcomes,
                    const Words& words) {
    json.key("to_ask").begin_object().member("fact", fact.key.text());
    json.member("ask", fact.ask.in(words.code(), fact.key.text()));
    if (const auto help = fact.help.in(words.code(), ""); !help.empty()) json.member("help", help);
    json.member("kind", model::name_of(fact.kind)).key("answers").begin_array();
    const auto write = [&](std::string_view key, const std::string& name) {
        json.begin_object().member("answer", key).member("name", name);
        const auto outcome =
            std::ranges::find(outcomes, model::AnswerKey{std::string{key}}, &rules::Outcome::answer);
        if (outcome != outcomes.end()) write_outcome(json, *outcome);
        json.end();
    };
    if (fact.kind == model::FactKind::yes_no) {
        write("yes", words("Yes"));
        write("no", words("No"));
    }
    for (const auto& answer : fact.answers)
        write(answer.key.text(), model::name_of(answer, words.code()));
    json.end().end();
}

void write_date(text::JsonWriter& json, std::string_view name, const std::optional<Date>& date) {
    if (date) json.member(name, format_date(*date));
}

// The plan as JSON, service by service.
class PlanWriter {
public:
    PlanWriter(const Call& call, const model::LifeEvent& event)
        : call_{call}, city_{call.rooms().office.model()}, event_{event} {}

    // False where storage does not say what is free.
    bool write(text::JsonWriter& json, const rules::LifePlan& plan) const {
        json.key("services").begin_array();
        for (const auto& planned : plan.services) {
            json.begin_object();
            write_service(json, planned);
            if (plan.to_ask.empty() && !planned.refused && !write_places(json, planned)) return false;
            json.end();
        }
        json.end();
        return true;
    }

private:
    void write_service(text::JsonWriter& json, const rules::PlannedService& planned) const {
        const model::Service& service = *city_.find(planned.service);
        const auto language = call_.words().code();
        json.member("service", service.key.text()).member("name", model::name_of(service, language));
        if (service.entity) json.member("entity", model::name_of(*city_.find(*service.entity), language));
        if (const auto why = event_.find(service.key)->because.in(language, ""); !why.empty())
            json.member("because", why);
        json.key("informs").begin_array();
        for (const auto& entity : event_.find(service.key)->informs)
            json.value(model::name_of(*city_.find(entity), language));
        json.end().key("facts").begin_array();
        for (const auto& fact : planned.because)
            json.value(fact.text());
        json.end();
        if (planned.refused)
            json.member("refused", service.refused[*planned.refused].because.in(language, ""));
        json.key("waits_for").begin_array();
        for (const auto& before : planned.waits_for)
            json.begin_object()
                .member("service", before.service.text())
                .member("why", before.why == rules::WaitsFor::order ? "order" : "apart")
                .end();
        json.end().key("documents").begin_array();
        for (const auto& key : planned.documents)
            write_document(json, *city_.find(key), call_.words());
        json.end();
        write_fees(json, planned.quote.fee);
        write_takes(json, planned.quote.takes);
        write_date(json, "begins", planned.begins);
        write_date(json, "ends", planned.ends);
        write_date(json, "by", planned.by);
    }

    bool write_places(text::JsonWriter& json, const rules::PlannedService& planned) const {
        const auto& rooms = call_.rooms();
        const auto places =
            front::places_of(planned.service,
                             {.office = rooms.office,
                              .bookings = rooms.bookings,
                              .foresight = rooms.settings.foresight,
                              .gives_appointments = bool(rooms.settings.letters.ask_to_confirm),
                              .now = rooms.clock.now()},
                             planned.begins);
        if (!places) return false;
        json.key("places").begin_array();
        for (const auto& place : *places) {
            json.begin_object().member("site", place.site.text()).member("channel", place.channel.text());
            json.member("how", name_of(place.how)).member("is_open", place.is_open);
            if (place.at) write_instant(json, "at", *place.at);
            json.end();
        }
        json.end();
        return true;
    }

    const Call& call_;
    const model::Model& city_;
    const model::LifeEvent& event_;
};

void plan(const CallRef& call) {
    const auto& city = call->rooms().office.model();
    const auto* event = city.find(model::LifeEventKey{call->parameter("event")});
    if (event == nullptr) return call->refuse(404);
    const http::Fields fields = answers_in_fields(*call);
    if (auto faults = faults_of_answers(*call, fields); !faults.empty())
        return call->refuse(problem_of_faults(std::move(faults), call->words()));
    const auto day = front::plan_day(city, call->rooms().now().date);
    const auto said = rules::converse(city, *event, front::answers_in(fields, city), day);
    bool is_whole = true;
    auto json = json_of([&](text::JsonWriter& writer) {
        writer.begin_object().member("event", event->key.text()).key("asked").begin_array();
        for (const auto& fact : said.asked)
            writer.value(fact.text());
        writer.end();
        if (!said.plan.to_ask.empty()) {
            const auto& next = *city.find(said.plan.to_ask.front());
            write_question(writer, next, rules::outcomes_of(city, *event, said, next, day), call->words());
        }
        writer.member("is_too_few", said.plan.is_too_few);
        is_whole = PlanWriter{*call, *event}.write(writer, said.plan);
        if (is_whole) writer.end();
    });
    if (!is_whole) return call->refuse(503);
    call->answer(std::move(json));
}

SchemaRef planned_shape() {
    static const SchemaRef before = object(
        "PlannedBefore", "A service that comes before.",
        {needed("service", shape::service_key("Of the plan.")),
         needed("why", one_of("order: it is concluded first; apart: both cannot be asked for in one sitting.",
                              {"order", "apart"}))});
    static const SchemaRef place = object(
        "ServicePlace", "Where and how it can be had.",
        {needed("site", shape::site_key("Where.")),
         needed("channel", text("By which channel.", {.example = "counter"})),
         needed("how", one_of("With a ticket, by appointment, or without either while it is open.",
                              {"ticket", "appointment", "open"})),
         needed("is_open", truth("Now.")),
         maybe("at", instant("Served from then on; not there for a hall whose wait nobody can tell."))});
    static const SchemaRef shape = object(
        "PlannedService", "One service of a plan.",
        {needed("service", shape::service_key("Its key.")), needed("name", text("Its name.")),
         maybe("entity", text("Who answers for it.")), maybe("because", text("Why it is there.")),
         needed("informs",
                list(text("An entity."), "Whom that one tells by itself: nobody tells them again.")),
         needed("facts", list(text("A question.", {.example = "lost"}), "By whose answers it is there.")),
         maybe("refused", text("Why it cannot be had, and what would change that.")),
         needed("waits_for", list(before, "What comes before it.")),
         needed("documents", list(shape::document(), "What it asks for.")), needed("fees", shape::fees()),
         maybe("takes", shape::term()), needed("begins", date("It can be asked for from that day on.")),
         maybe("ends", date("What comes of it is there.")),
         maybe("by", date("It is to be asked for until then.")),
         maybe("places", list(place, "The soonest first; once nothing is to be asked any more."))});
    return shape;
}

SchemaRef plan_shape() {
    static const SchemaRef outcome = object("Outcome", "What a service costs and takes with an answer.",
                                            {needed("service", shape::service_key("The service.")),
                                             needed("fees", shape::fees()), maybe("takes", shape::term())});
    static const SchemaRef answer = object(
        "FactAnswer", "An answer that can be chosen.",
        {needed("answer", text("Its key.", {.example = "citizen-card"})), needed("name", text("In words.")),
         maybe("outcome",
               list(outcome, "What services cost and take with it, where that depends on the answer."))});
    static const SchemaRef question = object(
        "Question", "The next question: its answer changes the plan.",
        {needed("fact", text("Its key.", {.example = "lost"})), needed("ask", text("In words.")),
         maybe("help", text("What is meant, or where to look.")),
         needed("kind", one_of("How it is answered.", {"yes_no", "one_of", "any_of", "number", "date"})),
         needed("answers", list(answer, "Those to choose from; none for a number and a date."))});
    static const SchemaRef shape =
        object("LifeEventPlan", "What is known by the answers.",
               {needed("event", text("Of which life event.", {.example = "lost_wallet"})),
                needed("asked", list(text("A question.", {.example = "lost"}),
                                     "Those that were answered and decided something, in their order.")),
                maybe("to_ask", question),
                needed("is_too_few", truth("No bundle: each service is a matter of its own.")),
                needed("services", list(planned_shape(), "Those that belong by these answers, in order."))});
    return shape;
}

}  // namespace

void add_life_events(Table& table) {
    static const SchemaRef event =
        object("LifeEvent", "Something that happens to people, and the services that it asks for.",
               {needed("event", text("Its key.", {.example = "lost_wallet"})),
                needed("name", text("Its name.", {.example = "I lost my wallet"})),
                maybe("about", text("What is meant.")),
                needed("services", list(shape::service_key("A service."), "Those that may belong to it."))});
    static const SchemaRef all = object("LifeEvents", "All life events.",
                                        {needed("life_events", list(event, "In the order of the model."))});
    static const SchemaRef answers = asked("PlanRequest", "What is known of somebody. Nothing of it is kept.",
                                           {needed("answers", said_of_facts())});
    table.push_back({.path = "/life-events",
                     .id = "listLifeEvents",
                     .tag = "City",
                     .summary = "What happens to people",
                     .answer = all,
                     .work = life_events});
    table.push_back(
        {.method = http::Method::post,
         .path = "/life-events/{event}/plan",
         .id = "planLifeEvent",
         .tag = "City",
         .summary = "What a life event means for somebody",
         .about = "Which services, in which order and why, with which documents, at what cost, by when "
                  "and where; and what is still to be asked. Answers that decide nothing are left out.",
         .where = Where::worker,
         .body = answers,
         .answer = plan_shape(),
         .also = {{503, "The journal cannot be read now."}},
         .takes_key = false,
         .work = plan});
}

}  // namespace balcao::api
