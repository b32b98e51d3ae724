#include "api/shapes.hpp"

#include <algorithm>

namespace balcao::api {
namespace {

constexpr rules::Instant minute = 60'000'000;

std::string_view name_of(rules::NoWait why) {
    switch (why) {
        case rules::NoWait::no_average:
            return "no-average";
        case rules::NoWait::no_desk:
            return "no-desk";
        case rules::NoWait::not_today:
            return "not-today";
    }
    return {};
}

std::string_view word_of(rules::WaitBasis basis) {
    return basis == rules::WaitBasis::simulated ? "simulated" : "queue-length";
}

void write_wait(text::JsonWriter& json, const rules::WaitAnswer* answer) {
    if (answer == nullptr) return;
    if (const auto* why = std::get_if<rules::NoWait>(answer)) {
        json.member("no_wait", name_of(*why));
        return;
    }
    const auto& forecast = std::get<rules::WaitForecast>(*answer);
    json.key("wait").begin_object();
    json.member("from_minutes", std::int64_t{forecast.from / minute});
    json.member("to_minutes", std::int64_t{(forecast.to + minute - 1) / minute});
    json.member("basis", word_of(forecast.basis));
    json.member("counts_on_planned_desks", forecast.assumes_desks).end();
}

void write_promise(text::JsonWriter& json, const office::Promise& promise) {
    json.key("promise").begin_object();
    write_instant(json, "from", promise.from);
    write_instant(json, "to", promise.to);
    write_instant(json, "at_latest", promise.at_latest);
    write_instant(json, "made_at", promise.made);
    json.member("basis", word_of(promise.basis)).end();
}

std::string name_of_service(const office::Layout& layout, const model::ServiceKey& key, const Words& words) {
    const auto* service = layout.city().find(key);
    return service != nullptr ? model::name_of(*service, words.code()) : key.text();
}

void write_services(text::JsonWriter& json, const std::vector<model::ServiceKey>& services) {
    json.key("services").begin_array();
    for (const auto& service : services)
        json.value(service.text());
    json.end();
}

}  // namespace

void write_instant(text::JsonWriter& json, std::string_view name, Instant at) {
    json.member(name, format_instant(at.time_since_epoch().count()));
}

void answer_receipt(const CallRef& call, Result<std::string> json) {
    if (json) return call->answer(*std::move(json));
    if (json.error().code != Errc::conflict)
        return call->refuse(json.error().code == Errc::not_found ? 404 : 503);
    call->refuse(
        Problem{.name = "not-in-the-log-yet",
                .status = 503,
                .detail = call->words()("The receipt is made within seconds. Try again in a moment."),
                .wait = std::chrono::seconds{2}});
}

void write_hall(text::JsonWriter& json,
                const Shared& shared,
                const Words& words,
                const office::Layout& layout,
                const front::HallView& view) {
    json.begin_object();
    json.member("site", layout.site().key.text()).member("date", format_date(view.date));
    json.member("is_open", view.is_open && !view.has_ended).member("has_tickets", view.has_numbers);
    json.member("waiting", std::int64_t(view.waiting)).member("desks_open", std::int64_t(view.desks_open));
    json.key("calls").begin_array();
    for (const auto& call : view.calls) {
        json.begin_object().member("number", call.number.value);
        json.member("desk", office::to_string(call.desk));
        json.member("desk_name", front::desk_name(layout, call.desk, words.code()));
        write_instant(json, "at", call.at);
        json.member("is_waited_for", call.is_waited_for).end();
    }
    json.end().key("services").begin_array();
    const auto outlook = shared.outlook(layout.site().key);
    for (const auto& service : layout.services()) {
        json.begin_object().member("service", service.text());
        json.member("name", name_of_service(layout, service, words));
        if (outlook != nullptr) write_wait(json, outlook->of_newcomer(service));
        json.end();
    }
    json.end();
    if (outlook != nullptr) {
        json.key("promises").begin_object();
        json.member("kept", outlook->week.kept).member("broken", outlook->week.broken).end();
    }
    json.end();
}

void write_ticket(text::JsonWriter& json,
                  const Shared& shared,
                  const Words& words,
                  const front::TicketName& name,
                  const front::TicketView& view) {
    const auto layout = shared.office.layout(name.site);
    json.begin_object().member("link", shared.links.write(name)).member("site", name.site.text());
    json.member("date", format_date(name.date)).member("number", view.number.value);
    json.member("state", view.state);
    if (view.desk) {
        json.member("desk", office::to_string(*view.desk));
        json.member("desk_name", front::desk_name(*layout, *view.desk, words.code()));
    }
    json.key("services").begin_array();
    for (const auto& service : view.services) {
        json.begin_object().member("service", service.text());
        json.member("name", name_of_service(*layout, service, words)).end();
    }
    json.end();
    json.member("ahead", std::int64_t(view.ahead));
    json.member("has_priority", view.standing == office::Standing::priority);
    write_instant(json, "arrived_at", view.arrived);
    if (view.appointment) write_instant(json, "appointment_at", *view.appointment);
    if (view.state == "waiting") {
        const auto outlook = name.date == shared.now().date ? shared.outlook(name.site) : nullptr;
        if (outlook != nullptr) write_wait(json, outlook->of(view.number));
        if (view.promise) write_promise(json, *view.promise);
    }
    json.end();
}

void write_appointment(text::JsonWriter& json,
                       const booking::Appointment& appointment,
                       const std::string& link,
                       Instant now) {
    json.begin_object().member("link", link).member("site", appointment.site.text());
    write_instant(json, "start", appointment.start);
    json.member("minutes", appointment.minutes).member("channel", appointment.channel.text());
    write_services(json, appointment.services);
    json.member("state", booking::name_of(appointment.state, now));
    if (const auto until = booking::until_of(appointment.state)) write_instant(json, "until", *until);
    if (std::holds_alternative<booking::Confirmed>(appointment.state)) json.member("code", appointment.code);
    if (appointment.contact) {
        const auto& contact = *appointment.contact;
        json.key("contact").begin_object().member("name", contact.name);
        if (!contact.mail.empty()) json.member("mail", contact.mail);
        if (!contact.phone.empty()) json.member("phone", contact.phone);
        if (!contact.note.empty()) json.member("note", contact.note);
        json.end();
    }
    json.end();
}

void write_agenda_entry(text::JsonWriter& json, const booking::Appointment& appointment, Instant now) {
    json.begin_object().member("appointment", appointment.booking.text());
    write_instant(json, "start", appointment.start);
    json.member("minutes", appointment.minutes);
    write_services(json, appointment.services);
    json.member("code", appointment.code).member("state", booking::name_of(appointment.state, now));
    json.end();
}

std::optional<front::HallView> hall_of(const Shared& shared, const model::SiteKey& site) {
    std::optional<front::HallView> view;
    const auto looked = shared.office.look(
        site, std::nullopt, [&](const office::Hall& hall) { view = front::view_of(hall, shared.now()); });
    return looked ? view : std::nullopt;
}

std::optional<front::TicketView> ticket_of(const Shared& shared, const front::TicketName& name) {
    std::optional<front::TicketView> view;
    const auto looked = shared.office.look(
        name.site, name.date, [&](const office::Hall& hall) { view = front::view_of(hall, name.number); });
    return looked ? view : std::nullopt;
}

}  // namespace balcao::api
