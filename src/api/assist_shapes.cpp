#include "api/assist_shapes.hpp"

#include <array>

#include "api/said.hpp"
#include "api/shapes.hpp"
#include "front/assist_words.hpp"
#include "front/life_event.hpp"

namespace balcao::api {
namespace {

template <class Word>
std::vector<std::string> all_of(Word word) {
    std::vector<std::string> names;
    for (const auto name : assist::words_of(word))
        names.emplace_back(name);
    return names;
}

std::string_view progress_name(assist::Progress progress) {
    constexpr std::array<std::string_view, 4> names{"to-do", "shown", "confirmed", "left-out"};
    return names[static_cast<std::size_t>(progress)];
}

void write_blanks(text::JsonWriter& json,
                  const front::Assisted& whole,
                  const assist::StepKey& step,
                  const model::Model& city,
                  const Words& words) {
    json.key("asks").begin_array();
    for (const auto& blank : front::blanks_of(whole, step, city, words)) {
        json.begin_object().member("field", blank.field.text()).member("label", blank.label);
        json.member("is_needed", blank.is_needed).end();
    }
    json.end();
}

void write_sheet(text::JsonWriter& json, const assist::SheetSeen& sheet) {
    json.key("sheet").begin_object().member("title", sheet.title).member("language", sheet.language);
    json.member("salt", sheet.salt).key("fields").begin_array();
    for (const auto& field : sheet.fields)
        json.begin_object()
            .member("field", field.field.text())
            .member("label", field.label)
            .member("text", field.value)
            .end();
    json.end().key("consents").begin_array();
    for (const auto& consent : sheet.consents)
        json.begin_object()
            .member("receiver", consent.receiver.text())
            .member("item", consent.item)
            .member("words", consent.words)
            .end();
    json.end().end();
}

void write_steps(text::JsonWriter& json, const Shared& rooms, const Words& words, const front::Table& table) {
    const auto& city = rooms.office.model();
    json.key("steps").begin_array();
    for (const auto& step : table.whole.steps) {
        const auto* seen = table.find(step);
        json.begin_object().member("step", step.text());
        json.member("title", front::step_title(step, city, words));
        json.member("progress", progress_name(seen == nullptr ? assist::Progress::to_do : seen->progress));
        write_blanks(json, table.whole, step, city, words);
        if (seen != nullptr && !seen->hash.empty()) json.member("hash", seen->hash);
        if (seen != nullptr && seen->sheet) write_sheet(json, *seen->sheet);
        if (seen != nullptr && seen->progress == assist::Progress::confirmed) {
            write_instant(json, "confirmed", seen->confirmed);
            json.member("doer", assist::name_of(seen->doer));
        }
        json.end();
    }
    json.end();
    if (table.view.now) json.member("on_screen", table.view.now->step.text());
    if (!table.whole.is_answered()) json.member("to_ask", table.whole.said.plan.to_ask.front().text());
    json.key("typed").begin_array();
    for (const auto& step : table.typed)
        json.value(step.text());
    json.end();
}

void write_outline(text::JsonWriter& json, const Shared& rooms, const assist::Outline& outline) {
    json.member("session", outline.session.text()).member("state", assist::name_of(outline.state));
    json.member("site", outline.site.text());
    if (!outline.subject.service.empty()) json.member("service", outline.subject.service.text());
    if (!outline.subject.life_event.empty()) json.member("life_event", outline.subject.life_event.text());
    json.member("purpose", assist::name_of(outline.purpose));
    json.member("mode", assist::name_of(outline.lesson.mode));
    json.member("driver", assist::name_of(outline.lesson.driver));
    write_instant(json, "opened", outline.opened);
    write_instant(json, "until", outline.until);
    json.member("has_screen", outline.has_screen);
    if (outline.dispute) json.member("dispute", assist::name_of(*outline.dispute));
    const auto found = rooms.settings.sessions->find(outline.session);
    const auto* whole = std::get_if<assist::Session>(&found);
    const auto* over = whole != nullptr ? std::get_if<assist::HandedOver>(&whole->stage) : nullptr;
    cases::CaseNumber number;
    if (over != nullptr && from_text(over->reference, number)) json.member("case", over->reference);
}

// What was sent for the situation, as a conversation has it.
void say_answers(const CallRef& call, front::Table& table, const front::Sitting& now) {
    const auto event = front::event_of(now.city, table.view.outline.subject);
    if (!event) return;
    const auto said = rules::converse(now.city, *event, front::answers_in(answers_in_fields(*call), now.city),
                                      front::plan_day(now.city, now.today));
    for (auto& [name, text] : front::said_of(said))
        table.said.insert_or_assign(name, text);
    table.whole = front::assisted(now, *event, table.said);
}

std::vector<Fault> faults_of_step(const std::vector<front::Amiss>& amiss, const Words& words) {
    std::vector<Fault> faults;
    for (const auto& one : amiss)
        faults.push_back({"/fields/" + one.field, Fault::Kind::said, nullptr, front::amiss_text(one, words)});
    return faults;
}

SchemaRef assisted_step_shape() {
    static const SchemaRef asks = object(
        "AssistedField", "Something that a step asks.",
        {needed("field", text("Its key.", {.example = "detail.full-name"})),
         needed("label", text("Its label.")), needed("is_needed", truth("Whether it must be filled."))});
    static const SchemaRef field =
        object("ShownField", "A field as it was shown.",
               {needed("field", text("Its key.", {.example = "detail.full-name"})),
                needed("label", text("Its label.")), needed("text", text("What stood there."))});
    static const SchemaRef consent = object(
        "ConsentAsked", "A consent that is given with the confirmation alone.",
        {needed("receiver", text("Who would get it.", {.example = "irn"})),
         needed("item", text("What.", {.example = "card"})), needed("words", text("As it is asked."))});
    static const SchemaRef sheet =
        object("Sheet", "All that stood on the citizen's screen; its hash is made of it.",
               {needed("title", text("Its title.")),
                needed("language", text("In which it was shown.", {.example = "pt"})),
                needed("salt", text("16 random bytes of this showing, in hexadecimal.")),
                needed("fields", list(field, "In order.")), needed("consents", list(consent, "In order."))});
    static const SchemaRef shape = object(
        "AssistedStep", "One step of a session.",
        {needed("step", text("Its key.", {.example = "service.card"})), needed("title", text("Its title.")),
         needed("progress", one_of("How it stands.", {"to-do", "shown", "confirmed", "left-out"})),
         needed("asks", list(asks, "What it asks.")), maybe("hash", text("Of what was shown last.")),
         maybe("sheet", sheet), maybe("confirmed", instant("When.")),
         maybe("doer", one_of("Who did it.", all_of(assist::Doer{})))});
    return shape;
}

}  // namespace

const SchemaRef& shape::assistance() {
    static const SchemaRef shape = object(
        "Assistance", "A session of a mediator and a citizen at two screens.",
        {needed("session", text("Its key.", {.example = "7K3M9QZT7K3M9QZT7K3M9QZT7K"})),
         needed("state", one_of("How it stands.", all_of(assist::State{}))),
         needed("site", shape::site_key("Where.")),
         maybe("service", text("What it is about; or", {.example = "card"})),
         maybe("life_event", text("the life event.", {.example = "lost_wallet"})),
         needed("purpose", one_of("Practice sends nothing.", all_of(assist::Purpose{}))),
         needed("mode", one_of("How it teaches.", all_of(assist::Mode{}))),
         needed("driver", one_of("Who drives.", all_of(assist::Side{}))),
         needed("opened", instant("Since when.")), needed("until", instant("Then it expires.")),
         needed("has_screen", truth("A citizen's screen has joined.")),
         maybe("dispute", one_of("Why the citizen stopped it.", all_of(assist::DisputeReason{}))),
         maybe("case", text("The case that it became.", {.example = "2026-000123"})),
         maybe("steps", list(assisted_step_shape(), "Its steps; only while who asks may see them.")),
         maybe("on_screen", text("The step on the citizen's screen.", {.example = "service.card"})),
         maybe("to_ask", text("The question that is open.", {.example = "speed"})),
         maybe("typed",
               list(text("A step.", {.example = "service.card"}), "Being filled in, and not shown yet."))});
    return shape;
}

const SchemaRef& shape::screen_code() {
    static const SchemaRef shape =
        object("ScreenCode", "A code of nine digits.",
               {needed("session", text("Of which session.", {.example = "7K3M9QZT7K3M9QZT7K3M9QZT7K"})),
                needed("code", text("To be said or typed.", {.example = "482 915 370"})),
                needed("until", instant("It is good until then."))});
    return shape;
}

const SchemaRef& typed_body() {
    static const SchemaRef shape =
        asked("TypedText", "What is being typed; it counts for nothing.",
              {needed("step", text("In which step.", {.example = "service.card", .most = 64})),
               needed("field", text("In which field.", {.example = "detail.full-name", .most = 64})),
               needed("text", text("What stands there now.", {.example = "Ana", .most = 4000})),
               needed("stroke", whole("Grows with each.", 1, 9'000'000'000'000'000, 1))});
    return shape;
}

const SchemaRef& shown_body() {
    static const SchemaRef field =
        asked("FilledField", "What a field says.",
              {needed("field", text("Which.", {.example = "detail.full-name", .most = 64})),
               needed("text", text("What it says.", {.example = "Ana Silva", .most = 4000}))});
    static const SchemaRef shape = asked(
        "StepToShow", "A step as it is to stand on the citizen's screen.",
        {needed("step", text("Which.", {.example = "service.card", .most = 64})),
         maybe("fields", list(field, "What it asks, filled in.", 0, 64)), maybe("answers", said_of_facts())});
    return shape;
}

const SchemaRef& lesson_body() {
    static const SchemaRef shape = asked("LessonToSet", "Who drives, and how it teaches.",
                                         {needed("mode", one_of("How it teaches.", all_of(assist::Mode{}))),
                                          needed("driver", one_of("Who drives.", all_of(assist::Side{})))});
    return shape;
}

front::Sitting sitting_of(const Shared& rooms) {
    return {rooms.office.model(), rooms.office.zone(), rooms.now().date};
}

void answer_assistance(const CallRef& call, const assist::Call& who) {
    auto& rooms = call->rooms();
    const auto outline = rooms.settings.sessions->outline(who.session);
    if (const auto* refusal = std::get_if<assist::Refusal>(&outline)) return call->refuse(*refusal);
    const auto found = front::table_of(*rooms.settings.sessions, who, sitting_of(rooms));
    const auto* refusal = std::get_if<assist::Refusal>(&found);
    using assist::Reason;
    const bool is_away =
        refusal != nullptr && (refusal->reason == Reason::citizen_absent ||
                               refusal->reason == Reason::no_screen || refusal->reason == Reason::kept);
    if (refusal != nullptr && !is_away) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object();
        write_outline(json, rooms, std::get<assist::Outline>(outline));
        if (const auto* table = std::get_if<front::Table>(&found))
            write_steps(json, rooms, call->words(), *table);
        json.end();
    }));
}

void answer_code(const CallRef& call, const assist::Answer<assist::CodeSlip>& slip) {
    if (const auto* refusal = std::get_if<assist::Refusal>(&slip)) return call->refuse(*refusal);
    const auto& given = std::get<assist::CodeSlip>(slip);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("session", given.session.text()).member("code", given.text);
        write_instant(json, "until", given.until);
        json.end();
    }));
}

