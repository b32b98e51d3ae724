// The appointments of a day, for staff: who is expected when, who is here; without names, which are nobody's
// business at the door. And the letters that a demonstration would send.
#include "web/agenda.hpp"

#include <algorithm>

#include "front/ticket.hpp"
#include "web/booking_pages.hpp"
#include "web/calendars.hpp"
#include "web/looks.hpp"
#include "web/remote.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

constexpr Date first_date{std::chrono::days{-25'567}};  // 1900, and 2199: beyond them a date is a slip
constexpr Date last_date{std::chrono::days{83'641}};

Date date_of(const http::Request& request, const Shared& shared) {
    const auto typed = request.query.text("date");
    const auto asked = parse_date(typed.empty() ? request.form.text("date") : typed);
    return asked && *asked > first_date && *asked < last_date ? *asked : shared.now().date;
}

void write_button(Content& cell,
                  const Words& words,
                  const model::Site& site,
                  const Appointment& appointment,
                  const std::pair<std::string_view, std::string>& verb) {
    cell.element<"form">({with<"method">("post"),
                          with<"action">(url(words, {"hall", site.key.text(), "appointments", verb.first}))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             write_hidden(form, "appointment", appointment.booking.text());
                             form.element<"button">(verb.second);
                         });
}

void write_row(Content& row,
               const Shared& shared,
               const Words& words,
               const model::Site& site,
               const Appointment& appointment) {
    row.element<"th">({with<"scope">("row")}, time_text(shared.office.zone(), appointment.start));
    row.element<"td">(services_text(appointment.services, shared, words) +
                      (is_remote(appointment) ? " · " + channel_text(appointment.channel, words) : ""));
    row.element<"td">([&](Content& cell) {
        cell.element<"a">({with<"href">(booking_url(words, site, appointment.booking))}, appointment.code);
    });
    row.element<"td">(state_text(appointment, shared.clock.now(), words));
    row.element<"td">([&](Content& cell) {
        if (is_remote(appointment)) {
            if (std::holds_alternative<booking::Confirmed>(appointment.state) ||
                std::holds_alternative<booking::Arrived>(appointment.state))
                write_way_to_call(cell, words, site, appointment);
            return;
        }
        if (std::holds_alternative<booking::Confirmed>(appointment.state))
            write_button(cell, words, site, appointment, {"check-in", words("Is here")});
        if (std::holds_alternative<booking::Arrived>(appointment.state))
            write_button(cell, words, site, appointment, {"undo", words("Is not here")});
    });
}

// To other days, and to an appointment by its code.
void write_turning(Content& main, const Words& words, const model::Site& site, Date date, Date today) {
    main.element<"div">({with<"class">("verbs")}, [&](Content& nav) {
        const auto link = [&](Date to, const std::string& label) {
            nav.element<"a">({with<"class">("step"), with<"href">(agenda_url(words, site, to))}, label);
        };
        link(date - std::chrono::days{1}, words("The day before"));
        if (date != today) link(today, words("Today"));
        link(date + std::chrono::days{1}, words("The day after"));
    });
    const auto ask = [&](std::string_view id, const std::string& label, const std::string& value,
                         std::string_view type, const std::string& verb) {
        main.element<"form">({with<"method">("get"), with<"role">("search"), with<"aria-label">(label),
                              with<"action">(url(words, {"hall", site.key.text(), "appointments"}))},
                             [&](Content& form) {
                                 form.element<"label">({with<"for">(id)}, label);
                                 form.empty<"input">({with<"id">(id), with<"name">(id), with<"type">(type),
                                                      with<"value">(value), with<"autocomplete">("off")});
                                 form.element<"button">(verb);
                             });
    };
    ask("date", words("Another day"), format_date(date), "date", words("Show"));
    ask("code", words("The code of an appointment"), "", "text", words("Search"));
}

void write_all_names(Content& main, const Words& words, const model::Site& site, Date date) {
    main.element<"details">([&](Content& details) {
        details.element<"summary">(words("See all names of this day"));
        details.element<"p">(
            words("Each person on the list will see that you looked, by your role and place, and why."));
        details.element<"form">(
            {with<"method">("post"), with<"class">("sheet"),
             with<"action">(url(words, {"hall", site.key.text(), "appointments", "names"}))},
            [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                write_hidden(form, "date", format_date(date));
                write_reasons(form, words, "why-all");
                form.element<"button">(words("Show the names"));
            });
    });
}

void write_list(Content& main,
                const Shared& shared,
                const Words& words,
                const model::Site& site,
                const std::vector<Appointment>& appointments) {
    if (appointments.empty()) {
        main.element<"p">(words("There is no appointment on that day."));
        return;
    }
    main.element<"table">({with<"class">("queue")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Time", "Services", "Code", "State"})
                    row.element<"th">({with<"scope">("col")}, words(title));
                row.element<"td">("");
            });
        });
        table.element<"tbody">([&](Content& rows) {
            for (const auto& appointment : appointments)
                rows.element<"tr">([&](Content& row) { write_row(row, shared, words, site, appointment); });
        });
    });
}

http::Response undo(const http::Request& request,
                    Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto found = appointment_at(shared, site, request.form.text("appointment"));
    if (const auto* refusal = std::get_if<booking::Refusal>(&found))
        return agenda_page(request, shared, session, site, told_of(*refusal, shared, words));
    const auto& appointment = std::get<Appointment>(found);
    const auto done = shared.bookings.undo_check_in(
        {appointment.booking, booking::ClerkKey{session.account.text()}}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&done))
        return agenda_page(request, shared, session, site, told_of(*refusal, shared, words));
    front::give_up_ticket(std::get<booking::Arrival>(done), shared.office);
    return http::Response::redirect(url(words, {"hall", site.key.text(), "appointments"}).text());
}

