// One's own account: the second factor and its recovery codes, and another password; and the page of an
// invitation, where somebody new sets the first one.
#include "web/forms.hpp"
#include "web/providers.hpp"
#include "web/qr_picture.hpp"
#include "web/sign_in_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

// What the page shows besides the account: once, for it is kept nowhere.
struct Shown {
    std::string complaint{};
    std::optional<staff::Enrolment> enrolment{};
    std::vector<std::string> codes{};
};

void write_enrolment(Content& main, const Words& words, const staff::Enrolment& enrolment) {
    main.element<"p">(
        words("Read this square code with the authenticator app on your phone, or type the secret below it. "
              "Then type the code that the app shows."));
    write_qr(main, enrolment.address, words("Square code with the secret for your authenticator"));
    main.element<"p">(
        [&](Content& line) { line.element<"code">({with<"class">("secret")}, enrolment.secret); });
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"account", "enrol"})), with<"class">("sheet")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "ticket", enrolment.ticket);
            write_hidden(form, "secret", enrolment.secret);
            write_hidden(form, "address", enrolment.address);
            write_field(form, {"code", words("Code"), "text", "", "one-time-code"});
            form.element<"button">({with<"class">("main")}, words("Use it from now on"));
        });
}

void write_button(Content& main, const Words& words, std::string_view verb, const std::string& label) {
    main.element<"form">({with<"method">("post"), with<"action">(url(words, {"account", verb}))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             form.element<"button">(label);
                         });
}

void write_second_factor(Content& main,
                         const Words& words,
                         const staff::Account& account,
                         const Shown& shown) {
    main.element<"h2">(words("Second factor"));
    if (shown.enrolment) return write_enrolment(main, words, *shown.enrolment);
    if (!account.has_totp) {
        main.element<"p">(
            words("An app on your phone that shows a new code every half minute. Who manages people, the "
                  "model or the journal must have one."));
        return write_button(main, words, "propose", words("Set one up"));
    }
    main.element<"p">(words("It is in use. Recovery codes left: {count}",
                            {{"count", std::to_string(account.recovery_codes_left)}}));
    if (!shown.codes.empty()) {
        main.element<"p">(words(
            "Each of these is good once, in place of a code. They are shown only now: write them down."));
        main.element<"ul">({with<"class">("codes")}, [&](Content& list) {
            for (const auto& code : shown.codes)
                list.element<"li">([&](Content& item) { item.element<"code">(code); });
        });
    }
    write_button(main, words, "codes", words("New recovery codes"));
    write_button(main, words, "remove", words("Use none any more"));
}

http::Response account_page(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session,
                            const Shown& shown,
                            int status) {
    const Words words = shared.words_of(request);
    const auto account = shared.staff.account(session.account);
    if (!account) return shared.failure(request, 503);
    const Frame frame{.words = words, .title = words("Your account"), .path = "/account"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">({with<"href">(url(words, {"desk"}))}, words("Choose your desk"));
                 });
                 main.element<"h1">(frame.title);
                 write_complaint(main, shown.complaint);
                 write_second_factor(main, words, *account, shown);
                 write_links(main, shared, words, *account);
                 write_own_sessions(main, shared, words, session);
                 if (!account->has_password) return;
                 main.element<"h2">(words("Another password"));
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"account", "password"})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         write_hidden(form, "key", new_form_key());
                         write_whose(form, session.names.sign_in_name);
                         write_field(form,
                                     {"old", words("The old password"), "password", "", "current-password"});
                         write_field(form, {"password", words("Password, twelve letters or more"), "password",
                                            "", "new-password"});
                         form.element<"button">(words("Change it, and sign in again everywhere"));
                     });
             }),
        status);
}

// The page after an order: with the complaint, or anew.
template <class Given>
http::Response after(const http::Request& request,
                     const Shared& shared,
                     const staff::Session& session,
                     const staff::Answer<Given>& answer) {
    const Words words = shared.words_of(request);
    if (const auto* refusal = std::get_if<staff::Refusal>(&answer))
        return account_page(request, shared, session, {.complaint = refusal_text(*refusal, shared, words)},
                            status_of(*refusal));
    return http::Response::redirect(url(words, {"account"}).text());
}

