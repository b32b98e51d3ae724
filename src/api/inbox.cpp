// The inbox for programs: what waits for people, and what they do with it.
#include "front/inbox.hpp"

#include "api/case_shapes.hpp"
#include "api/paging.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/case_words.hpp"
#include "front/comparison.hpp"
#include "front/looking.hpp"

namespace balcao::api {
namespace {

using front::InboxEntry;

cases::ClerkKey clerk_of(const CallRef& call) { return cases::ClerkKey{call->session().account.text()}; }

// The right to work on requests is not of a site. Answers where it is not held.
bool may_handle(const CallRef& call) {
    if (call->rooms().staff.may(call->session().account, staff::Permission::handle_cases, {})) return true;
    call->refuse(staff::Refusal{.reason = staff::Reason::not_allowed});
    return false;
}

std::optional<cases::StepName> step_of(const CallRef& call) {
    cases::StepName step;
    if (!may_handle(call)) return std::nullopt;
    if (!from_text(call->parameter("case"), step.number)) {
        call->refuse(404);
        return std::nullopt;
    }
    step.step = cases::StepKey{call->parameter("step")};
    return step;
}

void write_entry(text::JsonWriter& json, const InboxEntry& entry) {
    json.begin_object().member("case", to_text(entry.step.number)).member("step", entry.step.step.text());
    json.member("service", entry.service.text()).member("entity", entry.entity.text());
    json.member("words", entry.words);
    if (!entry.in_hand.empty()) json.member("in_hand", entry.in_hand.text());
    if (entry.due) write_instant(json, "due", *entry.due);
    json.end();
}

void list_tasks(const CallRef& call) {
    if (!may_handle(call)) return;
    const auto& rooms = call->rooms();
    const auto all =
        front::inbox_of(rooms.cases, model::EntityKey{std::string{call->request().query.text("entity")}},
                        rooms.staff, call->words());
    answer_page(call, Listed{"tasks", all,
                             [](const InboxEntry& one) {
                                 return to_text(one.step.number) + "." + one.step.step.text();
                             },
                             write_entry});
}

void write_incident(text::JsonWriter& json, const cases::Incident& incident, const Words& words) {
    json.begin_object().member("incident", static_cast<int>(incident.id));
    json.member("kind", cases::name_of(incident.kind));
    json.member("words", front::incident_text(incident.kind, words)).member("level", incident.level);
    json.member("owner", incident.owner);
    if (!incident.by.empty()) json.member("by", incident.by.text());
    write_instant(json, "opened", incident.opened);
    write_instant(json, "promised", incident.promised);
    if (!incident.why.empty()) json.member("why", incident.why);
    json.end();
}

void see_task(const CallRef& call) {
    const auto name = step_of(call);
    if (!name) return;
    const auto found = call->rooms().cases.find(name->number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&found)) return call->refuse(*refusal);
    const auto& whole = std::get<cases::Case>(found);
    const auto* step = whole.find(name->step);
    if (step == nullptr) return call->refuse(404);
    const auto entry = front::inbox_entry(whole, *step, call->rooms().staff, call->words());
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("case", to_text(whole.number)).member("step", step->asked.step.text());
        json.member("service", step->asked.service.text()).member("entity", step->asked.entity.text());
        json.member("state", cases::name_of(state_of(whole)));
        if (!step->reference.empty()) json.member("reference", step->reference);
        if (entry) {
            json.key("task");
            write_entry(json, *entry);
        }
        json.key("incidents").begin_array();
        for (const auto& incident : whole.incidents)
            if (!incident.settled && incident.step == name->step)
                write_incident(json, incident, call->words());
        json.end().end();
    }));
}

void list_comparisons(const CallRef& call) {
    if (!may_handle(call)) return;
    auto& rooms = call->rooms();
    const auto all = front::last_comparisons(rooms.cases, rooms.office.model());
    if (const auto* refusal = std::get_if<cases::Refusal>(&all)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("comparisons").begin_array();
        for (const auto& [entity, last] : std::get<std::vector<front::EntityComparison>>(all)) {
            json.begin_object().member("entity", entity.text());
            write_instant(json, "at", last.at);
            write_instant(json, "since", last.compared.since);
            json.member("sent", last.compared.sent).member("there", last.compared.there);
            json.member("differing", last.compared.differing).key("differences").begin_array();
            for (const auto& one : last.compared.differences) {
                json.begin_object().member("kind", cases::name_of(one.kind)).member("key", one.key);
                if (!one.of.empty()) json.member("of", one.of);
                json.member("words", front::difference_text(one, call->words())).end();
            }
            json.end().end();
        }
        json.end().end();
    }));
}

