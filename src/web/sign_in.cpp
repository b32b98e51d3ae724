// How staff come in and go: signing in with a password and, where one is enrolled, a code; and the first
// account of an installation, behind a link that only who starts the server sees.
#include "web/forms.hpp"
#include "web/providers.hpp"
#include "web/sign_in_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::string_view session_cookie_name = "session";

// What was done just before one came to sign in.
void write_done(Content& main, const Words& words, std::string_view done) {
    std::string told;
    if (done == "account")
        told = words("The account is made. Sign in with the name and the password that you chose.");
    else if (done == "password")
        told = words("The password is set. Sign in with it.");
    else if (done == "out")
        told = words("You are signed out.");
    else
        return;
    main.element<"p">({with<"role">("status"), with<"class">("done")}, told);
}

}  // namespace

http::Response sign_in_page(const http::Request& request,
                            const Shared& shared,
                            const Typed& typed,
                            int status) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Sign in"), .path = "/sign-in"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 write_done(main, words, request.query.text("done"));
                 write_way_out(main, shared, words, request.query.text("out"));
                 write_complaint(main, typed.complaint);
                 write_ways_in(main, shared, words, typed.to);
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"sign-in"})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         form.empty<"input">(
                             {with<"type">("hidden"), with<"name">("to"), with<"value">(typed.to)});
                         write_field(form, {"sign-in-name", words("Name to sign in with"), "text",
                                            typed.sign_in_name, "username"});
                         write_field(form,
                                     {"password", words("Password"), "password", "", "current-password"});
                         write_field(form, {"code", words("Code, when you have a second factor"), "text", "",
                                            "one-time-code"});
                         form.element<"button">({with<"class">("main")}, words("Sign in"));
                     });
             }),
        status);
}

std::string safe_target(std::string_view to, const Words& words) {
    const std::string home = "/" + std::string{words.code()};
    for (const char* room : {"/desk", "/hall", "/people", "/account"})
        if (to.starts_with(home + room)) return std::string{to};
    return home + "/desk";
}

http::Cookie session_cookie(const std::string& token, const http::Request& request) {
    return {.name = std::string{session_cookie_name},
            .value = token,
            .same_site = http::SameSite::lax,
            .http_only = true,
            .secure = request.scheme == "https"};
}

namespace {

http::Response sign_in(const http::Request& request, Shared& shared) {
    const Words words = shared.words_of(request);
    const staff::SignIn asked{std::string{request.form.text("sign-in-name")},
                              std::string{request.form.text("password")},
                              std::string{request.form.text("code")}, request.peer};
    const auto result = shared.staff.sign_in(asked);
    if (const auto* refusal = std::get_if<staff::Refusal>(&result))
        return sign_in_page(request, shared,
                            {.sign_in_name = asked.sign_in_name,
                             .complaint = refusal_text(*refusal, shared, words),
                             .to = std::string{request.form.text("to")}},
                            status_of(*refusal));
    auto response = http::Response::redirect(safe_target(request.form.text("to"), words));
    response.set_cookie(session_cookie(std::get<staff::SignedInNow>(result).token, request));
    return response;
}

http::Response sign_out(const http::Request& request, Shared& shared) {
    const Words words = shared.words_of(request);
    const auto session = session_of(request, shared);
    const auto* provider = session ? shared.providers->of_issuer(session->issuer) : nullptr;
    const auto result = shared.staff.sign_out(request.cookies.text(session_cookie_name));
    const auto* refusal = std::get_if<staff::Refusal>(&result);
    if (refusal != nullptr && refusal->reason == staff::Reason::unavailable)
        return shared.failure(request, 503);
    auto response = http::Response::redirect(
        provider != nullptr ? url(words, {"sign-in"}, {{"out", provider->settings().key}}).text()
                            : url(words, {"sign-in"}, {{"done", "out"}}).text());
    auto cookie = session_cookie("", request);
    cookie.max_age = std::chrono::seconds{0};
    response.set_cookie(cookie);
    return response;
}

http::Response found_page(const http::Request& request,
                          const Shared& shared,
                          const Typed& typed,
                          int status) {
    const Words words = shared.words_of(request);
    const std::string secret{request.parameters.text("secret")};
    const Frame frame{.words = words, .title = words("The first account"), .path = "/found/" + secret};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 main.element<"p">(words("It may do everything, everywhere. Others are invited by it."));
                 write_complaint(main, typed.complaint);
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"found", secret})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         write_hidden(form, "key", new_form_key());
                         write_field(form, {"name", words("Your name"), "text", typed.name, "name"});
                         write_field(form, {"sign-in-name", words("Name to sign in with"), "text",
                                            typed.sign_in_name, "username"});
                         write_field(form, {"password", words("Password, twelve letters or more"), "password",
                                            "", "new-password"});
                         form.element<"button">({with<"class">("main")}, words("Make the account"));
                     });
             }),
        status);
}

http::Response found(const http::Request& request, Shared& shared) {
    const Words words = shared.words_of(request);
    Typed typed{.name = std::string{request.form.text("name")},
                .sign_in_name = std::string{request.form.text("sign-in-name")}};
    const auto result = shared.staff.found({typed.sign_in_name, typed.name},
                                           std::string{request.form.text("password")}, form_key(request));
    if (const auto* refusal = std::get_if<staff::Refusal>(&result)) {
        typed.complaint = refusal_text(*refusal, shared, words);
        return found_page(request, shared, typed, status_of(*refusal));
    }
    return http::Response::redirect(url(words, {"sign-in"}, {{"done", "account"}}).text());
}

bool may_found(const http::Request& request, const Shared& shared) {
    return !shared.staff.is_founded() &&
           crypto::is_equal_in_constant_time(request.parameters.text("secret"), shared.founding_secret);
}

}  // namespace

std::optional<staff::Session> session_of(const http::Request& request, const Shared& shared) {
    const auto token = request.cookies.text(session_cookie_name);
    return token.empty() ? std::nullopt : shared.staff.session(token);
}

http::Response to_sign_in(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    return http::Response::redirect(
        url(words, {"sign-in"}, {{"to", request.method == http::Method::get ? request.path : std::string{}}})
            .text());
}

void add_sign_in_routes(http::Router& router, Shared& shared) {
    router.add(
        http::Method::get, "/{language}/sign-in", [&shared](const http::Request& request, http::Reply reply) {
            reply.send(sign_in_page(request, shared, {.to = std::string{request.query.text("to")}}, 200));
        });
    const auto later = [&shared](http::Response (*answer)(const http::Request&, Shared&)) {
        return [&shared, answer](const http::Request&, http::Reply reply) {
            in_background(shared, std::move(reply), [&shared, answer](const http::Request& request) {
                return answer(request, shared);
            });
        };
    };
    add_post(router, shared, "/{language}/sign-in", later(sign_in));
    add_post(router, shared, "/{language}/sign-out", later(sign_out));
    router.add(http::Method::get, "/{language}/found/{secret}",
               [&shared](const http::Request& request, http::Reply reply) {
                   reply.send(may_found(request, shared) ? found_page(request, shared, {}, 200)
                                                         : shared.failure(request, 404));
               });
    add_post(router, shared, "/{language}/found/{secret}",
             [&shared](const http::Request& request, http::Reply reply) {
                 if (!may_found(request, shared)) return reply.send(shared.failure(request, 404));
                 in_background(shared, std::move(reply),
                               [&shared](const http::Request& asked) { return found(asked, shared); });
             });
}

}  // namespace balcao::web
