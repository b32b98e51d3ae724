#pragma once
// At which side of a double screen a request sits: a mediator who is signed in, or the citizen's screen by
// the secret that its browser keeps. Both have the same session, each with addresses of its own. Internal to
// `web`; what may be done is decided by `assist`.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "front/assisted.hpp"
#include "web/shared.hpp"
#include "web/sittings.hpp"

namespace balcao::web {

struct Seat {
    assist::SessionKey session;
    assist::Hand hand;
    model::SiteKey site{};  // in the address of a mediator's page

    [[nodiscard]] assist::Side side() const {
        return std::holds_alternative<assist::ByMediator>(hand) ? assist::Side::mediator
                                                                : assist::Side::citizen;
    }

    [[nodiscard]] assist::Call call(const std::string& key = {}) const { return {session, hand, key}; }

    // Of the page; and of what is below it.
    [[nodiscard]] html::Url url(const Words& words) const { return at(words, {}); }

    [[nodiscard]] html::Url at(const Words& words, std::initializer_list<html::Url::Parameter> query) const;
    [[nodiscard]] html::Url url(const Words& words,
                                std::string_view verb,
                                std::initializer_list<html::Url::Parameter> query = {}) const;
    // Without the language.
    [[nodiscard]] std::string path() const;
};

// By the cookie of a citizen's screen; nothing for a screen of another session, or none.
std::optional<Seat> screen_seat(const http::Request& request);
// Of who is signed in and may assist there; `session` in the address.
std::optional<Seat> mediator_seat(const http::Request& request, const Shared& shared);

// The browser keeps the secret of its session, for as long as that can last.
http::Cookie screen_cookie(const assist::SessionKey& session,
                           const std::string& secret,
                           const http::Request& request);
http::Cookie no_screen_cookie(const http::Request& request);

// What was refused or has to be mended, beside what is true.
struct SeatTold {
    std::string complaint{};
    int status = 200;
    assist::StepKey step{};                      // to which the following belongs
    std::vector<front::Amiss> amiss{};           //
    std::map<std::string, std::string> typed{};  // by field, as it came
};

using SeatWork = std::function<http::Response(const http::Request&, const Shared&, const Seat&)>;

// The page of a seat, with what was told.
http::Response seat_page(const http::Request& request,
                         const Shared& shared,
                         const Seat& seat,
                         const SeatTold& told);
http::Response mediator_page(const http::Request& request,
                             const Shared& shared,
                             const Seat& seat,
                             const SeatTold& told);
http::Response screen_page(const http::Request& request,
                           const Shared& shared,
                           const Seat& seat,
                           const SeatTold& told);
// Back to it after a form, or what was refused on it.
http::Response back_to(const http::Request& request, const Shared& shared, const Seat& seat);
http::Response refused_at(const http::Request& request,
                          const Shared& shared,
                          const Seat& seat,
                          const assist::Refusal& refusal);

template <class T>
http::Response answered_at(const http::Request& request,
                           const Shared& shared,
                           const Seat& seat,
                           const assist::Answer<T>& answer) {
    if (const auto* refusal = std::get_if<assist::Refusal>(&answer))
        return refused_at(request, shared, seat, *refusal);
    return back_to(request, shared, seat);
}

// For whom the address is: a mediator, a screen, or both.
enum class For : unsigned char { mediator, screen, both };

// A form of a seat, below its page; done on a worker's thread.
void add_seat_form(http::Router& router, Shared& shared, For whom, std::string_view verb, SeatWork work);
// A page of a seat; `below` may be empty.
void add_seat_page(http::Router& router, Shared& shared, For whom, std::string_view below, SeatWork work);

void add_screen_routes(http::Router& router, Shared& shared);
void add_mediation_routes(http::Router& router, Shared& shared);
void add_mediation_site_routes(http::Router& router, Shared& shared);
void add_summary_routes(http::Router& router, Shared& shared);
void add_learnt_routes(http::Router& router, Shared& shared);
void add_standing_in_routes(http::Router& router, Shared& shared);
void add_home_routes(http::Router& router, Shared& shared);
// What both sides do.
void add_sitting_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
