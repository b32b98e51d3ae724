// The double screen for programs: the mediator's side by the right to assist at a site, the citizen's screen
// by the secret that it made itself.
#include "api/assist_shapes.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

assist::Sessions& sessions_of(const CallRef& call) { return *call->rooms().settings.sessions; }

assist::MediatorKey mediator_of(const CallRef& call) {
    return assist::MediatorKey{call->session().account.text()};
}

assist::Call by_mediator(const CallRef& call) {
    return {assist::SessionKey{call->parameter("session")}, assist::ByMediator{mediator_of(call)},
            call->key()};
}

assist::Call by_screen(const CallRef& call) {
    return {assist::SessionKey{call->parameter("session")}, assist::ByScreen{std::string{call->token()}},
            call->key()};
}

assist::ScreenCall screen_call(const CallRef& call) {
    return {assist::SessionKey{call->parameter("session")}, {std::string{call->token()}}, call->key()};
}

void begin_assistance(const CallRef& call) {
    auto& rooms = call->rooms();
    const auto in_force = rooms.office.in_force();
    assist::Subject subject{model::ServiceKey{call->body_text("service")},
                            model::LifeEventKey{call->body_text("life_event")}};
    const auto event = subject.is_one() ? front::event_of(*in_force.model, subject) : std::nullopt;
    if (!event) return call->refuse(404);
    assist::Opening opening{.mediator = mediator_of(call),
                            .site = call->site().key,
                            .subject = subject,
                            .edition = std::to_string(in_force.edition)};
    opening.steps = front::assisted(sitting_of(rooms), *event, {}).steps;
    if (const auto mode = assist::word_of<assist::Mode>(call->body_text("mode"))) opening.lesson.mode = *mode;
    if (const auto driver = assist::word_of<assist::Side>(call->body_text("driver")))
        opening.lesson.driver = *driver;
    if (call->body()["is_practice"].as_bool().value_or(false)) opening.purpose = assist::Purpose::practice;
    answer_code(call, sessions_of(call).open(opening, call->key()));
}

void list_open(const CallRef& call) {
    const auto open = sessions_of(call).open_sessions(
        [site = call->site().key](const assist::Session& one) { return one.site == site; });
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("sessions").begin_array();
        for (const auto& one : open) {
            json.begin_object().member("session", one.session.text());
            json.member("state", assist::name_of(one.state));
            write_instant(json, "opened", one.opened);
            json.member("is_own", one.mediator == mediator_of(call)).end();
        }
        json.end().end();
    }));
}

void new_code(const CallRef& call) {
    answer_code(call,
                sessions_of(call).new_code(
                    {assist::SessionKey{call->parameter("session")}, {mediator_of(call)}, call->key()}));
}

void take_over(const CallRef& call) {
    const auto taken = sessions_of(call).take_over(call->body_text("code"),
                                                   {mediator_of(call), call->site().key}, call->key());
    if (const auto* refusal = std::get_if<assist::Refusal>(&taken)) return call->refuse(*refusal);
    answer_assistance(call, {std::get<assist::SessionKey>(taken), assist::ByMediator{mediator_of(call)}, {}});
}

void join_screen(const CallRef& call) {
    const auto kind = assist::word_of<assist::ScreenKind>(call->body_text("kind"));
    const auto joined = sessions_of(call).join(
        call->body_text("code"), {std::string{call->token()}, kind.value_or(assist::ScreenKind::own)},
        call->key());
    if (const auto* refusal = std::get_if<assist::Refusal>(&joined)) return call->refuse(*refusal);
    answer_assistance(
        call, {std::get<assist::SessionKey>(joined), assist::ByScreen{std::string{call->token()}}, {}});
}

void confirm_step(const CallRef& call) {
    assist::Confirmation confirmation{.hash = call->body_text("hash")};
    if (call->body()["by_proxy"].as_bool().value_or(false)) confirmation.by = assist::Confirmer::proxy;
    const auto given = call->body()["given"];
    for (std::size_t place = 0; place < given.size(); ++place)
        confirmation.given.push_back(
            {assist::ReceiverKey{std::string{given.at(place)["receiver"].as_text().value_or("")}},
             std::string{given.at(place)["item"].as_text().value_or("")}});
    answer_after(call, by_screen(call), sessions_of(call).confirm(screen_call(call), confirmation));
}

void dispute(const CallRef& call) {
    const auto why = assist::word_of<assist::DisputeReason>(call->body_text("why"));
    answer_after(call, by_screen(call),
                 sessions_of(call).dispute(screen_call(call), {*why, call->body_text("words")}));
}

void lift(const CallRef& call) {
    answer_after(call, by_screen(call), sessions_of(call).lift(screen_call(call)));
}

