#include "api/case_shapes.hpp"

#include "api/shapes.hpp"
#include "front/case_words.hpp"
#include "front/looking.hpp"

namespace balcao::api {
namespace {

std::vector<std::string> all_progress() {
    std::vector<std::string> names;
    for (int one = 0; one <= static_cast<int>(cases::Progress::cannot_be_undone); ++one)
        names.emplace_back(cases::name_of(static_cast<cases::Progress>(one)));
    return names;
}

std::vector<std::string> all_states() {
    std::vector<std::string> names;
    for (int one = 0; one <= static_cast<int>(cases::CaseState::not_concluded); ++one)
        names.emplace_back(cases::name_of(static_cast<cases::CaseState>(one)));
    return names;
}

void write_money(text::JsonWriter& json, std::string_view name, const Money& amount) {
    json.key(name).begin_object();
    json.member("cents", std::int64_t(amount.cents)).member("currency", amount.currency).end();
}

void write_step(text::JsonWriter& json,
                const Shared& rooms,
                const Words& words,
                const cases::CaseView& view,
                const cases::StepView& step) {
    const model::Model& city = rooms.office.model();
    json.begin_object().member("step", step.step.text()).member("service", step.service.text());
    json.member("name", front::name_of(step.service, city, words)).member("entity", step.entity.text());
    json.member("entity_name", front::name_of(step.entity, city, words));
    json.member("progress", cases::name_of(step.progress));
    json.member("words", front::progress_text(step, view.steps, city, words));
    write_instant(json, "since", step.since);
    json.key("waits_for").begin_array();
    for (const auto& before : step.waits_for)
        json.value(before.text());
    json.end().member("next", cases::name_of(step.owner));
    if (step.by_when) write_instant(json, "by", *step.by_when);
    if (!step.reference.empty()) json.member("reference", step.reference);
    if (!step.what.empty()) json.member("what", step.what);
    if (step.fee) write_money(json, "fee", *step.fee);
    json.end();
}

const SchemaRef& money_shape() {
    static const SchemaRef shape =
        object("Amount", "An amount of money.",
               {needed("cents", whole("Hundredths of the currency.", 0, 100'000'000, 1800)),
                needed("currency", text("ISO 4217.", {.example = "EUR"}))});
    return shape;
}

SchemaRef step_shape() {
    static const SchemaRef shape = object(
        "CaseStep", "One service of one entity, and what happened to it.",
        {needed("step", text("Its key within the case.", {.example = "card"})),
         needed("service", shape::service_key("What was asked for.")), needed("name", text("Its name.")),
         needed("entity", text("Who answers for it.", {.example = "irn"})),
         needed("entity_name", text("Its name.")),
         needed("progress", one_of("What happened to it.", all_progress())),
         needed("words", text("The same in words.")), needed("since", instant("Since when.")),
         needed("waits_for", list(text("A step.", {.example = "cancel"}), "Not concluded yet.")),
         needed("next", one_of("Who has to do something next.", {"nobody", "citizen", "entity", "city"})),
         maybe("by", instant("By when that is to be done.")),
         maybe("reference", text("The entity's own.", {.example = "A-1"})),
         maybe("what", text("What is wanted, or why it ended so.")), maybe("fee", money_shape())});
    return shape;
}

SchemaRef look_shape() {
    static const SchemaRef shape =
        object("CaseLook", "Somebody saw what was handed over.",
               {needed("at", instant("When.")), needed("step", text("With which step.", {.example = "card"})),
                needed("role", text("Who, by role.", {.example = "case-worker"})),
                needed("why", one_of("Why.", {"to-do-it", "person-asked", "to-put-right"})),
                needed("words", text("The same in words."))});
    return shape;
}

}  // namespace

namespace shape {

const SchemaRef& person_case() {
    static const SchemaRef shape = object(
        "Case", "One submission, any number of services of any entities.",
        {needed("case", text("Its number.", {.example = "2026-000123"})),
         needed("link",
                text("Of its page; whoever has it may see the case.", {.example = "2026-000123.k3J"})),
         needed("code", text("Said with the number where no link is at hand.", {.example = "K7QM-4T2P"})),
         needed("state", one_of("What the whole is, worst news first.", all_states())),
         needed("words", text("The same in words.")), needed("opened", instant("When it was handed in.")),
         needed("last", instant("When something last happened.")),
         maybe("life_event", text("Of which life event.", {.example = "lost_wallet"})),
         needed("steps", list(step_shape(), "In the order of the plan.")), maybe("fees", money_shape()),
         needed("looks", list(look_shape(), "Who saw what was handed over, in order of time."))});
    return shape;
}

const SchemaRef& handed_over() {
    static const SchemaRef datum =
        object("HandedOverItem", "One thing that was said.",
               {needed("name", text("A detail or a fact, by key.", {.example = "full-name"})),
                needed("label", text("In words.")), needed("text", text("What was said."))});
    static const SchemaRef contact =
        object("CaseContact", "How the person is reached.",
               {needed("name", text("A name.")), maybe("mail", text("A mail address.")),
                maybe("phone", text("A number."))});
    static const SchemaRef shape =
        object("HandedOver", "What was handed over.",
               {needed("contact", contact), needed("data", list(datum, "What the entities get of it."))});
    return shape;
}

const SchemaRef& case_state() {
    static const SchemaRef shape = object("CaseState", "What the case is now.",
                                          {needed("state", one_of("Worst news first.", all_states()))});
    return shape;
}

}  // namespace shape

void write_case(text::JsonWriter& json,
                const Shared& rooms,
                const Words& words,
                const cases::CaseView& view) {
    json.begin_object().member("case", to_text(view.number));
    json.member("link", rooms.case_links.write(view.number));
    json.member("code", rooms.case_links.code_of(view.number));
    json.member("state", cases::name_of(view.state)).member("words", front::state_text(view.state, words));
    write_instant(json, "opened", view.opened);
    write_instant(json, "last", view.last);
    if (!view.life_event.empty()) json.member("life_event", view.life_event.text());
    json.key("steps").begin_array();
    for (const auto& step : view.steps)
        write_step(json, rooms, words, view, step);
    json.end();
    if (view.fees) write_money(json, "fees", *view.fees);
    json.key("looks").begin_array();
    for (const auto& look : view.looks) {
        json.begin_object();
        write_instant(json, "at", look.at);
        json.member("step", look.what.step.text()).member("role", look.what.role);
        json.member("why", cases::name_of(look.what.why));
        json.member("words", front::reason_text(look.what.why, words)).end();
    }
    json.end().end();
}

void write_handed_over(text::JsonWriter& json, const Call& call, const cases::HandedOver& handed) {
    json.begin_object().key("contact").begin_object().member("name", handed.contact.name);
    if (!handed.contact.mail.empty()) json.member("mail", handed.contact.mail);
    if (!handed.contact.phone.empty()) json.member("phone", handed.contact.phone);
    json.end().key("data").begin_array();
    for (const auto& datum : handed.data)
        json.begin_object()
            .member("name", datum.name)
            .member("label", front::datum_text(datum.name, call.rooms().office.model(), call.words()))
            .member("text", datum.text)
            .end();
    json.end().end();
}

void answer_state(const CallRef& call, const cases::Answer<cases::CaseState>& done) {
    if (const auto* refusal = std::get_if<cases::Refusal>(&done)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("state", cases::name_of(std::get<cases::CaseState>(done))).end();
    }));
}

}  // namespace balcao::api
