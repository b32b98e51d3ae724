// The desk of an attendant: what it sees, and every order that can be given there.
#include <algorithm>

#include "api/desk_state.hpp"
#include "api/orders.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/rights.hpp"

namespace balcao::api {
namespace {

using office::DeskId;
using MakeCommand = office::Command (*)(const Call&, const DeskId&);

office::Number number_in(const Call& call) {
    return {static_cast<std::uint32_t>(call.body()["number"].as_whole_number().value_or(0))};
}

office::ServiceKey service_in(const Call& call) { return office::ServiceKey{call.body_text("service")}; }

office::StaffKey self(const Call& call) { return office::StaffKey{call.session().account.text()}; }

// The desk of the address; answers with 404 where the site has none of that name.
std::optional<DeskId> desk_of(const CallRef& call) {
    auto desk = office::parse_desk(call->parameter("desk"));
    const auto is_there =
        desk ? front::has_desk(call->layout(), *desk, call->rooms().office) : std::optional{false};
    if (is_there.value_or(false)) return desk;
    call->refuse(is_there ? 404 : 503);
    return std::nullopt;
}

void write_visit(text::JsonWriter& json,
                 const office::Visit& visit,
                 const office::Layout& layout,
                 const Words& words) {
    json.key("visit").begin_object().member("number", visit.number.value);
    json.member("state", office::name_of(visit.state)).key("legs").begin_array();
    for (const auto& leg : visit.legs)
        json.value(front::leg_name(layout, leg, words.code()));
    json.end().member("leg", std::int64_t(visit.leg));
    json.member("has_priority", visit.standing == office::Standing::priority).key("next").begin_array();
    const auto onward = layout.after(visit.legs[visit.leg]);
    if (onward.legs.size() + (onward.may_leave ? 1 : 0) >= 2)
        for (const auto& leg : onward.legs)
            json.value(leg.step.text());
    json.end().end();
}

// Who sees a desk, in which language.
struct DeskSeer {
    Shared& rooms;
    Words words;
    staff::AccountKey account;
};

// Who waits for the desk, and the numbers that it may take up again.
void write_lines(text::JsonWriter& json, const office::Hall& hall, const DeskId& desk, const DeskSeer& seer) {
    const auto& layout = hall.layout();
    const auto group = layout.group_of(desk);
    std::vector<const office::Visit*> waiting;
    for (const auto& visit : hall.visits())
        if (std::holds_alternative<office::Waiting>(visit.state) && visit.leg < visit.legs.size() && group &&
            layout.serves(*group, visit.legs[visit.leg], visit))
            waiting.push_back(&visit);
    std::ranges::stable_sort(waiting, std::greater{},
                             [](const auto* visit) { return visit->standing == office::Standing::priority; });
    json.key("waiting").begin_array();
    for (const auto* visit : waiting) {
        const auto waited = office::waited(*visit, seer.rooms.clock.now());
        json.begin_object().member("number", visit->number.value);
        json.member("name", front::leg_name(layout, visit->legs[visit->leg], seer.words.code()));
        json.member("has_priority", visit->standing == office::Standing::priority);
        json.member("waited_minutes", std::int64_t{waited / std::chrono::minutes{1}}).end();
    }
    json.end();
    const auto numbers = [&](const char* name, const auto& is_one) {
        json.key(name).begin_array();
        for (const auto& visit : hall.visits())
            if (is_one(visit)) json.value(visit.number.value);
        json.end();
    };
    numbers("parked",
            [](const office::Visit& visit) { return std::holds_alternative<office::Parked>(visit.state); });
    numbers("sent", [&](const office::Visit& visit) {
        const auto* waits = std::get_if<office::Waiting>(&visit.state);
        return waits != nullptr && waits->sent_by == desk;
    });
    json.key("help").begin_array();
    for (const auto& [name, one] : hall.desks())
        if (one.emergency) json.value(office::to_string(name));
    json.end();
}

void write_desk(text::JsonWriter& json, const office::Hall& hall, const DeskId& id, const DeskSeer& seer) {
    const auto& layout = hall.layout();
    const auto& desk = hall.desk(id);
    json.begin_object().member("site", layout.site().key.text()).member("desk", office::to_string(id));
    json.member("name", front::desk_name(layout, id, seer.words.code())).member("state", state_of(desk));
    json.member("is_yours", desk.staff.text() == seer.account.text());
    const auto* visit = hall.visit_at(id);
    if (visit != nullptr && visit->leg < visit->legs.size()) write_visit(json, *visit, layout, seer.words);
    write_lines(json, hall, id, seer);
    json.end();
}

std::optional<std::string> draw(const DeskSeer& seer, const model::SiteKey& site, const DeskId& desk) {
    std::string json;
    const auto looked = seer.rooms.office.look(site, std::nullopt, [&](const office::Hall& hall) {
        json = json_of([&](text::JsonWriter& out) { write_desk(out, hall, desk, seer); });
    });
    return looked ? std::optional{std::move(json)} : std::nullopt;
}

void see_desk(const CallRef& call) {
    const auto desk = desk_of(call);
    if (!desk) return;
    auto json = draw({call->rooms(), call->words(), call->session().account}, call->site().key, *desk);
    if (!json) return call->refuse(503);
    call->answer(*std::move(json));
}

// It shows who sits there, so each account follows by itself, while its session is alive.
void follow_desk(const CallRef& call) {
    const auto desk = desk_of(call);
    if (!desk) return;
    const DeskSeer seer{call->rooms(), call->words(), call->session().account};
    const auto site = call->site().key;
    const auto stream = call->stream();
    auto& live = call->rooms().live;
    live.close_unless(
        stream, front::holds_while(call->rooms().staff, call->session(), staff::Permission::run_desk, site));
    live.follow(
        site,
        "desk " + std::string{seer.words.code()} + " " + office::to_string(*desk) + " " + seer.account.text(),
        stream, [seer, site, desk = *desk] { return draw(seer, site, desk); });
}

void desks(const CallRef& call) {
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("desks").begin_array();
        for (const auto& group : call->site().desks) {
            if (group.kind == model::DeskKind::kiosk) continue;
            for (int place = 1; place <= call->layout().desks_in(group.key); ++place) {
                const DeskId id{group.key, place};
                json.begin_object().member("desk", office::to_string(id));
                json.member("name", front::desk_name(call->layout(), id, call->words().code())).end();
            }
        }
        json.end().end();
    }));
}

