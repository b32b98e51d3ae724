// Who a machine is: the secret in its cookie, and what it shows until somebody enables it.
#include "web/device_pages.hpp"
#include "web/forms.hpp"
#include "web/kiosk_frame.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::string_view device_cookie = "device";
// Browsers keep no cookie longer than 400 days; every page of the machine begins them anew.
constexpr std::chrono::seconds kept = std::chrono::hours{24 * 400};

std::string secret_in(const http::Request& request) {
    const auto secret = request.cookies.text(device_cookie);
    return secret.size() == 43 ? std::string{secret} : std::string{};
}

void keep_secret(http::Response& response, const std::string& secret, const http::Request& request) {
    response.set_cookie({.name = std::string{device_cookie},
                         .value = secret,
                         .max_age = kept,
                         .same_site = http::SameSite::strict,
                         .secure = request.scheme == "https"});
}

std::string_view room_of(device::Kind kind) { return kind == device::Kind::kiosk ? "kiosk" : "display"; }

}  // namespace

std::optional<Machine> machine_of(const http::Request& request, const Shared& shared) {
    const std::string secret = secret_in(request);
    return secret.empty() ? std::nullopt : front::machine_from(shared.devices.find(secret), shared.office);
}

Live::Holds enabled_while(const Shared& shared, const http::Request& request) {
    return [&shared, secret = secret_in(request)] {
        return std::holds_alternative<device::Device>(shared.devices.find(secret));
    };
}

http::Response waiting_page(const http::Request& request, const Shared& shared, device::Kind kind) {
    const Words words = shared.words_of(request);
    std::string secret = secret_in(request);
    if (secret.empty()) secret = device::Devices::new_secret();
    const auto known = shared.devices.find(secret);
    const auto* refusal = std::get_if<device::Refusal>(&known);
    const bool is_off = refusal != nullptr && refusal->reason == device::Reason::disabled;
    const Frame frame{.words = words,
                      .title = words("This machine is not enabled"),
                      .path = "/" + std::string{room_of(kind)},
                      .furniture = Furniture::none,
                      .refresh_seconds = 5};
    auto response = http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"div">({with<"class">("machine"), with<"data-again">("5")}, [&](Content& card) {
                     write_kiosk_languages(card, words, room_of(kind));
                     card.element<"h1">(frame.title);
                     card.element<"p">(is_off ? words("Somebody took it out of use. It gives no tickets.")
                                              : words("It gives no tickets until somebody enables it."));
                     card.element<"p">({with<"class">("number code")}, shared.devices.code_of(secret));
                     card.element<"p">(
                         words("Who manages the hall types this code on the page of the hall, under "
                               "“Kiosks and displays”. Then this page goes on by itself."));
                 });
             }),
        403);
    keep_secret(response, secret, request);
    return response;
}

http::Handler for_machine(Shared& shared, device::Kind kind, AtMachine work) {
    const auto serve = [&shared, kind, work = std::move(work)](const http::Request& request) {
        const std::string secret = secret_in(request);
        if (secret.empty()) return waiting_page(request, shared, kind);
        const auto found = shared.devices.recognise(secret);
        const auto* refusal = std::get_if<device::Refusal>(&found);
        if (refusal != nullptr && refusal->reason == device::Reason::unavailable)
            return shared.failure(request, 503);
        const auto machine = front::machine_from(found, shared.office);
        if (!machine) return waiting_page(request, shared, kind);
        if (machine->device.duty.kind != kind)
            return http::Response::redirect(
                url(shared.words_of(request), {room_of(machine->device.duty.kind)}).text());
        auto response = work(request, *machine);
        keep_secret(response, secret, request);
        return response;
    };
    // Only a machine that becomes enabled waits for the disk.
    return [&shared, serve](const http::Request& request, http::Reply reply) {
        if (shared.devices.is_awaited(secret_in(request)))
            return in_background(shared, std::move(reply), serve);
        reply.send(serve(request));
    };
}

}  // namespace balcao::web
