#include "api/orders.hpp"

#include "api/shapes.hpp"

namespace balcao::api {
namespace {

void show_ticket(const CallRef& call, const std::optional<front::TicketName>& name) {
    const auto view = name ? ticket_of(call->rooms(), *name) : std::nullopt;
    if (!view) return call->refuse(503);
    call->answer(json_of(
        [&](text::JsonWriter& out) { write_ticket(out, call->rooms(), call->words(), *name, *view); }));
}

}  // namespace

void order(const CallRef& call, office::Request request, OnAccepted accepted) {
    const auto site = request.site;
    const auto answered = [call, site, accepted = std::move(accepted)](const office::Reply& reply) {
        if (const auto* refusal = std::get_if<office::Refusal>(&reply))
            return call->refuse(*refusal, *call->rooms().office.layout(site));
        if (const auto* done = std::get_if<office::Accepted>(&reply)) return accepted(call, done->json);
        call->refuse(503);
    };
    if (!call->rooms().office.handle(std::move(request), answered)) call->refuse(404);
}

void give_ticket(const CallRef& call, office::Request request) {
    order(call, std::move(request),
          [](const CallRef& asked, const std::string& json) { show_ticket(asked, front::ticket_in(json)); });
}

void let_in(const CallRef& call, const booking::Hand& hand, front::Entrance entrance) {
    auto& rooms = call->rooms();
    const auto admission = front::let_in(hand, call->key(), entrance, rooms.bookings, rooms.office);
    if (const auto* refusal = std::get_if<booking::Refusal>(&admission)) return call->refuse(*refusal);
    if (const auto* none = std::get_if<front::NoTicket>(&admission))
        return call->refuse(none->why, *rooms.office.layout(none->site));
    const auto* name = std::get_if<front::TicketName>(&admission);
    show_ticket(call, name != nullptr ? std::optional{*name} : std::nullopt);
}

}  // namespace balcao::api
