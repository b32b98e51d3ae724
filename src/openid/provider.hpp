#pragma once
// A provider by which people sign in, seen from here: OpenID Connect's authorization code flow with PKCE. The
// pages begin an errand, send the browser away with it, and finish it with what the browser brings back. It
// keeps nothing of anybody: what an errand needs goes with the browser. Any number of threads may use it;
// `begin`, `finish` and `end_address` may wait for the provider, so they belong on a worker's thread.
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "openid/asker.hpp"
#include "openid/id_token.hpp"
#include "openid/metadata.hpp"
#include "openid/outcome.hpp"
#include "openid/settings.hpp"

namespace balcao::openid {

// What only who began knows, until the browser is back. To be sealed.
struct Errand {
    std::string state;
    std::string nonce;
    std::string verifier;  // RFC 7636
    Instant begun{};
};

struct Begun {
    Errand errand;
    std::string address;  // where the browser goes
};

// What came back in the address.
struct Returned {
    std::string state{};
    std::string code{};
    std::string error{};
    std::string issuer{};  // RFC 9207
    bool has_issuer = false;
};

// Somebody whom the provider vouches for.
struct Identity {
    std::string issuer;
    std::string subject;  // who it is there, for ever
    std::string name{};
    std::string mail{};  // verified there; empty: none was told
    std::string phone{};
    bool has_second_factor = false;  // given there, as the settings take it
};

// BASE64URL(SHA256(verifier)): RFC 7636, 4.2.
std::string challenge_of(std::string_view verifier);

class Provider {
public:
    static constexpr std::chrono::minutes errand_length{10};
    static constexpr std::chrono::hours metadata_kept{1};
    static constexpr std::chrono::hours metadata_kept_in_need{24};
    static constexpr std::chrono::minutes keys_asked_every{1};
    static constexpr std::chrono::seconds rest_when_away{5};

    // Asker and clock must outlive it; the clock is the world's, also where a made-up day is shown.
    Provider(ProviderSettings settings, Asker& asker, const Clock& clock);

    [[nodiscard]] const ProviderSettings& settings() const { return settings_; }

    // By the world's clock.
    [[nodiscard]] Instant now() const { return clock_.now(); }

    // `language` ("pt") is a wish about the provider's own pages. Complaint: away, misfit.
    Outcome<Begun> begin(const std::string& return_address, std::string_view language);

    Outcome<Identity> finish(const Errand& errand,
                             const Returned& returned,
                             const std::string& return_address);

    // Where a browser ends its session at the provider, to come back to `return_address`; nothing where the
    // provider has no such address or cannot be asked.
    std::optional<std::string> end_address(const std::string& return_address);

private:
    struct Tokens {
        std::string id_token;
        std::string access_token;
    };

    Outcome<Metadata> metadata();
    Outcome<std::string> fetch(const std::string& address);
    // The keys, asked for anew when `is_missing` and that was not done just now.
    Outcome<std::vector<WebKey>> keys(const Metadata& metadata, bool is_missing);
    Outcome<Tokens> redeem(const Metadata& metadata,
                           const Errand& errand,
                           const std::string& code,
                           const std::string& return_address);
    Outcome<Claims> claims(const Metadata& metadata, const Tokens& tokens, const Errand& errand);
    std::optional<Complaint> add_user_info(const Metadata& metadata, const Tokens& tokens, Claims& claims);
    [[nodiscard]] std::optional<Complaint> fault_of(const Errand& errand, const Returned& returned) const;

    const ProviderSettings settings_;
    Asker& asker_;
    const Clock& clock_;
    std::mutex mutex_;  // also while the provider is asked for what follows: others wait for the same
    std::optional<Metadata> metadata_;
    Instant metadata_read_{};
    Instant rests_until_{};
    std::vector<WebKey> keys_;
    Instant keys_read_{};
};

}  // namespace balcao::openid
