// One appointment, for whoever has its link: naming who it is for, confirming, moving, cancelling, coming in.
#include <algorithm>

#include "front/refusal.hpp"
#include "text/json.hpp"
#include "web/book_words.hpp"
#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/letter_words.hpp"
#include "web/looks.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

struct Told {
    std::string complaint{};
    int status = 200;
    booking::Contact typed{};  // again
};

std::string link_of(const http::Request& request) { return std::string{request.parameters.text("link")}; }

// A button that does one thing to the appointment.
void write_button(
    Content& main, const Words& words, std::string_view link, std::string_view verb, std::string_view label) {
    main.element<"form">({with<"method">("post"), with<"action">(url(words, {"appointments", link, verb}))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             form.element<"button">(label);
                         });
}

void write_contact(
    Content& main, const Words& words, std::string_view link, const Told& told, const Appointment& what) {
    const std::string phone = booking::is_call(what.channel) ? words("Your telephone: we call you there")
                                                             : words("Telephone, if you like");
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"appointments", link, "contact"})),
         with<"class">("sheet")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_field(form, {"name", words("Your name"), "text", told.typed.name, "name"});
            write_field(form, {"mail", words("Mail address"), "email", told.typed.mail, "email"});
            write_field(form, {"phone", phone, "tel", told.typed.phone, "tel"});
            write_field(form, {"note", words("A note for who serves you, if you like"), "text",
                               told.typed.note, "off"});
            form.element<"button">({with<"class">("main")}, words("Send"));
        });
}

// What is true of it, in one sentence.
std::string headline(const Appointment& appointment, const Shared& shared, const Words& words) {
    const Instant now = shared.clock.now();
    const auto state = booking::name_of(appointment.state, now);
    const auto until = booking::until_of(appointment.state);
    const std::string time = until ? time_text(shared.office.zone(), *until) : "";
    if (state == "held")
        return words("The place is kept for you until {time}. Say who it is for.", {{"time", time}});
    if (state == "preconfirmed")
        return words("We sent you a letter. Open the address in it until {time}.", {{"time", time}});
    if (state == "confirmed") return words("Your appointment is confirmed.");
    if (is_remote(appointment) && state == "arrived")
        return is_video(appointment) ? words("The meeting is open. Come in.") : words("We are calling you.");
    if (is_remote(appointment) && state == "missed") return words("This appointment did not take place.");
    if (state == "arrived") return words("You are here. Your number is called when it is your turn.");
    if (state == "missed") return words("You did not come to this appointment.");
    if (state == "cancelled") return words("This appointment was cancelled.");
    return words("The time to confirm was over, and the place was given back. Choose another time.");
}

// What happens by telephone or video, once it is sure.
void write_remote(Content& card, const Appointment& appointment, const Shared& shared, const Words& words) {
    if (std::holds_alternative<booking::Confirmed>(appointment.state)) {
        card.element<"p">(what_happens(appointment, shared, words));
        card.element<"p">(words("Your code, when you ask us about it: {code}", {{"code", appointment.code}}));
    }
    write_meeting(card, appointment, shared, words);
}

void write_facts(Content& main, const Appointment& appointment, const Shared& shared, const Words& words) {
    main.element<"div">({with<"class">("ticket")}, [&](Content& card) {
        card.element<"p">({with<"class">("headline")}, headline(appointment, shared, words));
        card.element<"p">(line_of(appointment, shared, words));
        card.element<"p">(words("{minutes} min", {{"minutes", std::to_string(appointment.minutes)}}));
        if (is_remote(appointment)) return write_remote(card, appointment, shared, words);
        if (!std::holds_alternative<booking::Confirmed>(appointment.state)) return;
        card.element<"p">(words("Your code at the site"));
        card.element<"p">({with<"class">("number code")}, appointment.code);
    });
}

void write_actions(Content& main,
                   const Appointment& appointment,
                   const Words& words,
                   std::string_view link,
                   const Told& told) {
    if (std::holds_alternative<booking::Held>(appointment.state)) {
        write_contact(main, words, link, told, appointment);
        return write_button(main, words, link, "cancel", words("Let the place go"));
    }
    if (!std::holds_alternative<booking::Confirmed>(appointment.state)) return;
    if (!is_remote(appointment)) write_button(main, words, link, "check-in", words("I am here"));
    main.element<"p">([&](Content& line) {
        line.element<"a">({with<"href">(url(words, {"appointments", link, "calendar.ics"}))},
                          words("Put it into your calendar"));
    });
    main.element<"p">([&](Content& line) {
        line.element<"a">({with<"href">(url(words, {"appointments", link, "move"}))},
                          words("Choose another time"));
    });
    write_button(main, words, link, "cancel", words("Cancel the appointment"));
}

