#include "front/ticket.hpp"

#include <future>
#include <memory>
#include <string_view>

#include "crypto/keys.hpp"
#include "model/serving.hpp"
#include "text/json.hpp"

namespace balcao::front {
namespace {

std::string_view channel_of(Entrance entrance) {
    switch (entrance) {
        case Entrance::phone:
            return "phone";
        case Entrance::reception:
            return "reception";
        case Entrance::kiosk:
            return "kiosk";
    }
    return {};
}

// Its key is `arrival.ticket`.
office::TakeTicket ticket_for(const booking::Arrival& arrival, Entrance entrance) {
    return {.services = arrival.services,
            .channel = std::string{channel_of(entrance)},
            .appointment = arrival.start};
}

// The same key tells of a check-in that was taken back since, too: then the person comes in anew.
booking::Answer<booking::Arrival> check_in(const booking::Hand& hand,
                                           const std::string& key,
                                           booking::Bookings& bookings) {
    auto arrived = bookings.check_in(hand, key);
    const auto* arrival = std::get_if<booking::Arrival>(&arrived);
    if (arrival == nullptr) return arrived;
    const auto found = bookings.find(arrival->booking, booking::People::left_out);
    const auto* appointment = std::get_if<booking::Appointment>(&found);
    if (appointment == nullptr || std::holds_alternative<booking::Arrived>(appointment->state))
        return arrived;
    return bookings.check_in(hand, key + "/" + crypto::random_name());
}

// The office's answer, once it is there; nothing where the model has no such site any more.
std::optional<office::Reply> take(const booking::Arrival& arrival,
                                  Entrance entrance,
                                  office::FrontOffice& office) {
    const auto answer = std::make_shared<std::promise<office::Reply>>();
    auto reply = answer->get_future();
    const auto handled =
        office.handle({.site = arrival.site, .key = arrival.ticket, .command = ticket_for(arrival, entrance)},
                      [answer](const office::Reply& given) { answer->set_value(given); });
    if (!handled) return std::nullopt;
    return reply.get();
}

}  // namespace

std::optional<TicketName> ticket_in(const std::string& answer) {
    const auto json = text::Json::parse(answer, "answer");
    if (!json) return std::nullopt;
    const auto root = json->root();
    const auto date = parse_date(root["date"].as_text().value_or(""));
    const auto number = root["number"].as_whole_number();
    if (!date || !number) return std::nullopt;
    return TicketName{model::SiteKey{std::string{root["site"].as_text().value_or("")}},
                      *date,
                      {static_cast<std::uint32_t>(*number)}};
}

Admission let_in(const booking::Hand& hand,
                 const std::string& key,
                 Entrance entrance,
                 booking::Bookings& bookings,
                 office::FrontOffice& office) {
    const auto arrived = check_in(hand, key, bookings);
    if (const auto* refusal = std::get_if<booking::Refusal>(&arrived)) return *refusal;
    const auto& arrival = std::get<booking::Arrival>(arrived);
    const auto reply = take(arrival, entrance, office);
    if (const auto* accepted = reply ? std::get_if<office::Accepted>(&*reply) : nullptr) {
        const auto ticket = ticket_in(accepted->json);
        return ticket ? Admission{*ticket} : office::Unavailable{};
    }
    if (reply && std::holds_alternative<office::Unavailable>(*reply)) return office::Unavailable{};
    // Where even this is not written, a clerk can still take the check-in back.
    (void)bookings.undo_check_in({arrival.booking, {}}, "no-ticket/" + arrival.ticket);
    if (!reply) return booking::Refusal{.reason = booking::Reason::no_such_site};
    return NoTicket{arrival.site, std::get<office::Refusal>(*reply)};
}

void give_up_ticket(const booking::Arrival& arrival, office::FrontOffice& office) {
    if (model::is_remote(arrival.channel)) return;
    const auto leave = [&office, arrival](const office::Reply& result) {
        const auto* accepted = std::get_if<office::Accepted>(&result);
        const auto ticket = accepted != nullptr ? ticket_in(accepted->json) : std::nullopt;
        if (!ticket) return;
        (void)office.handle({.site = ticket->site,
                             .date = ticket->date,
                             .key = "undo/" + arrival.ticket,
                             .command = office::Leave{ticket->number}},
                            [](const office::Reply&) {});
    };
    (void)office.handle(
        {.site = arrival.site, .key = arrival.ticket, .command = ticket_for(arrival, Entrance::reception)},
        leave);
}

}  // namespace balcao::front
