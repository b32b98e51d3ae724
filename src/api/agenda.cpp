// The appointments of a day for who works at the door: without names; letting somebody in, and taking it
// back.
#include "api/orders.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

booking::ByClerk by_clerk(const CallRef& call) {
    return {booking::BookingKey{call->parameter("appointment")},
            booking::ClerkKey{call->session().account.text()}};
}

// The appointment is of the site where the right is held.
bool is_here(const CallRef& call) {
    const auto found = call->rooms().bookings.find(by_clerk(call).booking, booking::People::left_out);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) {
        call->refuse(*refusal);
        return false;
    }
    if (std::get<booking::Appointment>(found).site == call->site().key) return true;
    call->refuse(404);
    return false;
}

void day(const CallRef& call) {
    const Date date = parse_date(call->request().query.text("date")).value_or(call->rooms().now().date);
    const auto found = call->rooms().bookings.on_day(call->site().key, date, booking::People::left_out);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("site", call->site().key.text()).member("date", format_date(date));
        json.key("appointments").begin_array();
        for (const auto& appointment : std::get<std::vector<booking::Appointment>>(found))
            write_agenda_entry(json, appointment, call->rooms().clock.now());
        json.end().end();
    }));
}

void check_in_by_clerk(const CallRef& call) {
    if (is_here(call)) let_in(call, by_clerk(call), front::Entrance::reception);
}

void undo(const CallRef& call) {
    if (!is_here(call)) return;
    const auto done = call->rooms().bookings.undo_check_in(by_clerk(call), call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&done)) return call->refuse(*refusal);
    front::give_up_ticket(std::get<booking::Arrival>(done), call->rooms().office);
    call->answer_nothing();
}

}  // namespace

void add_agenda(Table& table) {
    static const SchemaRef agenda =
        object("Agenda", "The appointments of a day.",
               {needed("site", shape::site_key("The site.")), needed("date", date("The day.")),
                needed("appointments", list(shape::agenda_entry(), "In order of time."))});
    const auto add = [&](Operation operation) {
        operation.tag = "Hall";
        operation.who = Who::staff;
        operation.permission = staff::Permission::run_desk;
        operation.where = Where::worker;
        operation.also.push_back({503, "The journal cannot be read or written now."});
        table.push_back(std::move(operation));
    };
    add({.path = "/sites/{site}/appointments",
         .id = "listAppointments",
         .summary = "The appointments of a day, without names",
         .query = {maybe("date", date("The day; without it today."))},
         .answer = agenda,
         .work = day});
    add({.method = http::Method::post,
         .path = "/sites/{site}/appointments/{appointment}/check-in",
         .id = "letIn",
         .summary = "The person is here: give the ticket",
         .status = 201,
         .answer = shape::ticket(),
         .also = {{409, "Not on that day, or here already."}},
         .work = check_in_by_clerk});
    add({.method = http::Method::post,
         .path = "/sites/{site}/appointments/{appointment}/undo-check-in",
         .id = "undoLetIn",
         .summary = "The person is not here after all",
         .about = "The ticket is given up.",
         .status = 204,
         .also = {{409, "Nobody was let in."}},
         .work = undo});
}

}  // namespace balcao::api
