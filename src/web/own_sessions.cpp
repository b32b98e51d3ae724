// Where somebody is signed in, on the page of one's own account: seen, and ended from afar.
#include "front/moment.hpp"
#include "web/forms.hpp"
#include "web/sign_in_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

std::string line_of_session(const staff::Session& session, const Shared& shared, const Words& words) {
    const Zone& zone = shared.office.zone();
    return words("Since {begun}. Last used: {seen}",
                 {{"begun", front::moment_text(zone, session.begun, words)},
                  {"seen", front::moment_text(zone, session.seen, words)}});
}

http::Response end_own_session(const http::Request& request,
                               const Shared& shared,
                               const staff::Session& session) {
    const staff::SessionKey key{std::string{request.form.text("session")}};
    const auto own = shared.staff.sessions_of(session.account);
    const bool is_own = std::ranges::count(own, key, &staff::Session::key) > 0;
    // What is not there any more has ended already.
    return after_order(request, shared, session,
                       is_own ? shared.staff.end_session(session.account, key) : staff::Done{});
}

}  // namespace

void write_own_sessions(Content& main,
                        const Shared& shared,
                        const Words& words,
                        const staff::Session& session) {
    main.element<"h2">(words("Where you are signed in"));
    main.element<"ul">({with<"class">("sessions")}, [&](Content& list) {
        for (const auto& one : shared.staff.sessions_of(session.account))
            list.element<"li">([&](Content& item) {
                item.element<"span">(line_of_session(one, shared, words));
                if (one.key == session.key) {
                    item.text(" · ");
                    item.element<"strong">(words("Here"));
                    return;
                }
                item.element<"form">(
                    {with<"method">("post"), with<"action">(url(words, {"account", "sessions"}))},
                    [&](Content& form) {
                        write_hidden(form, "session", one.key.text());
                        form.element<"button">(words("Sign out there"));
                    });
            });
    });
}

void add_own_session_routes(http::Router& router, Shared& shared) {
    add_post(router, shared, "/{language}/account/sessions",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return end_own_session(request, shared, session);
             }));
}

}  // namespace balcao::web
