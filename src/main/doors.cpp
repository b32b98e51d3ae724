#include "main/doors.hpp"

namespace balcao::cli {
namespace {

front::Gate::Time now() { return std::chrono::steady_clock::now(); }

// What is owed to people follows from what happens to their bookings, so nothing is to be asked for but lost
// links.
api::Letters letters_of(const web::Pages& pages) {
    if (!pages.writes_letters()) return {};
    return {.ask_to_confirm = [](const booking::Slip&, const std::string&, text::Language) {},
            .send_lost_links = [&pages](const booking::Contact& to) { return pages.send_lost_links(to); },
            .can_reach = [&pages](const booking::Contact& contact) { return pages.can_reach(contact); }};
}

api::Calendars calendars_of(const web::Pages& pages) {
    using text::Words;
    return {
        .of_appointment = [&pages](const std::string& link,
                                   const Words& words) { return pages.calendar_of_appointment(link, words); },
        .of_person = [&pages](const std::string& link,
                              const Words& words) { return pages.calendar_of_person(link, words); },
        .of_site = [&pages](const model::SiteKey& site,
                            const Words& words) { return pages.calendar_of_site(site, words); },
        .address = [&pages](const model::SiteKey& site,
                            const Words& words) { return pages.calendar_address(site, words); }};
}

}  // namespace

Result<std::unique_ptr<front::Gate>> open_gate(const std::vector<std::string>& limits,
                                               const std::vector<std::string>& unlimited) {
    front::GateSettings settings;
    for (const auto& limit : limits)
        if (const auto set = settings.set(limit); !set)
            return Error{Errc::invalid, "--limit: " + set.error().what};
    for (const auto& network : unlimited)
        if (const auto spared = settings.spare(network); !spared)
            return Error{Errc::invalid, "--unlimited: " + spared.error().what};
    auto counted = web::Pages::counted();
    for (auto& one : api::Api::counted())
        counted.push_back(std::move(one));
    return std::make_unique<front::Gate>(std::move(settings), std::move(counted));
}

Doors::Doors(const api::Rooms& rooms, const Clock& clock, const Behind& behind)
    : pages_{behind.pages},
      gate_{behind.gate},
      api_{std::make_unique<api::Api>(
          rooms,
          clock,
          api::Settings{.installation = behind.of_pages.installation,
                        .version = BALCAO_VERSION,
                        .foresight = behind.of_pages.foresight,
                        .letters = letters_of(behind.pages),
                        .proofs = {behind.of_pages.proofs.log_key, behind.of_pages.proofs.receipt,
                                   behind.of_pages.proofs.case_receipt, behind.of_pages.proofs.head},
                        .calendars = calendars_of(behind.pages),
                        .records = behind.of_pages.records,
                        .editions = behind.of_pages.editions,
                        .adopt = behind.of_pages.adopt,
                        .outbox = behind.of_pages.outbox,
                        .sessions = behind.of_pages.sessions,
                        .fees = behind.of_pages.fees,
                        .outcomes = behind.of_pages.outcomes,
                        .entity_secrets = behind.entity_secrets,
                        .style = web::Pages::style()})} {}

http::Router Doors::router() const {
    auto router = pages_.router();
    api_->add_routes(router);
    return router;
}

http::Hooks Doors::hooks() const {
    auto hooks = pages_.hooks();
    hooks.admit = [this](const http::Request& request) -> std::optional<http::Response> {
        const auto refused = gate_.admit(request, now());
        if (!refused) return std::nullopt;
        return api::Api::has(request.path) ? api_->too_many(request, *refused)
                                           : pages_.too_many(request, refused->wait);
    };
    hooks.before_send = [this, by_pages = hooks.before_send](const http::Request& request,
                                                             http::Response& response) {
        gate_.answered(request, response.status, now());
        by_pages(request, response);
    };
    hooks.failure = [this, by_pages = hooks.failure](const http::Request& request, int status) {
        return api::Api::has(request.path) ? api_->failure(request, status) : by_pages(request, status);
    };
    return hooks;
}

}  // namespace balcao::cli
