#include "web/shared.hpp"

#include <algorithm>

#include "web/providers.hpp"
#include "web/sittings.hpp"

namespace balcao::web {

// Browsers say where a request comes from; what says nothing is no browser and carries no cookie of a person.
bool is_from_elsewhere(const http::Request& request) {
    if (const auto site = request.header("sec-fetch-site"); !site.empty())
        return site != "same-origin" && site != "none";
    const auto origin = request.header("origin");
    return !origin.empty() && origin != request.scheme + "://" + request.host;
}

namespace {

constexpr std::size_t work_waiting = 64;

}  // namespace

Shared::Shared(const Rooms& rooms, const Clock& by, const Settings& settings)
    : office{rooms.office},
      staff{rooms.staff},
      bookings{rooms.bookings},
      devices{rooms.devices},
      cases{rooms.cases},
      clock{by},
      links{settings.installation},
      case_links{settings.installation},
      entity_links{settings.installation},
      is_demonstration{settings.is_demonstration},
      foresight{settings.foresight},
      founding_secret{founding_secret_of(settings.installation)},
      proofs{settings.proofs},
      more_metrics{settings.more_metrics},
      records{settings.records},
      editions{settings.editions},
      adopt{settings.adopt},
      outbox{settings.outbox},
      ways{settings.ways},
      address{settings.address.substr(0, settings.address.find_last_not_of('/') + 1)},
      is_address_given{!address.empty()},
      meetings{settings.meetings},
      feeds{settings.installation.derive("calendars of sites")},
      live{settings.look_again},
      sessions{settings.sessions},
      outcomes{settings.outcomes},
      fees{settings.fees},
      pays_at_machine{settings.pays_at_machine},
      sittings{sessions != nullptr ? std::make_unique<Sittings>(*sessions, settings.installation) : nullptr},
      providers{std::make_unique<Providers>(
          settings.providers, settings.installation, settings.tell, settings.workers)},
      workers{settings.workers, work_waiting} {
    if (settings.simulator != nullptr)
        effects = std::make_unique<Effects>(*settings.simulator, [this] { live.changed(model::SiteKey{}); });
    office.listen(
        [this](const office::Happened& happened) { live.changed(happened.hall.layout().site().key); });
    cases.listen([this](const balcao::cases::CaseNumber& number) { live.changed(number); });
    if (fees != nullptr)
        fees->listen([this](const balcao::cases::CaseNumber& number) { live.changed(number); });
    if (settings.foresight != nullptr)
        settings.foresight->listen([this](const model::SiteKey& site) { live.changed(site); });
}

Shared::~Shared() {
    if (effects != nullptr) effects->end();
}

City Shared::city(const Words& words) const {
    const auto& model = office.model();
    City city{.name = model.name.in(words.code(), model.key)};
    if (is_demonstration)
        city.notice = words("Demonstration: people, tickets and times on these pages are made up.");
    if (!model.interpreters.phone.empty())
        city.interpreters = model.interpreters.name.in(words.code(), "") + ": " + model.interpreters.phone;
    return city;
}

Words Shared::words_of(const http::Request& request) const {
    return Words{language_for(request, office.model().languages)};
}

std::optional<HallView> Shared::hall(const model::SiteKey& site) const {
    std::optional<HallView> view;
    const auto looked =
        office.look(site, std::nullopt, [&](const office::Hall& found) { view = view_of(found, now()); });
    return looked ? view : std::nullopt;
}

std::optional<TicketView> Shared::ticket(const TicketName& name) const {
    std::optional<TicketView> view;
    const auto looked = office.look(name.site, name.date,
                                    [&](const office::Hall& found) { view = view_of(found, name.number); });
    return looked ? view : std::nullopt;
}

std::shared_ptr<const office::SiteOutlook> Shared::outlook(const model::SiteKey& site) const {
    auto outlook = foresight != nullptr ? foresight->of(site) : nullptr;
    return outlook != nullptr && outlook->date == now().date ? outlook : nullptr;
}

http::Response Shared::failure(const Words& words, int status, std::string_view sentence) const {
    const Frame frame{.words = words, .title = std::string{sentence}};
    return http::Response::html(page(city(words), frame,
                                     [&](html::Content& main) {
                                         main.element<"h1">(sentence);
                                         main.element<"p">([&](html::Content& line) {
                                             line.element<"a">({html::with<"href">(url(words, {}))},
                                                               words("To the first page"));
                                         });
                                     }),
                                status);
}

http::Response Shared::failure(const http::Request& request, int status) const {
    const Words words = words_of(request);
    const auto sentence = [&]() -> std::string {
        switch (status) {
            case 404:
                return words("There is no such page.");
            case 405:
                return words("This page takes no such request.");
            case 408:
                return words("The request took too long to arrive. Send it again.");
            case 413:
                return words("What was sent is too large.");
            case 503:
                return words("This cannot be done right now. Nothing was lost; try again in a moment.");
            default:
                return status >= 500 ? words("Something went wrong on our side. Try again in a moment.")
                                     : words("The request could not be read.");
        }
    };
    return failure(words, status, sentence());
}

http::Route& add_post(http::Router& router, Shared& shared, std::string_view pattern, http::Handler handler) {
    return router.add(
        http::Method::post, pattern,
        [&shared, handler = std::move(handler)](const http::Request& request, http::Reply reply) {
            if (!is_from_elsewhere(request)) return handler(request, std::move(reply));
            const Words words = shared.words_of(request);
            reply.send(shared.failure(
                words, 403,
                words("This form came from another site. Open the page here and send it again.")));
        });
}

const model::Site* site_in(const http::Request& request, const Shared& shared) {
    return shared.office.model().find(model::SiteKey{std::string{request.parameters.text("site")}});
}

std::string new_form_key() { return crypto::random_name(); }

std::string form_key(const http::Request& request) {
    const std::string_view key = request.form.text("key");
    const bool is_ours = key.size() == 26 && std::ranges::all_of(key, [](char letter) {
                             return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z');
                         });
    return is_ours ? "form/" + std::string{key} : "form/" + new_form_key();
}

std::string state_key(const http::Request& request, std::string_view room) {
    const auto key = request.form.text("key");
    const bool is_ours = key.size() == 64 && crypto::from_hex(key);
    return is_ours ? std::string{room} + "/" + std::string{key} : form_key(request);
}

std::optional<office::Number> number_of(std::string_view text) {
    std::uint32_t number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || number > 100'000'000) return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    return text.empty() ? std::nullopt : std::optional{office::Number{number}};
}

}  // namespace balcao::web
