// Signing in by a provider in place of name and password, and linking one's account there to the one here:
// the way there, the way back, and what becomes of who comes back.
#include "crypto/hash.hpp"
#include "web/forms.hpp"
#include "web/providers.hpp"
#include "web/sign_in_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using openid::Complaint;
using openid::Identity;
using openid::Provider;
using openid::Trouble;

constexpr std::chrono::minutes ticket_length{5};

std::string return_address(const Shared& shared) { return shared.address + "/sign-in/return"; }

std::string mark_of(std::string_view state) {
    return crypto::to_base64url(crypto::bytes_of(crypto::sha256({state})));
}

// Of each trip its own, so that two windows do not disturb each other.
std::string trip_cookie(std::string_view state) { return "trip-" + mark_of(state).substr(0, 16); }

http::Cookie trip_cookie(const std::string& state, std::string value, const http::Request& request) {
    return {.name = trip_cookie(state),
            .value = std::move(value),
            .path = "/sign-in",
            .max_age = Provider::errand_length,
            .same_site = http::SameSite::lax,  // the way back comes from another site
            .http_only = true,
            .secure = request.scheme == "https"};
}

// The same request in the language in which the trip began: its answer stands at an address without one.
http::Request in_language_of(const http::Request& request, const Trip& trip) {
    http::Request asked = request;
    asked.path = "/" + std::string{text::code_of(trip.language)} + "/sign-in";
    return asked;
}

http::Response leave(const http::Request& request, const Shared& shared, Trip trip) {
    const Words words = shared.words_of(request);
    Provider* provider = shared.providers->find(request.parameters.text("provider"));
    const bool is_for_citizens = trip.purpose == Purpose::mine;
    if (provider == nullptr ||
        !(is_for_citizens ? provider->settings().is_for_citizens : provider->settings().is_for_staff))
        return shared.failure(request, 404);
    const auto begun = provider->begin(return_address(shared), words.code());
    if (const auto* complaint = std::get_if<Complaint>(&begun)) {
        shared.providers->tell(*provider, *complaint);
        return trouble_page(request, shared, provider, complaint->trouble, trip.purpose);
    }
    trip.errand = std::get<openid::Begun>(begun).errand;
    trip.provider = provider->settings().key;
    trip.language = words.language();
    auto response = http::Response::redirect(std::get<openid::Begun>(begun).address);
    response.set_cookie(trip_cookie(trip.errand.state, shared.providers->seal(trip), request));
    return response;
}

staff::ProvenIdentity proven(const Identity& identity, const Provider& provider) {
    const bool is_matched = provider.settings().match == openid::Match::mail;
    return {identity.issuer, identity.subject, identity.has_second_factor,
            is_matched ? identity.mail : std::string{}};
}

http::Response code_page(const http::Request& request,
                         const Shared& shared,
                         const Vouched& vouched,
                         const std::string& complaint,
                         int status) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Your second factor"), .path = "/sign-in"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 main.element<"p">(words("You are known. Type the code of your second factor here as well."));
                 write_complaint(main, complaint);
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"sign-in", "code"})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         write_hidden(form, "ticket", shared.providers->seal(vouched));
                         write_field(form, {"code", words("Code"), "text", "", "one-time-code"});
                         form.element<"button">({with<"class">("main")}, words("Sign in"));
                     });
             }),
        status);
}

// Who is known comes in; of who has a second factor here it is asked first.
http::Response let_in(const http::Request& request,
                      const Shared& shared,
                      Vouched vouched,
                      const Provider& provider,
                      const std::string& code) {
    using staff::Reason;
    const Words words = shared.words_of(request);
    const auto result =
        shared.staff.sign_in_by({proven(vouched.identity, provider), code, request.peer, vouched.once});
    if (const auto* refusal = std::get_if<staff::Refusal>(&result)) {
        if (refusal->reason == Reason::unavailable) return shared.failure(request, 503);
        const std::string text = refusal_text(*refusal, shared, words);
        if (refusal->reason == Reason::code_needed && code.empty()) {
            vouched.until = provider.now() + ticket_length;
            return code_page(request, shared, vouched, {}, 200);
        }
        if (refusal->reason == Reason::code_needed || refusal->reason == Reason::code_wrong ||
            refusal->reason == Reason::code_used)
            return code_page(request, shared, vouched, text, status_of(*refusal));
        return sign_in_page(request, shared, {.complaint = text, .to = vouched.to}, status_of(*refusal));
    }
    auto response = http::Response::redirect(safe_target(vouched.to, words));
    response.set_cookie(session_cookie(std::get<staff::SignedInNow>(result).token, request));
    return response;
}

