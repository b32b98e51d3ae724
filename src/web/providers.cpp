#include "web/providers.hpp"

#include <algorithm>
#include <array>

#include "crypto/hash.hpp"
#include "text/json.hpp"
#include "web/forms.hpp"

namespace balcao::web {
namespace {

using text::Json;
using text::JsonView;
using text::JsonWriter;

constexpr std::array<std::string_view, 4> purposes{"staff", "link", "invitation", "mine"};
constexpr std::size_t waiting_most = 64;
constexpr std::chrono::minutes told_again_after{1};

void write_time(JsonWriter& json, std::string_view name, Instant at) {
    json.member(name, static_cast<std::int64_t>(at.time_since_epoch().count()));
}

std::string text_in(const JsonView& object, std::string_view name) {
    return std::string{object[name].as_text().value_or("")};
}

Instant time_in(const JsonView& object, std::string_view name) {
    return Instant{std::chrono::milliseconds{object[name].as_whole_number().value_or(0)}};
}

template <class Keeps>
std::vector<openid::Provider*> those(const std::vector<openid::Provider*>& all, const Keeps& keeps) {
    std::vector<openid::Provider*> kept;
    std::ranges::copy_if(all, std::back_inserter(kept),
                         [&](const auto* one) { return keeps(one->settings()); });
    return kept;
}

}  // namespace

Providers::Providers(std::vector<openid::Provider*> all,
                     const crypto::SecretKey& installation,
                     Tell tell,
                     std::size_t threads)
    : all_{std::move(all)},
      key_{installation.derive("signing in by providers")},
      tell_{std::move(tell)},
      workers_{all_.empty() ? 0 : threads, waiting_most} {}

std::vector<openid::Provider*> Providers::for_staff() const {
    return those(all_, [](const auto& settings) { return settings.is_for_staff; });
}

std::vector<openid::Provider*> Providers::for_citizens() const {
    return those(all_, [](const auto& settings) { return settings.is_for_citizens; });
}

openid::Provider* Providers::find(std::string_view key) const {
    const auto found =
        std::ranges::find_if(all_, [&](const auto* one) { return one->settings().key == key; });
    return found == all_.end() ? nullptr : *found;
}

openid::Provider* Providers::of_issuer(std::string_view issuer) const {
    const auto found =
        std::ranges::find_if(all_, [&](const auto* one) { return one->settings().issuer == issuer; });
    return found == all_.end() ? nullptr : *found;
}

std::string Providers::seal(std::string_view what, std::string_view text) const {
    return crypto::to_base64url(crypto::seal(key_, text, what));
}

std::optional<std::string> Providers::open(std::string_view what, std::string_view sealed) const {
    const auto bytes = crypto::from_base64url(sealed);
    return bytes ? crypto::open(key_, *bytes, what) : std::nullopt;
}

std::string Providers::seal(const Trip& trip) const {
    std::string text;
    {
        JsonWriter json{text};
        json.begin_object();
        json.member("state", trip.errand.state);
        json.member("nonce", trip.errand.nonce);
        json.member("verifier", trip.errand.verifier);
        write_time(json, "begun", trip.errand.begun);
        json.member("provider", trip.provider);
        json.member("purpose", purposes.at(static_cast<std::size_t>(trip.purpose)));
        json.member("language", text::code_of(trip.language));
        json.member("to", trip.to);
        json.member("bearer", trip.bearer);
        json.end();
    }
    return seal("trip", text);
}

std::optional<Trip> Providers::open_trip(std::string_view sealed) const {
    const auto text = open("trip", sealed);
    const auto json = text ? Json::parse(*text, "trip") : Result<Json>{Error{Errc::invalid, "sealed"}};
    if (!json) return std::nullopt;
    const JsonView root = json->root();
    const auto purpose = std::ranges::find(purposes, text_in(root, "purpose"));
    const auto language = text::parse_language(text_in(root, "language"));
    if (purpose == purposes.end() || !language) return std::nullopt;
    return Trip{.errand = {text_in(root, "state"), text_in(root, "nonce"), text_in(root, "verifier"),
                           time_in(root, "begun")},
                .provider = text_in(root, "provider"),
                .purpose = static_cast<Purpose>(purpose - purposes.begin()),
                .language = *language,
                .to = text_in(root, "to"),
                .bearer = text_in(root, "bearer")};
}

std::string Providers::seal(const Vouched& vouched) const {
    std::string text;
    {
        JsonWriter json{text};
        json.begin_object();
        json.member("issuer", vouched.identity.issuer);
        json.member("subject", vouched.identity.subject);
        json.member("mail", vouched.identity.mail);
        json.member("once", vouched.once);
        json.member("account", vouched.account);
        json.member("to", vouched.to);
        write_time(json, "until", vouched.until);
        json.end();
    }
    return seal("vouched", text);
}

// A second factor that was given there is never among it: who has given one needs no ticket.
std::optional<Vouched> Providers::open_vouched(std::string_view sealed) const {
    const auto text = open("vouched", sealed);
    const auto json = text ? Json::parse(*text, "vouched") : Result<Json>{Error{Errc::invalid, "sealed"}};
    if (!json) return std::nullopt;
    const JsonView root = json->root();
    Vouched read{.identity = {.issuer = text_in(root, "issuer"),
                              .subject = text_in(root, "subject"),
                              .mail = text_in(root, "mail")},
                 .once = text_in(root, "once"),
                 .account = text_in(root, "account"),
                 .to = text_in(root, "to"),
                 .until = time_in(root, "until")};
    const auto* provider = of_issuer(read.identity.issuer);
    if (provider == nullptr || provider->now() >= read.until) return std::nullopt;
    return read;
}

void Providers::tell(const openid::Provider& provider, const openid::Complaint& complaint) {
    if (!tell_ || complaint.trouble == openid::Trouble::refused || complaint.trouble == openid::Trouble::over)
        return;
    const std::string line = "signing in by " + provider.settings().key + ": " + complaint.why;
    {
        const std::lock_guard lock{mutex_};
        const Instant now = provider.now();
        if (line == told_ && now < told_at_ + told_again_after) return;
        told_ = line;
        told_at_ = now;
    }
    tell_(line);
}

std::string name_of(const openid::Provider& provider, const text::Words& words) {
    return provider.settings().label.in(words.code(), provider.settings().key);
}

}  // namespace balcao::web
