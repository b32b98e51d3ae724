// Asking for what a plan needs, and the case that comes of it, for whoever has its link.
#include "api/case_shapes.hpp"
#include "api/said.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/life_event.hpp"
#include "front/request.hpp"

namespace balcao::api {
namespace {

constexpr std::int64_t details_most = 64;
constexpr std::int64_t entities_most = 64;

struct Matter {
    model::LifeEvent event;
    bool is_service = false;
    rules::Conversation said;
    front::RequestPlan plan;
};

// What is asked for, by what was answered; answers with what is wrong with it.
std::optional<Matter> matter_of(const CallRef& call) {
    const auto& city = call->rooms().office.model();
    const auto* event = city.find(model::LifeEventKey{call->body_text("life_event")});
    const auto* service = city.find(model::ServiceKey{call->body_text("service")});
    if (event == nullptr && (service == nullptr || !service->request)) {
        call->refuse(404);
        return std::nullopt;
    }
    const http::Fields fields = answers_in_fields(*call);
    if (auto faults = faults_of_answers(*call, fields); !faults.empty()) {
        call->refuse(problem_of_faults(std::move(faults), call->words()));
        return std::nullopt;
    }
    Matter matter{event != nullptr ? *event : front::event_of(*service), event == nullptr, {}, {}};
    matter.said = rules::converse(city, matter.event, front::answers_in(fields, city),
                                  front::plan_day(city, call->rooms().now().date));
    matter.plan = front::request_plan(city, matter.said, call->rooms().office.zone());
    return matter;
}

// Nothing can be asked for before all that decides something is known.
bool is_ready(const CallRef& call, const Matter& matter) {
    if (!matter.said.plan.to_ask.empty()) {
        call->refuse(Problem{.name = "question-open",
                             .status = 409,
                             .detail = call->words()("A question is still open: answer it first."),
                             .now = [fact = matter.said.plan.to_ask.front()](text::JsonWriter& json) {
                                 json.member("to_ask", fact.text());
                             }});
        return false;
    }
    if (matter.plan.is_possible()) return true;
    call->refuse(cases::Refusal{cases::Reason::no_steps});
    return false;
}

template <class Keys>
void write_keys(text::JsonWriter& json, std::string_view name, const Keys& keys) {
    json.key(name).begin_array();
    for (const auto& key : keys)
        json.value(key.text());
    json.end();
}

void plan_request(const CallRef& call) {
    const auto matter = matter_of(call);
    if (!matter || !is_ready(call, *matter)) return;
    const auto& city = call->rooms().office.model();
    const auto language = call->words().code();
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("asks").begin_array();
        for (const auto& key : matter->plan.asks) {
            const auto& detail = *city.find(key);
            json.begin_object().member("detail", key.text()).member("name", model::name_of(detail, language));
            if (const auto help = detail.help.in(language, ""); !help.empty()) json.member("help", help);
            json.member("kind", model::name_of(detail.kind));
            if (detail.length > 0) json.member("length", detail.length);
            json.end();
        }
        json.end().key("receivers").begin_array();
        for (const auto& receiver : matter->plan.receivers) {
            json.begin_object().member("entity", receiver.entity.text());
            json.member("name", model::name_of(*city.find(receiver.entity), language));
            write_keys(json, "services", receiver.services);
            write_keys(json, "details", receiver.details);
            write_keys(json, "facts", receiver.facts);
            json.end();
        }
        json.end();
        write_keys(json, "elsewhere", matter->plan.planned.elsewhere);
        json.end();
    }));
}

front::Typed typed_in(const Call& call) {
    front::Typed typed;
    const auto details = call.body()["details"];
    for (std::size_t place = 0; place < details.size(); ++place) {
        const auto one = details.at(place);
        typed.details[model::DetailKey{std::string{one["detail"].as_text().value_or("")}}] =
            one["text"].as_text().value_or("");
    }
    const auto agreed = call.body()["agreed"];
    for (std::size_t place = 0; place < agreed.size(); ++place)
        typed.agreed.insert(model::EntityKey{std::string{agreed.at(place).as_text().value_or("")}});
    const auto contact = call.body()["contact"];
    typed.contact.name = contact["name"].as_text().value_or("");
    typed.contact.mail = contact["mail"].as_text().value_or("");
    typed.contact.phone = contact["phone"].as_text().value_or("");
    typed.contact.language = call.words().code();
    return typed;
}

// Where a program finds what it sent: "detail.full-name" is /details/full-name.
std::string pointer_of(const std::string& field) {
    const auto dot = field.find('.');
    const std::string_view kind = std::string_view{field}.substr(0, dot);
    const std::string name = field.substr(dot + 1);
    if (kind == "detail") return "/details/" + name;
    return (kind == "agree" ? "/agreed/" : "/contact/") + name;
}