// Linking is done by a form of ours, and shows before what would be linked.
http::Response ask_to_link(const http::Request& request,
                           const Shared& shared,
                           const Provider& provider,
                           Vouched vouched,
                           const std::string& session_key) {
    const Words words = shared.words_of(request);
    const auto session = session_of(request, shared);
    if (!session || session->key.text() != session_key)
        return trouble_page(request, shared, &provider, Trouble::over, Purpose::link);
    vouched.account = session->account.text();
    vouched.until = provider.now() + ticket_length;
    const auto& who = vouched.identity;
    const std::string there = !who.name.empty() ? who.name : !who.mail.empty() ? who.mail : who.subject;
    const Frame frame{.words = words, .title = words("Link this account?"), .path = "/account"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"p">(
            words("Whoever signs in at {provider} as {there} then comes in here as {here}.",
                  {{"provider", name_of(provider, words)}, {"there", there}, {"here", session->names.name}}));
        main.element<"form">({with<"method">("post"), with<"action">(url(words, {"account", "link"}))},
                             [&](Content& form) {
                                 write_hidden(form, "key", new_form_key());
                                 write_hidden(form, "ticket", shared.providers->seal(vouched));
                                 form.element<"button">({with<"class">("main")}, words("Link it"));
                             });
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"account"}))}, words("Do not link it"));
        });
    }));
}

http::Response accept(const http::Request& request,
                      const Shared& shared,
                      const Provider& provider,
                      Vouched vouched,
                      const std::string& token) {
    const Words words = shared.words_of(request);
    const auto accepted =
        shared.staff.accept_by(token, proven(vouched.identity, provider), "trip/" + vouched.once);
    if (const auto* refusal = std::get_if<staff::Refusal>(&accepted)) {
        if (refusal->reason == staff::Reason::unavailable) return shared.failure(request, 503);
        return sign_in_page(request, shared, {.complaint = refusal_text(*refusal, shared, words)},
                            status_of(*refusal));
    }
    return let_in(request, shared, std::move(vouched), provider, {});
}

http::Response go_on(const http::Request& request,
                     const Shared& shared,
                     const Provider& provider,
                     const Trip& trip,
                     const Identity& identity) {
    Vouched vouched{.identity = identity, .once = mark_of(trip.errand.state), .to = trip.to};
    switch (trip.purpose) {
        case Purpose::staff:
            return let_in(request, shared, std::move(vouched), provider, {});
        case Purpose::link:
            return ask_to_link(request, shared, provider, std::move(vouched), trip.bearer);
        case Purpose::invitation:
            return accept(request, shared, provider, std::move(vouched), trip.bearer);
        case Purpose::mine:
            return begin_mine(request, shared, identity, provider);
    }
    return shared.failure(request, 404);
}

http::Response come_back(const http::Request& request, const Shared& shared) {
    const auto& query = request.query;
    const std::string state{query.text("state")};
    const auto trip = shared.providers->open_trip(request.cookies.text(trip_cookie(state)));
    Provider* provider = trip ? shared.providers->find(trip->provider) : nullptr;
    if (provider == nullptr) return trouble_page(request, shared, nullptr, Trouble::over, Purpose::staff);
    const auto asked = in_language_of(request, *trip);
    const auto finished = provider->finish(trip->errand,
                                           {.state = state,
                                            .code = std::string{query.text("code")},
                                            .error = std::string{query.text("error")},
                                            .issuer = std::string{query.text("iss")},
                                            .has_issuer = query.has("iss")},
                                           return_address(shared));
    const auto* complaint = std::get_if<Complaint>(&finished);
    if (complaint != nullptr) shared.providers->tell(*provider, *complaint);
    auto response = complaint != nullptr
                        ? trouble_page(asked, shared, provider, complaint->trouble, trip->purpose)
                        : go_on(asked, shared, *provider, *trip, std::get<Identity>(finished));
    auto cookie = trip_cookie(state, {}, request);
    cookie.max_age = std::chrono::seconds{0};
    response.set_cookie(cookie);
    return response;
}

