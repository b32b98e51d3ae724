#include "openid/id_token.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/keys.hpp"
#include "text/json.hpp"

namespace balcao::openid {
namespace {

using text::Json;
using text::JsonView;

constexpr std::size_t subject_letters_most = 255;  // Core, 2
constexpr std::chrono::minutes token_age_most{10};

struct Parts {
    std::string_view signed_text;  // header and payload as they were signed
    std::string header;
    std::string payload;
    std::string signature;
};

// RFC 7515, 3.1: three texts in base 64 with dots between them.
std::optional<Parts> split(std::string_view token) {
    if (token.size() > token_bytes_most) return std::nullopt;
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    auto header = crypto::from_base64url(token.substr(0, first));
    auto payload = crypto::from_base64url(token.substr(first + 1, second - first - 1));
    auto signature = crypto::from_base64url(token.substr(second + 1));
    if (!header || !payload || !signature) return std::nullopt;
    return Parts{token.substr(0, second), *std::move(header), *std::move(payload), *std::move(signature)};
}

Complaint untrue(const char* why) { return {Trouble::untrue, why}; }

std::optional<Instant> time_of(const JsonView& claim) {
    const auto seconds = claim.as_number();
    if (!seconds || *seconds < 0 || *seconds > 1e11) return std::nullopt;
    return Instant{std::chrono::milliseconds{static_cast<std::int64_t>(*seconds * 1000)}};
}

// Whether it is for us and nobody else whom we would have to trust (Core, 3.1.3.7, 3 to 5).
bool is_for(const JsonView& claims, std::string_view client) {
    const JsonView audience = claims["aud"];
    const bool is_single = audience.as_text() == client;
    const bool is_list = audience.is_array() && audience.size() == 1 && audience.at(0).as_text() == client;
    if (!is_single && !is_list) return false;
    return !claims["azp"].exists() || claims["azp"].as_text() == client;
}

// Core, 3.1.3.7, 9 to 13.
std::optional<Complaint> fault_of_times(const JsonView& claims, const Expected& expected) {
    const auto expires = time_of(claims["exp"]);
    const auto issued = time_of(claims["iat"]);
    if (!expires) return untrue("exp");
    if (!issued) return untrue("iat");
    if (expected.now >= *expires + clock_leeway) return Complaint{Trouble::clock, "exp"};
    if (*issued > expected.now + clock_leeway || *issued + token_age_most < expected.now)
        return Complaint{Trouble::clock, "iat"};
    if (claims["nbf"].exists()) {
        const auto begins = time_of(claims["nbf"]);
        if (!begins) return untrue("nbf");
        if (*begins > expected.now + clock_leeway) return Complaint{Trouble::clock, "nbf"};
    }
    if (expected.max_age) {
        const auto proved = time_of(claims["auth_time"]);
        if (!proved || *proved + *expected.max_age + clock_leeway < expected.now) return untrue("auth_time");
    }
    return std::nullopt;
}

// Core, 3.1.3.6: half of the hash of what came with it, so that neither is put beside another.
bool fits_access_token(const JsonView& claims, const std::string& access_token) {
    if (!claims["at_hash"].exists() || access_token.empty()) return true;
    const auto hash = crypto::sha256({access_token});
    return claims["at_hash"].as_text() == crypto::to_base64url(crypto::bytes_of(hash).substr(0, 16));
}

std::optional<Complaint> fault_of(const JsonView& claims, const Expected& expected) {
    if (!claims.is_object()) return untrue("claims");
    if (claims["iss"].as_text() != expected.issuer) return untrue("iss");
    const auto subject = claims["sub"].as_text().value_or("");
    if (subject.empty() || subject.size() > subject_letters_most) return untrue("sub");
    if (!is_for(claims, expected.client)) return untrue("aud");
    if (!crypto::is_equal_in_constant_time(claims["nonce"].as_text().value_or(""), expected.nonce) ||
        expected.nonce.empty())
        return untrue("nonce");
    if (!fits_access_token(claims, expected.access_token)) return untrue("at_hash");
    return fault_of_times(claims, expected);
}

// Some providers write true as a text.
bool is_true(const JsonView& claim) { return claim.as_bool() == true || claim.as_text() == "true"; }

void read_contact(const JsonView& claims, Claims& into) {
    if (const auto name = claims["name"].as_text(); name && into.name.empty()) into.name = *name;
    if (const auto mail = claims["email"].as_text();
        mail && into.mail.empty() && is_true(claims["email_verified"]))
        into.mail = *mail;
    if (const auto phone = claims["phone_number"].as_text();
        phone && into.phone.empty() && is_true(claims["phone_number_verified"]))
        into.phone = *phone;
}

Claims believed(const JsonView& claims) {
    Claims read{.subject = std::string{*claims["sub"].as_text()}};
    read_contact(claims, read);
    read.acr = claims["acr"].as_text().value_or("");
    const JsonView methods = claims["amr"];
    for (std::size_t place = 0; methods.is_array() && place < methods.size(); ++place)
        if (const auto method = methods.at(place).as_text()) read.amr.emplace_back(*method);
    return read;
}

}  // namespace

void read_contact(std::string_view document, Claims& claims) {
    if (const auto json = Json::parse(document, "claims")) read_contact(json->root(), claims);
}

Outcome<Checked> check_id_token(std::string_view token,
                                const std::vector<WebKey>& keys,
                                const Expected& expected) {
    const auto parts = split(token);
    if (!parts) return untrue("token");
    const auto header = Json::parse(parts->header, "header");
    if (!header || !header->root().is_object()) return untrue("header");
    // What we would have to understand and do not (RFC 7515, 4.1.11).
    if (header->root()["crit"].exists()) return untrue("crit");
    const auto algorithm = crypto::signature_algorithm_of(header->root()["alg"].as_text().value_or(""));
    if (!algorithm) return untrue("alg");
    const auto kid = header->root()["kid"].as_text();
    std::vector<const WebKey*> fit;
    for (const auto& key : keys)
        if ((!kid || key.id == *kid) && key.key.suits(*algorithm) &&
            key.only_for.value_or(*algorithm) == *algorithm)
            fit.push_back(&key);
    if (fit.empty()) return Checked{.claims = {}, .is_key_unknown = true};
    const bool is_signed = std::ranges::any_of(fit, [&](const WebKey* key) {
        return key->key.is_signed(*algorithm, parts->signed_text, parts->signature);
    });
    if (!is_signed) return untrue("signature");
    const auto claims = Json::parse(parts->payload, "claims");
    if (!claims) return untrue("claims");
    if (auto fault = fault_of(claims->root(), expected)) return *fault;
    return Checked{.claims = believed(claims->root())};
}

}  // namespace balcao::openid