void check_in(http::Reply reply, Shared& shared, staff::Session session, const model::Site& site) {
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const bool is_taken = shared.workers.give([answer, &shared, session, &site] {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        const auto found = appointment_at(shared, site, asked.form.text("appointment"));
        if (const auto* refusal = std::get_if<booking::Refusal>(&found))
            return answer->send(agenda_page(asked, shared, session, site, told_of(*refusal, shared, words)));
        const auto refusal = let_in(
            booking::ByClerk{std::get<Appointment>(found).booking, booking::ClerkKey{session.account.text()}},
            front::Entrance::reception, *answer, shared);
        if (refusal)
            answer->send(agenda_page(asked, shared, session, site, told_of(*refusal, shared, words)));
    });
    if (!is_taken) answer->send(shared.failure(answer->request(), 503));
}

// The day's list, or the appointment of the code that was typed.
http::Response agenda(const http::Request& request,
                      const Shared& shared,
                      const staff::Session& session,
                      const model::Site& site) {
    const std::string code{request.query.text("code")};
    if (code.empty()) return agenda_page(request, shared, session, site, {});
    const Words words = shared.words_of(request);
    const auto found = shared.bookings.with_code({site.key, code});
    if (const auto* booking = std::get_if<booking::BookingKey>(&found))
        return http::Response::redirect(booking_url(words, site, *booking).text());
    const auto& refusal = std::get<booking::Refusal>(found);
    if (refusal.reason == booking::Reason::unavailable)
        return agenda_page(request, shared, session, site, told_of(refusal, shared, words));
    return agenda_page(
        request, shared, session, site,
        {words("No appointment from today on has the code {code} here.", {{"code", code}}), 404});
}

http::Response letters_page(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Letters"), .path = "/letters"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"p">(words("A demonstration sends no letters: they are shown here."));
        for (const auto& kept : shared.mailbox.all())
            main.element<"article">({with<"class">("letter")}, [&](Content& letter) {
                letter.element<"h2">(kept.letter.subject);
                letter.element<"p">({with<"class">("quiet")},
                                    kept.letter.to + " · " + time_text(shared.office.zone(), kept.at));
                letter.element<"pre">({with<"tabindex">("0")}, kept.letter.text);
            });
    }));
}

}  // namespace

http::Response agenda_page(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const model::Site& site,
                           const AgendaTold& told) {
    const Words words = shared.words_of(request);
    const Date date = date_of(request, shared);
    const auto found = shared.bookings.on_day(site.key, date, booking::People::left_out);
    const auto* appointments = std::get_if<std::vector<Appointment>>(&found);
    if (appointments == nullptr) return shared.failure(request, 503);
    const auto may = [&](staff::Permission right) {
        return shared.staff.may(session.account, right, site.key);
    };
    const Frame frame{.words = words,
                      .title = words("Appointments of {day}", {{"day", day_text(date, words)}}),
                      .path = "/hall/" + site.key.text() + "/appointments"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 write_way_back(main, words, session, site, date);
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"p">([&](Content& line) {
                     line.element<"a">(
                         {with<"class">("step main"),
                          with<"href">(url(words, {"hall", site.key.text(), "appointments", "new"}))},
                         words("Book for somebody"));
                 });
                 main.element<"p">([&](Content& line) {
                     line.element<"a">({with<"href">(calendar_url(shared, words, site.key))},
                                       words("Follow these appointments in a calendar"));
                     line.text(" · ");
                     line.element<"a">({with<"href">(url(words, {"hall", site.key.text(), "letters"}))},
                                       words("Letters that did not arrive"));
                 });
                 write_list(main, shared, words, site, *appointments);
                 write_turning(main, words, site, date, shared.now().date);
                 if (may(staff::Permission::see_personal_data) && !appointments->empty())
                     write_all_names(main, words, site, date);
                 if (may(staff::Permission::see_journal))
                     main.element<"p">([&](Content& line) {
                         line.element<"a">(
                             {with<"href">(url(words, {"hall", site.key.text(), "appointments", "looks"},
                                               {{"date", format_date(date)}}))},
                             words("Who looked at these people's data"));
                     });
             }),
        told.status);
}

void add_agenda_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/hall/{site}/appointments",
               for_site_staff(
                   shared, staff::Permission::run_desk,
                   [&shared](const http::Request& request, const staff::Session& session,
                             const model::Site& site) { return agenda(request, shared, session, site); }));
    add_post(
        router, shared, "/{language}/hall/{site}/appointments/undo",
        for_site_staff(shared, staff::Permission::run_desk,
                       [&shared](const http::Request& request, const staff::Session& session,
                                 const model::Site& site) { return undo(request, shared, session, site); }));
    add_post(router, shared, "/{language}/hall/{site}/appointments/check-in",
             [&shared](const http::Request& request, http::Reply reply) {
                 const auto session = session_of(request, shared);
                 if (!session) return reply.send(to_sign_in(request, shared));
                 const auto* site = site_in(request, shared);
                 if (site == nullptr ||
                     !shared.staff.may(session->account, staff::Permission::run_desk, site->key))
                     return reply.send(shared.failure(request, site == nullptr ? 404 : 403));
                 check_in(std::move(reply), shared, *session, *site);
             });
    add_staff_booking_routes(router, shared);
    add_staff_times_routes(router, shared);
    add_look_routes(router, shared);
    add_own_data_routes(router, shared);
    add_remote_routes(router, shared);
}

void add_letter_routes(http::Router& router, Shared& shared) {
    if (!shared.is_demonstration) return;
    router.add(http::Method::get, "/{language}/letters",
               [&shared](const http::Request& request, http::Reply reply) {
                   reply.send(letters_page(request, shared));
               });
}

}  // namespace balcao::web
