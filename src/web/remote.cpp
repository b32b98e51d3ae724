#include "web/remote.hpp"

#include <algorithm>

#include "model/serving.hpp"
#include "web/agenda.hpp"
#include "web/booking_pages.hpp"
#include "web/letter_words.hpp"
#include "web/looks.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

html::Url call_url(const Words& words,
                   const model::Site& site,
                   const booking::BookingKey& booking,
                   std::string_view verb = "call") {
    return url(words, {"hall", site.key.text(), "appointments", booking.text(), verb});
}

std::string verb_text(const Appointment& appointment, const Words& words) {
    return is_video(appointment) ? words("Open the meeting") : words("Call");
}

bool has_begun(const Appointment& appointment) {
    return std::holds_alternative<booking::Arrived>(appointment.state);
}

void write_button(Content& into, const html::Url& action, const std::string& label) {
    into.element<"form">({with<"method">("post"), with<"action">(action)}, [&](Content& form) {
        write_hidden(form, "key", new_form_key());
        form.element<"button">({with<"class">("main")}, label);
    });
}

// What is there to do, for one that is confirmed or has begun.
void write_what_to_do(Content& main,
                      const Shared& shared,
                      const Words& words,
                      const model::Site& site,
                      const Appointment& what) {
    const auto action = call_url(words, site, what.booking);
    if (has_begun(what)) {
        main.element<"p">(
            {with<"role">("status")},
            words("Begun at {time}.",
                  {{"time", time_text(shared.office.zone(), std::get<booking::Arrived>(what.state).at)}}));
        if (is_video(what))
            write_meeting(main, what, shared, words);
        else
            write_button(main, action, words("Show the number again"));
        return write_button(main, call_url(words, site, what.booking, "no-answer"),
                            is_video(what) ? words("Nobody came") : words("Nobody answers"));
    }
    if (!std::holds_alternative<booking::Confirmed>(what.state)) {
        main.element<"p">({with<"role">("status")}, state_text(what, shared.clock.now(), words));
        return;
    }
    if (!is_video(what))
        main.element<"p">(words("The person will see that you looked, by your role and place, and why."));
    write_button(main, action,
                 is_video(what) ? words("Open the meeting") : words("Show the number and call"));
}

http::Response call_page(const http::Request& request,
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
    const auto& what = std::get<Appointment>(found);
    if (!is_remote(what)) return shared.failure(request, 404);
    const Frame frame{.words = words,
                      .title = is_video(what) ? words("Meeting by video {code}", {{"code", what.code}})
                                              : words("Call {code}", {{"code", what.code}}),
                      .path = "/hall/" + site.key.text() + "/appointments/" + what.booking.text() + "/call"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 write_way_back(main, words, session, site, shared.office.zone().at(what.start).date);
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"p">(line_of(what, shared, words));
                 if (request.query.has("again"))
                     main.element<"p">({with<"role">("status")},
                                       words("It is expected again. Try once more in a few minutes."));
                 write_what_to_do(main, shared, words, site, what);
                 main.element<"p">([&](Content& line) {
                     line.element<"a">({with<"href">(booking_url(words, site, what.booking))},
                                       words("Back to the appointment"));
                     line.text(" · ");
                     line.element<"a">({with<"href">(url(words, {"desk"}))}, words("Desks"));
                 });
             }),
        told.status);
}

// Who is called, and at which number: the look is written already.
http::Response number_page(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const model::Site& site,
                           const Appointment& what) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words,
                      .title = words("Call {code}", {{"code", what.code}}),
                      .path = "/hall/" + site.key.text() + "/appointments/" + what.booking.text() + "/call"};
    const std::string number = what.contact ? shared.bookings.phone_of(what.contact->phone) : "";
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        write_way_back(main, words, session, site, shared.office.zone().at(what.start).date);
        main.element<"h1">(frame.title);
        main.element<"p">(line_of(what, shared, words));
        main.element<"p">({with<"class">("headline")},
                          what.contact ? what.contact->name : words("not known any more"));
        if (const auto there = html::Url::telephone(number))
            main.element<"p">([&](Content& line) {
                line.element<"a">({with<"class">("step main"), with<"href">(*there)},
                                  words("Telephone {number}", {{"number", number}}));
            });
        else
            main.element<"p">(words("No telephone number of this person is known."));
        if (what.contact && !what.contact->note.empty())
            main.element<"p">(words("Note of the person") + ": " + what.contact->note);
        if (!what.note.empty()) main.element<"p">(words("Note of colleagues") + ": " + what.note);
        write_button(main, call_url(words, site, what.booking, "no-answer"), words("Nobody answers"));
        main.element<"p">(
            [&](Content& line) { line.element<"a">({with<"href">(url(words, {"desk"}))}, words("Desks")); });
    }));
}