void send(const CallRef& call, const DeskId& desk, office::Command command) {
    if (!front::may_act_at(call->site().key, desk, call->session().account, call->rooms().office,
                           call->rooms().staff))
        return call->refuse({.reason = office::Reason::desk_taken_by_other, .desk = desk}, call->layout());
    order(call, {.site = call->site().key, .key = call->key(), .command = std::move(command)},
          [](const CallRef& asked, const std::string& json) { asked->answer(json); });
}

std::function<void(const CallRef&)> at_desk(MakeCommand make) {
    return [make](const CallRef& call) {
        if (const auto desk = desk_of(call)) send(call, *desk, make(*call, *desk));
    };
}

// The visit at the desk gets one service more; its number is looked up, not asked.
void add_service(const CallRef& call) {
    const auto desk = desk_of(call);
    if (!desk) return;
    std::optional<office::Number> number;
    const auto looked =
        call->rooms().office.look(call->site().key, std::nullopt, [&](const office::Hall& hall) {
            if (const auto* visit = hall.visit_at(*desk)) number = visit->number;
        });
    if (!looked) return call->refuse(503);
    // The key first: what was done is told again, also when the visit is over by now.
    if (number) return send(call, *desk, office::AddService{*number, service_in(*call)});
    const auto answered = [call, desk = *desk](const office::Reply& reply) {
        if (const auto* done = std::get_if<office::Accepted>(&reply)) return call->answer(done->json);
        if (std::holds_alternative<office::Unavailable>(reply)) return call->refuse(503);
        call->refuse({.reason = office::Reason::desk_has_no_visit, .desk = desk}, call->layout());
    };
    const auto handled = call->rooms().office.handle(
        {.site = call->site().key, .key = call->key(), .command = office::AddService{{}, service_in(*call)}},
        answered);
    if (!handled) call->refuse(404);
}