http::Response invitation_page(const http::Request& request,
                               const Shared& shared,
                               const std::string& complaint,
                               int status) {
    const Words words = shared.words_of(request);
    const std::string token{request.parameters.text("token")};
    const Frame frame{.words = words, .title = words("You are invited"), .path = "/invitation/" + token};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 main.element<"p">(words("Choose the password with which you sign in from now on."));
                 write_complaint(main, complaint);
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"invitation", token})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         write_hidden(form, "key", new_form_key());
                         write_whose(form, "");
                         write_field(form, {"password", words("Password, twelve letters or more"), "password",
                                            "", "new-password"});
                         form.element<"button">({with<"class">("main")}, words("Set the password"));
                     });
                 write_ways_to_accept(main, shared, words, token);
             }),
        status);
}

http::Response accept(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto accepted = shared.staff.accept(std::string{request.parameters.text("token")},
                                              std::string{request.form.text("password")}, form_key(request));
    if (const auto* refusal = std::get_if<staff::Refusal>(&accepted))
        return invitation_page(request, shared, refusal_text(*refusal, shared, words), status_of(*refusal));
    return http::Response::redirect(url(words, {"sign-in"}, {{"done", "password"}}).text());
}

// A code that was mistyped is typed again, for the same secret: the app has it already.
http::Response enrol(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const auto text = [&](std::string_view name) { return std::string{request.form.text(name)}; };
    const auto enrolled =
        shared.staff.enrol_totp(session.account, text("ticket"), text("code"), form_key(request));
    const auto* refusal = std::get_if<staff::Refusal>(&enrolled);
    if (refusal == nullptr || refusal->reason != staff::Reason::code_wrong)
        return after(request, shared, session, enrolled);
    return account_page(request, shared, session,
                        {.complaint = refusal_text(*refusal, shared, shared.words_of(request)),
                         .enrolment = staff::Enrolment{text("secret"), text("address"), text("ticket")}},
                        status_of(*refusal));
}

void add_second_factor_routes(http::Router& router, Shared& shared) {
    add_post(router, shared, "/{language}/account/propose",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 const auto proposed = shared.staff.propose_totp(session.account);
                 if (!std::holds_alternative<staff::Enrolment>(proposed))
                     return after(request, shared, session, proposed);
                 return account_page(request, shared, session,
                                     {.enrolment = std::get<staff::Enrolment>(proposed)}, 200);
             }));
    add_post(router, shared, "/{language}/account/enrol",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return enrol(request, shared, session);
             }));
    add_post(router, shared, "/{language}/account/remove",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return after(request, shared, session,
                              shared.staff.remove_totp(session.account, session.account, form_key(request)));
             }));
    add_post(router, shared, "/{language}/account/codes",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 const auto made = shared.staff.make_recovery_codes(session.account, form_key(request));
                 if (!std::holds_alternative<std::vector<std::string>>(made))
                     return after(request, shared, session, made);
                 return account_page(request, shared, session,
                                     {.codes = std::get<std::vector<std::string>>(made)}, 200);
             }));
}

}  // namespace

http::Response after_order(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const staff::Answer<staff::Done>& answer) {
    return after(request, shared, session, answer);
}

void add_account_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/account",
               for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                   return account_page(request, shared, session, {}, 200);
               }));
    add_second_factor_routes(router, shared);
    add_own_session_routes(router, shared);
    add_post(router, shared, "/{language}/account/password",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return after(request, shared, session,
                              shared.staff.change_password(
                                  session.account, std::string{request.form.text("old")},
                                  std::string{request.form.text("password")}, form_key(request)));
             }));
    router.add(http::Method::get, "/{language}/invitation/{token}",
               [&shared](const http::Request& request, http::Reply reply) {
                   reply.send(invitation_page(request, shared, {}, 200));
               });
    add_post(router, shared, "/{language}/invitation/{token}",
             [&shared](const http::Request&, http::Reply reply) {
                 in_background(shared, std::move(reply),
                               [&shared](const http::Request& request) { return accept(request, shared); });
             });
}

}  // namespace balcao::web
