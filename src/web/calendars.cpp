// Appointments for calendars: one as a file, all of a person, and those of a site for who works there. Each
// address carries its own right; none of them says a name, and what is followed gives no link or code away.
#include "web/calendars.hpp"

#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/letter_words.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;

constexpr std::size_t token_bytes = 16;
constexpr std::chrono::days site_days{30};

http::Response as_file(const http::Request& request,
                       const Shared& shared,
                       const booking::Answer<std::string>& text,
                       const char* disposition) {
    const Words words = shared.words_of(request);
    if (const auto* refusal = std::get_if<booking::Refusal>(&text))
        return shared.failure(words, status_of(*refusal),
                              refusal_text(*refusal, shared.office.zone(), words));
    auto response = http::Response::text(std::get<std::string>(text));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    response.headers.set("Content-Disposition", std::string{disposition} + "; filename=\"appointments.ics\"");
    return response;
}

http::Response one_file(const http::Request& request, const Shared& shared) {
    return as_file(request, shared,
                   calendar_of_appointment(std::string{request.parameters.text("link")}, shared,
                                           shared.words_of(request)),
                   "attachment");
}

http::Response of_person(const http::Request& request, const Shared& shared) {
    return as_file(
        request, shared,
        calendar_of_person(std::string{request.parameters.text("link")}, shared, shared.words_of(request)),
        "inline");
}

http::Response of_site(const http::Request& request, const Shared& shared) {
    const auto* site = site_in(request, shared);
    if (site == nullptr ||
        !crypto::is_equal_in_constant_time(feed_token(shared, site->key), request.parameters.text("token")))
        return shared.failure(request, 404);
    return as_file(request, shared, calendar_of_site(*site, shared, shared.words_of(request)), "inline");
}

}  // namespace

std::string feed_token(const Shared& shared, const model::SiteKey& site) {
    const auto mac = crypto::authenticate(shared.feeds, site.text());
    return crypto::to_base64url(crypto::bytes_of(mac).substr(0, token_bytes));
}

booking::Answer<std::string> calendar_of_appointment(const std::string& link,
                                                     const Shared& shared,
                                                     const Words& words) {
    const auto seen = shared.bookings.see(link);
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return *refusal;
    const auto& appointment = std::get<Appointment>(seen);
    if (appointment.state.index() < booking::State{booking::Confirmed{}}.index())
        return booking::Refusal{booking::Reason::not_confirmed};
    return connect::write_calendar({{}, "PUBLISH"}, {entry_of(appointment, link, shared, words)},
                                   shared.office.zone());
}

booking::Answer<std::string> calendar_of_person(const std::string& link,
                                                const Shared& shared,
                                                const Words& words) {
    const auto found = shared.bookings.of_calendar(link);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return *refusal;
    std::vector<connect::CalendarEntry> entries;
    for (const auto& appointment : std::get<std::vector<Appointment>>(found))
        entries.push_back(entry_without_rights(appointment, shared, words));
    return connect::write_calendar({words("Your appointments"), {}}, entries, shared.office.zone());
}

booking::Answer<std::string> calendar_of_site(const model::Site& site,
                                              const Shared& shared,
                                              const Words& words) {
    const Date today = shared.now().date;
    std::vector<connect::CalendarEntry> entries;
    for (Date date = today - std::chrono::days{1}; date < today + site_days; date += std::chrono::days{1}) {
        const auto found = shared.bookings.on_day(site.key, date, booking::People::left_out);
        if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return *refusal;
        for (const auto& appointment : std::get<std::vector<Appointment>>(found))
            if (std::holds_alternative<booking::Confirmed>(appointment.state) ||
                std::holds_alternative<booking::Arrived>(appointment.state))
                entries.push_back(entry_of(appointment, {}, shared, words));
    }
    return connect::write_calendar({model::name_of(site, words.code()), {}}, entries, shared.office.zone());
}

html::Url calendar_url(const Shared& shared, const Words& words, const model::SiteKey& site) {
    return url(words, {"sites", site.text(), "calendars", feed_token(shared, site), "appointments.ics"});
}

void add_calendar_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/appointments/{link}/calendar.ics",
               on_worker(shared, one_file));
    router.add(http::Method::get, "/{language}/calendars/{link}/appointments.ics",
               on_worker(shared, of_person));
    router.add(http::Method::get, "/{language}/sites/{site}/calendars/{token}/appointments.ics",
               on_worker(shared, of_site));
}

}  // namespace balcao::web