http::Response call(const http::Request& request,
                    Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto by = clerk_of(request, session);
    const auto refused = [&](const booking::Refusal& refusal) {
        if (refusal.reason == booking::Reason::unavailable) return shared.failure(request, 503);
        return call_page(request, shared, session, site, told_of(refusal, shared, words));
    };
    const auto found = appointment_at(shared, site, by.booking.text());
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return refused(*refusal);
    const auto& what = std::get<Appointment>(found);
    if (!is_video(what) && !shared.staff.may(session.account, staff::Permission::see_personal_data, site.key))
        return shared.failure(words, 403,
                              refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
    const std::string key = form_key(request);
    const auto begun = shared.bookings.begin(by, key);
    if (const auto* refusal = std::get_if<booking::Refusal>(&begun))
        if (refusal->reason != booking::Reason::already_arrived) return refused(*refusal);
    if (is_video(what)) return http::Response::redirect(call_url(words, site, by.booking).text());
    const auto seen = shared.bookings.look(by.booking, onlooker_of(shared, session, site),
                                           booking::LookReason::to_serve, key);
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return refused(*refusal);
    return number_page(request, shared, session, site, std::get<Appointment>(seen));
}

http::Response no_answer(const http::Request& request,
                         Shared& shared,
                         const staff::Session& session,
                         const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto by = clerk_of(request, session);
    const auto found = appointment_at(shared, site, by.booking.text());
    const auto* refusal = std::get_if<booking::Refusal>(&found);
    if (refusal == nullptr && !is_remote(std::get<Appointment>(found))) return shared.failure(request, 404);
    if (refusal == nullptr) {
        const auto undone = shared.bookings.undo_check_in(by, form_key(request));
        if (std::holds_alternative<booking::Arrival>(undone))
            return http::Response::redirect(
                url(words, {"hall", site.key.text(), "appointments", by.booking.text(), "call"},
                    {{"again", "yes"}})
                    .text());
        refusal = std::get_if<booking::Refusal>(&undone);
        return call_page(request, shared, session, site, told_of(*refusal, shared, words));
    }
    return call_page(request, shared, session, site, told_of(*refusal, shared, words));
}

http::Response show_remote(const http::Request& request,
                           Shared& shared,
                           const staff::Session& session,
                           const model::Site& site) {
    return call_page(request, shared, session, site, {});
}

bool is_for(const model::DeskGroup& group, const Appointment& what) {
    return is_remote(what) && model::serves_channel(group, what.channel) &&
           group.takes != model::Takes::walk_in && !what.services.empty() &&
           std::ranges::any_of(group.serves, [&](const model::Skill& skill) {
               return skill.service == what.services.front();
           });
}

}  // namespace

std::vector<Appointment> calls_today(const Shared& shared, const Place& place) {
    if (!has_remote(*place.site)) return {};
    const auto* group = model::find_desk(*place.site, place.desk.group);
    auto found = shared.bookings.on_day(place.site->key, shared.now().date, booking::People::left_out);
    auto* today = std::get_if<std::vector<Appointment>>(&found);
    if (group == nullptr || today == nullptr) return {};
    std::erase_if(*today, [&](const Appointment& one) {
        return !is_for(*group, one) ||
               (!has_begun(one) && !std::holds_alternative<booking::Confirmed>(one.state));
    });
    return std::move(*today);
}

void write_way_to_call(Content& into,
                       const Words& words,
                       const model::Site& site,
                       const Appointment& appointment) {
    into.element<"a">({with<"href">(call_url(words, site, appointment.booking)),
                       with<"aria-label">(verb_text(appointment, words) + ", " + appointment.code)},
                      verb_text(appointment, words));
}

void write_calls(Content& into,
                 const Shared& shared,
                 const Words& words,
                 const Place& place,
                 const std::vector<Appointment>& calls) {
    if (calls.empty()) return;
    into.element<"h2">(words("Calls and meetings today"));
    into.element<"table">({with<"class">("queue")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Time", "How", "Services", "State"})
                    row.element<"th">({with<"scope">("col")}, words(title));
                row.element<"td">("");
            });
        });
        table.element<"tbody">([&](Content& rows) {
            for (const auto& one : calls)
                rows.element<"tr">([&](Content& row) {
                    row.element<"th">({with<"scope">("row")}, time_text(shared.office.zone(), one.start));
                    row.element<"td">(channel_text(one.channel, words));
                    row.element<"td">(services_text(one.services, shared, words));
                    row.element<"td">(has_begun(one) ? words("begun") : words("expected"));
                    row.element<"td">(
                        [&](Content& cell) { write_way_to_call(cell, words, *place.site, one); });
                });
        });
    });
}

void add_remote_routes(http::Router& router, Shared& shared) {
    const auto bind = [&shared](auto work) {
        return for_site_staff(
            shared, staff::Permission::run_desk,
            [&shared, work](const http::Request& request, const staff::Session& session,
                            const model::Site& site) { return work(request, shared, session, site); });
    };
    router.add(http::Method::get, "/{language}/hall/{site}/appointments/{booking}/call", bind(show_remote));
    add_post(router, shared, "/{language}/hall/{site}/appointments/{booking}/call", bind(call));
    add_post(router, shared, "/{language}/hall/{site}/appointments/{booking}/no-answer", bind(no_answer));
}

}  // namespace balcao::web
