// A session that goes on at home: the citizen takes it along under a link, and goes on alone with it within
// thirty days, on whatever screen.
#include "crypto/hash.hpp"
#include "front/assist_words.hpp"
#include "front/moment.hpp"
#include "web/forms.hpp"
#include "web/kiosk_frame.hpp"
#include "web/qr_picture.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t link_bytes = 16;

// "SESSION.…": whoever has it goes on with it, and nobody finds another's.
std::string home_link_of(const Shared& shared, const assist::SessionKey& session) {
    const auto signature = crypto::authenticate(shared.sittings->home_key(), session.text());
    return session.text() + "." + crypto::to_base64url(crypto::bytes_of(signature).substr(0, link_bytes));
}

std::optional<assist::SessionKey> session_of_home_link(const Shared& shared, std::string_view link) {
    const assist::SessionKey session{std::string{link.substr(0, link.find('.'))}};
    const bool is_ours = crypto::is_equal_in_constant_time(home_link_of(shared, session), link);
    return is_ours ? std::optional{session} : std::nullopt;
}

// The link is told once, here.
http::Response carry_home(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    const auto carried =
        shared.sessions->carry_home({seat.session, std::get<assist::ByScreen>(seat.hand), form_key(request)});
    if (const auto* refusal = std::get_if<assist::Refusal>(&carried))
        return refused_at(request, shared, seat, *refusal);
    const auto there = url(words, {"at-home", home_link_of(shared, seat.session)});
    const Frame frame{.words = words, .title = words("Go on at home"), .path = "/screen"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"div">({with<"class">("screen")}, [&](Content& screen) {
            screen.element<"h1">(frame.title);
            screen.element<"p">(words(
                "With this address you go on alone, until {when}:",
                {{"when", front::moment_text(shared.office.zone(), std::get<Instant>(carried), words)}}));
            screen.element<"p">([&](Content& line) {
                line.element<"a">({with<"href">(there)}, shared.address + there.text());
            });
            write_qr(screen, address_outside(shared, request, there), words("The address as a square code"));
            screen.element<"form">(
                {with<"method">("post"), with<"action">(seat.url(words, "leave"))},
                [&](Content& form) { form.element<"button">(words("Clear this screen")); });
        });
    }));
}

http::Response home_page(const http::Request& request, const Shared& shared, const SeatTold& told) {
    const Words words = shared.words_of(request);
    const std::string link{request.parameters.text("link")};
    const auto session = session_of_home_link(shared, link);
    if (!session) return shared.failure(request, 404);
    const auto outline = shared.sessions->outline(*session);
    if (const auto* refusal = std::get_if<assist::Refusal>(&outline))
        return shared.failure(words, front::status_of(*refusal), front::refusal_text(*refusal, words));
    const auto& found = std::get<assist::Outline>(outline);
    const Frame frame{.words = words,
                      .title = front::subject_name(found.subject, shared.office.model(), words),
                      .path = "/at-home/" + link};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"div">({with<"class">("screen")}, [&](Content& screen) {
                     screen.element<"h1">(frame.title);
                     write_complaint(screen, told.complaint);
                     screen.element<"p">(
                         words("What you confirmed is still there. You go on alone, on this screen."));
                     screen.element<"form">(
                         {with<"method">("post"), with<"action">(url(words, {"at-home", link}))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             write_hidden(form, "secret", assist::Sessions::new_secret());
                             form.element<"button">({with<"class">("main")}, words("Go on"));
                         });
                 });
             }),
        told.status);
}

http::Response go_on_at_home(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto session = session_of_home_link(shared, request.parameters.text("link"));
    if (!session) return shared.failure(request, 404);
    const std::string secret{request.form.text("secret")};
    const auto entered = shared.sessions->enter_at_home({*session, {secret}, form_key(request)});
    if (const auto* refusal = std::get_if<assist::Refusal>(&entered))
        return home_page(
            request, shared,
            {.complaint = front::refusal_text(*refusal, words), .status = front::status_of(*refusal)});
    auto response = http::Response::redirect(url(words, {"screen", session->text()}).text());
    response.set_cookie(screen_cookie(*session, secret, request));
    return response;
}

}  // namespace

void add_home_routes(http::Router& router, Shared& shared) {
    add_seat_form(router, shared, For::screen, "carry-home", carry_home);
    router.add(http::Method::get, "/{language}/at-home/{link}",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return home_page(request, all, {});
               }));
    add_post(router, shared, "/{language}/at-home/{link}", on_worker(shared, go_on_at_home));
}

}  // namespace balcao::web
