// What the pages of staff about appointments say, and who may open them.
#include "front/appointment_words.hpp"
#include "web/agenda.hpp"
#include "web/ways.hpp"

namespace balcao::web {

using booking::Appointment;
using html::Content;
using html::with;

http::Handler for_site_staff(Shared& shared, staff::Permission permission, SiteWork work) {
    return for_staff(shared, [&shared, permission, work = std::move(work)](const http::Request& request,
                                                                           const staff::Session& session) {
        const auto* site = site_in(request, shared);
        if (site == nullptr) return shared.failure(request, 404);
        const Words words = shared.words_of(request);
        if (!shared.staff.may(session.account, permission, site->key))
            return shared.failure(words, 403,
                                  refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
        return work(request, session, *site);
    });
}

std::string state_text(const Appointment& appointment, Instant now, const Words& words) {
    const auto state = booking::name_of(appointment.state, now);
    if (state == "held" || state == "preconfirmed") return words("not confirmed yet");
    if (state == "confirmed") return words("expected");
    if (state == "arrived") return is_remote(appointment) ? words("begun") : words("here");
    if (state == "missed")
        return is_remote(appointment) ? words("did not take place") : words("did not come");
    if (state == "lapsed") return words("not confirmed in time");
    return words("cancelled");
}

std::string services_text(const std::vector<model::ServiceKey>& services,
                          const Shared& shared,
                          const Words& words) {
    return front::services_text(services, shared.office.model(), words);
}

booking::Answer<Appointment> appointment_at(const Shared& shared,
                                            const model::Site& site,
                                            std::string_view booking) {
    return front::appointment_at(site.key, booking::BookingKey{std::string{booking}}, shared.bookings);
}

booking::ByClerk clerk_of(const http::Request& request, const staff::Session& session) {
    return {booking::BookingKey{std::string{request.parameters.text("booking")}},
            booking::ClerkKey{session.account.text()}};
}

html::Url agenda_url(const Words& words, const model::Site& site, Date date) {
    return url(words, {"hall", site.key.text(), "appointments"}, {{"date", format_date(date)}});
}

html::Url booking_url(const Words& words, const model::Site& site, const booking::BookingKey& booking) {
    return url(words, {"hall", site.key.text(), "appointments", booking.text()});
}

void write_way_back(
    Content& main, const Words& words, const staff::Session& session, const model::Site& site, Date date) {
    main.element<"p">({with<"class">("who")}, [&](Content& line) {
        line.text(session.names.name + " · ");
        line.element<"a">({with<"href">(url(words, {"hall", site.key.text()}))},
                          words("The hall of {site}", {{"site", model::name_of(site, words.code())}}));
        line.text(" · ");
        line.element<"a">({with<"href">(agenda_url(words, site, date))},
                          words("Appointments of {day}", {{"day", day_text(date, words)}}));
    });
}

AgendaTold told_of(const booking::Refusal& refusal, const Shared& shared, const Words& words) {
    return {refusal_text(refusal, shared.office.zone(), words), status_of(refusal)};
}

}  // namespace balcao::web
