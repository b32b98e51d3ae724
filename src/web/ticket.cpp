// The page of one ticket, on the phone of whoever has its link: what is true of it now, where to go, and the
// way to give it up.
#include "front/refusal.hpp"
#include "web/notice.hpp"
#include "web/shared.hpp"
#include "web/ticket_view.hpp"
#include "web/waits.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

std::string headline(const TicketView& ticket, const office::Layout& layout, const Words& words) {
    const std::string desk = ticket.desk ? desk_name(layout, *ticket.desk, words.code()) : "";
    if (ticket.state == "called") return words("It is your turn: {desk}", {{"desk", desk}});
    if (ticket.state == "served") return words("You are being served at {desk}", {{"desk", desk}});
    if (ticket.state == "parked") return words("Your visit is on hold. You are called again.");
    if (ticket.state == "collecting") return words("Come back to collect what is being prepared.");
    if (ticket.state == "missed") return words("You were called and did not come.");
    if (ticket.state == "done") return words("Your visit is complete.");
    if (ticket.state == "left") return words("You gave this ticket up.");
    if (ticket.ahead == 0) return words("You are next.");
    return ticket.ahead == 1
               ? words("One person is ahead of you.")
               : words("{count} people are ahead of you.", {{"count", std::to_string(ticket.ahead)}});
}

}  // namespace

void write_ticket(Content& into,
                  const Shared& shared,
                  const Words& words,
                  const TicketName& name,
                  const TicketView& ticket) {
    const office::Layout& layout = *shared.office.layout(name.site);
    into.element<"p">({with<"class">("number"), with<"data-state">(ticket.state)},
                      std::to_string(ticket.number.value));
    into.element<"p">({with<"class">("headline")}, headline(ticket, layout, words));
    write_wait_of_ticket(into, shared, words, name, ticket);
    into.element<"ul">({with<"class">("legs")}, [&](Content& list) {
        for (const auto& key : ticket.services) {
            const auto* service = layout.city().find(key);
            list.element<"li">(service != nullptr ? model::name_of(*service, words.code()) : key.text());
        }
    });
    if (ticket.standing == office::Standing::priority) into.element<"p">(words("Priority by law"));
    if (ticket.state == "missed")
        into.element<"p">(words("Are you here? Say so, and you get your place back."));
}

namespace {

std::optional<std::string> draw(const Shared& shared, const Words& words, const TicketName& name) {
    const auto ticket = shared.ticket(name);
    if (!ticket) return std::nullopt;
    return html::fragment([&](Content& into) { write_ticket(into, shared, words, name, *ticket); }).text();
}

bool may_leave(const TicketView& ticket) {
    return ticket.state == "waiting" || ticket.state == "missed" || ticket.state == "parked";
}

void write_button(
    Content& main, const Words& words, std::string_view link, std::string_view verb, std::string_view label) {
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"tickets", link, verb}))}, [&](Content& form) {
            form.empty<"input">({with<"type">("hidden"), with<"name">("key"), with<"value">(new_form_key())});
            form.element<"button">(label);
        });
}