void type_in(const CallRef& call, const assist::Call& who) {
    const auto typed = call->rooms().settings.sessions->type(
        who, {assist::StepKey{call->body_text("step")}, assist::FieldKey{call->body_text("field")},
              call->body_text("text"), false,
              static_cast<std::uint64_t>(call->body()["stroke"].as_whole_number().value_or(0))});
    if (const auto* refusal = std::get_if<assist::Refusal>(&typed)) return call->refuse(*refusal);
    call->answer_nothing();
}

void show_in(const CallRef& call, const assist::Call& who) {
    auto& rooms = call->rooms();
    const auto now = sitting_of(rooms);
    auto found = front::table_of(*rooms.settings.sessions, who, now);
    if (const auto* refusal = std::get_if<assist::Refusal>(&found)) return call->refuse(*refusal);
    auto& table = std::get<front::Table>(found);
    const assist::StepKey step{call->body_text("step")};
    const bool is_situation = step == front::situation_step();
    if (is_situation) say_answers(call, table, now);
    const auto fields = call->body()["fields"];
    for (std::size_t place = 0; place < fields.size(); ++place)
        table.said.insert_or_assign(
            {step, assist::FieldKey{std::string{fields.at(place)["field"].as_text().value_or("")}}},
            std::string{fields.at(place)["text"].as_text().value_or("")});
    if (!table.is_step(step)) return call->refuse(404);
    if (is_situation && !table.whole.is_answered())
        return call->refuse(
            Problem{.name = "question-open",
                    .status = 409,
                    .detail = call->words()("A question is still open: answer it first."),
                    .now = [fact = table.whole.said.plan.to_ask.front()](text::JsonWriter& json) {
                        json.member("to_ask", fact.text());
                    }});
    auto sheet = front::sheet_of(table.whole, step, table.said, now, call->words());
    if (const auto* amiss = std::get_if<std::vector<front::Amiss>>(&sheet))
        return call->refuse(problem_of_faults(faults_of_step(*amiss, call->words()), call->words()));
    const auto shown = rooms.settings.sessions->show(who, std::get<assist::Sheet>(std::move(sheet)));
    if (is_situation && std::holds_alternative<assist::OnScreen>(shown))
        front::leave_out_what_is_gone(*rooms.settings.sessions, who, now);
    answer_after(call, who, shown);
}

