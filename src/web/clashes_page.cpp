// The appointments that the model in force has no place for, and other times for them. Nothing is cancelled:
// somebody moves it here, and the person is written to.
#include "front/change_plan.hpp"
#include "web/administration.hpp"
#include "web/book_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t offers_each = 4;

void write_offer(Content& into,
                 const Shared& shared,
                 const Words& words,
                 const booking::Clash& clash,
                 const rules::FreeStart& offer) {
    const auto& zone = shared.office.zone();
    into.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"administration", "clashes"}))},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "appointment", clash.appointment.booking.text());
            write_hidden(form, "site", clash.appointment.site.text());
            write_hidden(form, "at", std::to_string(offer.start.time_since_epoch().count()));
            const std::string when = moment_text(zone, offer.start, words);
            form.element<"button">(
                {with<"aria-label">(
                    words("Move {code} to {when}", {{"code", clash.appointment.code}, {"when", when}}))},
                words("Move to {when}", {{"when", when}}));
        });
}

http::Response page_of_clashes(const http::Request& request,
                               const Shared& shared,
                               const staff::Session& session,
                               const std::string& complaint,
                               int status) {
    const auto found = front::clashes_now({shared.office, shared.bookings, *shared.editions}, offers_each);
    if (!found) return shared.failure(request, 503);
    const auto& clashes = *found;
    return administration_page(
        request, shared, session, shared.words_of(request)("Appointments without a place"),
        [&](Content& main, const Words& words) {
            write_complaint(main, complaint);
            if (request.query.has("moved"))
                main.element<"p">({with<"role">("status"), with<"class">("done")},
                                  words("Moved. The person is written to, where there is an address; the "
                                        "link stays the same."));
            main.element<"p">(
                words("These were booked before hours or places changed. Nothing is cancelled by itself."));
            if (clashes.empty()) main.element<"p">(words("None."));
            main.element<"ul">({with<"class">("clashes")}, [&](Content& list) {
                for (const auto& clash : clashes)
                    list.element<"li">([&](Content& item) {
                        item.element<"p">(line_of(clash.appointment, shared, words) + " · " +
                                          clash.appointment.code);
                        item.element<"div">({with<"class">("offers")}, [&](Content& offers) {
                            for (const auto& offer : clash.offers)
                                write_offer(offers, shared, words, clash, offer);
                        });
                        if (clash.offers.empty())
                            item.element<"p">(words("No other time is free at this site."));
                    });
            });
        },
        status);
}

}  // namespace

http::Response clashes_page(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session) {
    return page_of_clashes(request, shared, session, "", 200);
}

http::Response move_clash(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const Words words = shared.words_of(request);
    const auto at = instant_in(request.form.text("at"));
    if (!at) return shared.failure(request, 422);
    const booking::ByClerk hand{booking::BookingKey{std::string{request.form.text("appointment")}},
                                booking::ClerkKey{session.account.text()}};
    const model::SiteKey site{std::string{request.form.text("site")}};
    const auto moved = shared.bookings.move(hand, {site, *at, {}}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&moved))
        return page_of_clashes(request, shared, session, refusal_text(*refusal, shared.office.zone(), words),
                               status_of(*refusal));
    return http::Response::redirect(url(words, {"administration", "clashes"}, {{"moved", "yes"}}).text());
}

}  // namespace balcao::web
