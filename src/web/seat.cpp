#include "web/seat.hpp"

#include "front/assist_words.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"

namespace balcao::web {
namespace {

constexpr std::string_view seat_cookie = "screen";
constexpr std::string_view mediator_pattern = "/{language}/mediation/{site}/{session}";
constexpr std::string_view screen_pattern = "/{language}/screen/{session}";
constexpr std::chrono::hours screen_lasts{24};

std::string below(std::string_view pattern, std::string_view verb) {
    return std::string{pattern} + (verb.empty() ? "" : "/" + std::string{verb});
}

http::Response no_seat(const http::Request& request, const Shared& shared, assist::Side side) {
    const Words words = shared.words_of(request);
    if (side == assist::Side::mediator)
        return shared.failure(words, 403,
                              refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
    return shared.failure(words, 403,
                          words("This screen is no longer part of the session. Ask for a new code."));
}

http::Handler for_seat(Shared& shared, assist::Side side, SeatWork work) {
    return [&shared, side, work = std::move(work)](const http::Request& request, http::Reply reply) {
        const bool is_mediator = side == assist::Side::mediator;
        if (is_mediator && !session_of(request, shared)) return reply.send(to_sign_in(request, shared));
        const auto seat = is_mediator ? mediator_seat(request, shared) : screen_seat(request);
        if (!seat) return reply.send(no_seat(request, shared, side));
        in_background(shared, std::move(reply), [&shared, work, seat = *seat](const http::Request& asked) {
            return work(asked, shared, seat);
        });
    };
}

}  // namespace

std::string Seat::path() const {
    if (side() == assist::Side::citizen) return "/screen/" + session.text();
    return "/mediation/" + site.text() + "/" + session.text();
}

html::Url Seat::at(const Words& words, std::initializer_list<html::Url::Parameter> query) const {
    if (side() == assist::Side::citizen) return web::url(words, {"screen", session.text()}, query);
    return web::url(words, {"mediation", site.text(), session.text()}, query);
}

html::Url Seat::url(const Words& words,
                    std::string_view verb,
                    std::initializer_list<html::Url::Parameter> query) const {
    if (side() == assist::Side::citizen) return web::url(words, {"screen", session.text(), verb}, query);
    return web::url(words, {"mediation", site.text(), session.text(), verb}, query);
}

std::optional<Seat> screen_seat(const http::Request& request) {
    const std::string_view kept = request.cookies.text(seat_cookie);
    const auto dot = kept.find('.');
    const std::string session{request.parameters.text("session")};
    if (dot == std::string_view::npos || session.empty() || kept.substr(0, dot) != session)
        return std::nullopt;
    return Seat{assist::SessionKey{session}, assist::ByScreen{std::string{kept.substr(dot + 1)}}};
}

std::optional<Seat> mediator_seat(const http::Request& request, const Shared& shared) {
    const auto session = session_of(request, shared);
    const model::SiteKey site{std::string{request.parameters.text("site")}};
    if (!session || shared.office.model().find(site) == nullptr ||
        !shared.staff.may(session->account, staff::Permission::assist_citizen, site))
        return std::nullopt;
    return Seat{assist::SessionKey{std::string{request.parameters.text("session")}},
                assist::ByMediator{assist::MediatorKey{session->account.text()}}, site};
}

http::Cookie screen_cookie(const assist::SessionKey& session,
                           const std::string& secret,
                           const http::Request& request) {
    return {.name = std::string{seat_cookie},
            .value = session.text() + "." + secret,
            .max_age = screen_lasts,
            .same_site = http::SameSite::lax,
            .http_only = true,
            .secure = request.scheme == "https"};
}

http::Cookie no_screen_cookie(const http::Request& request) {
    return {.name = std::string{seat_cookie},
            .value = {},
            .max_age = std::chrono::seconds{0},
            .same_site = http::SameSite::lax,
            .http_only = true,
            .secure = request.scheme == "https"};
}

http::Response seat_page(const http::Request& request,
                         const Shared& shared,
                         const Seat& seat,
                         const SeatTold& told) {
    return seat.side() == assist::Side::mediator ? mediator_page(request, shared, seat, told)
                                                 : screen_page(request, shared, seat, told);
}

http::Response back_to(const http::Request& request, const Shared& shared, const Seat& seat) {
    return http::Response::redirect(seat.url(shared.words_of(request)).text());
}

http::Response refused_at(const http::Request& request,
                          const Shared& shared,
                          const Seat& seat,
                          const assist::Refusal& refusal) {
    return seat_page(request, shared, seat,
                     {.complaint = front::refusal_text(refusal, shared.words_of(request)),
                      .status = front::status_of(refusal)});
}

void add_seat_form(http::Router& router, Shared& shared, For whom, std::string_view verb, SeatWork work) {
    if (whom != For::screen)
        add_post(router, shared, below(mediator_pattern, verb),
                 for_seat(shared, assist::Side::mediator, work));
    if (whom != For::mediator)
        add_post(router, shared, below(screen_pattern, verb),
                 for_seat(shared, assist::Side::citizen, std::move(work)));
}

void add_seat_page(http::Router& router, Shared& shared, For whom, std::string_view verb, SeatWork work) {
    if (whom != For::screen)
        router.add(http::Method::get, below(mediator_pattern, verb),
                   for_seat(shared, assist::Side::mediator, work));
    if (whom != For::mediator)
        router.add(http::Method::get, below(screen_pattern, verb),
                   for_seat(shared, assist::Side::citizen, std::move(work)));
}

}  // namespace balcao::web
