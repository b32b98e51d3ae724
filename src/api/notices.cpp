// Being told when a ticket's turn is near: one message when so many people are still before it.
#include <algorithm>

#include "api/booked.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

// The ticket of the link, where letters leave; answers with why not.
std::optional<front::TicketName> named(const CallRef& call) {
    auto name = call->rooms().links.read(call->parameter("link"));
    if (!name || call->rooms().office.layout(name->site) == nullptr) {
        call->refuse(404);
        return std::nullopt;
    }
    const auto& settings = call->rooms().settings;
    if (settings.outbox != nullptr && settings.letters.can_reach) return name;
    call->refuse(Problem{.name = "no-letters",
                         .status = 409,
                         .detail = call->words()("No letters are sent here. Ask at the site.")});
    return std::nullopt;
}

letters::TicketName letter_name(const front::TicketName& name) {
    return {name.site, name.date, name.number.value};
}

void show(const CallRef& call, const front::TicketName& name) {
    const auto open = call->rooms().settings.outbox->open_notice(letter_name(name));
    if (!open) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) { json.begin_object().member("before", *open).end(); }));
}

void see_notice(const CallRef& call) {
    if (const auto name = named(call)) show(call, *name);
}

// Where the person is reached; answers with why nobody can be.
std::optional<booking::Contact> reached(const CallRef& call) {
    const auto to = reached_at(*call);
    if (to.mail.empty() == to.phone.empty()) {
        call->refuse_member("/mail", Fault::Kind::missing, text(""));
        return std::nullopt;
    }
    if (const auto fault = call->rooms().bookings.fault_of(to)) {
        call->refuse(booking::Refusal{*fault});
        return std::nullopt;
    }
    if (call->rooms().settings.letters.can_reach(to)) return to;
    call->refuse(booking::Refusal{booking::Reason::contact_missing});
    return std::nullopt;
}

void ask_for_notice(const CallRef& call) {
    const auto name = named(call);
    if (!name) return;
    const auto ticket = ticket_of(call->rooms(), *name);
    if (!ticket) return call->refuse(503);
    const auto to = reached(call);
    if (!to) return;
    const auto before = static_cast<int>(call->body()["before"].as_whole_number().value_or(0));
    const auto& choices = letters::Outbox::notice_choices;
    if (std::ranges::count(choices, before) == 0) {
        std::vector<std::string> numbers;
        numbers.reserve(choices.size());
        for (const int choice : choices)
            numbers.push_back(std::to_string(choice));
        return call->refuse_member("/before", Fault::Kind::not_one_of, one_of("", numbers));
    }
    if (ticket->state != "waiting")
        return call->refuse(
            Problem{.name = "not-waiting",
                    .status = 409,
                    .detail = call->words()("This ticket does not wait now."),
                    .now = [state = ticket->state](text::JsonWriter& json) { json.member("state", state); }});
    const auto answer = call->rooms().settings.outbox->ask_notice(letter_name(*name), before, *to);
    if (answer == letters::NoticeAnswer::unavailable) return call->refuse(503);
    if (answer == letters::NoticeAnswer::too_often)
        return call->refuse(
            Problem{.name = "no-third-notice",
                    .status = 409,
                    .detail = call->words()("Two messages were sent for this ticket: there is no third.")});
    show(call, *name);
}

}  // namespace

void add_notices(Table& table) {
    static const SchemaRef wish = asked(
        "NoticeRequest", "When to be told, and where: by mail or by phone.",
        {needed("before", whole("People still before one: 1, 2, 3, 5, 10 or 20.", 1, 20, 3)),
         maybe("mail", text("Mail address; or", {.example = "ana@example.org", .least = 3, .most = 254})),
         maybe("phone", text("phone number.", {.example = "+351 912 345 678", .least = 3, .most = 60}))});
    static const SchemaRef shape =
        object("Notice", "One message, and it is forgotten when the visit is over.",
               {needed("before", whole("People still before one.", 1, 20, 3))});
    const auto add = [&](Operation operation) {
        operation.path = "/tickets/{link}/notice";
        operation.tag = "Tickets";
        operation.who = Who::holder;
        operation.where = Where::worker;
        operation.answer = shape;
        operation.also.push_back({503, "Nothing can be read or written now."});
        table.push_back(std::move(operation));
    };
    add({.id = "getNotice",
         .summary = "Whether one is told when it is nearly one's turn",
         .also = {{404, "No; or there is no such ticket."}, {409, "This installation sends no letters."}},
         .limit = front::Limit::wrong_links,
         .work = see_notice});
    add({.method = http::Method::put,
         .id = "askForNotice",
         .summary = "Be told when it is nearly one's turn",
         .about = "At most two messages for a ticket; one that is open is replaced.",
         .body = wish,
         .also = {{409, "It does not wait now, or two messages were sent; or no letters are sent here."}},
         .limit = front::Limit::holds,  // a letter goes to whoever is named
         .takes_key = false,
         .work = ask_for_notice});
}

}  // namespace balcao::api