// To a service, to a desk, or to a desk for a service: at least one must be named.
void transfer(const CallRef& call) {
    const auto desk = desk_of(call);
    if (!desk) return;
    office::Transfer command{.desk = *desk};
    if (call->body()["service"].exists()) command.service = service_in(*call);
    if (call->body()["to_desk"].exists()) {
        command.to = office::parse_desk(call->body_text("to_desk"));
        if (!command.to || !call->layout().group_of(*command.to))
            return call->refuse({.reason = office::Reason::no_such_desk}, call->layout());
    }
    if (!command.service && !command.to)
        return call->refuse_member("/service", Fault::Kind::missing, shape::service_key(""));
    send(call, *desk, std::move(command));
}

office::Command finish(const Call& call, const DeskId& desk) {
    office::Finish command{.desk = desk};
    if (call.body()["next"].exists()) command.next = office::StepKey{call.body_text("next")};
    command.must_collect = call.body()["must_collect"].as_bool().value_or(false);
    if (call.body()["leaves_desk"].as_bool().value_or(false)) command.stay = office::Stay::no;
    return command;
}

office::Command not_come(const Call&, const DeskId& desk) { return office::NotCome{.desk = desk}; }

// Help is accepted and ended by who goes there: `desk` of the address asked for it.
void on_help(const CallRef& call, bool is_over) {
    const auto desk = desk_of(call);
    if (!desk) return;
    office::Command command = office::AcceptEmergency{*desk, self(*call)};
    if (is_over) command = office::ClearEmergency{*desk, self(*call)};
    order(call, {.site = call->site().key, .key = call->key(), .command = std::move(command)},
          [](const CallRef& asked, const std::string& json) { asked->answer(json); });
}

struct DeskVerb {
    const char* name;
    const char* id;
    const char* summary;
    std::function<void(const CallRef&)> work;
    SchemaRef body{};
    bool may_lack_body = false;
};

SchemaRef number_body() {
    static const SchemaRef shape =
        asked("NumberRequest", "A ticket.", {needed("number", shape::number("Its number."))});
    return shape;
}