void request_services(const CallRef& call) {
    const auto matter = matter_of(call);
    if (!matter || !is_ready(call, *matter)) return;
    auto& rooms = call->rooms();
    auto read = front::submission_of(matter->plan, rooms.office.model(), matter->said, typed_in(*call));
    if (const auto* amiss = std::get_if<std::vector<front::Amiss>>(&read)) {
        std::vector<Fault> faults;
        for (const auto& one : *amiss)
            faults.push_back(
                {pointer_of(one.field), Fault::Kind::said, nullptr, front::amiss_text(one, call->words())});
        return call->refuse(problem_of_faults(std::move(faults), call->words()));
    }
    auto& submission = std::get<cases::Submission>(read);
    if (!matter->is_service) submission.life_event = matter->event.key;
    submission.edition = std::to_string(rooms.office.in_force().edition);
    const auto accepted = rooms.cases.accept(submission, call->key());
    if (const auto* refusal = std::get_if<cases::Refusal>(&accepted)) return call->refuse(*refusal);
    const auto seen = rooms.cases.see(std::get<cases::Receipt>(accepted).number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&seen)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_case(json, rooms, call->words(), std::get<cases::CaseView>(seen));
    }));
}

// The case of the link; answers where there is none.
std::optional<cases::CaseNumber> linked(const CallRef& call) {
    auto number = call->rooms().case_links.read(call->parameter("link"));
    if (!number) call->refuse(404);
    return number;
}

void show_case(const CallRef& call, const cases::CaseNumber& number) {
    const auto seen = call->rooms().cases.see(number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&seen)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_case(json, call->rooms(), call->words(), std::get<cases::CaseView>(seen));
    }));
}

void see_case(const CallRef& call) {
    if (const auto number = linked(call)) show_case(call, *number);
}

void find_case(const CallRef& call) {
    cases::CaseNumber number;
    const bool is_right = from_text(call->body_text("case"), number) &&
                          call->rooms().case_links.is_code_of(number, call->body_text("code"));
    if (!is_right) return call->refuse(404);
    show_case(call, number);
}

void follow_case(const CallRef& call) {
    const auto number = linked(call);
    if (!number) return;
    auto& rooms = call->rooms();
    const auto words = call->words();
    rooms.live.follow(
        *number, "case " + std::string{words.code()}, call->stream(),
        [&rooms, words, number = *number]() -> std::optional<std::string> {
            const auto seen = rooms.cases.see(number);
            const auto* view = std::get_if<cases::CaseView>(&seen);
            if (view == nullptr) return std::nullopt;
            return json_of([&](text::JsonWriter& json) { write_case(json, rooms, words, *view); });
        });
}

void handed_over(const CallRef& call) {
    const auto number = linked(call);
    if (!number) return;
    const auto opened = call->rooms().cases.open(*number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&opened)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_handed_over(json, *call, std::get<cases::HandedOver>(opened));
    }));
}

void receipt_of_case(const CallRef& call) {
    const auto number = linked(call);
    if (!number) return;
    const auto& receipt = call->rooms().settings.proofs.case_receipt;
    if (!receipt) return call->refuse(404);
    answer_receipt(call, receipt(*number));
}

void withdraw(const CallRef& call) {
    if (const auto number = linked(call))
        answer_state(call, call->rooms().cases.cancel(*number, {}, call->key()));
}

void answer_entity(const CallRef& call) {
    const auto number = linked(call);
    if (!number) return;
    const cases::StepName step{*number, cases::StepKey{call->body_text("step")}};
    answer_state(call, call->rooms().cases.answer(step, {{"answer", call->body_text("text")}}, {"answer"},
                                                  call->key()));
}

std::vector<Member> matter_members() {
    return {maybe("life_event", text("Which life event; or", {.example = "lost_wallet", .most = 100})),
            maybe("service", text("a single service.", {.example = "card", .most = 100})),
            needed("answers", said_of_facts())};
}

SchemaRef request_shape() {
    static const SchemaRef detail =
        asked("SaidOfDetail", "What the person says of themselves.",
              {needed("detail", text("Which detail.", {.example = "full-name", .most = 100})),
               needed("text", text("What it says.", {.example = "Ana Silva", .most = 4000}))});
    static const SchemaRef contact =
        asked("ContactOfRequest", "How the person is reached, where no detail says so.",
              {maybe("name", text("A name.", {.example = "Ana Silva", .most = 200})),
               maybe("mail", text("A mail address.", {.example = "ana@example.org", .most = 254})),
               maybe("phone", text("A number.", {.example = "912345678", .most = 60}))});
    auto members = matter_members();
    members.push_back(needed("details", list(detail, "All that is asked.", 0, details_most)));
    members.push_back(maybe("contact", contact));
    members.push_back(needed(
        "agreed",
        list(text("An entity.", {.example = "irn", .most = 100}),
             "Those of which the person agrees that they get what is listed for them.", 0, entities_most)));
    return asked("BundleRequest", "A request for all services of a plan, in one go.", std::move(members));
}

