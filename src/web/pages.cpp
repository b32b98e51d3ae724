#include "web/pages.hpp"

#include <limits>

#include "web/administration.hpp"
#include "web/booking_pages.hpp"
#include "web/calendars.hpp"
#include "web/case_pages.hpp"
#include "web/device_pages.hpp"
#include "web/event_plan.hpp"
#include "web/fees.hpp"
#include "web/forms.hpp"
#include "web/letter_words.hpp"
#include "web/matter.hpp"
#include "web/outcomes.hpp"
#include "web/people.hpp"
#include "web/record_pages.hpp"
#include "web/seat.hpp"
#include "web/service_words.hpp"
#include "web/shared.hpp"
#include "web/sign_in_pages.hpp"

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

void Pages::prepare() const { shared_->finder.prepare(shared_->office.in_force().model); }

http::Router Pages::router() const {
    http::Router router;
    Shared& shared = *shared_;
    add_asset(router, style_name(), page_assets().style);
    add_asset(router, script_name(), page_assets().script);
    add_asset(router, "noto-sans.woff2", page_assets().font);
    add_asset(router, "noto-sans.txt", page_assets().font_licence);
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
    add_redirect(router, shared, "/kiosk");
    add_redirect(router, shared, "/display");
    add_citizen_routes(router, shared);
    add_event_routes(router, shared);
    add_service_routes(router, shared);
    add_request_routes(router, shared);
    add_case_routes(router, shared);
    add_inbox_routes(router, shared);
    add_answer_routes(router, shared);
    if (shared.outcomes != nullptr) add_outcome_routes(router, shared);
    if (shared.fees != nullptr) {
        add_fee_routes(router, shared);
        add_till_routes(router, shared);
        add_money_routes(router, shared);
    }
    add_ticket_routes(router, shared);
    add_book_routes(router, shared);
    add_appointment_routes(router, shared);
    add_agenda_routes(router, shared);
    add_letter_routes(router, shared);
    add_calendar_routes(router, shared);
    add_lost_link_routes(router, shared);
    add_undelivered_routes(router, shared);
    add_notice_routes(router, shared);
    add_proof_routes(router, shared);
    add_board_routes(router, shared);
    add_sign_in_routes(router, shared);
    add_sign_in_with_routes(router, shared);
    add_mine_routes(router, shared);
    add_desk_routes(router, shared);
    add_device_routes(router, shared);
    add_kiosk_routes(router, shared);
    add_kiosk_ticket_routes(router, shared);
    add_kiosk_check_in_routes(router, shared);
    add_floor_routes(router, shared);
    add_account_routes(router, shared);
    add_people_routes(router, shared);
    add_site_record_routes(router, shared);
    add_law_routes(router, shared);
    add_administration_routes(router, shared);
    if (shared.sessions != nullptr) {
        add_redirect(router, shared, "/screen");
        add_redirect(router, shared, "/learnt");
        add_mediation_routes(router, shared);
        add_screen_routes(router, shared);
        add_sitting_routes(router, shared);
        add_summary_routes(router, shared);
        add_learnt_routes(router, shared);
        add_standing_in_routes(router, shared);
        add_home_routes(router, shared);
    }
    add_watch_routes(router, shared);
    return router;
}

letters::Written Pages::write(const letters::Owed& owed,
                              const std::optional<booking::Contact>& contact) const {
    return write_letter(owed, contact, *shared_);
}

std::optional<int> Pages::ahead_of(const letters::TicketName& ticket) const {
    constexpr int not_now = std::numeric_limits<int>::max();
    const auto found = shared_->ticket({ticket.site, ticket.date, {ticket.number}});
    if (!found || found->state == "parked") return not_now;
    if (found->state != "waiting") return std::nullopt;
    return static_cast<int>(found->ahead);
}

void Pages::be_found_at(const std::string& address) { shared_->address = address; }

Mailbox& Pages::mailbox() { return shared_->mailbox; }

http::Hooks Pages::hooks() const {
    http::Hooks hooks;
    hooks.before_send = [](const http::Request&, http::Response& response) { keep_apart(response); };
    hooks.failure = [this](const http::Request& request, int status) {
        return shared_->failure(request, status);
    };
    hooks.access = [this](const http::Access& access) { shared_->metrics.count(access); };
    return hooks;
}

std::vector<front::Counted> Pages::counted() { return counted_pages(); }

http::Response Pages::too_many(const http::Request& request, std::chrono::seconds wait) const {
    return too_many_page(request, *shared_, wait);
}

std::string Pages::style() { return style_name(); }

bool Pages::writes_letters() const { return shared_->writes_letters(); }

bool Pages::can_reach(const booking::Contact& contact) const { return shared_->can_reach(contact); }

Result<void> Pages::send_lost_links(const booking::Contact& to) const {
    if (shared_->bookings.fault_of(to) || !shared_->can_reach(to))
        return Error{Errc::invalid, "nobody can be written to there", "mail"};
    return shared_->outbox->ask_links(
        to, shared_->bookings.address_mark_of(to.mail.empty() ? to.phone : to.mail));
}

booking::Answer<std::string> Pages::calendar_of_appointment(const std::string& link,
                                                            const text::Words& words) const {
    return web::calendar_of_appointment(link, *shared_, words);
}

booking::Answer<std::string> Pages::calendar_of_person(const std::string& link,
                                                       const text::Words& words) const {
    return web::calendar_of_person(link, *shared_, words);
}

booking::Answer<std::string> Pages::calendar_of_site(const model::SiteKey& key,
                                                     const text::Words& words) const {
    const auto* site = shared_->office.model().find(key);
    if (site == nullptr) return booking::Refusal{booking::Reason::no_such_site};
    return web::calendar_of_site(*site, *shared_, words);
}

std::string Pages::calendar_address(const model::SiteKey& site, const text::Words& words) const {
    return whole_address(*shared_, calendar_url(*shared_, words, site));
}

}  // namespace balcao::web
