// The appointments of a day, for staff: who is expected when, who is here; without names, which are nobody's
// business at the door. And the letters that a demonstration would send.
#include <algorithm>

#include "web/book_words.hpp"
#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

std::string state_text(const Appointment& appointment, Instant now, const Words& words) {
    const auto state = booking::name_of(appointment.state, now);
    if (state == "held" || state == "preconfirmed") return words("not confirmed yet");
    if (state == "confirmed") return words("expected");
    if (state == "arrived") return words("here");
    if (state == "missed") return words("did not come");
    return words("cancelled");
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
    std::string services;
    for (const auto& key : appointment.services) {
        const auto* service = shared.office.model().find(key);
        services += (services.empty() ? "" : ", ") +
                    (service != nullptr ? model::name_of(*service, words.code()) : key.text());
    }
    row.element<"td">(services);
    row.element<"td">(appointment.code);
    row.element<"td">(state_text(appointment, shared.clock.now(), words));
    row.element<"td">([&](Content& cell) {
        if (std::holds_alternative<booking::Confirmed>(appointment.state))
            write_button(cell, words, site, appointment, {"check-in", words("Is here")});
        if (std::holds_alternative<booking::Arrived>(appointment.state))
            write_button(cell, words, site, appointment, {"undo", words("Is not here")});
    });
}

http::Response agenda_page(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const model::Site& site,
                           const std::pair<std::string, int>& told) {
    const Words words = shared.words_of(request);
    const Date date = parse_date(request.query.text("date")).value_or(shared.now().date);
    const auto found = shared.bookings.on_day(site.key, date, booking::People::left_out);
    const auto* appointments = std::get_if<std::vector<Appointment>>(&found);
    if (appointments == nullptr) return shared.failure(request, 503);
    const Frame frame{.words = words,
                      .title = words("Appointments of {day}", {{"day", day_text(date, words)}}),
                      .path = "/hall/" + site.key.text() + "/appointments"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">(
                         {with<"href">(url(words, {"hall", site.key.text()}))},
                         words("The hall of {site}", {{"site", model::name_of(site, words.code())}}));
                 });
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.first);
                 if (appointments->empty()) {
                     main.element<"p">(words("There is no appointment on that day."));
                     return;
                 }
                 main.element<"table">({with<"class">("queue")}, [&](Content& table) {
                     table.element<"tbody">([&](Content& rows) {
                         for (const auto& appointment : *appointments)
                             rows.element<"tr">(
                                 [&](Content& row) { write_row(row, shared, words, site, appointment); });
                     });
                 });
             }),
        told.second);
}

// For who may run desks at the site.
using Work = std::function<http::Response(const http::Request&, const staff::Session&, const model::Site&)>;

http::Handler for_site_staff(Shared& shared, Work work) {
    return for_staff(shared, [&shared, work = std::move(work)](const http::Request& request,
                                                               const staff::Session& session) {
        const auto* site = site_in(request, shared);
        if (site == nullptr) return shared.failure(request, 404);
        const Words words = shared.words_of(request);
        if (!shared.staff.may(session.account, staff::Permission::run_desk, site->key))
            return shared.failure(words, 403,
                                  refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
        return work(request, session, *site);
    });
}

booking::ByClerk by_clerk(const http::Request& request, const staff::Session& session) {
    return {booking::BookingKey{std::string{request.form.text("appointment")}},
            booking::ClerkKey{session.account.text()}};
}

http::Response undo(const http::Request& request,
                    const Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto done = shared.bookings.undo_check_in(by_clerk(request, session), form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&done))
        return agenda_page(request, shared, session, site,
                           {refusal_text(*refusal, shared.office.zone(), words), status_of(*refusal)});
    return http::Response::redirect(url(words, {"hall", site.key.text(), "appointments"}).text());
}

void check_in(http::Reply reply, Shared& shared, const staff::Session& session, const model::Site& site) {
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const bool is_taken = shared.workers.give([answer, &shared, session, &site] {
        const http::Request& asked = answer->request();
        const auto arrived = shared.bookings.check_in(by_clerk(asked, session), form_key(asked));
        if (const auto* refusal = std::get_if<booking::Refusal>(&arrived)) {
            const Words words = shared.words_of(asked);
            return answer->send(
                agenda_page(asked, shared, session, site,
                            {refusal_text(*refusal, shared.office.zone(), words), status_of(*refusal)}));
        }
        give_ticket(std::get<booking::Arrival>(arrived), std::move(*answer), shared, true);
    });
    if (!is_taken) answer->send(shared.failure(answer->request(), 503));
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

void add_agenda_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/hall/{site}/appointments",
               for_site_staff(shared, [&shared](const http::Request& request, const staff::Session& session,
                                                const model::Site& site) {
                   return agenda_page(request, shared, session, site, {{}, 200});
               }));
    add_post(router, shared, "/{language}/hall/{site}/appointments/undo",
             for_site_staff(shared, [&shared](const http::Request& request, const staff::Session& session,
                                              const model::Site& site) {
                 return undo(request, shared, session, site);
             }));
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
}

void add_letter_routes(http::Router& router, Shared& shared) {
    if (!shared.is_demonstration) return;
    router.add(http::Method::get, "/{language}/letters",
               [&shared](const http::Request& request, http::Reply reply) {
                   reply.send(letters_page(request, shared));
               });
}

}  // namespace balcao::web
