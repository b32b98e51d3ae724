// All that is kept of an appointment or a ticket, for whoever has its link.
#include "front/own_data.hpp"

#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

front::KeptBy kept_by(const CallRef& call) {
    auto& rooms = call->rooms();
    return {rooms.office, rooms.bookings, rooms.clock};
}

void hand_out(const CallRef& call, front::OwnFile file) {
    auto response = http::Response::json(std::move(file.json));
    response.compression = http::Compression::never;  // the link beside texts of others
    response.headers.set("Content-Disposition", "attachment; filename=\"" + file.name + "\"");
    call->answer(std::move(response));
}

void of_appointment(const CallRef& call) {
    auto file = front::own_file_of_appointment(call->parameter("link"), kept_by(call), call->words());
    if (const auto* refusal = std::get_if<booking::Refusal>(&file)) return call->refuse(*refusal);
    hand_out(call, std::get<front::OwnFile>(std::move(file)));
}

void of_ticket(const CallRef& call) {
    const auto name = call->rooms().links.read(call->parameter("link"));
    if (!name || call->rooms().office.layout(name->site) == nullptr) return call->refuse(404);
    auto file = front::own_file_of_ticket(*name, kept_by(call), call->words());
    if (!file) return call->refuse(file.error().code == Errc::not_found ? 404 : 503);
    hand_out(call, *std::move(file));
}

}  // namespace

void add_own_data(Table& table) {
    const auto add = [&](Operation operation) {
        operation.who = Who::holder;
        operation.where = Where::worker;
        operation.also.push_back({503, "The journal cannot be read now."});
        operation.limit = front::Limit::wrong_links;
        table.push_back(std::move(operation));
    };
    static const SchemaRef shape =
        open_object("OwnData", "Every event in words and as data, and every look.");
    add({.path = "/appointments/{link}/data",
         .id = "getAppointmentData",
         .tag = "Appointments",
         .summary = "All that is kept of an appointment, as a file",
         .answer = shape,
         .work = of_appointment});
    add({.path = "/tickets/{link}/data",
         .id = "getTicketData",
         .tag = "Tickets",
         .summary = "All that is kept of a ticket, as a file",
         .answer = shape,
         .work = of_ticket});
}

}  // namespace balcao::api