http::Response appointment_page(const http::Request& request,
                                const Shared& shared,
                                const std::string& link,
                                const Told& told) {
    const Words words = shared.words_of(request);
    const auto seen = shared.bookings.see(link);
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen))
        return shared.failure(words, status_of(*refusal),
                              refusal_text(*refusal, shared.office.zone(), words));
    const auto& appointment = std::get<Appointment>(seen);
    const Frame frame{.words = words, .title = words("Your appointment"), .path = "/appointments/" + link};
    const bool is_lapsed = booking::is_lapsed(appointment.state, shared.clock.now());
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"h1">(frame.title);
                                         write_complaint(main, told.complaint);
                                         write_facts(main, appointment, shared, words);
                                         if (!is_lapsed) write_actions(main, appointment, words, link, told);
                                         if (appointment.contact)
                                             write_who_looked(main, shared, words, appointment.booking, link);
                                     }),
                                told.status);
}

http::Response refused(const http::Request& request,
                       const Shared& shared,
                       const booking::Refusal& refusal,
                       booking::Contact typed = {}) {
    const Words words = shared.words_of(request);
    return appointment_page(
        request, shared, link_of(request),
        {refusal_text(refusal, shared.office.zone(), words), status_of(refusal), std::move(typed)});
}

http::Response to_appointment(const Words& words, const std::string& link) {
    return http::Response::redirect(url(words, {"appointments", link}).text());
}

http::Response give_contact(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto text = [&](std::string_view name) { return std::string{request.form.text(name)}; };
    booking::Contact contact{.name = text("name"),
                             .mail = text("mail"),
                             .phone = text("phone"),
                             .note = text("note"),
                             .language = std::string{words.code()}};
    // Who cannot be written to could not confirm.
    if (!shared.can_reach(contact))
        return refused(request, shared, {.reason = booking::Reason::contact_missing}, std::move(contact));
    const auto given =
        shared.bookings.give_contact(booking::ByLink{link_of(request)}, contact, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&given))
        return refused(request, shared, *refusal, std::move(contact));
    const auto& slip = std::get<booking::Slip>(given);
    return to_appointment(words, slip.link.empty() ? link_of(request) : slip.link);
}

http::Response cancel(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto done =
        shared.bookings.cancel(booking::ByLink{link_of(request)}, booking::CancelReason{}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&done)) return refused(request, shared, *refusal);
    return shared.failure(words, 200, words("This appointment was cancelled."));
}

// A letter's address is opened by programs that look for malice, too: only the button confirms, and before it
// nothing is told.
http::Response confirm_page(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const Frame frame{
        .words = words, .title = words("Confirm your appointment"), .path = "/confirm/" + link_of(request)};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"form">(
            {with<"method">("post"), with<"action">(url(words, {"confirm", link_of(request)}))},
            [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                form.element<"button">({with<"class">("main")}, words("Confirm"));
            });
    }));
}

http::Response confirm(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto done = shared.bookings.confirm(booking::ByLink{link_of(request)}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&done))
        return shared.failure(words, status_of(*refusal),
                              refusal_text(*refusal, shared.office.zone(), words));
    return to_appointment(words, std::get<booking::Slip>(done).link);
}

void check_in(const http::Request& request, http::Reply reply, Shared& shared) {
    auto answer = std::make_shared<http::Reply>(std::move(reply));
    const bool is_taken = shared.workers.give([answer, &shared] {
        const booking::ByLink hand{link_of(answer->request())};
        if (const auto refusal = let_in(hand, front::Entrance::phone, *answer, shared))
            answer->send(refused(answer->request(), shared, *refusal));
    });
    if (!is_taken) answer->send(shared.failure(request, 503));
}

}  // namespace

std::optional<booking::Refusal> let_in(const booking::Hand& hand,
                                       front::Entrance entrance,
                                       http::Reply& reply,
                                       Shared& shared) {
    const http::Request& asked = reply.request();
    const Words words = shared.words_of(asked);
    const auto admission = front::let_in(hand, form_key(asked), entrance, shared.bookings, shared.office);
    if (const auto* refusal = std::get_if<booking::Refusal>(&admission)) return *refusal;
    if (const auto* none = std::get_if<front::NoTicket>(&admission)) {
        reply.send(shared.failure(words, status_of(none->why),
                                  refusal_text(none->why, *shared.office.layout(none->site), words)));
    } else if (const auto* ticket = std::get_if<TicketName>(&admission)) {
        const auto there = entrance == front::Entrance::reception
                               ? url(words, {"hall", ticket->site.text(), "appointments"})
                               : url(words, {"tickets", shared.links.write(*ticket)});
        reply.send(http::Response::redirect(there.text()));
    } else {
        reply.send(shared.failure(asked, 503));
    }
    return std::nullopt;
}

void add_appointment_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/appointments/{link}",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return appointment_page(request, all, link_of(request), {});
               }));
    router.add(http::Method::get, "/{language}/confirm/{link}", on_worker(shared, confirm_page));
    add_post(router, shared, "/{language}/confirm/{link}", on_worker(shared, confirm));
    add_post(router, shared, "/{language}/appointments/{link}/contact", on_worker(shared, give_contact));
    add_post(router, shared, "/{language}/appointments/{link}/cancel", on_worker(shared, cancel));
    add_post(router, shared, "/{language}/appointments/{link}/check-in",
             [&shared](const http::Request& request, http::Reply reply) {
                 check_in(request, std::move(reply), shared);
             });
}

}  // namespace balcao::web
