// The letters that could not be delivered, for who runs desks at a site: which appointment or ticket, why,
// and what to do. No name and no address stands on the page.
#include <algorithm>

#include "web/book_words.hpp"
#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using letters::Kind;

std::string kind_text(Kind kind, const Words& words) {
    switch (kind) {
        case Kind::confirm:
            return words("Asks to confirm");
        case Kind::confirmed:
            return words("Confirmation");
        case Kind::moved:
            return words("Moved to another time");
        case Kind::cancelled:
            return words("Cancellation");
        case Kind::reminder:
            return words("Reminder");
        case Kind::links:
            return words("Lost links");
        case Kind::notice:
            return words("Turn is near");
        case Kind::case_opened:
            return words("A request came in");
        case Kind::case_asked:
            return words("Something is wanted for a request");
    }
    return {};
}

std::string why_text(const std::string& why, const Words& words) {
    if (why == "late") return words("Nobody could be written to in time.");
    if (why == "no-way") return words("There is no way to write there.");
    if (why == "address") return words("The address cannot be written to.");
    if (why.size() == 3 && (why[0] == '5' || why[0] == '4'))
        return words("Refused there ({number}).", {{"number", why}});
    if (why == "no-answer" || why == "away") return words("No answer there.");
    if (why == "timeout") return words("No answer there in time.");
    if (why == "tls") return words("The connection there is not secure.");
    if (why == "sign-in") return words("The server there does not accept our name and password.");
    if (why == "cut" || why == "stopped") return words("The connection broke off.");
    if (why == "words") return words("The text could not be written.");
    return words("Not reached ({reason}).", {{"reason", why}});
}

std::string what_text(const letters::Owed& owed, const Shared& shared, const Words& words) {
    if (owed.kind == Kind::notice)
        return words("Ticket {number}", {{"number", std::to_string(owed.ticket.number)}});
    if (letters::is_of_case(owed)) return words("Request {number}", {{"number", to_text(owed.request)}});
    if (owed.booking.empty()) return {};
    const auto found = shared.bookings.find(owed.booking, booking::People::left_out);
    const auto* appointment = std::get_if<booking::Appointment>(&found);
    return appointment == nullptr ? "" : line_of(*appointment, shared, words) + " · " + appointment->code;
}

void write_button(Content& cell,
                  const Words& words,
                  const model::SiteKey& site,
                  const letters::LetterKey& letter,
                  const std::pair<std::string_view, std::string>& verb) {
    cell.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"hall", site.text(), "letters", verb.first}))},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "letter", letter.text());
            form.element<"button">(verb.second);
        });
}

void write_letter_row(Content& rows,
                      const Shared& shared,
                      const Words& words,
                      const model::SiteKey& site,
                      const letters::Undelivered& letter) {
    rows.element<"tr">([&](Content& row) {
        row.element<"th">({with<"scope">("row")}, kind_text(letter.owed.kind, words));
        row.element<"td">(what_text(letter.owed, shared, words));
        row.element<"td">(why_text(letter.why, words));
        row.element<"td">(moment_text(shared.office.zone(), letter.since, words));
        row.element<"td">([&](Content& cell) {
            write_button(cell, words, site, letter.owed.id, {"again", words("Try again")});
            write_button(cell, words, site, letter.owed.id, {"aside", words("Set aside")});
        });
    });
}

// What stands in the list of a site.
std::vector<letters::Undelivered> letters_at(const Shared& shared, const model::Site& site) {
    return shared.outbox != nullptr ? shared.outbox->undelivered_at(site.key)
                                    : std::vector<letters::Undelivered>{};
}

http::Response list_page(const http::Request& request, const Shared& shared, const model::Site& site) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words,
                      .title = words("Letters that did not arrive"),
                      .path = "/hall/" + site.key.text() + "/letters"};
    const auto all = letters_at(shared, site);
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, [&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"hall", site.key.text(), "appointments"}))},
                              words("Appointments"));
        });
        main.element<"h1">(frame.title);
        if (all.empty()) {
            main.element<"p">(words("All letters arrived, or are on their way."));
            return;
        }
        main.element<"table">({with<"class">("queue")}, [&](Content& table) {
            table.element<"tbody">([&](Content& rows) {
                for (const auto& letter : all)
                    write_letter_row(rows, shared, words, site.key, letter);
            });
        });
    }));
}

using SiteWork =
    std::function<http::Response(const http::Request&, const staff::Session&, const model::Site&)>;

http::Handler for_site(Shared& shared, SiteWork work) {
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

using LetterVerb = Result<bool> (letters::Outbox::*)(const letters::LetterKey&, const booking::ClerkKey&);

http::Response act(const http::Request& request,
                   const Shared& shared,
                   const staff::Session& session,
                   const model::Site& site,
                   LetterVerb verb) {
    const letters::LetterKey letter{std::string{request.form.text("letter")}};
    const auto all = letters_at(shared, site);
    const bool is_here = std::ranges::any_of(all, [&](const auto& one) { return one.owed.id == letter; });
    // Pressed twice, it is done all the same.
    if (is_here && !(shared.outbox->*verb)(letter, booking::ClerkKey{session.account.text()}))
        return shared.failure(request, 503);
    const Words words = shared.words_of(request);
    return http::Response::redirect(url(words, {"hall", site.key.text(), "letters"}).text());
}

}  // namespace

void add_undelivered_routes(http::Router& router, Shared& shared) {
    router.add(
        http::Method::get, "/{language}/hall/{site}/letters",
        for_site(shared, [&shared](const http::Request& request, const staff::Session&,
                                   const model::Site& site) { return list_page(request, shared, site); }));
    const auto add_verb = [&](const char* name, LetterVerb verb) {
        add_post(router, shared, std::string{"/{language}/hall/{site}/letters/"} + name,
                 for_site(shared, [&shared, verb](const http::Request& request, const staff::Session& session,
                                                  const model::Site& site) {
                     return act(request, shared, session, site, verb);
                 }));
    };
    add_verb("again", &letters::Outbox::try_again);
    add_verb("aside", &letters::Outbox::set_aside);
}

}  // namespace balcao::web