std::vector<DeskVerb> verbs() {
    static const SchemaRef service =
        asked("ServiceRequest", "A service.", {needed("service", shape::service_key("The service."))});
    static const SchemaRef finishing =
        asked("FinishRequest", "How a visit goes on. All may be left out.",
              {maybe("next", text("The step that follows, where the model leaves a choice.",
                                  {.example = "photo", .least = 1, .most = 100})),
               maybe("must_collect", truth("Something is not ready: the person comes back to collect it.")),
               maybe("leaves_desk", truth("The rest of the visit waits for any desk."))});
    static const SchemaRef sending =
        asked("TransferRequest", "Where a visit is sent; one of the two or both.",
              {maybe("service", shape::service_key("To another service.")),
               maybe("to_desk", shape::desk_key("To this desk and no other."))});
    static const SchemaRef taking_back =
        asked("UndoTransferRequest", "A visit that was sent on.",
              {needed("number", shape::number("Its number.")),
               maybe("reason", text("Why.", {.example = "wrong service", .most = 200}))});
    return {
        {"open", "openDesk", "Sit down behind the desk",
         at_desk([](const Call& call, const DeskId& desk) -> office::Command {
             return office::OpenDesk{desk, self(call)};
         })},
        {"pause", "pauseDesk", "Pause",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::PauseDesk{desk}; })},
        {"resume", "resumeDesk", "Go on after a pause",
         at_desk(
             [](const Call&, const DeskId& desk) -> office::Command { return office::ResumeDesk{desk}; })},
        {"close", "closeDesk", "Close the desk",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::CloseDesk{desk}; })},
        {"call-next", "callNext", "Call who is next by the rule",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::CallNext{desk}; })},
        {"call", "callNumber", "Call a number",
         at_desk([](const Call& call, const DeskId& desk) -> office::Command {
             return office::CallNumber{desk, number_in(call)};
         }),
         number_body()},
        {"recall", "recall", "Call again",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::Recall{desk}; })},
        {"undo-call", "undoCall", "Take a call back",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::UndoCall{desk}; })},
        {"start", "startService", "Who was called is here",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::Start{desk}; })},
        {"no-show", "noShow", "Who was called did not come", at_desk(not_come)},
        {"park", "parkVisit", "Put a visit on hold",
         at_desk([](const Call&, const DeskId& desk) -> office::Command { return office::Park{desk}; })},
        {"resume-visit", "resumeVisit", "Go on with who was put on hold",
         at_desk([](const Call& call, const DeskId& desk) -> office::Command {
             return office::Resume{desk, number_in(call)};
         }),
         number_body()},
        {"finish", "finishService", "Finish, and say what comes next", at_desk(finish), finishing, true},
        {"add-service", "addService", "One service more for this visit", add_service, service},
        {"transfer", "transferVisit", "Send on to another service or desk", transfer, sending},
        {"undo-transfer", "undoTransfer", "Take a visit back that was sent on",
         at_desk([](const Call& call, const DeskId& desk) -> office::Command {
             const auto reason = call.body_text("reason");
             return office::UndoTransfer{desk, number_in(call),
                                         reason.empty() ? "taken back at the desk" : reason};
         }),
         taking_back},
        {"call-for-help", "callForHelp", "Ask for help now",
         at_desk([](const Call&, const DeskId& desk) -> office::Command {
             return office::RaiseEmergency{desk};
         })},
        {"accept-help", "acceptHelp", "Say that one goes to help at that desk",
         [](const CallRef& call) { on_help(call, false); }},
        {"end-help", "endHelp", "Say that it is over", [](const CallRef& call) { on_help(call, true); }},
    };
}

}  // namespace

void add_desks(Table& table) {
    static const SchemaRef name = object("DeskName", "A desk.",
                                         {needed("desk", shape::desk_key("Its key.")),
                                          needed("name", text("For people.", {.example = "Counter 2"}))});
    static const SchemaRef names =
        object("DeskNames", "Desks.", {needed("desks", list(name, "In the order of the model."))});
    const auto base = [](Operation operation) {
        operation.tag = "Desk";
        operation.who = Who::staff;
        operation.permission = staff::Permission::run_desk;
        return operation;
    };
    table.push_back(base({.path = "/sites/{site}/desks",
                          .id = "listDesks",
                          .summary = "The desks of a site behind which people sit",
                          .answer = names,
                          .work = desks}));
    table.push_back(base({.path = "/sites/{site}/desks/{desk}",
                          .id = "getDesk",
                          .summary = "A desk, and who waits for it",
                          .answer = shape::desk(),
                          .also = {{503, "The journal cannot be read now."}},
                          .work = see_desk}));
    table.push_back(
        base({.path = "/sites/{site}/desks/{desk}/events",
              .id = "followDesk",
              .summary = "The same, again and again as it changes",
              .about = "Server-sent events without a name; the data of each is a Desk. It ends with "
                       "the session.",
              .answer = shape::desk(),
              .answer_type = "text/event-stream",
              .work = follow_desk}));
    for (auto& verb : verbs())
        table.push_back(base({.method = http::Method::post,
                              .path = std::string{"/sites/{site}/desks/{desk}/"} + verb.name,
                              .id = verb.id,
                              .summary = verb.summary,
                              .body = verb.body,
                              .answer = shape::command(),
                              .also = {{409, "Not possible as things are now; `now` says how they are."},
                                       {503, "Nothing can be written now."}},
                              .may_lack_body = verb.may_lack_body,
                              .work = std::move(verb.work)}));
}

}  // namespace balcao::api
