// Seeing who an appointment is for: asked with a reason, written down, then shown. And for auditors, who has
// looked.
#include "web/forms.hpp"
#include "web/looks.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

// A person's data, as staff see them.
void write_person(Content& list, const Appointment& appointment, const Words& words) {
    if (!appointment.contact) write_fact(list, words("Name"), words("not known any more"));
    if (appointment.contact) {
        write_fact(list, words("Name"), appointment.contact->name);
        write_fact(list, words("Mail address"), appointment.contact->mail);
        write_fact(list, words("Telephone"), appointment.contact->phone);
        write_fact(list, words("Note of the person"), appointment.contact->note);
    }
    write_fact(list, words("Note of colleagues"), appointment.note);
}

AgendaTold reason_missing(const Words& words) {
    return {words("Choose why you need to know: the person will read it."), 422};
}

http::Response who_is_it(const http::Request& request,
                         Shared& shared,
                         const staff::Session& session,
                         const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto why = booking::look_reason_of(request.form.text("why"));
    if (!why) return staff_booking_page(request, shared, session, site, reason_missing(words));
    const auto by = onlooker_of(shared, session, site);
    const auto seen = shared.bookings.look(clerk_of(request, session).booking, by, *why, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) {
        if (refusal->reason == booking::Reason::unavailable) return shared.failure(request, 503);
        return staff_booking_page(request, shared, session, site, told_of(*refusal, shared, words));
    }
    const auto& appointment = std::get<Appointment>(seen);
    const Frame frame{.words = words,
                      .title = words("Who it is"),
                      .path = "/hall/" + site.key.text() + "/appointments/" + appointment.booking.text()};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        const auto date = shared.office.zone().at(appointment.start).date;
        write_way_back(main, words, session, site, date);
        main.element<"h1">(frame.title);
        main.element<"p">(line_of(appointment, shared, words));
        main.element<"dl">({with<"class">("facts")},
                           [&](Content& list) { write_person(list, appointment, words); });
        main.element<"p">(
            {with<"class">("quiet")},
            words("This look is written down. The person reads: {who}. {why}.",
                  {{"who", onlooker_text(by, shared, words)}, {"why", reason_text(*why, words)}}));
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(booking_url(words, site, appointment.booking))},
                              words("Back to the appointment"));
        });
    }));
}

void write_named(Content& rows, const Appointment& appointment, const Shared& shared, const Words& words) {
    rows.element<"tr">([&](Content& row) {
        row.element<"th">({with<"scope">("row")}, time_text(shared.office.zone(), appointment.start));
        row.element<"td">([&](Content& cell) {
            cell.element<"dl">({with<"class">("facts")},
                               [&](Content& list) { write_person(list, appointment, words); });
        });
        row.element<"td">(services_text(appointment.services, shared, words));
        row.element<"td">(appointment.code);
        row.element<"td">(state_text(appointment, shared.clock.now(), words));
    });
}

http::Response all_names(const http::Request& request,
                         Shared& shared,
                         const staff::Session& session,
                         const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto date = parse_date(request.form.text("date"));
    const auto why = booking::look_reason_of(request.form.text("why"));
    if (!why || !date) return agenda_page(request, shared, session, site, reason_missing(words));
    const auto seen =
        shared.bookings.look_all(*date, onlooker_of(shared, session, site), *why, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) {
        if (refusal->reason == booking::Reason::unavailable) return shared.failure(request, 503);
        return agenda_page(request, shared, session, site, told_of(*refusal, shared, words));
    }
    const Frame frame{.words = words,
                      .title = words("The people of {day}", {{"day", day_text(*date, words)}}),
                      .path = "/hall/" + site.key.text() + "/appointments"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        write_way_back(main, words, session, site, *date);
        main.element<"h1">(frame.title);
        main.element<"p">({with<"class">("quiet")},
                          words("A look at each of these appointments is written down."));
        main.element<"table">({with<"class">("queue")}, [&](Content& table) {
            table.element<"tbody">([&](Content& rows) {
                for (const auto& appointment : std::get<0>(seen))
                    write_named(rows, appointment, shared, words);
            });
        });
    }));
}

// For who sees the journal: each look at the people of a day, with the account.
http::Response looks_page(const http::Request& request,
                          const Shared& shared,
                          const staff::Session& session,
                          const model::Site& site) {
    const Words words = shared.words_of(request);
    const Date date = parse_date(request.query.text("date")).value_or(shared.now().date);
    const auto found = shared.bookings.on_day(site.key, date, booking::People::left_out);
    if (std::holds_alternative<booking::Refusal>(found)) return shared.failure(request, 503);
    std::vector<std::pair<std::string, booking::Look>> all;
    for (const auto& appointment : std::get<0>(found)) {
        const auto looks = shared.bookings.looks(appointment.booking);
        if (std::holds_alternative<booking::Refusal>(looks)) return shared.failure(request, 503);
        for (const auto& look : std::get<0>(looks))
            all.emplace_back(appointment.code, look);
    }
    const Zone& zone = shared.office.zone();
    const Frame frame{.words = words,
                      .title = words("Who looked at these people's data"),
                      .path = "/hall/" + site.key.text() + "/appointments/looks"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        write_way_back(main, words, session, site, date);
        main.element<"h1">(frame.title);
        if (all.empty()) main.element<"p">(words("Nobody looked at the data of these people."));
        main.element<"table">({with<"class">("queue")}, [&](Content& table) {
            table.element<"tbody">([&](Content& rows) {
                for (const auto& [code, look] : all)
                    rows.element<"tr">([&, &code = code, &look = look](Content& row) {
                        const auto account = shared.staff.account(staff::AccountKey{look.what.by.text()});
                        row.element<"th">({with<"scope">("row")}, code);
                        row.element<"td">(moment_text(zone, look.at, words));
                        row.element<"td">(account && !account->names.name.empty() ? account->names.name
                                                                                  : look.what.by.text());
                        row.element<"td">(onlooker_text(look.what, shared, words));
                        row.element<"td">(reason_text(look.what.why, words));
                        row.element<"td">(look.what.is_of_list ? words("with all of the day") : "");
                    });
            });
        });
    }));
}

}  // namespace

void add_look_routes(http::Router& router, Shared& shared) {
    const auto bind = [&shared](auto work) {
        return [&shared, work](const http::Request& request, const staff::Session& session,
                               const model::Site& site) { return work(request, shared, session, site); };
    };
    add_post(router, shared, "/{language}/hall/{site}/appointments/{booking}/look",
             for_site_staff(shared, staff::Permission::see_personal_data, bind(who_is_it)));
    add_post(router, shared, "/{language}/hall/{site}/appointments/names",
             for_site_staff(shared, staff::Permission::see_personal_data, bind(all_names)));
    router.add(http::Method::get, "/{language}/hall/{site}/appointments/looks",
               for_site_staff(shared, staff::Permission::see_journal, bind(looks_page)));
}

}  // namespace balcao::web