void set_lesson_in(const CallRef& call, const assist::Call& who) {
    const assist::Lesson lesson{*assist::word_of<assist::Mode>(call->body_text("mode")),
                                *assist::word_of<assist::Side>(call->body_text("driver"))};
    answer_after(call, who, call->rooms().settings.sessions->set_lesson(who, lesson));
}

void hand_over_in(const CallRef& call, const assist::Call& who) {
    auto& rooms = call->rooms();
    auto& sessions = *rooms.settings.sessions;
    const auto found = front::table_of(sessions, who, sitting_of(rooms));
    if (const auto* refusal = std::get_if<assist::Refusal>(&found)) return call->refuse(*refusal);
    const auto& table = std::get<front::Table>(found);
    if (table.lacks && table.view.outline.state == assist::State::under_way)
        return call->refuse(
            assist::Refusal{.reason = assist::Reason::not_confirmed, .step = table.lacks->step});
    if (table.view.outline.purpose == assist::Purpose::practice)
        return answer_after(call, who, sessions.end_practice(who));
    const auto handed = sessions.hand_over(who);
    if (const auto* handover = std::get_if<assist::Handover>(&handed)) {
        const auto in_force = rooms.office.in_force();
        static_cast<void>(front::hand_in(
            {rooms.cases, sessions, *in_force.model, rooms.office.zone(), std::to_string(in_force.edition)},
            *handover));
    }
    answer_after(call, who, handed);
}

void abandon_in(const CallRef& call, const assist::Call& who) {
    const auto done = call->rooms().settings.sessions->abandon(who);
    if (const auto* refusal = std::get_if<assist::Refusal>(&done)) return call->refuse(*refusal);
    call->answer_nothing();
}

}  // namespace balcao::api
