// Tickets: taking one, following it, giving it up, coming back, and its receipt.
#include "api/orders.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

// The ticket of the link in the address; answers with 404 where it is none of ours.
std::optional<front::TicketName> named(const CallRef& call) {
    auto name = call->rooms().links.read(call->parameter("link"));
    if (name && call->rooms().office.layout(name->site) != nullptr) return name;
    call->refuse(404);
    return std::nullopt;
}

void show(const CallRef& call, const front::TicketName& name) {
    const auto view = ticket_of(call->rooms(), name);
    if (!view) return call->refuse(503);
    call->answer(json_of(
        [&](text::JsonWriter& json) { write_ticket(json, call->rooms(), call->words(), name, *view); }));
}

void see_ticket(const CallRef& call) {
    if (const auto name = named(call)) show(call, *name);
}

void take(const CallRef& call) {
    office::TakeTicket command{.services = {}, .channel = "phone"};
    const auto services = call->body()["services"];
    for (std::size_t place = 0; place < services.size(); ++place)
        command.services.emplace_back(std::string{services.at(place).as_text().value_or("")});
    if (call->body()["has_priority"].as_bool().value_or(false)) command.standing = office::Standing::priority;
    give_ticket(call, {.site = call->site().key, .key = call->key(), .command = std::move(command)});
}

template <class Command>
void about(const CallRef& call) {
    const auto name = named(call);
    if (!name) return;
    order(call,
          {.site = name->site, .date = name->date, .key = call->key(), .command = Command{name->number}},
          [name = *name](const CallRef& asked, const std::string&) { show(asked, name); });
}

void follow_ticket(const CallRef& call) {
    const auto name = named(call);
    if (!name) return;
    auto& shared = call->rooms();
    const auto words = call->words();
    const std::string fragment = "ticket " + std::string{words.code()} + " " + format_date(name->date) + " " +
                                 std::to_string(name->number.value);
    shared.live.follow(
        name->site, fragment, call->stream(), [&shared, words, name = *name]() -> std::optional<std::string> {
            const auto view = ticket_of(shared, name);
            if (!view) return std::nullopt;
            return json_of([&](text::JsonWriter& json) { write_ticket(json, shared, words, name, *view); });
        });
}

void receipt(const CallRef& call) {
    const auto name = named(call);
    if (!name) return;
    if (!call->rooms().settings.proofs.receipt) return call->refuse(404);
    answer_receipt(call, call->rooms().settings.proofs.receipt(*name));
}

}  // namespace

void add_tickets(Table& table) {
    static const SchemaRef asked_for =
        asked("TicketRequest", "A ticket for one service or several.",
              {needed("services", list(shape::service_key("A service of the site."),
                                       "In the order in which they matter.", 1, 20)),
               maybe("has_priority", truth("By law. Nobody asks why, and it is not kept why."))});
    table.push_back(
        {.method = http::Method::post,
         .path = "/sites/{site}/tickets",
         .id = "takeTicket",
         .tag = "Tickets",
         .summary = "Take a ticket",
         .body = asked_for,
         .status = 201,
         .answer = shape::ticket(),
         .also = {{409, "The site is closed, or its numbers are given out."},
                  {503, "Nothing can be written now; the same Idempotency-Key may be sent again."}},
         .limit = front::Limit::tickets,
         .work = take});
    table.push_back({.path = "/tickets/{link}",
                     .id = "getTicket",
                     .tag = "Tickets",
                     .summary = "What is true of a ticket now",
                     .who = Who::holder,
                     .answer = shape::ticket(),
                     .also = {{503, "The journal cannot be read now."}},
                     .limit = front::Limit::wrong_links,
                     .work = see_ticket});
    table.push_back({.path = "/tickets/{link}/events",
                     .id = "followTicket",
                     .tag = "Tickets",
                     .summary = "The same, again and again as it changes",
                     .about = "Server-sent events without a name; the data of each is a Ticket.",
                     .who = Who::holder,
                     .answer = shape::ticket(),
                     .answer_type = "text/event-stream",
                     .limit = front::Limit::wrong_links,
                     .work = follow_ticket});
    table.push_back(
        {.method = http::Method::post,
         .path = "/tickets/{link}/leave",
         .id = "leaveTicket",
         .tag = "Tickets",
         .summary = "Give a ticket up",
         .who = Who::holder,
         .answer = shape::ticket(),
         .also = {{409, "The visit is over, or being served."}, {503, "Nothing can be written now."}},
         .limit = front::Limit::wrong_links,
         .work = about<office::Leave>});
    table.push_back({.method = http::Method::post,
                     .path = "/tickets/{link}/come-back",
                     .id = "comeBack",
                     .tag = "Tickets",
                     .summary = "Be there again after having been missed",
                     .who = Who::holder,
                     .answer = shape::ticket(),
                     .also = {{409, "It was not missed."}, {503, "Nothing can be written now."}},
                     .limit = front::Limit::wrong_links,
                     .work = about<office::ComeBack>});
    table.push_back({.path = "/tickets/{link}/receipt",
                     .id = "getReceipt",
                     .tag = "Tickets",
                     .summary = "Every step of the visit, with its proof",
                     .about = "Checked with `balcao verify --receipt`, or with any reader of RFC 9162.",
                     .who = Who::holder,
                     .where = Where::worker,
                     .answer = shape::receipt(),
                     .also = {{503, "Not in the log yet: it is within seconds."}},
                     .limit = front::Limit::wrong_links,
                     .work = receipt});
}

}  // namespace balcao::api
