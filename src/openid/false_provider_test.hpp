#pragma once
// A provider in memory that says what a test wants it to say, right and wrong.
#include <array>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "crypto/hash.hpp"
#include "crypto/signer.hpp"
#include "openid/provider.hpp"
#include "text/json.hpp"

namespace balcao::openid {

using namespace std::chrono_literals;

inline const Instant morning{std::chrono::milliseconds{1'795'341'600'000}};  // 2026-11-22 10:00 UTC
inline const std::string issuer = "https://login.city.example";
inline const std::string here = "https://city.example/sign-in/return";

inline std::int64_t seconds_of(Instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

// The members of a JSON object, each as it is written.
using Members = std::map<std::string, std::string>;

inline std::string in_quotes(std::string_view text) {
    std::string out;
    text::append_json_string(out, text);
    return out;
}

inline std::string written(const Members& members) {
    std::string out = "{";
    for (const auto& [name, value] : members)
        if (!value.empty()) out += (out.size() > 1 ? "," : "") + in_quotes(name) + ":" + value;
    return out + "}";
}

// A key of the provider's, under a name.
struct NamedKey {
    std::string id;
    crypto::Signer signer;
    crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::es256;

    [[nodiscard]] std::string name_of_algorithm() const {
        if (algorithm == crypto::SignatureAlgorithm::es256) return "ES256";
        return algorithm == crypto::SignatureAlgorithm::rs256 ? "RS256" : "PS256";
    }

    [[nodiscard]] Members header() const {
        return {{"alg", in_quotes(name_of_algorithm())}, {"kid", in_quotes(id)}};
    }

    [[nodiscard]] std::string jwk() const {
        const auto text = [](const std::string& bytes) { return in_quotes(crypto::to_base64url(bytes)); };
        Members members{{"kid", in_quotes(id)}, {"use", in_quotes("sig")}};
        if (signer.is_rsa()) {
            members.insert(
                {{"kty", in_quotes("RSA")}, {"n", text(signer.first())}, {"e", text(signer.second())}});
        } else {
            members.insert({{"kty", in_quotes("EC")},
                            {"crv", in_quotes("P-256")},
                            {"x", text(signer.first())},
                            {"y", text(signer.second())}});
        }
        return written(members);
    }

    [[nodiscard]] std::string token(const Members& head, const Members& claims) const {
        const std::string text =
            crypto::to_base64url(written(head)) + "." + crypto::to_base64url(written(claims));
        return text + "." + crypto::to_base64url(signer.sign(algorithm, text));
    }
};

class FalseProvider final : public Asker {
public:
    explicit FalseProvider(const Clock& clock) : clock_{clock} {}

    std::optional<Heard> ask(const Ask& ask) override {
        asked.push_back(ask);
        if (is_away) return std::nullopt;
        if (ask.url == issuer + "/.well-known/openid-configuration") return Heard{200, written(metadata)};
        if (ask.url == issuer + "/keys") return Heard{200, key_set()};
        if (ask.url == issuer + "/token") return token_answer ? *token_answer : Heard{200, tokens()};
        if (ask.url == issuer + "/me") return Heard{200, written(user_info)};
        return Heard{404, "{}"};
    }

    [[nodiscard]] std::string key_set() const {
        std::string listed;
        for (const auto& key : keys)
            listed += (listed.empty() ? "" : ",") + key.jwk();
        return R"({"keys":[)" + listed + "]}";
    }

    // What it would say of somebody who has just signed in.
    [[nodiscard]] Members claims() const {
        const auto now = seconds_of(clock_.now());
        Members made{{"iss", in_quotes(issuer)},   {"sub", in_quotes("ana-4711")},
                     {"aud", in_quotes("balcao")}, {"nonce", in_quotes(nonce)},
                     {"iat", std::to_string(now)}, {"exp", std::to_string(now + 300)}};
        for (const auto& [name, value] : other_claims)
            made[name] = value;
        return made;
    }

    [[nodiscard]] std::string tokens() const {
        const auto& key = keys.at(signs_with);
        return written(
            {{"access_token", in_quotes("open")},
             {"token_type", in_quotes("Bearer")},
             {"id_token", in_quotes(given_token.empty() ? key.token(key.header(), claims()) : given_token)}});
    }

    [[nodiscard]] int times_asked(std::string_view path) const {
        int times = 0;
        for (const auto& one : asked)
            if (one.url == issuer + std::string{path}) ++times;
        return times;
    }

    std::vector<Ask> asked;
    bool is_away = false;
    std::string nonce;
    std::vector<NamedKey> keys{{"one", crypto::Signer::p256(), crypto::SignatureAlgorithm::es256}};
    std::size_t signs_with = 0;
    std::string given_token{};
    Members other_claims{};
    std::optional<Heard> token_answer{};
    Members user_info{{"sub", in_quotes("ana-4711")}};
    Members metadata{{"issuer", in_quotes(issuer)},
                     {"authorization_endpoint", in_quotes(issuer + "/authorize?for=city")},
                     {"token_endpoint", in_quotes(issuer + "/token")},
                     {"jwks_uri", in_quotes(issuer + "/keys")},
                     {"userinfo_endpoint", in_quotes(issuer + "/me")},
                     {"end_session_endpoint", in_quotes(issuer + "/end")}};

private:
    const Clock& clock_;
};

inline ProviderSettings settings() {
    return {
        .key = "city", .issuer = issuer, .client = "balcao", .secret = "quiet:word &", .is_for_staff = true};
}

// A provider as the pages have it, and one sign-in by it.
struct Scene {
    explicit Scene(ProviderSettings with = settings()) : provider{std::move(with), line, clock} {}

    Errand begin() {
        const auto begun = provider.begin(here, "pt");
        REQUIRE(std::holds_alternative<Begun>(begun));
        line.nonce = std::get<Begun>(begun).errand.nonce;
        address = std::get<Begun>(begun).address;
        return std::get<Begun>(begun).errand;
    }

    Outcome<Identity> finish(const Errand& errand, Returned returned = {}) {
        if (returned.state.empty()) returned.state = errand.state;
        if (returned.code.empty() && returned.error.empty()) returned.code = "code-1";
        return provider.finish(errand, returned, here);
    }

    Outcome<Identity> sign_in() { return finish(begin()); }

    SetClock clock{morning};
    FalseProvider line{clock};
    Provider provider;
    std::string address{};
};

// "untrue: nonce"; "nothing" where there is no complaint.
template <class T>
std::string complaint_of(const Outcome<T>& outcome) {
    const auto* complaint = std::get_if<Complaint>(&outcome);
    if (complaint == nullptr) return "nothing";
    static constexpr std::array<const char*, 6> names{"away", "refused", "over", "clock", "misfit", "untrue"};
    return std::string{names.at(static_cast<std::size_t>(complaint->trouble))} + ": " + complaint->why;
}

}  // namespace balcao::openid
