// One appointment for staff, without its name: cancelling it, a note, the way to another time and to who it
// is for.
#include "front/appointment_words.hpp"
#include "web/booking_pages.hpp"
#include "web/looks.hpp"
#include "web/remote.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

void write_facts(Content& main, const Appointment& appointment, const Shared& shared, const Words& words) {
    const auto fact = [&](Content& list, const std::string& name, const std::string& value) {
        list.element<"dt">(name);
        list.element<"dd">(value);
    };
    main.element<"dl">({with<"class">("facts")}, [&](Content& list) {
        fact(list, words("What"), line_of(appointment, shared, words));
        fact(list, words("Length"),
             words("{minutes} min", {{"minutes", std::to_string(appointment.minutes)}}));
        fact(list, words("How"), channel_text(appointment.channel, words));
        fact(list, words("State"), state_text(appointment, shared.clock.now(), words));
        fact(list, words("Place"), appointment.is_staff ? words("given by staff") : words("of the public"));
        fact(list, words("Code"), appointment.code);
    });
}

struct Verb {
    std::string_view verb;
    std::string label;
};

void write_door(
    Content& main, const Words& words, const model::Site& site, const Appointment& appointment, Verb verb) {
    main.element<"form">({with<"method">("post"),
                          with<"action">(url(words, {"hall", site.key.text(), "appointments", verb.verb}))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             write_hidden(form, "appointment", appointment.booking.text());
                             form.element<"button">({with<"class">("main")}, verb.label);
                         });
}

// A form that sends something about this appointment, closed until it is asked for.
void write_part(Content& main,
                const html::Url& action,
                const std::string& title,
                const std::function<void(Content&)>& fill) {
    main.element<"details">([&](Content& details) {
        details.element<"summary">(title);
        details.element<"form">({with<"method">("post"), with<"class">("sheet"), with<"action">(action)},
                                [&](Content& form) {
                                    write_hidden(form, "key", new_form_key());
                                    fill(form);
                                });
    });
}

void write_look(Content& main, const Words& words, const html::Url& action) {
    write_part(main, action, words("Who is it?"), [&](Content& form) {
        form.element<"p">(words("The person will see that you looked, by your role and place, and why."));
        write_reasons(form, words, "why");
        form.element<"button">(words("Show who it is"));
    });
}

void write_note(Content& main, const Words& words, const html::Url& action) {
    write_part(main, action, words("Write a note"), [&](Content& form) {
        form.element<"p">(words(
            "It takes the place of an earlier note; an empty one takes that away. The person can read it in "
            "the file of the own data."));
        write_field(form, {"note", words("Note for colleagues"), "text", {}, "off"});
        form.element<"button">(words("Keep the note"));
    });
}

void write_cancel(Content& main, const Words& words, const html::Url& action) {
    write_part(main, action, words("Cancel the appointment"), [&](Content& form) {
        form.element<"p">(words("Who it was for is forgotten at once. This cannot be taken back."));
        form.element<"p">([&](Content& line) {
            line.element<"label">({with<"for">("reason")}, words("Why is it cancelled?"));
            line.element<"select">({with<"id">("reason"), with<"name">("reason")}, [&](Content& select) {
                for (const auto reason : front::all_cancel_reasons())
                    select.element<"option">({with<"value">(front::name_of(reason))},
                                             front::cancel_reason_text(reason, words));
            });
        });
        form.element<"button">(words("Cancel it"));
    });
}

void write_actions(Content& main,
                   const Words& words,
                   const model::Site& site,
                   const Appointment& appointment,
                   bool may_see) {
    const auto action = [&](std::string_view verb) {
        return url(words, {"hall", site.key.text(), "appointments", appointment.booking.text(), verb});
    };
    const bool is_sure = std::holds_alternative<booking::Confirmed>(appointment.state);
    const bool is_here = std::holds_alternative<booking::Arrived>(appointment.state);
    if (is_remote(appointment) && (is_sure || is_here))
        main.element<"p">([&](Content& line) { write_way_to_call(line, words, site, appointment); });
    if (is_sure && !is_remote(appointment))
        write_door(main, words, site, appointment, {"check-in", words("Is here")});
    if (is_here && !is_remote(appointment))
        write_door(main, words, site, appointment, {"undo", words("Is not here")});
    if (is_sure)
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(action("move"))}, words("Choose another time"));
        });
    if (may_see && !std::holds_alternative<booking::Cancelled>(appointment.state))
        write_look(main, words, action("look"));
    if (is_sure || is_here) write_note(main, words, action("note"));
    if (is_sure || booking::until_of(appointment.state)) write_cancel(main, words, action("cancel"));
}