void keep(const CallRef& call) { answer_code(call, sessions_of(call).keep(screen_call(call))); }

void beat(const CallRef& call) {
    const auto done = sessions_of(call).beat(screen_call(call));
    if (const auto* refusal = std::get_if<assist::Refusal>(&done)) return call->refuse(*refusal);
    call->answer_nothing();
}

void add_of_session(Table& table, Operation operation, bool is_screen) {
    operation.path =
        (is_screen ? "/screens/{session}" : "/sites/{site}/assistance/{session}") + operation.path;
    operation.tag = "Double screen";
    operation.who = is_screen ? Who::machine : Who::staff;
    if (!is_screen) operation.permission = staff::Permission::assist_citizen;
    operation.where = Where::worker;
    if (operation.answer == nullptr && operation.status == 200) operation.answer = shape::assistance();
    operation.also.push_back({403, "It is another one's."});
    operation.also.push_back({404, "There is no such session."});
    if (operation.method == http::Method::post) operation.also.push_back({409, "It is not so now."});
    operation.also.push_back({503, "Nothing can be read or written now."});
    table.push_back(std::move(operation));
}

struct Both {
    std::string path;
    std::string id;  // "showToCitizen" and "showOnScreen"
    std::string id_of_screen;
    std::string summary;
    SchemaRef body{};
    int status = 200;
    void (*work)(const CallRef&, const assist::Call&);
};

// What both sides do, each under its own address.
void add_both(Table& table, const Both& both) {
    const auto add = [&](bool is_screen) {
        Operation operation{.method = http::Method::post,
                            .path = both.path,
                            .id = is_screen ? both.id_of_screen : both.id,
                            .summary = both.summary,
                            .body = both.body,
                            .status = both.status};
        operation.body_most = 256UL * 1024;
        operation.work = [work = both.work, is_screen](const CallRef& call) {
            work(call, is_screen ? by_screen(call) : by_mediator(call));
        };
        add_of_session(table, std::move(operation), is_screen);
    };
    add(false);
    add(true);
}

SchemaRef opening_body() {
    return asked("AssistanceToBegin", "What a session is about, and how it begins.",
                 {maybe("service", text("A service; or", {.example = "card", .most = 64})),
                  maybe("life_event", text("a life event.", {.example = "lost_wallet", .most = 64})),
                  maybe("mode", one_of("How it teaches.", {"show-me", "let-me-try", "i-do-you-watch"})),
                  maybe("driver", one_of("Who drives.", {"mediator", "citizen"})),
                  maybe("is_practice", truth("Nothing is sent."))});
}

SchemaRef confirmation_body() {
    static const SchemaRef consent =
        asked("ConsentGiven", "A consent that stood on the sheet.",
              {needed("receiver", text("Who gets it.", {.example = "irn", .most = 64})),
               needed("item", text("What.", {.example = "card", .most = 64}))});
    return asked("StepConfirmation", "What the citizen confirms: exactly what stands on the screen.",
                 {needed("hash", text("Its hash.", {.example = "9f86d081", .most = 64})),
                  maybe("given", list(consent, "Those that are given.", 0, 64)),
                  maybe("by_proxy", truth("By who stands in the citizen's place."))});
}

void add_of_site(Table& table) {
    Operation operation{.method = http::Method::post,
                        .path = "/sites/{site}/assistance",
                        .id = "beginAssistance",
                        .tag = "Double screen",
                        .summary = "Begin a session with a citizen at two screens",
                        .who = Who::staff,
                        .permission = staff::Permission::assist_citizen,
                        .where = Where::worker,
                        .body = opening_body(),
                        .answer = shape::screen_code(),
                        .also = {{403, "You may not assist with it."},
                                 {404, "There is no such service or life event."},
                                 {503, "Nothing can be written now."}},
                        .work = begin_assistance};
    table.push_back(operation);
    static const SchemaRef one = object(
        "AssistanceListed", "A session that is not over.",
        {needed("session", text("Its key.")), needed("state", text("How it stands.", {.example = "kept"})),
         needed("opened", instant("Since when.")), needed("is_own", truth("You have it."))});
    operation.method = http::Method::get;
    operation.id = "listAssistance";
    operation.summary = "Sessions of a site that are not over";
    operation.body = nullptr;
    operation.answer =
        object("AssistanceList", "Of that site.", {needed("sessions", list(one, "Of today."))});
    operation.also = {};
    operation.work = list_open;
    table.push_back(operation);
    operation.method = http::Method::post;
    operation.path = "/sites/{site}/assistance/take-over";
    operation.id = "takeOverAssistance";
    operation.summary = "Go on with a session that was kept, by its code";
    operation.body = asked("DeskCode", "The code that the citizen was told.",
                           {needed("code", text("Nine digits.", {.example = "482 915 370", .most = 20}))});
    operation.answer = shape::assistance();
    operation.also = {{403, "You may not assist with it."},
                      {404, "There is no such code."},
                      {409, "It is over, used, or not kept."},
                      {503, "Nothing can be written now."}};
    operation.work = take_over;
    table.push_back(operation);
}

}  // namespace

