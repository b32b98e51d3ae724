// A hall for who sees or manages it: every desk and visit of today, who was missed and is back, what is
// collected, a ticket's link to be printed again, the end of the day.

#include "api/desk_state.hpp"
#include "api/orders.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/rights.hpp"

namespace balcao::api {
namespace {

// Who sees the hall, in which language.
struct FloorSeer {
    Shared& rooms;
    Words words;
};

void write_floor_desk(text::JsonWriter& json,
                      const office::Hall& hall,
                      const office::DeskId& id,
                      const FloorSeer& seer) {
    const auto& desk = hall.desk(id);
    json.begin_object().member("desk", office::to_string(id));
    json.member("name", front::desk_name(hall.layout(), id, seer.words.code()));
    json.member("state", state_of(desk));
    const auto account = seer.rooms.staff.account(staff::AccountKey{desk.staff.text()});
    if (account) json.member("staff", account->names.name);
    if (const auto* visit = hall.visit_at(id)) json.member("number", visit->number.value);
    json.member("asks_for_help", desk.emergency.has_value()).end();
}

void write_floor_visit(text::JsonWriter& json,
                       const office::Hall& hall,
                       const office::Visit& visit,
                       const FloorSeer& seer) {
    const auto waited = office::waited(visit, seer.rooms.clock.now());
    json.begin_object().member("number", visit.number.value).member("state", office::name_of(visit.state));
    json.key("legs").begin_array();
    for (const auto& leg : visit.legs)
        json.value(front::leg_name(hall.layout(), leg, seer.words.code()));
    json.end().member("has_priority", visit.standing == office::Standing::priority);
    write_instant(json, "arrived_at", visit.arrived);
    json.member("waited_minutes", std::int64_t{waited / std::chrono::minutes{1}});
    if (const auto* desk = office::desk_of(visit.state)) json.member("desk", office::to_string(*desk));
    json.end();
}

void write_floor(text::JsonWriter& json, const office::Hall& hall, const FloorSeer& seer) {
    const auto& layout = hall.layout();
    json.begin_object().member("site", layout.site().key.text()).member("date", format_date(hall.date()));
    json.member("has_ended", hall.has_ended()).key("desks").begin_array();
    for (const auto& group : layout.site().desks) {
        if (group.kind == model::DeskKind::kiosk) continue;
        for (int place = 1; place <= layout.desks_in(group.key); ++place)
            write_floor_desk(json, hall, {group.key, place}, seer);
    }
    // Still open, though the model has no such desk any more.
    for (const auto& [id, desk] : hall.desks())
        if (!layout.group_of(id) && hall.has_desk(id)) write_floor_desk(json, hall, id, seer);
    json.end().key("visits").begin_array();
    for (auto visit = hall.visits().rbegin(); visit != hall.visits().rend(); ++visit)
        write_floor_visit(json, hall, *visit, seer);
    json.end().end();
}

std::optional<std::string> draw(const FloorSeer& seer, const model::SiteKey& site) {
    std::string json;
    const auto looked = seer.rooms.office.look(site, std::nullopt, [&](const office::Hall& hall) {
        json = json_of([&](text::JsonWriter& out) { write_floor(out, hall, seer); });
    });
    return looked ? std::optional{std::move(json)} : std::nullopt;
}

void see_floor(const CallRef& call) {
    auto json = draw({call->rooms(), call->words()}, call->site().key);
    if (!json) return call->refuse(503);
    call->answer(*std::move(json));
}

void follow_floor(const CallRef& call) {
    const FloorSeer seer{call->rooms(), call->words()};
    const auto site = call->site().key;
    const auto stream = call->stream();
    auto& live = call->rooms().live;
    live.close_unless(
        stream, front::holds_while(call->rooms().staff, call->session(), staff::Permission::see_hall, site));
    live.follow(site, "floor " + std::string{seer.words.code()}, stream,
                [seer, site] { return draw(seer, site); });
}

void tell(const CallRef& call, office::Command command) {
    order(call, {.site = call->site().key, .key = call->key(), .command = std::move(command)},
          [](const CallRef& asked, const std::string& json) { asked->answer(json); });
}

// The number in the address; answers with 404 where it is none.
std::optional<office::Number> number_of(const CallRef& call) {
    const auto text = call->parameter("number");
    if (faults_of_text(shape::number(""), text, {}).empty())
        return office::Number{static_cast<std::uint32_t>(std::stoul(text))};
    call->refuse(404);
    return std::nullopt;
}

template <class Command>
void about(const CallRef& call) {
    if (const auto number = number_of(call)) tell(call, Command{*number});
}

void print_again(const CallRef& call) {
    const auto number = number_of(call);
    if (!number) return;
    const front::TicketName name{call->site().key, call->rooms().now().date, *number};
    const auto view = ticket_of(call->rooms(), name);
    if (!view) return call->refuse(404);
    call->answer(json_of(
        [&](text::JsonWriter& json) { write_ticket(json, call->rooms(), call->words(), name, *view); }));
}

}  // namespace

void add_floor(Table& table) {
    const auto add = [&](Operation operation) {
        operation.tag = "Hall";
        operation.who = Who::staff;
        if (!operation.permission) operation.permission = staff::Permission::manage_hall;
        operation.also.push_back({503, "The journal cannot be read or written now."});
        table.push_back(std::move(operation));
    };
    add({.path = "/sites/{site}/floor",
         .id = "getFloor",
         .summary = "Every desk and visit of today",
         .permission = staff::Permission::see_hall,
         .answer = shape::floor(),
         .work = see_floor});
    add({.path = "/sites/{site}/floor/events",
         .id = "followFloor",
         .summary = "The same, again and again as it changes",
         .about = "Server-sent events without a name; the data of each is a Floor. It ends with the session.",
         .permission = staff::Permission::see_hall,
         .answer = shape::floor(),
         .answer_type = "text/event-stream",
         .work = follow_floor});
    add({.path = "/sites/{site}/visits/{number}",
         .id = "printTicketAgain",
         .summary = "A ticket with its link, to be printed again",
         .answer = shape::ticket(),
         .work = print_again});
    add({.method = http::Method::post,
         .path = "/sites/{site}/visits/{number}/come-back",
         .id = "bringBack",
         .summary = "Who was missed is here again",
         .answer = shape::command(),
         .also = {{409, "It was not missed."}},
         .work = about<office::ComeBack>});
    add({.method = http::Method::post,
         .path = "/sites/{site}/visits/{number}/collect",
         .id = "collect",
         .summary = "What was being prepared was collected",
         .answer = shape::command(),
         .also = {{409, "There is nothing to collect."}},
         .work = about<office::Collect>});
    add({.method = http::Method::post,
         .path = "/sites/{site}/end-of-day",
         .id = "endDay",
         .summary = "End the day",
         .about = "Whoever still waits is noted as not served, and no more tickets are given today.",
         .answer = shape::command(),
         .also = {{409, "It has ended."}},
         .work = [](const CallRef& call) { tell(call, office::EndDay{}); }});
}

}  // namespace balcao::api
