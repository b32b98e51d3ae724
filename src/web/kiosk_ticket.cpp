// A ticket on a kiosk: its number large, the wait, where to wait, and a square code that takes it along on
// the phone; printed by itself where the kiosk has a printer, and again without a new ticket when no paper
// came.
#include <variant>

#include "web/book_words.hpp"
#include "web/kiosk_frame.hpp"
#include "web/qr_picture.hpp"
#include "web/ticket_view.hpp"
#include "web/waits.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

struct ShownTicket {
    TicketName name;
    TicketView view;
    std::string link;
};

// The ticket of the address, where it is one of this machine's site; or the page that says why not: no such
// ticket, or the hall cannot be read now.
std::variant<ShownTicket, http::Response> shown(const http::Request& request,
                                                const Shared& shared,
                                                const Machine& machine) {
    const auto name = shared.links.read(request.parameters.text("ticket"));
    if (!name || name->site != machine.site().key) return shared.failure(request, 404);
    auto view = shared.ticket(*name);
    if (!view) return shared.failure(request, 503);
    return ShownTicket{*name, *std::move(view), shared.links.write(*name)};
}

html::Url address(const Words& words, const ShownTicket& ticket, std::string_view below = {}) {
    return below.empty() ? url(words, {"kiosk", "tickets", ticket.link})
                         : url(words, {"kiosk", "tickets", ticket.link, below});
}

void write_slip(Content& into,
                const http::Request& request,
                const Shared& shared,
                const Words& words,
                const ShownTicket& ticket) {
    into.element<"div">({with<"class">("slip")}, [&](Content& slip) {
        slip.element<"div">(
            {with<"class">("ticket"), with<"aria-live">("polite"),
             with<"data-live">(url(words, {"live", "tickets", ticket.link}).text())},
            [&](Content& card) { write_ticket(card, shared, words, ticket.name, ticket.view); });
        slip.element<"div">({with<"class">("take-along")}, [&](Content& along) {
            write_qr(along, address_outside(shared, request, url(words, {"tickets", ticket.link})),
                     words("Square code: your ticket on your phone"));
            along.element<"p">(words("Read the square code to follow your ticket on your phone."));
            along.element<"p">(words("Wait in the room until your number is shown on the board and spoken."));
            along.element<"p">({with<"class">("on-paper")},
                               format_date(ticket.name.date) + " " +
                                   shared.office.layout(ticket.name.site)->site().name.in(words.code(), ""));
        });
    });
}

void write_print(Content& into, const Words& words, const ShownTicket& ticket, std::string_view label) {
    into.element<"button">(
        {with<"type">("button"), with<"class">("press"), with<"data-print-now">(""), with<"hidden">()},
        label);
    into.element<"noscript">([&](Content& without) {
        without.element<"a">({with<"class">("press"), with<"href">(address(words, ticket, "ticket.txt"))},
                             words("The ticket as plain text, to print"));
    });
}

http::Response ticket_page(const http::Request& request, const Shared& shared, const Machine& machine) {
    auto found = shown(request, shared, machine);
    if (auto* failure = std::get_if<http::Response>(&found)) return std::move(*failure);
    const auto* ticket = &std::get<ShownTicket>(found);
    const Words words = shared.words_of(request);
    KioskPage about{.words = words,
                    .title = words("Your ticket"),
                    .path = "/tickets/" + ticket->link,
                    .back_after = ticket_seconds};
    about.live = "ticket";
    const bool prints = machine.device.duty.prints;
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        write_slip(kiosk, request, shared, words, *ticket);
        if (!prints) return;
        kiosk.element<"p">({with<"class">("ways"), with<"data-print">(ticket->link)}, [&](Content& ways) {
            ways.element<"a">({with<"class">("press"), with<"href">(address(words, *ticket, "again"))},
                              words("It did not print"));
        });
    });
}

// No paper, no ink, a jam: the ticket holds all the same.
http::Response again_page(const http::Request& request, const Shared& shared, const Machine& machine) {
    auto found = shown(request, shared, machine);
    if (auto* failure = std::get_if<http::Response>(&found)) return std::move(*failure);
    const auto* ticket = &std::get<ShownTicket>(found);
    const Words words = shared.words_of(request);
    KioskPage about{.words = words,
                    .title = words("Your ticket holds without paper"),
                    .path = "/tickets/" + ticket->link + "/again",
                    .back_after = choice_seconds};
    about.live = "ticket";
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        kiosk.element<"p">(
            words("Remember your number, or read the square code with your phone. No new ticket is "
                  "given when you print again."));
        write_slip(kiosk, request, shared, words, *ticket);
        kiosk.element<"p">({with<"class">("ways")},
                           [&](Content& ways) { write_print(ways, words, *ticket, words("Print again")); });
    });
}

// For printers that take text, 42 letters a line.
http::Response plain_text(const http::Request& request, const Shared& shared, const Machine& machine) {
    auto found = shown(request, shared, machine);
    if (auto* failure = std::get_if<http::Response>(&found)) return std::move(*failure);
    const auto* ticket = &std::get<ShownTicket>(found);
    const Words words = shared.words_of(request);
    std::string text =
        model::name_of(machine.site(), words.code()) + "\n" + format_date(ticket->name.date) + "\n\n" +
        words("Ticket {number}", {{"number", std::to_string(ticket->name.number.value)}}) + "\n\n";
    for (const auto& key : ticket->view.services) {
        const auto* service = machine.layout->city().find(key);
        text += (service != nullptr ? model::name_of(*service, words.code()) : key.text()) + "\n";
    }
    if (ticket->view.standing == office::Standing::priority) text += words("Priority by law") + "\n";
    if (ticket->view.promise)
        text += words("Your turn: at the latest {latest}",
                      {{"latest", time_text(shared.office.zone(), ticket->view.promise->at_latest)}}) +
                "\n";
    text += "\n" + words("Wait in the room until your number is shown on the board and spoken.") + "\n" +
            address_outside(shared, request, url(words, {"tickets", ticket->link})) + "\n";
    return http::Response::text(std::move(text));
}

using Drawn = http::Response (*)(const http::Request&, const Shared&, const Machine&);

}  // namespace

void add_kiosk_ticket_routes(http::Router& router, Shared& shared) {
    const auto add = [&](std::string_view pattern, Drawn draw) {
        router.add(http::Method::get, pattern,
                   for_machine(shared, device::Kind::kiosk,
                               [&shared, draw](const http::Request& request, const Machine& machine) {
                                   return draw(request, shared, machine);
                               }));
    };
    add("/{language}/kiosk/tickets/{ticket}", ticket_page);
    add("/{language}/kiosk/tickets/{ticket}/again", again_page);
    add("/{language}/kiosk/tickets/{ticket}/ticket.txt", plain_text);
}

}  // namespace balcao::web