namespace {

void add_all(Table& table) {
    add_of_site(table);
    add_of_session(table,
                   {.id = "getAssistance",
                    .summary = "A session, and what stands in it while its citizen is there",
                    .work = [](const CallRef& call) { answer_assistance(call, by_mediator(call)); }},
                   false);
    add_of_session(table,
                   {.method = http::Method::post,
                    .path = "/code",
                    .id = "makeScreenCode",
                    .summary = "Another code for the citizen's screen",
                    .answer = shape::screen_code(),
                    .work = new_code},
                   false);
    add_of_session(table,
                   {.id = "getScreen",
                    .summary = "The session of a citizen's screen; it says that the screen is there",
                    .work = [](const CallRef& call) { answer_assistance(call, by_screen(call)); }},
                   true);
    table.push_back(
        {.method = http::Method::post,
         .path = "/screens",
         .id = "joinScreen",
         .tag = "Double screen",
         .summary = "A screen becomes the citizen's, by its code",
         .about = "The screen makes its own secret: 32 random bytes in base 64 for addresses.",
         .who = Who::machine,
         .where = Where::worker,
         .body = asked("ScreenToJoin", "The code that the mediator told.",
                       {needed("code", text("Nine digits.", {.example = "482 915 370", .most = 20})),
                        maybe("kind", one_of("The citizen's own, or one of the place.", {"desk", "own"}))}),
         .answer = shape::assistance(),
         .also = {{404, "There is no such code."},
                  {409, "It is over, or used."},
                  {503, "Nothing can be written now."}},
         .limit = front::Limit::wrong_links,
         .work = join_screen});
    add_both(table, {"/typed", "typeForCitizen", "typeOnScreen", "Tell the other side what is being typed",
                     typed_body(), 204, type_in});
    add_both(table, {"/shown", "showToCitizen", "showOnScreen", "Put a step on the citizen's screen",
                     shown_body(), 200, show_in});
    add_both(table, {"/lesson", "setAssistanceLesson", "setScreenLesson",
                     "Change who drives, and how it teaches", lesson_body(), 200, set_lesson_in});
    add_both(table,
             {"/hand-over", "handOverAssistance", "handOverScreen",
              "Hand in what was confirmed; practice ends and sends nothing", nullptr, 200, hand_over_in});
    add_both(table, {"/abandon", "abandonAssistance", "abandonScreen", "Give it up: nothing is kept", nullptr,
                     204, abandon_in});
    const auto add_screen = [&](const char* path, const char* id, const char* summary, SchemaRef body,
                                auto work) {
        Operation operation{.method = http::Method::post, .path = path, .id = id, .summary = summary};
        operation.body = std::move(body);
        operation.work = work;
        return operation;
    };
    add_of_session(table,
                   add_screen("/confirmed", "confirmStep", "The citizen confirms what stands on the screen",
                              confirmation_body(), confirm_step),
                   true);
    add_of_session(
        table,
        add_screen("/dispute", "disputeStep", "The citizen stops the session",
                   asked("StepDispute", "Why.",
                         {needed("why", one_of("Why.", {"value-wrong", "not-understood", "not-wanted",
                                                        "feels-pressed", "other"})),
                          maybe("words", text("In the citizen's own words.",
                                              {.example = "That is not my street", .most = 1000}))}),
                   dispute),
        true);
    add_of_session(table, add_screen("/lift", "liftDispute", "The citizen goes on", nullptr, lift), true);
    auto kept =
        add_screen("/keep", "keepAssistance", "Keep it for today, to go on at another desk", nullptr, keep);
    kept.answer = shape::screen_code();
    add_of_session(table, std::move(kept), true);
    auto alive = add_screen("/beat", "beatScreen", "A sign of life, at least once a minute", nullptr, beat);
    alive.status = 204;
    alive.takes_key = false;
    add_of_session(table, std::move(alive), true);
}

}  // namespace

// Where there is no double screen, none of its addresses is there.
void add_assistance(Table& table) {
    Table all;
    add_all(all);
    for (auto& operation : all) {
        operation.work = [work = std::move(operation.work)](const CallRef& call) {
            if (call->rooms().settings.sessions == nullptr) return call->refuse(404);
            work(call);
        };
        table.push_back(std::move(operation));
    }
}

}  // namespace balcao::api