http::Response ticket_page(const http::Request& request,
                           const Shared& shared,
                           const TicketName& name,
                           const std::string& complaint,
                           int status) {
    const Words words = shared.words_of(request);
    const auto ticket = shared.ticket(name);
    if (!ticket) return shared.failure(request, 503);
    const std::string link = shared.links.write(name);
    const auto layout = shared.office.layout(name.site);
    const Frame frame{.words = words,
                      .title = words("Ticket {number}", {{"number", std::to_string(name.number.value)}}),
                      .path = "/tickets/" + link,
                      .refresh_seconds = 20};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(words("Your ticket at {site}",
                                          {{"site", model::name_of(layout->site(), words.code())}}));
                 if (!complaint.empty())
                     main.element<"p">({with<"class">("complaint"), with<"role">("alert")}, complaint);
                 main.element<"div">(
                     {with<"class">("ticket"), with<"aria-live">("assertive"),
                      with<"data-live">(url(words, {"live", "tickets", link}).text())},
                     [&](Content& into) { write_ticket(into, shared, words, name, *ticket); });
                 main.element<"p">(
                     words("Keep this page open, or keep its address: it shows when it is your turn."));
                 if (shared.proofs.receipt)
                     main.element<"p">([&](Content& line) {
                         line.element<"a">({with<"href">(url(words, {"tickets", link, "receipt"}))},
                                           words("Receipt: what is recorded of this ticket, with its proof"));
                     });
                 main.element<"p">([&](Content& line) {
                     line.element<"a">({with<"href">(url(words, {"tickets", link, "data.json"}))},
                                       words("All that is kept about this ticket, as a file"));
                 });
                 if (ticket->state == "missed") write_button(main, words, link, "back", words("I am here"));
                 write_notice(main, shared, words, name, *ticket);
                 if (may_leave(*ticket))
                     write_button(main, words, link, "leave", words("Give the ticket up"));
             }),
        status);
}

std::optional<TicketName> ticket_of(const http::Request& request, const Shared& shared) {
    auto name = shared.links.read(request.parameters.text("ticket"));
    return name && shared.office.layout(name->site) != nullptr ? name : std::nullopt;
}

void command(http::Reply reply, Shared& shared, office::Command what) {
    const auto name = ticket_of(reply.request(), shared);
    if (!name) {
        const auto page = shared.failure(reply.request(), 404);
        return reply.send(page);
    }
    const std::string key = form_key(reply.request());
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const auto answered = [answer, &shared, name = *name](const office::Reply& result) {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        if (const auto* refusal = std::get_if<office::Refusal>(&result))
            return answer->send(ticket_page(asked, shared, name,
                                            refusal_text(*refusal, *shared.office.layout(name.site), words),
                                            status_of(*refusal)));
        if (std::holds_alternative<office::Unavailable>(result))
            return answer->send(shared.failure(asked, 503));
        answer->send(http::Response::redirect(url(words, {"tickets", shared.links.write(name)}).text()));
    };
    std::visit(
        [&](auto& one) {
            if constexpr (requires { one.number; }) one.number = name->number;
        },
        what);
    const auto handled = shared.office.handle(
        {.site = name->site, .date = name->date, .key = key, .command = std::move(what)}, answered);
    if (!handled) answer->send(shared.failure(answer->request(), 404));
}

}  // namespace

void add_ticket_routes(http::Router& router, Shared& shared) {
    router.add(
        http::Method::get, "/{language}/tickets/{ticket}",
        [&shared](const http::Request& request, http::Reply reply) {
            const auto name = ticket_of(request, shared);
            reply.send(name ? ticket_page(request, shared, *name, {}, 200) : shared.failure(request, 404));
        });
    router.add(http::Method::get, "/{language}/live/tickets/{ticket}",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto name = ticket_of(request, shared);
                   if (!name) return reply.send(shared.failure(request, 404));
                   const Words words = shared.words_of(request);
                   const std::string fragment = "ticket " + std::string{words.code()} + " " +
                                                format_date(name->date) + " " +
                                                std::to_string(name->number.value);
                   shared.live.follow(name->site, fragment, reply.stream(),
                                      [&shared, words, name = *name]() -> std::optional<std::string> {
                                          return draw(shared, words, name);
                                      });
               });
    add_post(router, shared, "/{language}/tickets/{ticket}/leave",
             [&shared](const http::Request&, http::Reply reply) {
                 command(std::move(reply), shared, office::Leave{});
             });
    add_post(router, shared, "/{language}/tickets/{ticket}/back",
             [&shared](const http::Request&, http::Reply reply) {
                 command(std::move(reply), shared, office::ComeBack{});
             });
}

}  // namespace balcao::web