// What was done just now, by the word that the address bears.
std::string done_text(std::string_view done, const Words& words) {
    if (done == "booked") return words("It is booked. Tell the person the day, the time and the code.");
    if (done == "moved")
        return words("It is moved. Who left an address is written to; tell others the new day and time.");
    if (done == "noted") return words("The note is kept.");
    if (done == "cancelled") return words("This appointment was cancelled.");
    return {};
}

http::Response to_booking(const Words& words,
                          const model::Site& site,
                          const booking::BookingKey& booking,
                          std::string_view done) {
    return http::Response::redirect(
        url(words, {"hall", site.key.text(), "appointments", booking.text()}, {{"done", done}}).text());
}

http::Response show(const http::Request& request,
                    Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    return staff_booking_page(request, shared, session, site, {});
}

http::Response cancel(const http::Request& request,
                      Shared& shared,
                      const staff::Session& session,
                      const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto by = clerk_of(request, session);
    const auto here = appointment_at(shared, site, by.booking.text());
    const auto reason = front::cancel_reason_of(request.form.text("reason"));
    if (!reason)
        return staff_booking_page(request, shared, session, site, {words("Say why it is cancelled."), 422});
    if (const auto* refusal = std::get_if<booking::Refusal>(&here))
        return agenda_page(request, shared, session, site, told_of(*refusal, shared, words));
    const auto done = shared.bookings.cancel(by, *reason, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&done))
        return staff_booking_page(request, shared, session, site, told_of(*refusal, shared, words));
    return to_booking(words, site, by.booking, "cancelled");
}

http::Response note(const http::Request& request,
                    Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto by = clerk_of(request, session);
    const auto here = appointment_at(shared, site, by.booking.text());
    if (const auto* refusal = std::get_if<booking::Refusal>(&here))
        return agenda_page(request, shared, session, site, told_of(*refusal, shared, words));
    const auto done =
        shared.bookings.write_note(by, std::string{request.form.text("note")}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&done))
        return staff_booking_page(request, shared, session, site, told_of(*refusal, shared, words));
    return to_booking(words, site, by.booking, "noted");
}

}  // namespace

http::Response staff_booking_page(const http::Request& request,
                                  const Shared& shared,
                                  const staff::Session& session,
                                  const model::Site& site,
                                  const AgendaTold& told) {
    const Words words = shared.words_of(request);
    const auto found = appointment_at(shared, site, request.parameters.text("booking"));
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) {
        const auto [sentence, status] = told_of(*refusal, shared, words);
        return shared.failure(words, status, sentence);
    }
    const auto& appointment = std::get<Appointment>(found);
    const Frame frame{.words = words,
                      .title = words("Appointment {code}", {{"code", appointment.code}}),
                      .path = "/hall/" + site.key.text() + "/appointments/" + appointment.booking.text()};
    const std::string done = done_text(request.query.text("done"), words);
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 write_way_back(main, words, session, site, shared.office.zone().at(appointment.start).date);
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 if (!done.empty()) main.element<"p">({with<"role">("status")}, done);
                 write_facts(main, appointment, shared, words);
                 write_actions(
                     main, words, site, appointment,
                     shared.staff.may(session.account, staff::Permission::see_personal_data, site.key));
             }),
        told.status);
}

void add_staff_booking_routes(http::Router& router, Shared& shared) {
    const auto bind = [&shared](auto work) {
        return for_site_staff(
            shared, staff::Permission::run_desk,
            [&shared, work](const http::Request& request, const staff::Session& session,
                            const model::Site& site) { return work(request, shared, session, site); });
    };
    router.add(http::Method::get, "/{language}/hall/{site}/appointments/{booking}", bind(show));
    add_post(router, shared, "/{language}/hall/{site}/appointments/{booking}/cancel", bind(cancel));
    add_post(router, shared, "/{language}/hall/{site}/appointments/{booking}/note", bind(note));
}

}  // namespace balcao::web
