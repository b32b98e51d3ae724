// Who has an appointment comes in at the kiosk with the six letters and digits of its code, pressed on a
// keypad of links: nothing to type, and it works without scripts.
#include "web/book_words.hpp"
#include "web/forms.hpp"
#include "web/kiosk_frame.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t code_length = 6;
constexpr std::string_view keys = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // those of which codes are made

struct ToldOfCode {
    std::string complaint{};
    int status = 200;
};

// What was pressed so far.
std::string pressed(const http::Fields& fields) {
    std::string code;
    for (const char letter : fields.text("code"))
        if (keys.find(letter) != std::string_view::npos && code.size() < code_length) code += letter;
    return code;
}

html::Url with_code(const Words& words, const std::string& code) {
    return url(words, {"kiosk", "check-in"}, {{"code", code}});
}

void write_keypad(Content& into, const Words& words, const std::string& code) {
    into.element<"nav">(
        {with<"class">("keypad"), with<"aria-label">(words("Letters and digits"))}, [&](Content& pad) {
            for (const char key : keys)
                pad.element<"a">({with<"class">("press"), with<"id">(std::string{"key-"} + key),
                                  with<"href">(with_code(words, code + key))},
                                 std::string{key});
            pad.element<"a">(
                {with<"class">("press wide"),
                 with<"href">(with_code(words, code.substr(0, code.empty() ? 0 : code.size() - 1)))},
                words("Take back"));
        });
}

// The places of the code, those still to come as dashes.
std::string shown(const std::string& code) {
    std::string text;
    for (std::size_t place = 0; place < code_length; ++place) {
        if (place > 0) text += ' ';
        text += place < code.size() ? code[place] : '_';
    }
    return text;
}

http::Response check_in_page(const http::Request& request,
                             const Shared& shared,
                             const Machine& machine,
                             const std::string& code,
                             const ToldOfCode& told) {
    const Words words = shared.words_of(request);
    KioskPage about{.words = words, .title = words("Your appointment's code"), .path = "/check-in"};
    about.status = told.status;
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        if (!told.complaint.empty())
            kiosk.element<"p">({with<"class">("complaint"), with<"role">("alert")}, told.complaint);
        kiosk.element<"p">(
            words("Press the six letters and digits of your code. They stand on the page and in "
                  "the letter of your appointment."));
        kiosk.element<"p">({with<"class">("number code"), with<"role">("status")}, shown(code));
        if (code.size() < code_length) return write_keypad(kiosk, words, code);
        kiosk.element<"form">({with<"method">("post"), with<"action">(url(words, {"kiosk", "check-in"})),
                               with<"data-press">("")},
                              [&](Content& form) {
                                  write_hidden(form, "key", new_form_key());
                                  write_hidden(form, "code", code);
                                  form.element<"button">({with<"class">("press main")}, words("I am here"));
                              });
        kiosk.element<"p">({with<"class">("ways")}, [&](Content& ways) {
            ways.element<"a">({with<"class">("press"), with<"href">(with_code(words, ""))},
                              words("Press the code anew"));
        });
    });
}

// Of no such booking a kiosk says what a person can do about it there.
std::string why_not(const booking::Refusal& refusal,
                    const std::string& code,
                    const Shared& shared,
                    const Words& words) {
    return refusal.reason == booking::Reason::no_such_booking
               ? words(
                     "No appointment at this site today has the code {code}. Press it anew, or ask at "
                     "the reception.",
                     {{"code", code}})
               : refusal_text(refusal, shared.office.zone(), words);
}

http::Response let_in(const http::Request& asked, Shared& shared, const Machine& machine) {
    const Words words = shared.words_of(asked);
    const std::string code = pressed(asked.form);
    const auto admission = front::let_in(booking::ByCode{machine.site().key, code}, form_key(asked),
                                         front::Entrance::kiosk, shared.bookings, shared.office);
    if (const auto* refusal = std::get_if<booking::Refusal>(&admission))
        return check_in_page(asked, shared, machine, {},
                             {why_not(*refusal, code, shared, words), status_of(*refusal)});
    if (const auto* none = std::get_if<front::NoTicket>(&admission))
        return check_in_page(asked, shared, machine, {},
                             {refusal_text(none->why, *machine.layout, words), status_of(none->why)});
    const auto* ticket = std::get_if<TicketName>(&admission);
    if (ticket == nullptr) return shared.failure(asked, 503);
    return http::Response::redirect(url(words, {"kiosk", "tickets", shared.links.write(*ticket)}).text());
}

void check_in(const http::Request& request, http::Reply reply, Shared& shared) {
    const auto machine = machine_of(request, shared);
    if (!machine || machine->device.duty.kind != device::Kind::kiosk)
        return reply.send(waiting_page(request, shared, device::Kind::kiosk));
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const bool is_taken = shared.workers.give(
        [answer, &shared, machine = *machine] { answer->send(let_in(answer->request(), shared, machine)); });
    if (!is_taken) answer->send(shared.failure(answer->request(), 503));
}

}  // namespace

void add_kiosk_check_in_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/kiosk/check-in",
               for_machine(shared, device::Kind::kiosk,
                           [&shared](const http::Request& request, const Machine& machine) {
                               return check_in_page(request, shared, machine, pressed(request.query), {});
                           }));
    add_post(router, shared, "/{language}/kiosk/check-in",
             [&shared](const http::Request& request, http::Reply reply) {
                 check_in(request, std::move(reply), shared);
             });
}

}  // namespace balcao::web