SchemaRef comparisons_shape() {
    static const SchemaRef difference =
        object("EntityDifference", "Something that both have otherwise.",
               {needed("kind", text("What.", {.example = "missing-there"})),
                needed("key", text("Of the effect.", {.example = "3f0c9a"})),
                maybe("of", text("Of which case and step.", {.example = "2026-000123/card"})),
                needed("words", text("In words."))});
    static const SchemaRef comparison =
        object("EntityComparison", "The last comparison with one entity.",
               {needed("entity", text("Its key.", {.example = "irn"})), needed("at", instant("When.")),
                needed("since", instant("What came there since then.")),
                needed("sent", whole("So many the city knows of.", 0, 1'000'000'000, 12)),
                needed("there", whole("And so many the entity has.", 0, 1'000'000'000, 12)),
                needed("differing", whole("So many differ.", 0, 1'000'000'000, 0)),
                needed("differences", list(difference, "The first hundred."))});
    return object("Comparisons", "Of each entity that has given its list.",
                  {needed("comparisons", list(comparison, "In the order of the model."))});
}

void look_at_case(const CallRef& call) {
    const auto step = step_of(call);
    if (!step) return;
    auto& rooms = call->rooms();
    const auto why = *cases::look_reason_of(call->body_text("why"));
    const auto shown =
        rooms.cases.look(*step, front::onlooker_of(call->session().account, why, rooms.staff), call->key());
    if (const auto* refusal = std::get_if<cases::Refusal>(&shown)) return call->refuse(*refusal);
    call->answer(json_of(
        [&](text::JsonWriter& json) { write_handed_over(json, *call, std::get<cases::HandedOver>(shown)); }));
}

void claim_task(const CallRef& call) {
    if (const auto step = step_of(call))
        answer_state(call, call->rooms().cases.claim(*step, clerk_of(call), call->key()));
}

void release_task(const CallRef& call) {
    if (const auto step = step_of(call))
        answer_state(call, call->rooms().cases.release(*step, clerk_of(call), call->key()));
}

void finish_task(const CallRef& call) {
    const auto step = step_of(call);
    if (!step) return;
    const cases::Verdict verdict{*front::verdict_of(call->body_text("word")), call->body_text("text")};
    answer_state(call, call->rooms().cases.finish(*step, clerk_of(call), verdict, call->key()));
}

// The instant of the body, where it was sent.
Instant until_of(const CallRef& call) {
    const auto at = parse_instant(call->body_text("until"));
    return at ? Instant{std::chrono::milliseconds{*at}} : Instant{};
}

void report_step(const CallRef& call) {
    const auto step = step_of(call);
    if (!step) return;
    const cases::Report said{*front::report_of(call->body_text("word")), call->body_text("reference"),
                             call->body_text("text"), until_of(call)};
    answer_state(call, call->rooms().cases.report(*step, said, call->key()));
}

cases::IncidentName incident_of(const CallRef& call, const cases::StepName& step) {
    const auto id = call->body()["incident"].as_whole_number().value_or(0);
    return {step.number, static_cast<std::uint32_t>(id)};
}

void promise_incident(const CallRef& call) {
    if (const auto step = step_of(call))
        answer_state(call, call->rooms().cases.promise(incident_of(call, *step), clerk_of(call),
                                                       until_of(call), call->key()));
}

void settle_incident(const CallRef& call) {
    const auto step = step_of(call);
    if (!step) return;
    const cases::Settling settling{*front::settlement_of(call->body_text("how")),
                                   call->body_text("reference"), clerk_of(call)};
    answer_state(call, call->rooms().cases.settle(incident_of(call, *step), settling, call->key()));
}

SchemaRef entry_shape() {
    static const SchemaRef shape =
        object("InboxEntry", "Something that waits for people.",
               {needed("case", text("The case.", {.example = "2026-000123"})),
                needed("step", text("Its step.", {.example = "card"})),
                needed("service", shape::service_key("What was asked for.")),
                needed("entity", text("Of which entity.", {.example = "irn"})),
                needed("words", text("What is to be done.")),
                maybe("in_hand", text("The account that has it.")), maybe("due", instant("By when."))});
    return shape;
}

SchemaRef task_shape() {
    static const SchemaRef incident = object(
        "CaseIncident", "Something went wrong, and somebody answers for it.",
        {needed("incident", whole("Its number within the case.", 1, 1'000'000, 1)),
         needed("kind", text("What.", {.example = "outcome-unknown"})), needed("words", text("In words.")),
         needed("level", whole("How far it was taken up.", 1, 3, 1)),
         needed("owner", text("Who answers for it.", {.example = "case-workers"})),
         maybe("by", text("The account that took it over.")), needed("opened", instant("Since when.")),
         needed("promised", instant("By when it is to be settled.")), maybe("why", text("What is known."))});
    return object("CaseTask", "One step of a case, for who works on it; it names nobody.",
                  {needed("case", text("The case.", {.example = "2026-000123"})),
                   needed("step", text("Its step.", {.example = "card"})),
                   needed("service", shape::service_key("What was asked for.")),
                   needed("entity", text("Of which entity.", {.example = "irn"})),
                   needed("state", text("Of the whole case.", {.example = "under-way"})),
                   maybe("reference", text("The entity's own.")), maybe("task", entry_shape()),
                   needed("incidents", list(incident, "Those that are open."))});
}

void add_of_step(Table& table, Operation operation) {
    operation.path = "/inbox/{case}/{step}" + operation.path;
    operation.tag = "Inbox";
    operation.who = Who::staff;
    operation.where = Where::worker;
    operation.also.push_back({404, "There is no such step."});
    operation.also.push_back({503, "Nothing can be read or written now."});
    table.push_back(std::move(operation));
}

void add_order(Table& table, Operation operation) {
    operation.method = http::Method::post;
    operation.answer = shape::case_state();
    operation.also.push_back({409, "It is not so now."});
    add_of_step(table, std::move(operation));
}

SchemaRef text_member(std::string about) { return text(std::move(about), {.example = "A-1", .most = 500}); }

}  // namespace

void add_inbox(Table& table) {
    static const SchemaRef why =
        asked("CaseLookRequest", "Why somebody needs to know.",
              {needed("why", one_of("The person reads it.", {"to-do-it", "person-asked", "to-put-right"}))});
    static const SchemaRef verdict =
        asked("TaskVerdict", "What came of a task.",
              {needed("word",
                      one_of("Done, taken up to be done later, or refused.", {"done", "taken-up", "denied"})),
               maybe("text", text_member("The reference there; or why it is refused."))});
    static const SchemaRef said = asked(
        "EntityReport", "What an entity says of what it has.",
        {needed("word", one_of("What it says.", {"concluded", "denied", "citizen-needed"})),
         needed("reference", text_member("Its own.")), maybe("text", text_member("Why, or what is wanted.")),
         maybe("until", instant("By when the person should answer."))});
    static const SchemaRef promised =
        asked("IncidentPromise", "By when it will be settled.",
              {needed("incident", whole("Which.", 1, 1'000'000, 1)), needed("until", instant("By then."))});
    static const SchemaRef settled =
        asked("IncidentSettling", "How it was settled.",
              {needed("incident", whole("Which.", 1, 1'000'000, 1)),
               needed("how", one_of("How.", front::settlement_names())),
               maybe("reference", text_member("The entity's own, where it is there."))});
    table.push_back(
        {.path = "/inbox",
         .id = "listTasks",
         .tag = "Inbox",
         .summary = "What waits for people who work on requests",
         .who = Who::staff,
         .where = Where::worker,
         .query = in_pages({maybe("entity", text("Of that entity alone.", {.example = "irn", .most = 100}))}),
         .answer = object("Inbox", "What is due first comes first.",
                          {needed("tasks", list(entry_shape(), "What waits.")), next_page()}),
         .work = list_tasks});
    table.push_back({.path = "/inbox-comparisons",
                     .id = "listComparisons",
                     .tag = "Inbox",
                     .summary = "What entities say they have, beside what they were sent",
                     .about = "Compared once a day; nothing is mended by itself.",
                     .who = Who::staff,
                     .where = Where::worker,
                     .answer = comparisons_shape(),
                     .also = {{503, "Nothing can be read now."}},
                     .work = list_comparisons});
    add_of_step(table, {.id = "getTask",
                        .summary = "One step of a case, for who works on it",
                        .answer = task_shape(),
                        .work = see_task});
    add_of_step(table,
                {.method = http::Method::post,
                 .path = "/looks",
                 .id = "lookAtHandedOver",
                 .summary = "See what was handed over",
                 .about = "The look is an event before anything is shown; the person reads it by role.",
                 .body = why,
                 .answer = shape::handed_over(),
                 .also = {{409, "The case is over, or what was handed over was erased."}},
                 .work = look_at_case});
    add_order(table, {.path = "/claim", .id = "claimTask", .summary = "Take a task on", .work = claim_task});
    add_order(table,
              {.path = "/release", .id = "releaseTask", .summary = "Give it back", .work = release_task});
    add_order(table, {.path = "/finish",
                      .id = "finishTask",
                      .summary = "Record what came of it",
                      .body = verdict,
                      .work = finish_task});
    add_order(table, {.path = "/reports",
                      .id = "reportStep",
                      .summary = "Record what the entity says of what it has",
                      .body = said,
                      .work = report_step});
    add_order(table, {.path = "/promises",
                      .id = "promiseIncident",
                      .summary = "Take over what went wrong, and say by when it is settled",
                      .body = promised,
                      .work = promise_incident});
    add_order(table, {.path = "/settlements",
                      .id = "settleIncident",
                      .summary = "Settle what went wrong",
                      .body = settled,
                      .work = settle_incident});
}

}  // namespace balcao::api