SchemaRef request_plan_shape() {
    static const SchemaRef detail = object(
        "AskedDetail", "Something that is asked of the person.",
        {needed("detail", text("Its key.", {.example = "full-name"})), needed("name", text("Its label.")),
         maybe("help", text("What is meant, or where it stands.")),
         needed("kind",
                one_of("What can be written.", {"text", "long_text", "date", "digits", "mail", "phone"})),
         maybe("length", whole("Of digits: so many.", 1, 40, 8))});
    static const SchemaRef receiver =
        object("Receiver", "What one entity gets.",
               {needed("entity", text("Its key.", {.example = "irn"})), needed("name", text("Its name.")),
                needed("services", list(shape::service_key("A service."), "For these.")),
                needed("details", list(text("A detail.", {.example = "full-name"}), "It gets these.")),
                needed("facts", list(text("A fact.", {.example = "speed"}), "And these answers."))});
    return object("RequestPlan", "What is asked of the person, and who gets what.",
                  {needed("asks", list(detail, "Each is asked once.")),
                   needed("receivers", list(receiver, "The person agrees for each.")),
                   needed("elsewhere", list(shape::service_key("A service."),
                                            "Of the plan, but not to be asked for from afar."))});
}

void add_of_link(Table& table, Operation operation) {
    operation.path = "/cases/{link}" + operation.path;
    operation.tag = "Cases";
    operation.who = Who::holder;
    operation.limit = front::Limit::wrong_links;
    if (operation.answer_type == "application/json") {
        operation.where = Where::worker;
        operation.also.push_back({503, "Nothing can be read or written now."});
    }
    table.push_back(std::move(operation));
}

}  // namespace

void add_cases(Table& table) {
    static const SchemaRef found =
        asked("CaseCode", "What stands on the page of the case.",
              {needed("case", text("Its number.", {.example = "2026-000123", .most = 40})),
               needed("code", text("Its code.", {.example = "K7QM-4T2P", .most = 40}))});
    static const SchemaRef said =
        asked("AnswerToEntity", "What an entity asked of the person.",
              {needed("step", text("Of which step.", {.example = "card", .most = 64})),
               needed("text", text("The answer.", {.example = "Category B", .least = 1, .most = 4000}))});
    table.push_back({.method = http::Method::post,
                     .path = "/requests/plan",
                     .id = "planRequest",
                     .tag = "Cases",
                     .summary = "What is asked of the person for a plan, and who gets what of it",
                     .where = Where::worker,
                     .body = asked("RequestPlanRequest", "Which plan.", matter_members()),
                     .answer = request_plan_shape(),
                     .also = {{404, "There is no such life event, or no service that can be asked for."},
                              {409, "A question is still open."}},
                     .takes_key = false,
                     .work = plan_request});
    table.push_back({.method = http::Method::post,
                     .path = "/requests",
                     .id = "requestServices",
                     .tag = "Cases",
                     .summary = "Ask for all services of a plan in one go",
                     .about = "One case with one number comes of it; each entity gets only what it needs and "
                              "what the person agreed to.",
                     .where = Where::worker,
                     .body = request_shape(),
                     .answer = shape::person_case(),
                     .also = {{404, "There is no such life event, or no service that can be asked for."},
                              {409, "A question is still open, or the key came with another request."},
                              {503, "Nothing can be written now."}},
                     .limit = front::Limit::holds,
                     .body_most = 256UL * 1024,
                     .work = request_services});
    table.push_back(
        {.method = http::Method::post,
         .path = "/cases/find",
         .id = "findCase",
         .tag = "Cases",
         .summary = "A case by its number and code",
         .where = Where::worker,
         .body = found,
         .answer = shape::person_case(),
         .also = {{404, "There is none of that number and code."}, {503, "The journal cannot be read now."}},
         .limit = front::Limit::wrong_links,
         .takes_key = false,
         .work = find_case});
    add_of_link(table, {.id = "getCase",
                        .summary = "A case: what is true of each of its steps",
                        .answer = shape::person_case(),
                        .work = see_case});
    add_of_link(table, {.path = "/events",
                        .id = "followCase",
                        .summary = "The same, again and again as it changes",
                        .about = "Server-sent events without a name; the data of each is a Case.",
                        .answer = shape::person_case(),
                        .answer_type = "text/event-stream",
                        .work = follow_case});
    add_of_link(table, {.path = "/handed-over",
                        .id = "getHandedOver",
                        .summary = "All that was handed over with it",
                        .answer = shape::handed_over(),
                        .also = {{409, "It has been erased."}},
                        .work = handed_over});
    add_of_link(table, {.path = "/receipt",
                        .id = "getCaseReceipt",
                        .summary = "All that happened to it, with its proof",
                        .about = "Checked with `balcao verify --receipt`, or as docs/receipts.md has it.",
                        .answer = shape::receipt(),
                        .work = receipt_of_case});
    add_of_link(table, {.method = http::Method::post,
                        .path = "/withdraw",
                        .id = "withdrawCase",
                        .summary = "Withdraw it",
                        .about = "What was not sent will not be; what was done is undone where it can be.",
                        .answer = shape::case_state(),
                        .also = {{409, "It is over, or was withdrawn already."}},
                        .work = withdraw});
    add_of_link(table, {.method = http::Method::post,
                        .path = "/answer",
                        .id = "answerEntity",
                        .summary = "Answer what an entity asked",
                        .body = said,
                        .answer = shape::case_state(),
                        .also = {{409, "Nothing is asked now."}},
                        .work = answer_entity});
}

}  // namespace balcao::api
