#include "web/pages.hpp"

#include "web/booking_pages.hpp"
#include "web/people.hpp"
#include "web/shared.hpp"

namespace balcao::web {
namespace {

constexpr const char* content_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

void set_missing(http::Headers& headers, const char* name, const char* value) {
    if (!headers.has(name)) headers.set(name, value);
}

// Nobody frames our pages, runs anything in them, or learns their addresses; and pages are never kept, for
// they show what is true now.
void keep_apart(http::Response& response) {
    set_missing(response.headers, "Content-Security-Policy", content_policy);
    set_missing(response.headers, "X-Content-Type-Options", "nosniff");
    set_missing(response.headers, "Referrer-Policy", "same-origin");
    set_missing(response.headers, "Cross-Origin-Opener-Policy", "same-origin");
    set_missing(response.headers, "Cross-Origin-Resource-Policy", "same-origin");
    set_missing(response.headers, "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=()");
    set_missing(response.headers, "Cache-Control", "no-store");
}

// The counter where a citizen is served.
constexpr const char* icon =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#034ad8"/>)"
    R"(<path d="M5 18h22v3h-2v6h-3v-6H10v6H7v-6H5z" fill="#fff"/><circle cx="16" cy="11" r="4" fill="#fff"/></svg>)";

void add_asset(http::Router& router,
               const std::string& name,
               const std::shared_ptr<const http::Asset>& asset) {
    router.add(http::Method::get, "/assets/" + name, [asset](const http::Request&, http::Reply reply) {
        auto response = http::Response::asset(asset);
        response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
        reply.send(std::move(response));
    });
}

// Addresses without a language: for posters and codes on paper.
void add_redirect(http::Router& router, Shared& shared, const std::string& pattern) {
    router.add(http::Method::get, pattern, [&shared](const http::Request& request, http::Reply reply) {
        const Words words = shared.words_of(request);
        reply.send(http::Response::redirect("/" + std::string{words.code()} +
                                            (request.path == "/" ? "" : request.path)));
    });
}

void choose_language(const http::Request& request, http::Reply reply, const Shared& shared) {
    const auto language = text::parse_language(request.parameters.text("language"));
    if (!language) return reply.send(shared.failure(request, 404));
    std::string to{request.query.text("to")};
    if (!to.starts_with('/') || to.starts_with("//")) to = "/";
    auto response =
        http::Response::redirect("/" + std::string{text::code_of(*language)} + (to == "/" ? "" : to));
    response.set_cookie(choice_of(*language, request.scheme == "https"));
    reply.send(std::move(response));
}

}  // namespace

Pages::Pages(const Rooms& rooms, const Clock& clock, const Settings& settings)
    : shared_{std::make_unique<Shared>(rooms, clock, settings)} {}

Pages::~Pages() = default;

http::Router Pages::router() const {
    http::Router router;
    Shared& shared = *shared_;
    add_asset(router, style_name(), page_assets().style);
    add_asset(router, script_name(), page_assets().script);
    add_asset(router, "icon.svg", std::make_shared<const http::Asset>(icon, "image/svg+xml"));
    router.add(http::Method::get, "/language/{language}",
               [&shared](const http::Request& request, http::Reply reply) {
                   choose_language(request, std::move(reply), shared);
               });
    add_redirect(router, shared, "/");
    add_redirect(router, shared, "/sites/{site}");
    add_redirect(router, shared, "/sites/{site}/board");
    add_redirect(router, shared, "/desk");
    add_redirect(router, shared, "/sites/{site}/book");
    add_citizen_routes(router, shared);
    add_ticket_routes(router, shared);
    add_book_routes(router, shared);
    add_appointment_routes(router, shared);
    add_agenda_routes(router, shared);
    add_letter_routes(router, shared);
    add_proof_routes(router, shared);
    add_board_routes(router, shared);
    add_sign_in_routes(router, shared);
    add_desk_routes(router, shared);
    add_floor_routes(router, shared);
    add_account_routes(router, shared);
    add_people_routes(router, shared);
    add_watch_routes(router, shared);
    return router;
}

http::Hooks Pages::hooks() const {
    http::Hooks hooks;
    hooks.before_send = [](const http::Request&, http::Response& response) { keep_apart(response); };
    hooks.failure = [this](const http::Request& request, int status) {
        return shared_->failure(request, status);
    };
    hooks.access = [this](const http::Access& access) { shared_->metrics.count(access); };
    return hooks;
}

}  // namespace balcao::web