http::Response take_code(const http::Request& request, const Shared& shared) {
    const auto vouched = shared.providers->open_vouched(request.form.text("ticket"));
    if (!vouched) return trouble_page(request, shared, nullptr, Trouble::over, Purpose::staff);
    const Provider* provider = shared.providers->of_issuer(vouched->identity.issuer);
    const std::string code{request.form.text("code")};
    return let_in(request, shared, *vouched, *provider, code.empty() ? " " : code);
}

// To the page where the session at the provider ends.
http::Response leave_for_good(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    Provider* provider = shared.providers->find(request.parameters.text("provider"));
    if (provider == nullptr) return shared.failure(request, 404);
    if (const auto end = provider->end_address(shared.address + "/sign-in/out"))
        return http::Response::redirect(*end);
    return shared.failure(
        words, 503,
        words("{provider} cannot be told to sign you out. Close the browser, and all its windows.",
              {{"provider", name_of(*provider, words)}}));
}

// Links what the form's ticket says to the account of who sends it; and unlinks.
http::Response link(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const auto vouched = shared.providers->open_vouched(request.form.text("ticket"));
    if (!vouched || vouched->account != session.account.text())
        return trouble_page(request, shared, nullptr, Trouble::over, Purpose::link);
    return after_order(
        request, shared, session,
        shared.staff.link(session.account, {vouched->identity.issuer, vouched->identity.subject, false, {}},
                          form_key(request)));
}

http::Response unlink(const http::Request& request, const Shared& shared, const staff::Session& session) {
    return after_order(request, shared, session,
                       shared.staff.unlink(session.account, session.account,
                                           std::string{request.form.text("link")}, form_key(request)));
}

using WaitingWork = http::Response (*)(const http::Request&, const Shared&);

http::Handler waiting(Shared& shared, WaitingWork work) {
    return [&shared, work](const http::Request&, http::Reply reply) {
        in_background(shared.providers->workers(), shared, std::move(reply),
                      [&shared, work](const http::Request& asked) { return work(asked, shared); });
    };
}

// A page of another site may not send anybody on a trip: it shows where to begin.
void add_departure(http::Router& router,
                   Shared& shared,
                   std::string_view pattern,
                   std::string_view begin_at,
                   WaitingWork work) {
    router.add(
        http::Method::get, pattern,
        [&shared, work, begin_at = std::string{begin_at}](const http::Request& request, http::Reply reply) {
            if (is_from_elsewhere(request))
                return reply.send(http::Response::redirect(url(shared.words_of(request), {begin_at}).text()));
            in_background(shared.providers->workers(), shared, std::move(reply),
                          [&shared, work](const http::Request& asked) { return work(asked, shared); });
        });
}

}  // namespace

void add_sign_in_with_routes(http::Router& router, Shared& shared) {
    add_departure(router, shared, "/{language}/sign-in/with/{provider}", "sign-in",
                  [](const http::Request& request, const Shared& all) {
                      return leave(request, all, {.to = std::string{request.query.text("to")}});
                  });
    add_departure(router, shared, "/{language}/account/link/{provider}", "account",
                  [](const http::Request& request, const Shared& all) {
                      const auto session = session_of(request, all);
                      if (!session) return to_sign_in(request, all);
                      return leave(request, all, {.purpose = Purpose::link, .bearer = session->key.text()});
                  });
    add_departure(router, shared, "/{language}/invitation/{token}/with/{provider}", "sign-in",
                  [](const http::Request& request, const Shared& all) {
                      return leave(request, all,
                                   {.purpose = Purpose::invitation,
                                    .bearer = std::string{request.parameters.text("token")}});
                  });
    add_departure(router, shared, "/{language}/mine/with/{provider}", "mine",
                  [](const http::Request& request, const Shared& all) {
                      return leave(request, all, {.purpose = Purpose::mine});
                  });
    router.add(http::Method::get, "/sign-in/return", waiting(shared, come_back));
    router.add(http::Method::get, "/{language}/sign-out/{provider}", waiting(shared, leave_for_good));
    router.add(http::Method::get, "/sign-in/out", [&shared](const http::Request& request, http::Reply reply) {
        reply.send(
            http::Response::redirect(url(shared.words_of(request), {"sign-in"}, {{"done", "out"}}).text()));
    });
    add_post(router, shared, "/{language}/sign-in/code", on_worker(shared, take_code));
    add_post(router, shared, "/{language}/account/link",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return link(request, shared, session);
             }));
    add_post(router, shared, "/{language}/account/unlink",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return unlink(request, shared, session);
             }));
}

}  // namespace balcao::web
